import { foundValue } from '../problems/found';
import { suggestion } from '../problems/suggestion';
import type { Outcome } from './directive';

/** The part of a result that a directive names after its call, as in `$Name().key`. */
export function partOf(outcome: Outcome, text: string, part: readonly string[]): Outcome {
  if ('finding' in outcome) return outcome;
  let value = outcome.value;
  for (const key of part) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
      const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
      const meant = suggestion(key, keys);
      const accepted = keys.length === 0 ? 'no part: the value has none' : `a part of the value: ${keys.join(', ')}`;
      const remove = `remove "${key}" and what follows it`;
      const other = meant === undefined ? `use one of ${keys.join(', ')}` : `did you mean "${meant}"?`;
      return {
        finding: {
          found: foundValue(text, `, where "${key}" is missing`),
          accepted,
          ...(keys.length === 0 && { acceptedAs: 'rule' }),
          fix: keys.length === 0 ? remove : other,
        },
      };
    }
    value = (value as { readonly [key: string]: unknown })[key];
  }
  return { value };
}
