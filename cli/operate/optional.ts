import { AwsFault } from './aws/fault';

/** Details that a command does without if AWS rejects a request for them, each told once. */
export class Optional {
  private readonly told = new Set<string>();

  /** @param tell prints why details are missing */
  constructor(private readonly tell: (line: string) => void = console.error) {}

  /**
   * The result of a request, or undefined if AWS rejected it.
   *
   * @param what is missing then, for example `Instance types`
   */
  async of<T>(what: string, request: () => Promise<T>): Promise<T | undefined> {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      if (!this.told.has(error.action)) this.tell(`${what} left out: ${error.message}`);
      this.told.add(error.action);
      return undefined;
    }
  }
}
