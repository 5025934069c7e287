/** A number that is accepted: `a whole number from 1 to 9`, `a number, 1 or more`. */
export interface AcceptedNumber {
  /** The numbers, with their unit: `1 to 9 seconds`, `1 or more`. */
  readonly range: string;
  /** Whether the range has both ends. */
  readonly isBounded: boolean;
  readonly fraction: boolean;
}

export function acceptedNumber({ range, isBounded, fraction }: AcceptedNumber): string {
  return `${fraction ? 'a number' : 'a whole number'}${isBounded ? ' from ' : ', '}${range}`;
}

/** The range alone, for a number of the right kind. Another text is not changed. */
export function rangeOf(accepted: string): string {
  return accepted.replace(/^a (whole )?number(,| from) /, '');
}
