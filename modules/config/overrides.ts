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
    const fix = SHARED.test(name)
      ? `move it to overrides at the top of the config: jobs share the resource`
      : meant === undefined
        ? 'use a name from the list in docs/configure/overrides.md'
        : `did you mean "${meant}"?`;
    const accepted = `${OVERRIDABLE.join(', ')}, or a part of an event such as Event1Rule`;
    refuse(context, { code: 'invalid-override', found: foundName(name), accepted, fix }, [name]);
  }
}

/** The name that another one means. Logical IDs of CloudFormation begin with the name in the config: `TallyJobRole`. */
export function meantResource(name: string, names: readonly string[]): string | undefined {
  const [kind = name] = /[A-Z][a-z]+$/.exec(name) ?? [];
  const same = /^Event\d/.test(name) ? [] : names.filter((other) => other.endsWith(kind));
  const [longest] = same.filter((other) => name.endsWith(other)).sort((a, b) => b.length - a.length);
  return suggestion(name, names) ?? longest ?? (same.length === 1 ? same[0] : undefined);
}
