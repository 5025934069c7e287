import type { BatchJobDefinition, BatchJobDefinitionConfig } from '@cdktf/provider-aws/lib/batch-job-definition';
import type { CloudwatchLogGroup, CloudwatchLogGroupConfig } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { IamRole, IamRoleConfig } from '@cdktf/provider-aws/lib/iam-role';
import type { IamRolePolicy, IamRolePolicyConfig } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { LambdaFunction, LambdaFunctionConfig } from '@cdktf/provider-aws/lib/lambda-function';
import type {
  LambdaFunctionEventInvokeConfig,
  LambdaFunctionEventInvokeConfigConfig,
} from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config';
import type { SfnStateMachine, SfnStateMachineConfig } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { meantResource, OVERRIDABLE } from '../config/overrides';
import { foundName } from '../problems/found';
import { capitalized } from '../problems/phrases';
import type { StatedProblem } from '../problems/problem';

/**
 * A change to a resource: properties that replace those of this project, or a function that gets the resource. Objects in the properties
 * are merged. Values are CDKTF's: Terraform evaluates `${` in a string.
 */
export type Transform<Resource extends TerraformResource, Config> = Partial<Config> | ((resource: Resource) => void);

/** Changes to a job's resources, by the same names as in the `overrides` of a config. */
export interface JobTransforms {
  readonly JobDefinition?: Transform<BatchJobDefinition, BatchJobDefinitionConfig>;
  readonly JobRole?: Transform<IamRole, IamRoleConfig>;
  readonly JobRolePolicy?: Transform<IamRolePolicy, IamRolePolicyConfig>;
  readonly ExecutionRole?: Transform<IamRole, IamRoleConfig>;
  readonly ExecutionRolePolicy?: Transform<IamRolePolicy, IamRolePolicyConfig>;
  /** Missing if logging is disabled. */
  readonly LogGroup?: Transform<CloudwatchLogGroup, CloudwatchLogGroupConfig>;
  readonly StateMachine?: Transform<SfnStateMachine, SfnStateMachineConfig>;
  readonly StateMachineRole?: Transform<IamRole, IamRoleConfig>;
  readonly StateMachineRolePolicy?: Transform<IamRolePolicy, IamRolePolicyConfig>;
  readonly StateMachineLogGroup?: Transform<CloudwatchLogGroup, CloudwatchLogGroupConfig>;
  readonly TriggerFunction?: Transform<LambdaFunction, LambdaFunctionConfig>;
  readonly TriggerFunctionRole?: Transform<IamRole, IamRoleConfig>;
  readonly TriggerFunctionRolePolicy?: Transform<IamRolePolicy, IamRolePolicyConfig>;
  readonly TriggerFunctionLogGroup?: Transform<CloudwatchLogGroup, CloudwatchLogGroupConfig>;
  readonly TriggerFunctionUndelivered?: Transform<
    LambdaFunctionEventInvokeConfig,
    LambdaFunctionEventInvokeConfigConfig
  >;
}

/** IDs of resources with a different name. */
const NAMES: { readonly [id: string]: string } = { Trigger: 'TriggerFunction', Items: 'ItemsFunction' };

/**
 * The resources of a job by name: the IDs of the constructs below the job, without `Resource`. Names of the first event's resources begin
 * with `Event1`, those of the second with `Event2`, and so on. That includes resources in other scopes that only this event uses, such as
 * a route of a gateway.
 */
export function jobResources(job: IConstruct, triggers: readonly IConstruct[]): Map<string, TerraformResource> {
  const below = job.node.findAll().flatMap((node) => {
    if (!TerraformResource.isTerraformResource(node)) return [];
    const [first = '', ...rest] = node.node.scopes.slice(job.node.scopes.length).map(({ node: { id } }) => id);
    const event = triggers.findIndex((trigger) => trigger.node.id === first) + 1;
    const owner = event > 0 ? `Event${event}` : (NAMES[first] ?? first);
    return [[[owner, ...rest.filter((id) => id !== 'Resource')].join(''), node] as const];
  });
  const known = new Set<IConstruct>(below.map(([, node]) => node));
  const elsewhere = triggers.flatMap((trigger, index) =>
    Object.entries(trigger).flatMap(([property, value]) => {
      if (!TerraformResource.isTerraformResource(value) || known.has(value)) return [];
      return [[`Event${index + 1}${capitalized(property)}`, value] as const];
    }),
  );
  return new Map([...below, ...elsewhere]);
}

/** How messages call a job as the owner of resources. */
export const THE_JOB = 'the job';

/**
 * The problem with a name that none of the resources has. Its path is the name.
 *
 * @param owner whose resources they are, such as `the job`
 */
export function unknownName(name: string, names: readonly string[], owner: string): StatedProblem {
  const meant = meantResource(name, names);
  const isOfJob = owner !== THE_JOB && (OVERRIDABLE as readonly string[]).includes(name);
  const fix = isOfJob
    ? 'move it to the overrides of a job, next to its properties'
    : meant === undefined
      ? `remove it: ${owner} has no such resource`
      : `did you mean "${meant}"?`;
  return {
    keys: [name],
    found: foundName(name),
    ...(names.length === 0
      ? { accepted: `no name: ${owner} has no resources`, acceptedAs: 'rule' }
      : { accepted: `a resource of ${owner}: ${names.join(', ')}` }),
    fix,
  };
}
