import { CommandFailure } from '../command/reported-error';
import { printMessage } from '../command/terminal-lines';
import { AwsFault } from './aws/fault';

/** Details that a command does without if they cannot be had, for example without a permission. Why is told once for each request. */
export class Optional {
  private readonly told = new Set<string>();

  /** @param tell prints why details are missing */
  constructor(private readonly tell: (line: string) => void = printMessage) {}

  /**
   * The result of a request, or undefined if it failed.
   *
   * @param what is missing then, for example `Instance types`
   * @param absent AWS's names of the error for a thing that does not exist, which is no reason to tell. @default none
   */
  async of<T>(what: string, request: () => Promise<T>, absent: readonly string[] = []): Promise<T | undefined> {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      if (error instanceof AwsFault && absent.includes(error.code)) return undefined;
      const key = error instanceof AwsFault ? error.action : error.message;
      if (!this.told.has(key)) this.tell(`${what} left out: ${error.message}`);
      this.told.add(key);
      return undefined;
    }
  }
}
