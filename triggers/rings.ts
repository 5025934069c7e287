import { type IndexedConfig, type LocatedResource, listOf, objectOf } from '../modules/config/indexed-config';
import { NOTIFICATION_KINDS, type Notifications } from '../modules/config/notifications';
import { rule } from '../modules/config/rule';
import type { Path } from '../modules/config/strings-in';
import { formatPath } from '../modules/problems/problem';
import { snsTopic } from '../modules/resources/sns-topic/schema';
import { cycles } from '../modules/rules/cycles';
import { type Follower, followers } from './batch-job/followers';
import { sns } from './sns/schema';

/** A job that starts when another one ends, or is told about. */
interface Step {
  readonly owner: string;
  readonly other: string;
  /** Path of the event, and of the property that says what it waits for. */
  readonly event: Path;
  readonly property: Path;
  /** Path of the notifications that the event receives, if it doesn't follow the job itself. */
  readonly told?: Path;
}

function steps(index: IndexedConfig): Step[] {
  return [...followers(index).flatMap(following), ...toldByTopic(index)];
}

function following({ owner, other, path, property }: Follower): Step[] {
  return other === undefined ? [] : [{ owner, other, event: path.slice(0, -1), property: [...path, property] }];
}

/** Jobs that start by the topic of notifications. */
function* toldByTopic(index: IndexedConfig): Generator<Step> {
  for (const { owner, path, properties } of index.events(sns)) {
    const property = ['snsTopicName', 'topicName', 'snsTopicArn'].find((key) => properties[key] !== undefined);
    const topic = property === undefined ? undefined : topicOf(property, properties[property], index);
    if (topic === undefined || property === undefined) continue;
    for (const job of index.jobs) {
      for (const { told, attributes } of messagesOf(job, topic, index)) {
        const isByBody = properties.filterPolicy !== undefined && properties.filterPolicyScope === 'MessageBody';
        if (isByBody || !takes(properties.filterPolicy, attributes)) continue;
        yield { owner, other: job.name, event: path.slice(0, -1), property: [...path, property], told };
      }
    }
  }
}

/** Values of the attribute `kind` of a message. */
const KINDS: { readonly [kind in keyof Notifications]-?: string } = {
  onFailure: 'failed',
  onSuccess: 'succeeded',
  onStuck: 'stuck',
};

/** Notifications of a job that are sent to a topic. Those of the stack are for jobs without their own. */
function* messagesOf(job: LocatedResource, topic: string, index: IndexedConfig) {
  const own = objectOf(job.properties.notifications);
  const shared = index.section('notifications');
  for (const kind of NOTIFICATION_KINDS) {
    const [targets, told]: readonly [unknown, Path] =
      own[kind] === undefined
        ? [shared[kind], ['notifications', kind]]
        : [own[kind], [...job.path, 'notifications', kind]];
    const all = Array.isArray(targets) ? listOf(targets) : [targets];
    const isTold = all.some((target) =>
      ['snsTopicName', 'snsTopicArn'].some((key) => topicOf(key, objectOf(target)[key], index) === topic),
    );
    const attributes = { kind: KINDS[kind], job: job.name, stack: index.config.stackName };
    if (isTold) yield { told, attributes };
  }
}

/** Whether an event surely receives a message with attributes: without a filter, or with one that lists the values themselves. */
function takes(filter: unknown, attributes: { readonly [name: string]: unknown }): boolean {
  return Object.entries(objectOf(filter)).every(
    ([name, values]) => attributes[name] !== undefined && listOf(values).includes(attributes[name]),
  );
}

/** The name of a topic of the stack, or an ARN. */
function topicOf(property: string, given: unknown, index: IndexedConfig): string | undefined {
  if (typeof given !== 'string') return undefined;
  if (property !== 'snsTopicArn') return index.named(given, snsTopic)?.name;
  return index.withArn(given, snsTopic)?.name ?? given;
}

/** A job that leads back to itself would run again and again. */
export const noRing = rule('circular-reference', steps, function* (all) {
  const graph = new Map<string, string[]>();
  for (const { owner, other } of all) graph.set(owner, [...(graph.get(owner) ?? []), other]);
  for (const ring of cycles(graph)) {
    const found = ring.flatMap((owner, place) => {
      const other = ring[(place + 1) % ring.length];
      return all.find((step) => step.owner === owner && step.other === other) ?? [];
    });
    const first = found.reduce<Step | undefined>(
      (best, step) => (best === undefined || all.indexOf(step) < all.indexOf(best) ? step : best),
      undefined,
    );
    if (first === undefined) continue;
    const from = found.indexOf(first);
    const ordered = [...found.slice(from), ...found.slice(0, from)];
    const accepted = 'jobs that do not lead back: each end would start the next run without end';
    yield {
      path: first.property,
      finding: { found: `a ring of jobs: ${ordered.map(inWords).join(', ')}`, accepted, fix: fixOf(ordered) },
    };
  }
});

function inWords({ owner, other, event, told }: Step): string {
  const by = told === undefined ? '' : `, which ${formatPath(told)} tells`;
  return `${owner} after ${other} (${formatPath(event)}${by})`;
}

function fixOf(ordered: readonly Step[]): string {
  const [{ owner, told } = { owner: '', told: undefined }] = ordered;
  const isTold = ordered.some((step) => step.told !== undefined);
  if (ordered.length > 1) return isTold ? 'remove one of these events or notifications' : 'remove one of these events';
  if (told === undefined) return 'remove this event: to repeat a run that failed, set attempts in retryConfig';
  const kind = String(told.at(-1));
  if (told.length > 2) return `remove this event, or send ${kind} to another topic`;
  return `remove this event, or add resources.${owner}.properties.notifications.${kind}: []`;
}
