import { type CheckContext, refuse } from './checked';
import { formatFound } from './problem';

/** Names that a stack gives to parts of its own; those with a hyphen in them cannot be taken by a resource anyway. */
export const RESERVED_NAMES: readonly string[] = ['backend'];

/** Refuses resources with a name that the stack itself needs beside them. */
export function checkReservedNames(resources: unknown, context: CheckContext): void {
  if (typeof resources !== 'object' || resources === null) return;
  for (const name of Object.keys(resources).filter((item) => RESERVED_NAMES.includes(item))) {
    const fix = `rename it, for example to ${name}Job: a part of every stack has this name`;
    refuse(context, { found: formatFound(name), accepted: 'a name of its own', fix }, ['resources', name]);
  }
}
