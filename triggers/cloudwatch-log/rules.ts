import { parseResourceParam } from '../../modules/config/directive';
import {
  eventsOf,
  type IndexedConfig,
  type LocatedEvent,
  objectOf,
  type Written,
} from '../../modules/config/indexed-config';
import { rule } from '../../modules/config/rule';
import { formatPath } from '../../modules/problems/problem';
import { cloudwatchLog } from './schema';

/** Maximum number of subscriptions of one log group: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MAX_SUBSCRIPTIONS = 2;

interface Subscription extends LocatedEvent {
  readonly logGroupArn: string;
}

function subscriptions(index: IndexedConfig): Subscription[] {
  return eventsOf(cloudwatchLog)(index).flatMap(({ parsed, ...event }) =>
    parsed === undefined ? [] : [{ ...event, logGroupArn: parsed.logGroupArn }],
  );
}

const notTooMany = rule('conflict', subscriptions, function* (all, index) {
  const byGroup = new Map<string, Subscription[]>();
  for (const event of all) {
    const group = event.logGroupArn.replace(/:\*$/, '').replaceAll(/["'\s]/g, '');
    byGroup.set(group, [...(byGroup.get(group) ?? []), event]);
  }
  for (const events of byGroup.values()) {
    const directive = parseResourceParam(events[0]?.logGroupArn ?? '');
    const writer = directive?.param === 'logGroupArn' ? directive.resource : '';
    // Forwarding uses one of the log group's subscriptions.
    const forwarded = forwards(index.resources.get(writer)?.properties)
      ? [`resources.${writer}.properties.logging.logForwarding`]
      : [];
    const left = MAX_SUBSCRIPTIONS - forwarded.length;
    const others = [...forwarded, ...events.slice(0, left).map(({ path }) => formatPath(path))];
    for (const { path } of events.slice(left)) {
      const accepted = `at most ${MAX_SUBSCRIPTIONS} subscriptions for a log group`;
      const found = `another subscription, in addition to ${others.join(' and ')}`;
      const fix = 'remove one, or start one job or function from the other';
      yield { path: [...path, 'logGroupArn'], finding: { found, accepted, fix } };
    }
  }
});

function forwards(writer: Written | undefined): boolean {
  return objectOf(writer?.logging).logForwarding !== undefined;
}

/** The output of a job or function must not start one that directly or indirectly starts the first one again. */
const noLoop = rule('conflict', subscriptions, function* (all, index) {
  const listensTo = new Map<string, Listening>();
  for (const event of all) {
    const referred = index.referred(event.logGroupArn);
    if (!WRITERS.has(referred?.type) || referred?.param !== 'logGroupArn') continue;
    listensTo.set(`${event.owner} ${referred.name}`, { ...event, writer: referred.name });
  }
  for (const event of listensTo.values()) {
    if (!startsItself(event, [...listensTo.values()])) continue;
    const { owner, writer, path } = event;
    const found =
      writer === owner
        ? `the log group of "${owner}" itself`
        : `the log group of "${writer}", which the logs of "${owner}" start in turn`;
    const accepted = `a log group that "${owner}" does not write to`;
    const fix = 'listen to another log group: each run would start the next one indefinitely';
    yield { path: [...path, 'logGroupArn'], finding: { found, accepted, fix } };
  }
});

/** Types that have events and whose output goes to a log group. */
const WRITERS: ReadonlySet<string | undefined> = new Set(['batch-job', 'function']);

/** A subscription to the log group of a job or function. */
interface Listening extends Subscription {
  /** The job or function that writes the logs. */
  readonly writer: string;
}

function startsItself({ owner, writer }: Listening, all: readonly Listening[]): boolean {
  const seen = new Set<string>();
  const next = [writer];
  for (let job = next.pop(); job !== undefined; job = next.pop()) {
    if (job === owner) return true;
    if (seen.has(job)) continue;
    seen.add(job);
    next.push(...all.filter((edge) => edge.owner === job).map((edge) => edge.writer));
  }
  return false;
}

export const CLOUDWATCH_LOG_RULES = [notTooMany, noLoop];
