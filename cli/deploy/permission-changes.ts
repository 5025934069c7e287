import { type ResourceChange, same, valuesInJson, valuesOf } from './plan-document';

/**
 * What a role's policy permits and did not, or no longer permits, by action: `also s3:GetObject`, `no longer s3:PutObject`, `on other
 * resources`. Empty if that is known only after the deployment.
 */
export function permissionChanges({ before, after }: ResourceChange['change']): string[] {
  const [from, to] = [before, after].map((values) => valuesInJson(valuesOf(values).policy));
  if (from === undefined || to === undefined) return [];
  const [had, has] = [actionsOf(from), actionsOf(to)];
  const added = [...has].filter((action) => !had.has(action));
  const removed = [...had].filter((action) => !has.has(action));
  const changes = [...added.map((action) => `also ${action}`), ...removed.map((action) => `no longer ${action}`)];
  return changes.length > 0 || same(from, to) ? changes : ['on other resources'];
}

function actionsOf({ Statement: statements }: { readonly Statement?: unknown }): Set<string> {
  return new Set(
    [statements ?? []].flat().flatMap((statement) => [valuesOf(statement).Action ?? []].flat().map(String)),
  );
}
