import { payloadBucketPrefix } from '../../../modules/rules/job-names';
import { NAME_LIMITS, physicalNameStart } from '../../../modules/rules/naming';
import type { Deployment } from '../deployment';

/** What a policy depends on. */
export type PolicyScope = Pick<
  Deployment,
  'nameStart' | 'region' | 'account' | 'partition' | 'jobs' | 'functions' | 'config'
>;

/** Names of the jobs' resources, which can be patterns. */
export interface JobResources {
  readonly stateMachines: readonly string[];
  readonly functions: readonly string[];
  /** Functions that events are sent to: the jobs' and those of the config. */
  readonly receivers: readonly string[];
  readonly logGroups: readonly string[];
}

export function namesOf({ partition, region, account, nameStart }: PolicyScope) {
  return {
    arn: (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`,
    /** Beginning of the stack's names in a service. */
    start: (limit: number) => physicalNameStart(limit, nameStart),
    /** ARN pattern of the payload bucket. */
    bucket: `arn:${partition}:s3:::${payloadBucketPrefix(nameStart)}*`,
  };
}

/** The stack's queues, and existing queues of the config. */
export function queues(scope: PolicyScope): string[] {
  const { arn, start } = namesOf(scope);
  return [arn('sqs', `${start(NAME_LIMITS.sqsQueue)}*`), ...arnsIn(scope.config.resources, 'sqs')];
}

/** Whether a job or a function has an event of a type. */
export function hasEvent({ jobs, functions }: PolicyScope, type: string): boolean {
  return [...jobs.values(), ...functions.values()].some(({ properties }) =>
    properties.events.some((event) => event.type === type),
  );
}

/** The ARNs of a service that a value contains, sorted. */
export function arnsIn(value: unknown, service: string): string[] {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part === 'string' && new RegExp(`^arn:[\\w-]+:${service}:`).test(part)) found.add(part);
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(visit);
  };
  visit(value);
  return [...found].sort();
}
