import { z } from 'zod';
import { foundName } from '../problems/found';
import { suggestion } from '../problems/suggestion';
import { type CheckContext, refuse } from './checked';

/** Resources that every job has, without those of its events. `LogGroup` exists unless logging is disabled. */
export const OVERRIDABLE = [
  'JobDefinition',
  'JobRole',
  'JobRolePolicy',
  'ExecutionRole',
  'ExecutionRolePolicy',
  'LogGroup',
  'StateMachine',
  'StateMachineRole',
  'StateMachineRolePolicy',
  'StateMachineLogGroup',
  'TriggerFunction',
  'TriggerFunctionRole',
  'TriggerFunctionRolePolicy',
  'TriggerFunctionLogGroup',
  'TriggerFunctionUndelivered',
] as const;

/** Name of a resource that every job has. */
export type OverridableName = (typeof OVERRIDABLE)[number];

/**
 * Start of the names of resources that depend on a job's events, log forwarding, notifications, limits, items, volumes, image and connections. Their
 * constructs know which of them exist, and refuse other names.
 */
const PART =
  /^(Event[1-9]\d*|LogForwarding|RunEnded(Rule|Target)$|Stuck(Rule$|Target-)|Alarms(FailedRuns|OldestWaitingRun)$|Places(End|Minute)(Rule|Target)$|AccessPoint|Image|Connect|StateMachineRoleGrants$|ItemsFunction(Role(Policy)?|LogGroup)?$|TriggerFunction((TargetGroup|HttpApi|Permission)-|RoleGrants|SchedulerRole(Policy)?$))/;

/** Names of resources that jobs share, which `overrides` at the top of a config set. */
const SHARED =
  /^(LaunchTemplate|InstanceRole|Payloads|UndeliveredEvents|Network|Images|Notifications|Dashboard)|-(environment|queue)$/;

/** What other tools call the resources of a kind of capacity, with the end of their names here. */
const CAPACITY = /^(?:batch)?(?:job|compute)?(queue|environment)$/i;

/** Terraform attributes, by name of the resource. The stack, which knows its resources, checks all names. */
export const resourceOverrides = z.record(z.string(), z.record(z.string(), z.json()));

/** Terraform attributes of a job's resources, by name of the resource. The constructs check the names of the attributes. */
export const overrides = resourceOverrides.superRefine(
  (value: unknown, context) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) checkNames(Object.keys(value), context);
  },
  { when: () => true },
);

/** Overrides, by name of the resource and then of the attribute. */
export type Overrides = z.output<typeof overrides>;

function checkNames(names: readonly string[], context: CheckContext): void {
  for (const name of names) {
    if ((OVERRIDABLE as readonly string[]).includes(name) || PART.test(name)) continue;
    const meant = meantResource(name, OVERRIDABLE);
    const [, ofCapacity] = CAPACITY.exec(name) ?? [];
    const fix = SHARED.test(name)
      ? `move it to overrides at the top of the config: jobs share the resource`
      : ofCapacity !== undefined
        ? `move it to overrides at the top of the config, with a name such as on-demand-cpu-x86-64-${ofCapacity.toLowerCase()}: jobs share the resource`
        : meant === undefined
          ? 'use a name from the list in docs/configure/overrides.md'
          : `did you mean "${meant}"?`;
    const accepted = `${OVERRIDABLE.join(', ')}, or a part of an event such as Event1Rule`;
    refuse(context, { code: 'invalid-override', found: foundName(name), accepted, fix }, [name]);
  }
}

/** What other tools call a resource, with the name here or its end, both in lower case. */
const OTHERS: readonly (readonly [other: RegExp, name: string])[] = [
  [/^(aws)?lambda(function)?/, 'function'],
  [/^(dlq|deadletterqueue)$/, 'undelivered'],
  [/^(batch)?job$/, 'jobdefinition'],
  [/^(stepfunctions?|sfn)$/, 'statemachine'],
  [/^(elasticache)?replicationgroup$/, 'rediscluster'],
  [/^(rds|db|(rds|db)?instance|(rds|db)(cluster|database))$/, 'relationaldatabase'],
  [/^(alb|elb)$/, 'applicationloadbalancer'],
  [/^cognito(userpool)?$/, 'userauthpool'],
];

/**
 * The name that another one means. Logical IDs of CloudFormation begin with the name in the config: `TallyJobRole`. Other names are only
 * the last word of one here, or a part of it.
 */
export function meantResource(name: string, names: readonly string[]): string | undefined {
  const near = suggestion(name, names);
  if (/^Event\d/.test(name)) return near;
  const given = plain(name);
  const [other, own = ''] = OTHERS.find(([pattern]) => pattern.test(given)) ?? [];
  const here = other === undefined ? undefined : fitting(given.replace(other, own), names);
  return here ?? near ?? fitting(given, names) ?? lastWord(name, names);
}

/** The name that is the end of another one, ends with it, or has it as a part: the most of it, and the least else. */
function fitting(given: string, names: readonly string[]): string | undefined {
  const byLength = [...names].sort((a, b) => a.length - b.length);
  return (
    [...byLength].reverse().find((each) => given.endsWith(plain(each))) ??
    byLength.find((each) => plain(each).endsWith(given)) ??
    byLength.find((each) => given.length > 2 && plain(each).includes(given))
  );
}

/** The only name that ends with the last word of another one. */
function lastWord(name: string, names: readonly string[]): string | undefined {
  const [word] = /[A-Z][a-z]+$/.exec(name) ?? [];
  const same = word === undefined ? [] : names.filter((each) => each.endsWith(word));
  return same.length === 1 ? same[0] : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}
