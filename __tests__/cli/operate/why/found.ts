import type { Facts } from '../../../../cli/operate/why/facts';
import { answer, type Reason, type Values } from '../../../../cli/operate/why/reason';

/** The first of some reasons that facts show: its code, and the values of its texts. Undefined if they show none. */
export function found(
  reasons: readonly Reason[],
  facts: Facts,
): { readonly code: string; readonly values: Values } | undefined {
  for (const reason of reasons) {
    const values = reason.find(facts);
    if (values === undefined) continue;
    // Fails if a text has a name without a value.
    answer(reason, values);
    return { code: reason.code, values };
  }
  return undefined;
}
