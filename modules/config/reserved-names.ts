import { type CheckContext, refuse } from './checked';
import { formatFound } from './problem';

/** Names that a stack gives to parts of its own; those with a hyphen in them cannot be taken by a resource. */
export const STACK_PARTS: readonly string[] = ['aws', 'archive', 'backend'];

/** What the stack appends to a job's name for its outputs. */
export const OUTPUT_SUFFIXES: readonly string[] = ['JobDefinitionArn', 'StateMachineArn', 'LogGroupArn'];

/** Refuses resources with a name that the stack itself needs beside them. */
export function checkReservedNames(resources: unknown, context: CheckContext): void {
  if (typeof resources !== 'object' || resources === null) return;
  for (const name of Object.keys(resources)) {
    const use = STACK_PARTS.includes(name) ? 'a part of every stack' : outputOf(name, resources);
    if (use === undefined) continue;
    const fix = `rename it, for example to ${name}Job: ${use} has this name`;
    refuse(context, { found: formatFound(name), accepted: 'a name of its own', fix }, ['resources', name]);
  }
}

function outputOf(name: string, resources: object): string | undefined {
  const owner = OUTPUT_SUFFIXES.map((suffix) => name.slice(0, -suffix.length)).find(
    (candidate, index) => name === `${candidate}${OUTPUT_SUFFIXES[index]}` && Object.hasOwn(resources, candidate),
  );
  return owner === undefined ? undefined : `an output of "${owner}"`;
}
