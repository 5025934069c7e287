import { type CheckContext, refuse } from './checked';
import { formatFound } from './problem';

/** Names that a stack gives to parts of its own; those with a hyphen in them cannot be taken by a resource anyway. */
export const RESERVED_NAMES: readonly string[] = ['backend'];

/** Names that every object of JavaScript has, which CDKTF takes for those of parts that are there already. */
export const INHERITED_NAMES: readonly string[] = Object.getOwnPropertyNames(Object.prototype);

/** Refuses resources with a name that the stack itself needs beside them. */
export function checkReservedNames(resources: unknown, context: CheckContext): void {
  if (typeof resources !== 'object' || resources === null) return;
  for (const name of Object.keys(resources)) {
    if (!RESERVED_NAMES.includes(name) && !INHERITED_NAMES.includes(name)) continue;
    const owner = RESERVED_NAMES.includes(name)
      ? 'every stack has a part of this name'
      : 'every JavaScript object has this name';
    const fix = `rename it, such as to ${name}Job: ${owner}`;
    refuse(context, { code: 'reserved-name', found: formatFound(name), accepted: 'a name that is not in use', fix }, [
      'resources',
      name,
    ]);
  }
}
