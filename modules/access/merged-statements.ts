import type { Statement } from './policy';

/** Actions that need permission on two resources. If merged, each resource of one statement would be allowed with each of the other. */
const JOINT_ACTIONS: ReadonlySet<string> = new Set(['batch:SubmitJob']);

/** Whether a statement cannot be merged with others of its kind. */
export function isJoint({ Action }: Statement): boolean {
  return Action.some((action) => JOINT_ACTIONS.has(action));
}

/**
 * The same permissions in fewer statements: merges those that differ only in their resources. Each `Sid` stays unique. If different
 * statements have the same `Sid`, all except the first get a number.
 */
export function mergedStatements(statements: readonly Statement[]): Statement[] {
  const merged = new Map<string, Statement>();
  for (const [index, statement] of statements.entries()) {
    const { Resource, ...rest } = statement;
    const key = isJoint(statement) ? `${index}` : JSON.stringify(rest);
    const resources = new Set([...(merged.get(key)?.Resource ?? []), ...Resource]);
    merged.set(key, { ...statement, Resource: [...resources] });
  }
  return withUniqueSids([...merged.values()]);
}

function withUniqueSids(statements: readonly Statement[]): Statement[] {
  const taken = new Set<string>();
  return statements.map((statement) => {
    const { Sid } = statement;
    if (Sid === undefined) return statement;
    let free = Sid;
    for (let number = 2; taken.has(free); number += 1) free = `${Sid}${number}`;
    taken.add(free);
    return { ...statement, Sid: free };
  });
}
