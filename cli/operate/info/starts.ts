import type { JobEvent } from '../../../triggers/events';
import { nextTimes } from '../../../triggers/schedule/schedule-times';
import { type TimeLimits, type Timing, timingText, usesScheduler } from '../../../triggers/schedule/timing';
import { bounded } from '../bounded';
import type { DeployedJob, Deployment } from '../deployment';
import type { Optional } from '../optional';
import { sourceRegistry } from '../source-registry';
import type { Addresses } from './addresses';
import type { StartFacts } from './facts';

/** How many next times of a schedule are shown. */
const NEXT = 3;

/** What starts a job's runs: schedules and event source mappings as AWS has them, other events as the config has them. */
export async function startsOf(
  deployment: Deployment,
  job: DeployedJob,
  { addresses, optional, now }: { addresses: Addresses; optional: Optional; now: Date },
): Promise<StartFacts[]> {
  const [schedules, mappings] = await Promise.all([
    schedulesOf(deployment, job, optional, now),
    mappingsOf(deployment, job, optional),
  ]);
  const others = await bounded(job.properties.events, async (event): Promise<StartFacts[]> => {
    const { mapping, page } = sourceRegistry().sourceOf(event.type);
    const { schedule, requests, cause } = page();
    if (schedule !== undefined || mapping !== undefined) return [];
    if (requests === undefined) return [{ type: event.type, what: cause?.(event.properties) ?? namesIn(event) }];
    const { to, name, method, paths } = requests(event.properties);
    const base = (await (to === 'http-api' ? addresses.api(name) : addresses.loadBalancer(name))) ?? `(${name})`;
    return paths.map((path) => ({ type: event.type, ...(method !== undefined && { method }), what: `${base}${path}` }));
  });
  return [...schedules, ...mappings, ...others.flat()];
}

async function schedulesOf(
  deployment: Deployment,
  job: DeployedJob,
  optional: Optional,
  now: Date,
): Promise<StartFacts[]> {
  const written = job.properties.events.flatMap(
    ({ type, properties }) => sourceRegistry().sourceOf(type).page().timing?.(properties) ?? [],
  );
  const [rules, ofScheduler] = await Promise.all([
    optional.of('States of schedules', () => rulesOf(deployment, job)),
    // Most stacks have no such schedule, and no client is loaded for them.
    written.length === 0
      ? []
      : optional.of('States of schedules', () => schedulerModule().schedulerSchedules(deployment, job)),
  ]);
  const ofRules = rules?.map(({ ScheduleExpression: scheduleRate = '', State }) =>
    scheduleFacts({ scheduleRate }, { isScheduler: false, enabled: State !== 'DISABLED', now }),
  );
  const asWritten = (isScheduler: boolean) =>
    written
      .filter((timing) => usesScheduler(timing) === isScheduler)
      .map((timing) => scheduleFacts(timing, { isScheduler, now }));
  return [
    ...(ofRules ?? asWritten(false)),
    ...(ofScheduler?.map(({ timing, enabled }) => scheduleFacts(timing, { isScheduler: true, enabled, now })) ??
      asWritten(true)),
  ];
}

function schedulerModule() {
  return require('../scheduler-schedules') as typeof import('../scheduler-schedules');
}

interface ScheduleState {
  readonly isScheduler: boolean;
  /** Undefined if AWS does not tell. */
  readonly enabled?: boolean;
  readonly now: Date;
}

function scheduleFacts(timing: Timing, { isScheduler, enabled, now }: ScheduleState): StartFacts {
  const { timezone = 'UTC', scheduleRate } = timing;
  return {
    type: 'schedule',
    what: timingText({ ...timing, timezone: undefined }),
    ...(enabled !== undefined && { enabled }),
    ...(isScheduler && { timezone }),
    next: enabled === false ? undefined : isoTimes(scheduleRate, now, timing),
  };
}

/** The rules of the default bus with a schedule that invoke the job's function. Other buses have no schedules. */
async function rulesOf(deployment: Deployment, job: DeployedJob) {
  const { events } = deployment.clients;
  const TargetArn = deployment.arn('lambda', `function:${job.triggerFunctionName}`);
  type Events = typeof import('@aws-sdk/client-eventbridge');
  const { DescribeRuleCommand, ListRuleNamesByTargetCommand } = require('@aws-sdk/client-eventbridge') as Events;
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await events.send(new ListRuleNamesByTargetCommand({ TargetArn, NextToken }));
    names.push(...(page.RuleNames ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  const rules = await bounded(names.sort(), (Name) => events.send(new DescribeRuleCommand({ Name })));
  return rules.filter(({ ScheduleExpression }) => ScheduleExpression);
}

function isoTimes(expression: string, now: Date, limits?: TimeLimits): string[] | undefined {
  return nextTimes(expression, now, NEXT, limits)?.map((time) => time.toISOString());
}

async function mappingsOf({ clients }: Deployment, job: DeployedJob, optional: Optional): Promise<StartFacts[]> {
  const isMapped = job.properties.events.some(({ type }) => sourceRegistry().sourceOf(type).mapping !== undefined);
  if (!isMapped) return [];
  type Lambda = typeof import('@aws-sdk/client-lambda');
  const { ListEventSourceMappingsCommand } = require('@aws-sdk/client-lambda') as Lambda;
  const FunctionName = job.triggerFunctionName;
  const found: StartFacts[] = [];
  let Marker: string | undefined;
  do {
    const page = await optional.of(
      'Event source mappings',
      () => clients.lambda.send(new ListEventSourceMappingsCommand({ FunctionName, Marker })),
      ['ResourceNotFoundException'],
    );
    for (const { EventSourceArn = '', State = '' } of page?.EventSourceMappings ?? []) {
      const service = EventSourceArn.split(':')[2] ?? '';
      found.push({
        type: sourceRegistry().mappedSource(service) ?? service,
        what: sourceName(EventSourceArn),
        enabled: !/^Disabl/.test(State),
      });
    }
    Marker = page?.NextMarker;
  } while (Marker !== undefined && Marker !== '');
  return found;
}

/** `orders` of the ARN of a queue, a stream or a table's stream. */
function sourceName(arn: string): string {
  const name = arn.split(':').slice(5).join(':');
  return name.split('/')[1] ?? name;
}

/** The names and ARNs in an event's properties: of a bucket, a topic, a bus, a log group. */
function namesIn({ properties }: JobEvent): string {
  const found = Object.entries(properties).flatMap(([key, value]) =>
    typeof value === 'string' && /(Name|Arn)$/.test(key) ? [value] : [],
  );
  return found.join(', ');
}
