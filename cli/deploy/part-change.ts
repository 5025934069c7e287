import { PROTECTED_TAG } from '../../modules/rules/protected-types';
import { eventTypeOf } from '../../triggers/event-construct-id';
import { changedArguments, changesOnlyTags } from './changed-arguments';
import { type Consequence, consequencesOf, refusedCreation } from './consequences';
import type { JobCapacity } from './job-capacity';
import { LIMITS, type Owner } from './owners';
import { partFacts } from './part-facts';
import { nameOfType } from './part-names';
import { permissionChanges } from './permission-changes';
import { type ResourceChange, valuesOf } from './plan-document';
import type { QueueUsers } from './queue-users';

/** `move`: only its address in the state changes. `forget`: it stays in AWS, and Terraform no longer knows it. */
export type Action = 'add' | 'change' | 'replace' | 'destroy' | 'move' | 'forget';

/** The change of one Terraform resource. */
export interface PartChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Its purpose: `job definition`, `schedule trigger`. */
  readonly part: string;
  /** The group that it is shown in: the resources of a trigger, or else those with the same name. */
  readonly group: string;
  /** Arguments that change or that cause the replacement, and parts of JSON in them: `container_properties.image`. */
  readonly changed: readonly string[];
  /** What the change means in terms of the config: `new image`. Empty if only the names of arguments can be told. */
  readonly facts: readonly string[];
  /** Whether nothing but tags changes. */
  readonly isTags: boolean;
  /** The jobs whose runs are on it, if it is a job queue or compute environment. */
  readonly users: readonly string[];
  /** ARNs of the state machine or the job queues whose runs are lost with it. */
  readonly runsIn: readonly string[];
  readonly consequences: readonly Consequence[];
  /** Whether it would be deleted or replaced although it was deployed with `protect: true`. */
  readonly isProtected: boolean;
}

/** What a plan does to a resource. Undefined if nothing. */
export function actionOf({ mode, change, previous_address }: ResourceChange): Action | undefined {
  if (mode === 'data') return undefined;
  switch (change.actions.join(',')) {
    case 'create':
      return 'add';
    case 'update':
      return 'change';
    case 'delete':
      return 'destroy';
    case 'delete,create':
    case 'create,delete':
      return 'replace';
    case 'forget':
      return 'forget';
    case 'no-op':
      return previous_address === undefined ? undefined : 'move';
    default:
      return undefined;
  }
}

/** The change of a resource, in terms of what it belongs to. */
export function partChange(
  resource: ResourceChange,
  action: Action,
  owner: Owner,
  { users, capacity }: { readonly users: QueueUsers; readonly capacity: JobCapacity },
): PartChange {
  const { address, type, change } = resource;
  const { rest } = owner;
  const jobs = users.jobsOf(resource);
  const isDeleted = action === 'destroy' || action === 'replace';
  const isNeeded = action === 'replace' || owner.kind !== 'shared' || owner.name !== LIMITS;
  return {
    address,
    type,
    action,
    part:
      jobs.length > 0
        ? `${QUEUE_NAMES[type] ?? ''} of ${jobs.join(', ')}`
        : partName(type, rest, change.after ?? change.before),
    group: eventTypeOf(rest[0] ?? '') === undefined ? partName(type, rest, undefined) : (rest[0] ?? ''),
    changed: action === 'change' || action === 'replace' ? changedIn(type, change) : [],
    facts:
      action === 'change'
        ? [...partFacts(type, rest, change), ...(type === 'aws_sfn_state_machine' ? capacity.facts(resource) : [])]
        : [],
    isTags: action === 'change' && changesOnlyTags(change),
    users: jobs,
    runsIn: isDeleted ? runsIn(resource, users) : [],
    consequences: [
      ...(isDeleted && isNeeded ? consequencesOf(type, change.before, action === 'replace') : []),
      ...(action === 'add' || action === 'replace' ? refusedCreation(type, change.after) : []),
    ],
    isProtected: isDeleted && PROTECTED_TAG in valuesOf(valuesOf(change.before).tags),
  };
}

/** What changes in a policy is what it permits, which is seldom known before the deployment. */
function changedIn(type: string, change: ResourceChange['change']): string[] {
  return type === 'aws_iam_role_policy' ? permissionChanges(change) : changedArguments(change);
}

/** What is called by the jobs that use it, because it belongs to none. */
const QUEUE_NAMES: Readonly<Record<string, string>> = {
  aws_batch_compute_environment: 'compute environment',
  aws_batch_job_queue: 'queue',
};

function runsIn(resource: ResourceChange, users: QueueUsers): readonly string[] {
  const { arn } = valuesOf(resource.change.before);
  return resource.type === 'aws_sfn_state_machine' ? [String(arn)] : users.queuesOf(resource);
}

function partName(type: string, path: readonly string[], values: unknown): string {
  const [first = '', ...rest] = path;
  const trigger = eventTypeOf(first);
  const schedule = valuesOf(values).schedule_expression;
  if (trigger !== undefined) return `${trigger} trigger${schedule ? ` ${schedule}` : ''}`;
  if (first === 'StateMachine' && type !== 'aws_sfn_state_machine') return partOf('state machine', type);
  if (first === 'Trigger' && type === 'aws_lambda_function') return 'trigger function';
  if (first === 'Trigger' && rest.length > 0) return partOf('trigger function', type);
  if (first === 'JobRole' || first === 'ExecutionRole') {
    return `${first === 'JobRole' ? 'job role' : 'execution role'}${type === 'aws_iam_role' ? '' : "'s permissions"}`;
  }
  return nameOfType(type);
}

/** The name of a part of something that has a role: its permissions are those of the role. */
function partOf(whole: string, type: string): string {
  return `${whole}'s ${nameOfType(type).replace(/^(?:function|role)'s /, '')}`;
}
