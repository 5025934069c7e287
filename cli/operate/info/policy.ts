import { withKeyUse } from '../../../modules/access/key-use';
import type { Statement } from '../../../modules/access/policy';
import { NAME_LIMITS, physicalNameStart } from '../../../modules/rules/naming';
import { QUOTAS } from '../../../modules/rules/quotas';
import type { JobResources, PolicyScope } from './policy-resources';
import { readStatements } from './read-statements';
import { steerStatements } from './steer-statements';

/** What a person may do: look, or also start, stop and repeat runs. */
export const POLICY_KINDS = ['read', 'steer'] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** An IAM policy as its JSON. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly (Statement & { readonly Effect: 'Allow' | 'Deny' })[];
}

/**
 * The IAM policy for the people who operate a stack. Resources are those of the stack, for every action that supports resource-level
 * permissions: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 *
 * The jobs' resources are named one by one if the policy fits into a managed one so. If not, by the beginning of the stack's names.
 */
export function operatorPolicy(scope: PolicyScope, kind: PolicyKind): PolicyDocument {
  const exact = documentOf(scope, kind, exactNames(scope));
  return policySize(exact) <= QUOTAS.managedPolicy ? exact : documentOf(scope, kind, patterns(scope));
}

/** Characters of a policy as IAM counts them. */
export function policySize(policy: PolicyDocument): number {
  return JSON.stringify(policy).length;
}

function exactNames({ jobs, functions: own }: PolicyScope): JobResources {
  const all = [...jobs.values()];
  return {
    stateMachines: all.map((job) => job.stateMachineName),
    functions: all.map((job) => job.triggerFunctionName),
    receivers: [...all.map((job) => job.triggerFunctionName), ...[...own.values()].map((each) => each.functionName)],
    logGroups: all.flatMap(({ logGroupName }) => logGroupName ?? []),
  };
}

/** A pattern for the names that the stack gives, and the names that overrides give, which can be anything. */
function patterns(scope: PolicyScope): JobResources {
  const { stateMachines, functions, receivers, logGroups } = exactNames(scope);
  const { nameStart } = scope;
  return {
    stateMachines: covered(stateMachines, physicalNameStart(NAME_LIMITS.stateMachine, nameStart)),
    functions: covered(functions, physicalNameStart(NAME_LIMITS.lambdaFunction, nameStart)),
    receivers: covered(receivers, physicalNameStart(NAME_LIMITS.lambdaFunction, nameStart)),
    logGroups: covered(logGroups, `/batch-jobs/${nameStart}/`),
  };
}

function covered(names: readonly string[], start: string): string[] {
  return [`${start}*`, ...names.filter((name) => !name.startsWith(start))];
}

function documentOf(scope: PolicyScope, kind: PolicyKind, jobs: JobResources): PolicyDocument {
  const own = [...readStatements(scope, jobs), ...(kind === 'steer' ? steerStatements(scope, jobs) : [])];
  const statements = withKeyUse(own, scope.config.encryption?.kmsKeyArn);
  return {
    Version: '2012-10-17',
    Statement: statements
      .filter(({ Resource }) => Resource.length > 0)
      .map(({ Sid, ...statement }) => ({ Sid, Effect: 'Allow', ...statement })),
  };
}
