import { CommandFailure } from '../reported-error';
import { AwsFault } from './aws/fault';

/** Details that a command does without if they cannot be had, for example without a permission. Why is told once for each request. */
export class Optional {
  private readonly told = new Set<string>();

  /** @param tell prints why details are missing */
  constructor(private readonly tell: (line: string) => void = console.error) {}

  /**
   * The result of a request, or undefined if it failed.
   *
   * @param what is missing then, for example `Instance types`
   */
  async of<T>(what: string, request: () => Promise<T>): Promise<T | undefined> {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      const key = error instanceof AwsFault ? error.action : error.message;
      if (!this.told.has(key)) this.tell(`${what} left out: ${error.message}`);
      this.told.add(key);
      return undefined;
    }
  }
}
