import type { Statement } from './policy';

/** Actions that ask for leave on two resources at once: merged, each of one statement's would go with each of the other's. */
const JOINT_ACTIONS: ReadonlySet<string> = new Set(['batch:SubmitJob']);

/** Whether a statement cannot be merged with others of its kind. */
export function isJoint({ Action }: Statement): boolean {
  return Action.some((action) => JOINT_ACTIONS.has(action));
}

/**
 * The same permissions in fewer statements: those that differ in their resources alone become one. Each `Sid` stays once; of statements that
 * share one and say different things, all but the first get a number.
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
