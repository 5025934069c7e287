import { AcceptedFix } from '../../modules/problems/fix';
import { FoundValue } from '../../modules/problems/found';

/** What a finding says is compared as people read it, whether it is text or a value that a sentence is made from. */
function sameText(a: unknown, b: unknown): boolean | undefined {
  const [told, text] = typeof b === 'string' ? [a, b] : [b, a];
  if (!(told instanceof FoundValue || told instanceof AcceptedFix) || typeof text !== 'string') return undefined;
  return String(told) === text;
}

declare global {
  namespace jest {
    interface Expect {
      addEqualityTesters(testers: readonly ((a: unknown, b: unknown) => boolean | undefined)[]): void;
    }
  }
}

expect.addEqualityTesters([sameText]);
