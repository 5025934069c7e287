import { isPlain } from '../config/overrides/merged';
import { foundName } from '../problems/found';
import type { StatedProblem } from '../problems/problem';

/** Maps of a document whose keys are the user's: options of log drivers, labels and annotations. */
const FREE = ['options', 'labels', 'annotations'];

/** Whether an attribute is a JSON document of AWS Batch, such as `container_properties`. Its names begin with a small letter. */
export function isBatchDocument(attribute: string | number | undefined, kind: string | undefined): boolean {
  return kind === 'string' && /_properties$/.test(String(attribute));
}

/** A name of CloudFormation as the documents of AWS Batch have it. */
export function beginningSmall(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** A value with the names of CloudFormation in it as the documents of AWS Batch have them. */
export function smallNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(smallNames);
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const small = beginningSmall(name);
      return [small, FREE.includes(small) ? item : smallNames(item)];
    }),
  );
}

/**
 * The names in a document of AWS Batch that begin with a capital letter, as in CloudFormation. A second `Environment` beside `environment`
 * would replace all variables of a job.
 */
export function capitalNames(value: unknown, path: (string | number)[]): StatedProblem[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => capitalNames(item, [...path, index]));
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const keys = [...path, name];
    const small = beginningSmall(name);
    const inside = FREE.includes(small) ? [] : capitalNames(item, keys);
    if (small === name) return inside;
    const accepted = 'a name that begins with a small letter, as in the API of AWS Batch';
    return [{ keys, found: foundName(name), accepted, fix: `did you mean "${small}"?` }, ...inside];
  });
}
