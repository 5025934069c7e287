/** Lets pieces of work begin one after the other. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Begins after what was asked for before has ended, even if it failed. */
  next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => {});
    return result;
  }
}
