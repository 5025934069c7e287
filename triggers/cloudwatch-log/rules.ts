import { type CheckContext, refuse } from '../../modules/config/checked';
import { jobEvents, type PlacedEvent } from '../../modules/config/job-events';
import { asObject, referredResource } from '../../modules/config/referred-resource';
import { withArticle } from '../../modules/config/type-name';
import { formatFound, formatPath } from '../../modules/problems/problem';
import { referableOf } from '../../modules/resources/referables';
import { cloudwatchLog } from './schema';

/** Maximum number of subscriptions of one log group: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
export const MAX_SUBSCRIPTIONS = 2;

type LogEvent = PlacedEvent<{ readonly logGroupArn: string }>;

/**
 * Refuses subscriptions to something else than a log group, jobs that their own logs start again, and too many subscriptions of a group.
 */
export function checkLogSubscriptions(resources: unknown, context: CheckContext): void {
  const events = jobEvents(resources, cloudwatchLog);
  refuseTooMany(events, forwardingJobs(resources), context);
  const listensTo = new Map<string, LogEvent & { readonly writer: string }>();
  for (const event of events) {
    const writer = writingJob(event, resources, context);
    if (writer !== undefined) listensTo.set(`${event.job} ${writer}`, { ...event, writer });
  }
  for (const event of listensTo.values()) refuseLoop(event, [...listensTo.values()], context);
}

/** The job whose log group an event subscribes to, if it is a job's. */
function writingJob({ path, properties }: LogEvent, resources: unknown, context: CheckContext): string | undefined {
  const { logGroupArn } = properties;
  const referred = referredResource(logGroupArn, resources);
  if (referred === undefined) return undefined;
  const { name, type, param } = referred;
  const finding = { found: formatFound(logGroupArn), accepted: 'the ARN of a log group' };
  const at = [...path, 'logGroupArn'];
  if (param !== 'logGroupArn') {
    const fix = referableOf(type)?.params.includes('logGroupArn')
      ? `write $ResourceParam('${name}', 'logGroupArn'): a log group is asked for, not the ${type} itself`
      : `name a function or a batch-job; "${name}" is ${withArticle(type)}, which has no log group`;
    refuse(context, { ...finding, fix }, at);
    return undefined;
  }
  return type === 'batch-job' ? name : undefined;
}

/** Refuses a loop: a job's output must not start a job that directly or indirectly starts the first one again. */
function refuseLoop(
  event: LogEvent & { readonly writer: string },
  edges: readonly { readonly job: string; readonly writer: string }[],
  context: CheckContext,
): void {
  const seen = new Set<string>();
  const next = [event.writer];
  for (let job = next.pop(); job !== undefined; job = next.pop()) {
    if (job === event.job) {
      const found =
        event.writer === event.job
          ? `the log group of "${event.job}" itself`
          : `the log group of "${event.writer}", which the logs of "${event.job}" start in turn`;
      const accepted = 'a log group that the job does not write to';
      const fix = 'listen to another log group: each run would start the next one indefinitely';
      refuse(context, { code: 'conflict', found, accepted, fix }, [...event.path, 'logGroupArn']);
      return;
    }
    if (seen.has(job)) continue;
    seen.add(job);
    next.push(...edges.filter((edge) => edge.job === job).map(({ writer }) => writer));
  }
}

/** The jobs that forward their logs. Forwarding uses one of the log group's subscriptions. */
function forwardingJobs(resources: unknown): Set<string> {
  const jobs = Object.entries(asObject(resources)).filter(([, resource]) => {
    const { type, properties } = asObject(resource);
    return type === 'batch-job' && asObject(asObject(properties).logging).logForwarding !== undefined;
  });
  return new Set(jobs.map(([name]) => name));
}

function refuseTooMany(events: readonly LogEvent[], forwarding: ReadonlySet<string>, context: CheckContext): void {
  const byGroup = new Map<string, LogEvent[]>();
  for (const event of events) {
    const group = event.properties.logGroupArn.replace(/:\*$/, '').replaceAll(/["'\s]/g, '');
    byGroup.set(group, [...(byGroup.get(group) ?? []), event]);
  }
  for (const [group, subscriptions] of byGroup) {
    const [, writer = ''] = /^\$ResourceParam\((.*),logGroupArn\)$/.exec(group) ?? [];
    const forwarded = forwarding.has(writer) ? [`resources.${writer}.properties.logging.logForwarding`] : [];
    const left = MAX_SUBSCRIPTIONS - forwarded.length;
    const excess = subscriptions.slice(left);
    const others = [...forwarded, ...subscriptions.slice(0, left).map(({ path }) => formatPath(path))];
    for (const { path } of excess) {
      const accepted = `at most ${MAX_SUBSCRIPTIONS} subscriptions for a log group`;
      const found = `another subscription, in addition to ${others.join(' and ')}`;
      refuse(context, { code: 'conflict', found, accepted, fix: 'remove one, or start one job from the other' }, [
        ...path,
        'logGroupArn',
      ]);
    }
  }
}
