import { NAME_LIMITS, physicalName } from '../../../modules/rules/naming';
import type { SourceType } from '../../../triggers/registry';
import { timingText, usesScheduler } from '../../../triggers/schedule/timing';
import { CommandFailure } from '../../command/reported-error';
import { AwsFault } from '../aws/fault';
import type { DeployedJob, Deployment } from '../deployment';
import type { Optional } from '../optional';
import { sourceRegistry } from '../source-registry';
import type { LastEvent, StartFacts } from './facts';

/** Rules of a job that are looked at. */
const MOST_RULES = 10;

/** Records of the function's log that are read for its newest event: an invocation without an error has four. */
const LOG_RECORDS = 50;

/** What starts a job's runs, and whether it can. */
export async function startFacts(deployment: Deployment, job: DeployedJob, details: Optional): Promise<StartFacts> {
  const { events } = job.properties;
  const timings = events.flatMap(
    ({ type, properties }) => sourceRegistry().sourceOf(type).page().timing?.(properties) ?? [],
  );
  const ofScheduler = timings.filter(usesScheduler).length;
  const [found, rules, schedules, mappings, undelivered, lastEvent] = await Promise.all([
    functionFacts(deployment, job, details),
    ruleFacts(deployment, job, details),
    // Most jobs have no such schedule, and no client is loaded for them.
    ofScheduler === 0 ? [] : scheduleFacts(deployment, job, details),
    mappingFacts(deployment, job, details),
    undeliveredFacts(deployment, job, details),
    details.of('The last event', () => newestEvent(deployment, job), ['ResourceNotFoundException']),
  ]);
  const mapped = events.filter(({ type }) => sourceRegistry().sourceOf(type).mapping !== undefined).length;
  const missing = (wanted: number, there: number | undefined) => Math.max(0, wanted - (there ?? wanted));
  return {
    function: found,
    rules: rules ?? [],
    schedules: schedules ?? [],
    mappings: mappings ?? [],
    missingRules:
      rules?.length === MOST_RULES ? 0 : missing(timings.length - ofScheduler, rules?.filter(isSchedule).length),
    missingSchedules: missing(ofScheduler, schedules?.length),
    missingSources: missing(mapped, mappings?.length),
    undelivered,
    lastEvent,
  };
}

async function functionFacts(
  { clients }: Deployment,
  { triggerFunctionName: FunctionName }: DeployedJob,
  details: Optional,
): Promise<StartFacts['function']> {
  const { GetFunctionConcurrencyCommand, GetFunctionConfigurationCommand } = lambdaModule();
  const [configuration, concurrency] = await Promise.all([
    details.of('The trigger function', async () => {
      try {
        return await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      } catch (error) {
        if (!(error instanceof AwsFault) || error.code !== 'ResourceNotFoundException') throw error;
        return { State: 'Missing', StateReason: undefined };
      }
    }),
    details.of(
      'The reserved concurrency',
      () => clients.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })),
      ['ResourceNotFoundException'],
    ),
  ]);
  if (configuration === undefined) return undefined;
  return {
    // Some emulators leave it out.
    state: configuration.State ?? 'Active',
    reason: configuration.StateReason,
    isStopped: concurrency?.ReservedConcurrentExecutions === 0,
  };
}

function isSchedule({ schedule }: StartFacts['rules'][number]): boolean {
  return schedule !== undefined;
}

/** The rules of the default bus and of the buses in the config's events, which invoke the job's function. */
async function ruleFacts(
  deployment: Deployment,
  job: DeployedJob,
  details: Optional,
): Promise<StartFacts['rules'] | undefined> {
  const { DescribeRuleCommand, ListRuleNamesByTargetCommand } =
    require('@aws-sdk/client-eventbridge') as typeof import('@aws-sdk/client-eventbridge');
  const { events } = deployment.clients;
  const TargetArn = deployment.arn('lambda', `function:${job.triggerFunctionName}`);
  const rules: { name: string; isEnabled: boolean; schedule?: string }[] = [];
  for (const EventBusName of busesOf(deployment, job)) {
    const list = new ListRuleNamesByTargetCommand({ TargetArn, EventBusName, Limit: MOST_RULES });
    const answer = await details.of('Rules', () => events.send(list), ['ResourceNotFoundException']);
    if (answer === undefined) return undefined;
    for (const name of answer.RuleNames?.slice(0, MOST_RULES - rules.length) ?? []) {
      const rule = await details.of('Rules', () => events.send(new DescribeRuleCommand({ Name: name, EventBusName })));
      if (rule === undefined) return undefined;
      rules.push({ name, isEnabled: rule.State !== 'DISABLED', schedule: rule.ScheduleExpression || undefined });
    }
  }
  return rules;
}

/** The job's schedules in EventBridge Scheduler. */
async function scheduleFacts(
  deployment: Deployment,
  job: DeployedJob,
  details: Optional,
): Promise<StartFacts['schedules'] | undefined> {
  const { schedulerSchedules } = require('../scheduler-schedules') as typeof import('../scheduler-schedules');
  const found = await details.of('Schedules', () => schedulerSchedules(deployment, job));
  return found?.map(({ name, timing, enabled }) => ({ name, isEnabled: enabled, schedule: timingText(timing) }));
}

/** Whether an AWS service sends the events of a type to EventBridge. Services use the default bus. */
function isSentByService(type: SourceType): boolean {
  const { kinds } = sourceRegistry().sourceOf(type).facts();
  return kinds.some(({ kind, sentBy }) => kind === 'eventbridge' && sentBy !== undefined);
}

/** Names or ARNs of the buses that a job's events come from. Undefined is the account's default bus. */
function busesOf({ config, nameStart }: Deployment, { properties }: DeployedJob): (string | undefined)[] {
  const buses = properties.events.flatMap((event): (string | undefined)[] => {
    if (event.type !== 'event-bus') return isSentByService(event.type) ? [undefined] : [];
    const { eventBusArn, eventBusName: name } = event.properties;
    if (name === undefined) return [eventBusArn];
    const bus = config.resources[name];
    const existing = bus?.type === 'event-bus' ? bus.existing?.arn : undefined;
    return [existing ?? physicalName(NAME_LIMITS.eventBus, nameStart, name)];
  });
  return [...new Set(buses)];
}

async function mappingFacts(
  { clients }: Deployment,
  job: DeployedJob,
  details: Optional,
): Promise<StartFacts['mappings'] | undefined> {
  const { ListEventSourceMappingsCommand } = lambdaModule();
  const request = new ListEventSourceMappingsCommand({ FunctionName: job.triggerFunctionName, MaxItems: 50 });
  const answer = await details.of('Event source mappings', () => clients.lambda.send(request), [
    'ResourceNotFoundException',
  ]);
  return (
    answer &&
    (answer.EventSourceMappings ?? []).map(({ EventSourceArn = '', UUID = '', State, LastProcessingResult }) => ({
      source: sourceName(EventSourceArn),
      uuid: UUID,
      isEnabled: !/^Disabl/.test(State ?? ''),
      result: LastProcessingResult,
    }))
  );
}

/** `queue orders` of the ARN of a queue, `stream orders` of the ARN of a stream. */
function sourceName(arn: string): string {
  const [, , service, , , ...rest] = arn.split(':');
  const name = rest.join(':');
  if (service === 'sqs') return `queue ${name}`;
  if (service === 'kinesis') return `stream ${name.replace(/^stream\//, '')}`;
  return `the stream of table ${name.split('/')[1] ?? name}`;
}

async function undeliveredFacts(
  deployment: Deployment,
  job: DeployedJob,
  details: Optional,
): Promise<StartFacts['undelivered']> {
  const { findUndeliveredQueues } =
    require('../undelivered/undelivered-queues') as typeof import('../undelivered/undelivered-queues');
  const found = await details.of('Undelivered events', () =>
    findUndeliveredQueues(deployment, job).catch((error: unknown) => {
      // None of the queues exists, which is no fault of the request.
      if (error instanceof CommandFailure && !(error instanceof AwsFault)) return { queues: [], problems: [] };
      throw error;
    }),
  );
  if (found === undefined) return undefined;
  for (const problem of found.problems) {
    await details.of('Undelivered events', () => Promise.reject(new CommandFailure(problem)));
  }
  const queues = found.queues.filter(({ messages, hidden }) => messages + hidden > 0);
  return {
    messages: queues.reduce((sum, { messages, hidden }) => sum + messages + hidden, 0),
    queues: queues.map(({ name }) => name),
  };
}

async function newestEvent({ clients }: Deployment, job: DeployedJob): Promise<LastEvent | undefined> {
  const { DescribeLogStreamsCommand, GetLogEventsCommand } = logsModule();
  const logGroupName = `/aws/lambda/${job.triggerFunctionName}`;
  const newest = { logGroupName, orderBy: 'LastEventTime', descending: true, limit: 1 } as const;
  const { logStreams = [] } = await clients.logs.send(new DescribeLogStreamsCommand(newest));
  const logStreamName = logStreams[0]?.logStreamName;
  if (logStreamName === undefined) return undefined;
  const records = new GetLogEventsCommand({ logGroupName, logStreamName, limit: LOG_RECORDS, startFromHead: false });
  const { events = [] } = await clients.logs.send(records);
  return lastEventIn(events.flatMap(({ message }) => message ?? []));
}

/** The newest record of the trigger function, which writes one for each event, in the lines of its log. */
export function lastEventIn(lines: readonly string[]): LastEvent | undefined {
  for (const line of [...lines].reverse()) {
    const record = recordIn(line);
    if (record !== undefined) return record;
  }
  return undefined;
}

function recordIn(line: string): LastEvent | undefined {
  let record: TriggerRecord | null;
  try {
    record = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { timestamp, ignored, error, duplicate, executionName: run } = record ?? {};
  const at = new Date(timestamp ?? Number.NaN);
  if (Number.isNaN(at.getTime())) return undefined;
  if (ignored !== undefined) return { at, outcome: 'ignored', detail: ignored };
  if (error !== undefined) return { at, outcome: 'failed', detail: error.message, run };
  if (duplicate === undefined) return undefined;
  return { at, outcome: duplicate ? 'duplicate' : 'started', run };
}

/** What the trigger function logs: modules/orchestration/trigger/handler.ts. */
interface TriggerRecord {
  readonly timestamp?: string;
  readonly executionName?: string;
  readonly duplicate?: boolean;
  readonly ignored?: string;
  readonly error?: { readonly message?: string };
}

/**
 * The last lines that a container printed.
 *
 * @param count 1 to 10,000
 */
export async function lastLines(
  { clients }: Deployment,
  logGroupName: string,
  logStreamName: string,
  count: number,
): Promise<string[]> {
  const { GetLogEventsCommand } = logsModule();
  const request = new GetLogEventsCommand({ logGroupName, logStreamName, limit: count, startFromHead: false });
  const { events = [] } = await clients.logs.send(request);
  return events.slice(-count).flatMap(({ message }) => message?.trimEnd() ?? []);
}

function lambdaModule() {
  return require('@aws-sdk/client-lambda') as typeof import('@aws-sdk/client-lambda');
}

function logsModule() {
  return require('@aws-sdk/client-cloudwatch-logs') as typeof import('@aws-sdk/client-cloudwatch-logs');
}
