import { AcceptedFix } from '../../modules/problems/fix';
import { FoundValue } from '../../modules/problems/found';

/** What a finding says is compared as people read it, whether it is text or a value that a sentence is made from. */
function sameText(a: unknown, b: unknown): boolean | undefined {
  // Asked for each pair of values that any test compares: most are not one text and one object.
  if (typeof b === 'string') return typeof a === 'object' ? isTold(a, b) : undefined;
  return typeof a === 'string' && typeof b === 'object' ? isTold(b, a) : undefined;
}

function isTold(told: object | null, text: string): boolean | undefined {
  return told instanceof FoundValue || told instanceof AcceptedFix ? String(told) === text : undefined;
}

declare global {
  namespace jest {
    interface Expect {
      addEqualityTesters(testers: readonly ((a: unknown, b: unknown) => boolean | undefined)[]): void;
    }
  }
}

expect.addEqualityTesters([sameText]);
