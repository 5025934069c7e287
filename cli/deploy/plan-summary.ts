import { JobCapacity } from './job-capacity';
import { type Owner, ownerFinder } from './owners';
import { type Action, actionOf, type PartChange, partChange } from './part-change';
import { kindOfTypes } from './part-names';
import type { PlanDocument, ResourceChange } from './plan-document';
import { QueueUsers } from './queue-users';
import { effectOnRuns } from './runs-in-progress';
import type { SynthesizedStack } from './synthesized-stack';

/** The change of a job, of another resource of the config, or of what the jobs share. */
export interface OwnerChange {
  /** Such as `job`, `queue` or `shared`. */
  readonly kind: string;
  readonly name: string;
  /** The action for all of it: `change`, unless every part is added, replaced or destroyed. */
  readonly action: Action;
  readonly parts: readonly PartChange[];
  /** What the change of a job means for its runs in progress. Undefined if that is for the warnings to say, or if it is not about runs. */
  readonly runs?: string;
}

/** A plan in terms of a config. */
export interface PlanSummary {
  readonly stack: string;
  readonly region?: string;
  readonly hasChanges: boolean;
  readonly counts: Readonly<Record<Action, number>>;
  readonly owners: readonly OwnerChange[];
  /** Names of the stack outputs that change. */
  readonly outputs: readonly string[];
  /** Names of the runs in progress, by the ARN of the state machine or job queue that is lost with them. @default nobody asked AWS */
  readonly runs?: ReadonlyMap<string, readonly string[]>;
}

/** Summarizes a plan by the jobs and resources of a config. */
export function planSummary(stack: SynthesizedStack, plan: PlanDocument): PlanSummary {
  const resources = (plan.resource_changes ?? []).filter(({ mode }) => mode !== 'data');
  const ownerOf = ownerFinder(
    stack,
    resources.map(({ address }) => address),
  );
  const users = new QueueUsers(resources, (address) => ownerOf(address).name);
  const capacity = new JobCapacity(resources, plan.configuration);
  const groups = new Map<string, { owner: Owner; parts: PartChange[] }>();
  for (const resource of resources) {
    const action = actionOf(resource);
    if (action === undefined) continue;
    const owner = ownerOf(resource.address);
    const key = keyOf(owner);
    const group = groups.get(key) ?? { owner, parts: [] };
    groups.set(key, group);
    group.parts.push(partChange(resource, action, owner, { users, capacity }));
  }
  const allParts = [...groups.values()].flatMap(({ parts }) => parts);
  const noOtherJobs = (job: Owner) =>
    [...groups.values()].flatMap(({ owner, parts }) => (owner.kind !== 'job' || owner === job ? parts : []));
  const owned = resourcesByOwner(resources, ownerOf);
  const known = [...stack.paths.keys()].map((address) => keyOf(ownerOf(address)));
  const owners = [...groups.values()].map(({ owner, parts }): OwnerChange => {
    const total = known.filter((key) => key === keyOf(owner)).length;
    const action = wholeAction(parts, total);
    const own = owned.get(keyOf(owner)) ?? [];
    return {
      kind: owner.kind === 'resource' ? kindOfTypes(own.map(({ type }) => type)) : owner.kind,
      name: owner.name,
      action,
      parts: withoutRepeated(parts, allParts),
      ...(owner.kind === 'job' &&
        action === 'change' && { runs: effectOnRuns(owner.name, own, parts, noOtherJobs(owner)) }),
    };
  });
  const outputs = Object.entries(plan.output_changes ?? {})
    .filter(([, { actions }]) => actions.some((action) => action !== 'no-op'))
    .map(([name]) => name);
  return {
    stack: stack.name,
    region: stack.region,
    hasChanges: owners.length > 0 || outputs.length > 0,
    counts: counted(owners),
    owners: owners.sort(
      (one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name, 'en', { numeric: true }),
    ),
    outputs,
  };
}

function keyOf({ kind, name }: Owner): string {
  return `${kind} ${name}`;
}

/** All resources of the plan by owner, also those that stay as they are. */
function resourcesByOwner(resources: readonly ResourceChange[], ownerOf: (address: string) => Owner) {
  const owned = new Map<string, ResourceChange[]>();
  for (const resource of resources) {
    const key = keyOf(ownerOf(resource.address));
    owned.set(key, [...(owned.get(key) ?? []), resource]);
  }
  return owned;
}

/** Types whose loss says nothing new if one of another type is lost with them. */
const PARTS_OF: Readonly<Record<string, string>> = {
  aws_batch_compute_environment: 'aws_batch_job_queue',
  aws_batch_job_definition: 'aws_sfn_state_machine',
  aws_efs_access_point: 'aws_efs_file_system',
  aws_efs_mount_target: 'aws_efs_file_system',
};

/** The parts of an owner, without the consequences that another part has too. */
function withoutRepeated(parts: readonly PartChange[], all: readonly PartChange[]): readonly PartChange[] {
  return parts.map((part) => {
    const among =
      part.users.length > 0 ? all.filter(({ users }) => part.users.every((job) => users.includes(job))) : parts;
    const isTold = among.some(({ type, consequences }) => type === PARTS_OF[part.type] && consequences.length > 0);
    return isTold ? { ...part, consequences: [] } : part;
  });
}

/** `add` or `destroy` if that is true for all parts, else `change`. */
function wholeAction(parts: readonly PartChange[], total: number): Action {
  const actions = new Set(parts.map(({ action }) => action));
  const [only] = actions;
  if (actions.size !== 1 || only === undefined) return 'change';
  return parts.length >= total && only !== 'change' ? only : 'change';
}

function counted(owners: readonly OwnerChange[]): Record<Action, number> {
  const counts = { add: 0, change: 0, replace: 0, destroy: 0, move: 0, forget: 0 };
  for (const { action } of owners.flatMap(({ parts }) => parts)) counts[action] += 1;
  return counts;
}

/** Sort order: jobs, then resources, then shared parts. */
function rank({ kind }: OwnerChange): number {
  if (kind === 'job') return 0;
  return kind === 'shared' ? 2 : 1;
}
