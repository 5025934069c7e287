import { asObject } from '../../modules/config/value-at';
import { templateDocument } from '../../modules/terraform/template';

/** One statement of a policy. Each part is a list of strings. */
export interface ListedStatement {
  readonly name: string;
  readonly effect: string;
  /** The principals, in resource policies and trust policies. */
  readonly who: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly string[];
}

/** A policy that Terraform creates. */
export interface ListedPolicy {
  /** Address of its resource without the hash, and the name of the argument. */
  readonly place: string;
  readonly statements: readonly ListedStatement[];
}

type Block = { readonly [argument: string]: unknown };

/** The arguments of Terraform resources that contain policies as JSON. */
const DOCUMENTS = ['policy', 'assume_role_policy', 'access_policy', 'repository_policy'];

/** Every policy in a stack's Terraform JSON, sorted by address: of roles, of resources, and Lambda permissions. */
export function listedPolicies(terraformJson: string): ListedPolicy[] {
  const stack = JSON.parse(terraformJson.replace(/_[0-9A-F]{8}\b/g, '')) as {
    readonly resource: { readonly [type: string]: { readonly [id: string]: Block } };
  };
  return Object.entries(stack.resource)
    .flatMap(([type, blocks]) => Object.entries(blocks).map(([id, block]) => [type, `${type}.${id}`, block] as const))
    .flatMap(([type, place, block]) =>
      type === 'aws_lambda_permission' ? [permission(place, block)] : documents(place, block),
    )
    .sort((a, b) => (a.place < b.place ? -1 : 1));
}

function documents(place: string, block: Block): ListedPolicy[] {
  return DOCUMENTS.flatMap((argument) => {
    const { Statement } = asObject(templateDocument(block[argument]));
    if (!Array.isArray(Statement)) return [];
    return [{ place: `${place} ${argument}`, statements: Statement.map(listed) }];
  });
}

function listed(statement: Block): ListedStatement {
  return {
    name: String(statement.Sid ?? ''),
    effect: String(statement.Effect),
    who: named(statement.Principal),
    actions: list(statement.Action),
    resources: list(statement.Resource),
    conditions: Object.entries((statement.Condition ?? {}) as { readonly [operator: string]: Block }).flatMap(
      ([operator, keys]) =>
        Object.entries(keys).map(([key, value]) => `${operator} ${key} ${list(value).join(' or ')}`),
    ),
  };
}

function permission(place: string, block: Block): ListedPolicy {
  const conditions = ['source_arn', 'source_account', 'principal_org_id', 'event_source_token'].flatMap((name) =>
    block[name] === undefined ? [] : [`${name} ${String(block[name])}`],
  );
  const { principal, action, function_name } = block;
  return {
    place,
    statements: [
      {
        name: '',
        effect: 'Allow',
        who: list(principal),
        actions: list(action),
        resources: list(function_name),
        conditions,
      },
    ],
  };
}

function named(principal: unknown): string[] {
  if (typeof principal !== 'object' || principal === null) return list(principal);
  return Object.entries(principal).flatMap(([kind, who]) => list(who).map((each) => `${kind} ${each}`));
}

function list(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}
