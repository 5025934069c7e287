// Looked up once, because a global variable is slow in the innermost loop, especially under a test runner.
const { floor } = Math;

/**
 * Records which number is due at which tick. Numbers start at 0, and each is due at most once at a time. A ring of linked lists in typed
 * arrays, because a million runs with fifty retries each are too many for objects.
 */
export class Calendar {
  private readonly first: Int32Array;
  private readonly following: Int32Array;

  /**
   * @param size how many numbers there are
   * @param span the maximum number of ticks into the future
   */
  constructor(
    size: number,
    span: number,
    private readonly random: () => number,
  ) {
    this.first = new Int32Array(span + 1).fill(-1);
    this.following = new Int32Array(size);
  }

  add(who: number, tick: number): void {
    const slot = tick % this.first.length;
    this.following[who] = this.first[slot] ?? -1;
    this.first[slot] = who;
  }

  /** The numbers that are due, in an order that favors none: the one that has waited longest must not always be first. */
  due(tick: number): readonly number[] {
    const slot = tick % this.first.length;
    const due: number[] = [];
    for (let who = this.first[slot] ?? -1; who >= 0; who = this.following[who] ?? -1) due.push(who);
    this.first[slot] = -1;
    for (let index = due.length - 1; index > 0; index--) {
      const other = floor(this.random() * (index + 1));
      const kept = due[index] as number;
      due[index] = due[other] as number;
      due[other] = kept;
    }
    return due;
  }
}
