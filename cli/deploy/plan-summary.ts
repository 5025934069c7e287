import { eventTypeOf } from '../../triggers/event-construct-id';
import { type Consequence, consequencesOf, refusedCreation } from './consequences';
import { kindOfTypes, nameOfType } from './part-names';
import type { SynthesizedStack } from './synthesized-stack';

/** The parts of `terraform show -json <plan>` that are used. */
export interface PlanDocument {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: { readonly [name: string]: { readonly actions: readonly string[] } };
}

interface ResourceChange {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: unknown;
    readonly after?: unknown;
    readonly after_unknown?: unknown;
    /** Arguments whose change replaces the resource. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

export type Action = 'add' | 'change' | 'replace' | 'destroy';

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
  readonly consequences: readonly Consequence[];
}

/** The change of a job, of another resource of the config, or of what the jobs share. */
export interface OwnerChange {
  /** Such as `job`, `queue` or `shared`. */
  readonly kind: string;
  readonly name: string;
  /** The action for all of it: `change`, unless every part is added, replaced or destroyed. */
  readonly action: Action;
  readonly parts: readonly PartChange[];
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
}

/** The parts of the platform that are shown by name. */
const SHARED: Readonly<Record<string, string>> = {
  'batch-network': 'network',
  'batch-platform': 'platform',
  'cloudformation-resources': 'CloudFormation resources',
};

const PLATFORM: Readonly<Record<string, string>> = {
  capacity: 'capacity',
  images: 'images',
  payloads: 'large events',
  'undelivered-events': 'undelivered events',
};

/** The owner of a resource. */
export interface Owner {
  readonly kind: 'job' | 'shared' | 'resource';
  readonly name: string;
  /** The rest of its construct's path. */
  readonly rest: readonly string[];
}

/**
 * Finds the owner of a resource by its address. Also finds that of resources that a plan deletes, which the stack no longer has.
 *
 * @param addresses all addresses that might be looked up
 */
export function ownerFinder(stack: SynthesizedStack, addresses: readonly string[]): (address: string) => Owner {
  const pathOf = (address: string) => stack.paths.get(address) ?? pathInId(address);
  const jobs = [...stack.paths.keys(), ...addresses]
    .filter((address) => address.startsWith('aws_batch_job_definition.'))
    .map((address) => pathOf(address).slice(0, -1));
  return (address) => {
    const path = pathOf(address);
    const job = jobs.find((scope) => scope.length > 0 && scope.every((id, index) => id === path[index]));
    if (job !== undefined) return { kind: 'job', name: job.join('/'), rest: path.slice(job.length) };
    const [first = address, second = '', ...rest] = path;
    const shared = SHARED[first];
    if (first === 'batch-platform') return { kind: 'shared', name: PLATFORM[second] ?? shared ?? first, rest };
    if (shared !== undefined) return { kind: 'shared', name: shared, rest: path.slice(1) };
    return { kind: 'resource', name: first, rest: path.slice(1) };
  };
}

/** CDKTF joins the ids of constructs by underscores, with a hash at the end. */
function pathInId(address: string): readonly string[] {
  const name = address.slice(address.lastIndexOf('.') + 1).replace(/\[.*$/, '');
  const parts = name.split('_');
  return parts.length > 1 && /^[0-9A-F]{8}$/.test(parts.at(-1) ?? '') ? parts.slice(0, -1) : parts;
}

/** Summarizes a plan by the jobs and resources of a config. */
export function planSummary(stack: SynthesizedStack, plan: PlanDocument): PlanSummary {
  const changes = (plan.resource_changes ?? []).flatMap((change) => {
    const action = actionOf(change);
    return action === undefined ? [] : [{ ...change, action }];
  });
  const ownerOf = ownerFinder(
    stack,
    changes.map(({ address }) => address),
  );
  const groups = new Map<string, { owner: Owner; parts: PartChange[] }>();
  for (const change of changes) {
    const owner = ownerOf(change.address);
    const key = `${owner.kind} ${owner.name}`;
    const group = groups.get(key) ?? { owner, parts: [] };
    groups.set(key, group);
    group.parts.push(partChange(change, change.action, owner));
  }
  const known = [...stack.paths.keys()].map((address) => ownerOf(address));
  const owners = [...groups.values()].map(({ owner, parts }) => ownerChange(owner, parts, known));
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

function actionOf({ mode, change }: ResourceChange): Action | undefined {
  if (mode === 'data') return undefined;
  const actions = change.actions.join(',');
  switch (actions) {
    case 'create':
      return 'add';
    case 'update':
      return 'change';
    case 'delete':
      return 'destroy';
    case 'delete,create':
    case 'create,delete':
      return 'replace';
    default:
      return undefined;
  }
}

function partChange({ address, type, change }: ResourceChange, action: Action, { rest }: Owner): PartChange {
  const deleted = action === 'destroy' || action === 'replace';
  const created = action === 'add' || action === 'replace';
  return {
    address,
    type,
    action,
    part: partName(type, rest, change.after ?? change.before),
    group: eventTypeOf(rest[0] ?? '') === undefined ? partName(type, rest, undefined) : (rest[0] ?? ''),
    changed: action === 'change' || action === 'replace' ? changedArguments(change) : [],
    consequences: [
      ...(deleted ? consequencesOf(type, change.before, action === 'replace') : []),
      ...(created ? refusedCreation(type, change.after) : []),
    ],
  };
}

function partName(type: string, path: readonly string[], values: unknown): string {
  const [first = '', ...rest] = path;
  const trigger = eventTypeOf(first);
  const schedule =
    typeof values === 'object' && values !== null && 'schedule_expression' in values ? values.schedule_expression : '';
  if (trigger !== undefined) return `${trigger} trigger${schedule ? ` ${schedule}` : ''}`;
  if (first === 'StateMachine' && type !== 'aws_sfn_state_machine') return `state machine's ${nameOfType(type)}`;
  if (first === 'Trigger' && rest.length > 0) {
    return type === 'aws_lambda_function'
      ? 'trigger function'
      : `trigger function's ${nameOfType(type).replace(/^function's /, '')}`;
  }
  if (first === 'JobRole' || first === 'ExecutionRole') {
    return `${first === 'JobRole' ? 'job role' : 'execution role'}${type === 'aws_iam_role' ? '' : "'s policy"}`;
  }
  return nameOfType(type);
}

/** Computed arguments are left out if another argument explains why they change. */
function changedArguments({ before, after, after_unknown, replace_paths = [] }: ResourceChange['change']): string[] {
  if (replace_paths.length > 0) return [...new Set(replace_paths.map(([name]) => String(name)))];
  const [from, to, unknown] = [record(before), record(after), record(after_unknown)];
  const known = Object.keys(to).filter(
    (name) => name !== 'tags_all' && !same(from[name], to[name]) && unknown[name] !== true,
  );
  const names = known.length > 0 ? known : Object.keys(unknown).filter((name) => unknown[name] === true);
  return names.flatMap((name) => {
    const [left, right] = [jsonRecord(from[name]), jsonRecord(to[name])];
    if (left === undefined || right === undefined) return [name];
    return [...new Set([...Object.keys(left), ...Object.keys(right)])]
      .filter((key) => !same(left[key], right[key]))
      .map((key) => `${name}.${key}`);
  });
}

function record(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function jsonRecord(value: unknown): { readonly [name: string]: unknown } | undefined {
  if (typeof value !== 'string' || !value.startsWith('{')) return undefined;
  try {
    return record(JSON.parse(value));
  } catch {
    return undefined;
  }
}

/** Terraform shows a value that is not set as null, as an empty string, or not at all. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one || null) === JSON.stringify(other || null);
}

function ownerChange({ kind, name }: Owner, parts: readonly PartChange[], known: readonly Owner[]): OwnerChange {
  const total = known.filter((owner) => owner.kind === kind && owner.name === name).length;
  return {
    kind: kind === 'resource' ? kindOfTypes(parts.map(({ type }) => type)) : kind,
    name,
    action: wholeAction(parts, total),
    parts,
  };
}

/** `add` or `destroy` if that is true for all parts, else `change`. */
function wholeAction(parts: readonly PartChange[], total: number): Action {
  const actions = new Set(parts.map(({ action }) => action));
  const [only] = actions;
  if (actions.size !== 1 || only === undefined) return 'change';
  return parts.length >= total && only !== 'change' ? only : 'change';
}

function counted(owners: readonly OwnerChange[]): Record<Action, number> {
  const counts = { add: 0, change: 0, replace: 0, destroy: 0 };
  for (const { action } of owners.flatMap(({ parts }) => parts)) counts[action] += 1;
  return counts;
}

/** Sort order: jobs, then resources, then shared parts. */
function rank({ kind }: OwnerChange): number {
  if (kind === 'job') return 0;
  return kind === 'shared' ? 2 : 1;
}
