import { matchesList } from './matches';
import { matchingValue } from './matching-value';

export type Sample = { readonly [key: string]: unknown };

/** A sample, changed as little as possible so that a pattern matches it. Uses the first alternative of an `$or`. */
export function fitted(sample: Sample, pattern: Sample): Sample {
  let result = sample;
  for (const [key, wanted] of Object.entries(pattern)) {
    if (key === '$or') {
      result = fitted(result, Array.isArray(wanted) ? wanted[0] : {});
      continue;
    }
    const { [key]: own, ...others } = result;
    if (isLevel(wanted)) {
      result = { ...result, [key]: fitted(isLevel(own) ? own : {}, wanted) };
    } else if (!Array.isArray(wanted) || !matchesList(wanted, own === undefined ? [] : [own])) {
      const value = matchingValue(wanted, key);
      result = value === undefined ? others : { ...result, [key]: value };
    }
  }
  return result;
}

function isLevel(value: unknown): value is Sample {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
