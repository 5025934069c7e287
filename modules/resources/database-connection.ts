import type { IConstruct } from 'constructs';
import type { Connection, IngressRule } from '../access/connection';
import type { SecretReference } from '../access/secret';
import type { Companion } from './companion';

/** A database to connect to, inside or outside the network. */
export interface NetworkedTarget<Type extends string, Params extends readonly string[]> {
  readonly type: Type;
  readonly params: Companion<Type, Params>['params'];
  /** @default unknown */
  readonly password?: SecretReference;
  /** @default everything that runs in the network can connect */
  readonly ingressRule?: IngressRule;
}

/**
 * Address, user and password of the database. Access depends on the network, not on permissions.
 *
 * @param completed the parameters that contain the password, with `$(password)` in its place
 */
export function databaseConnection(
  { params, password, ingressRule }: NetworkedTarget<string, readonly string[]>,
  completed: NonNullable<Connection['completed']>,
): Connection {
  return {
    environment: { ...params },
    ...(password && { secrets: { password }, completed }),
    statements: [],
    ingressRule,
  };
}

/** @throws Error for a resource without its own security group: jobs get no access to the VPC's default one. */
export function providedIngressRule(
  { node }: IConstruct,
  groups: readonly string[] | undefined,
  port: number,
  property: string,
): IngressRule {
  const securityGroupId = groups?.[0];
  if (securityGroupId === undefined) {
    throw new Error(`${node.path}: set ${property} to a separate security group, so that jobs can be given access`);
  }
  return { key: node.path, securityGroupId, port };
}

/** Whether only those that connect to a database can reach it: also an existing one whose security group gets a rule for them. */
export function isClosed(existing: { readonly securityGroupId?: unknown } | undefined): boolean {
  return existing === undefined || existing.securityGroupId !== undefined;
}

/** The fix for an existing database without a parameter, or undefined if it has the parameter. */
export function absentIfUnknown<Param extends string>(
  param: Param,
  existing: { readonly [Property in Param]?: unknown } | undefined,
): string | undefined {
  return existing !== undefined && existing[param] === undefined ? `add ${param} to existing` : undefined;
}
