import type { Connection, IngressRule } from '../../access/connection';
import type { Statement } from '../../access/policy';
import type { SecretReference } from '../../access/secret';

export interface ExistingTarget {
  readonly type: 'existing';
  readonly params: { readonly [param: string]: string | undefined };
  readonly variables: { readonly [param: string]: string };
  readonly secrets: { readonly [param: string]: SecretReference };
  readonly statements: readonly Statement[];
  readonly ingressRule?: IngressRule;
}

/** The connection that the resource itself defines. */
export function existingConnection(target: ExistingTarget): Connection {
  const { variables, secrets, statements, ingressRule } = target;
  return {
    environment: variables,
    secrets,
    // Numbered if they have no name, because each needs its own.
    statements: statements.map((statement, index) => ({ ...statement, Sid: statement.Sid ?? `Statement${index + 1}` })),
    ingressRule,
  };
}
