import type { ConnectTargets } from '../../access/connect-target';
import type { Connection } from '../../access/connection';

/** The connection that the resource itself defines. */
export function existingConnection(target: ConnectTargets['existing']): Connection {
  const { variables, secrets, statements, ingressRule } = target;
  return {
    environment: variables,
    secrets,
    // Numbered if they have no name, because each needs its own.
    statements: statements.map((statement, index) => ({ ...statement, Sid: statement.Sid ?? `Statement${index + 1}` })),
    ingressRule,
  };
}
