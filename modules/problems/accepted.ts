import type { Finding } from './problem';

/** What is accepted: its text, and the data that the text is made from. */
export type Accepted = Pick<Finding, 'accepted' | 'options' | 'range'>;

interface AcceptedNumber {
  /** The numbers, with their unit: `1 to 9 seconds`, `1 or more`. */
  readonly range: string;
  /** Whether the range has both ends. */
  readonly isBounded: boolean;
  readonly fraction: boolean;
}

/** A number that is accepted: `a whole number from 1 to 9`, `a number, 1 or more`. */
export function acceptedNumber({ range, isBounded, fraction }: AcceptedNumber): Accepted {
  const accepted = `${fraction ? 'a number' : 'a whole number'}${isBounded ? ' from ' : ', '}${range}`;
  return { accepted, range };
}

/** One of several values: `x86_64, arm64`. */
export function acceptedOptions(options: readonly string[]): Accepted {
  return { accepted: options.join(', '), options };
}
