import { AwsFault } from '../aws/fault';

/** What could not be checked. Each failed request is one line, and the other facts are still gathered. */
export class Notes {
  private readonly found = new Set<string>();

  get lines(): readonly string[] {
    return [...this.found];
  }

  /**
   * The result of a request, or undefined if it failed.
   *
   * @param absent AWS's names of the error for a thing that does not exist, which is a fact and not worth a note
   */
  async optional<T>(request: Promise<T>, absent: readonly string[] = []): Promise<T | undefined> {
    try {
      return await request;
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      if (!absent.includes(error.code)) this.found.add(`Not checked: ${firstSentence(error.message)}`);
      return undefined;
    }
  }
}

/** The fix of a fault is for a command that needs the request. */
function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}
