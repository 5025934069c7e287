import { type CheckContext, refuse } from '../config/checked';
import { formatFound } from '../problems/problem';

/** Construct ids that a stack uses itself. Ids with a hyphen are left out, since a resource's name can't contain one. */
export const RESERVED_NAMES: readonly string[] = ['backend'];

/** Properties that every JavaScript object inherits. CDKTF would take them for existing children. */
export const INHERITED_NAMES: readonly string[] = Object.getOwnPropertyNames(Object.prototype);

/** Refuses resources with a name that the stack needs. */
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
