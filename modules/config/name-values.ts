import type { z } from 'zod';
import { formatFound, foundName, foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { type CheckContext, refuse, strict } from './checked';

/** An entry of a list of names and values, such as of variables. Its error explains the form to those who wrote `NAME=value`. */
export function nameValue<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return strict(shape, (input) => {
    const [, name = 'NAME', value = 'value'] = /^([^=\s]+)=(.*)$/s.exec(String(input)) ?? [];
    return `an object such as { name: ${formatFound(name)}, value: ${formatFound(value)} }`;
  });
}

/** Reports the names of a map, or of a list of names and values, that have a problem or occur twice. */
export function checkNames(
  value: unknown,
  context: CheckContext,
  problemsWith: (name: string) => readonly Pick<Finding, 'accepted' | 'fix'>[],
): void {
  if (typeof value !== 'object' || value === null) return;
  const named: [path: (string | number)[], name: unknown][] = Array.isArray(value)
    ? value.map((item, index) => [[index, 'name'], item?.name])
    : Object.keys(value).map((name) => [[name], name]);
  const found = Array.isArray(value) ? foundValue : foundName;
  const seen = new Set<string>();
  for (const [path, name] of named) {
    if (typeof name !== 'string') continue;
    for (const problem of problemsWith(name)) refuse(context, { found: found(name), ...problem }, path);
    if (seen.has(name)) {
      refuse(
        context,
        { found: found(name), accepted: 'each name once', acceptedAs: 'rule', fix: 'remove one of them' },
        path,
      );
    }
    seen.add(name);
  }
}
