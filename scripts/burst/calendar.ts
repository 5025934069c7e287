// Looked up once: a global costs time in the innermost loop, most of all under a test runner.
const { floor } = Math;

/**
 * Who is due when: numbers from 0, each at most once at a time, in ticks. A ring of linked lists in typed arrays, since a million runs with
 * fifty tries each are too many for objects.
 */
export class Calendar {
  private readonly first: Int32Array;
  private readonly following: Int32Array;

  /**
   * @param size how many numbers there are
   * @param span ticks that anybody may be ahead
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

  /** Those who are due, in an order that favours nobody: whoever waited longest must not come first. */
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
