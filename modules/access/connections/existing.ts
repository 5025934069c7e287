import type { ConnectTargets } from '../connect-target';
import type { Connection } from '../connection';

/** What the resource itself says. */
export function existingConnection(target: ConnectTargets['existing']): Connection {
  const { variables, secrets, statements, firewall } = target;
  return {
    environment: variables,
    secrets,
    // Numbered where they have no name: each needs one of its own.
    statements: statements.map((statement, index) => ({ ...statement, Sid: statement.Sid ?? `Statement${index + 1}` })),
    firewall,
  };
}
