import type { IndexedConfig } from '../config/indexed-config';
import { rule } from '../config/rule';
import { foundName } from '../problems/found';

/** Construct ids that a stack uses itself. Ids with a hyphen are left out, since a resource's name can't contain one. */
export const RESERVED_NAMES: readonly string[] = ['backend'];

/** Properties that every JavaScript object inherits. CDKTF would take them for existing children. */
export const INHERITED_NAMES: readonly string[] = Object.getOwnPropertyNames(Object.prototype);

/** Construct ids that the stack needs. */
export const notReserved = rule('reserved-name', resourceNames, function* (names) {
  for (const name of names) {
    if (!RESERVED_NAMES.includes(name) && !INHERITED_NAMES.includes(name)) continue;
    const owner = RESERVED_NAMES.includes(name)
      ? 'every stack has a part of this name'
      : 'every JavaScript object has this name';
    const fix = `rename it, such as to ${name}Job: ${owner}`;
    const finding = { found: foundName(name), accepted: 'a name that is not in use', fix };
    yield { path: ['resources', name], finding };
  }
});

/** Names that differ only in case would share IAM role names, which AWS compares without case. */
export const differsInMoreThanCase = rule('invalid-value', resourceNames, function* (names) {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      const accepted = 'a name that differs from the others in more than case';
      const fix = `rename it: it differs from "${other}" only in case, and the names of IAM roles are case-insensitive`;
      yield { path: ['resources', name], finding: { found: foundName(name), accepted, fix } };
    }
    seen.set(name.toLowerCase(), name);
  }
});

function resourceNames(index: IndexedConfig): readonly string[] {
  return [...index.resources.keys()];
}
