import type { z } from 'zod';
import { formatPath, type LocatedFinding } from '../problems/problem';
import { numberProblem } from './number-text';
import type { PlainData, ScalarText } from './plain-data';
import { wantsNumber, wantsText } from './wanted';

/**
 * Restores the exact string of the file for numbers and booleans where the schema expects a string. Changes the value in place.
 *
 * @param texts the strings in the file that differ from how JavaScript prints the value
 * @returns problems of the values that stay numbers
 */
export function takeTexts(
  schema: z.ZodType,
  { value, numbers }: PlainData,
  texts: readonly ScalarText[],
): readonly LocatedFinding[] {
  const findings: LocatedFinding[] = [];
  const told = new Set(texts.map(({ path }) => formatPath(path)));
  const untold = numbers.filter(({ path }) => !told.has(formatPath(path)));
  for (const { path, text } of [...texts, ...untold]) {
    const [holder, key] = placeOf(value, path);
    const scalar = holder?.[key];
    if (holder === undefined || typeof scalar === 'string') continue;
    if (text !== undefined && scalar !== null && wantsText(schema, value, path)) {
      holder[key] = text;
      continue;
    }
    if (typeof scalar !== 'number') continue;
    const finding = numberProblem(scalar, text, !wantsNumber(schema, value, path));
    if (finding !== undefined) findings.push({ path, finding });
  }
  return findings;
}

type Holder = { [key: PropertyKey]: unknown };

/** The object or list that holds the value at the end of a path. Undefined for the root. */
function placeOf(value: unknown, path: readonly PropertyKey[]): [holder: Holder | undefined, key: PropertyKey] {
  let holder: unknown = value;
  for (const key of path.slice(0, -1)) holder = isHolder(holder) ? holder[key] : undefined;
  const key = path.at(-1);
  return key !== undefined && isHolder(holder) ? [holder, key] : [undefined, ''];
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}
