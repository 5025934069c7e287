import { z } from 'zod';
import { type CheckContext, refuse } from '../modules/config/checked';
import { parseResourceParam } from '../modules/config/directive';
import type { Finding } from '../modules/problems/problem';
import { eventSelection } from './event-id';
import { event, type JobEvent, type JobEventOf } from './events';
import { filterPolicy } from './sns/filter-policy';

/** The events of a job. Two events can't have the same source and selection. */
export const events = z.array(event).superRefine((list, context) => refuseTwins(list, context), { when: () => true });

function refuseTwins(list: unknown, context: CheckContext): void {
  if (!Array.isArray(list)) return;
  const seen = new Map<string, { readonly index: number; readonly event: JobEvent }>();
  list.forEach((item, index) => {
    const parsed = event.safeParse(item);
    // Two load balancer rules with the same priority can match different requests. The check of listeners reports them, with a free
    // priority.
    if (!parsed.success || parsed.data.type === 'application-load-balancer') return;
    const key = selectionKey(parsed.data);
    const twin = seen.get(key);
    if (twin === undefined) seen.set(key, { index, event: parsed.data });
    else
      refuse(context, { code: 'duplicate-event', ...twinFinding(parsed.data, twin.event, `events[${twin.index}]`) }, [
        index,
      ]);
  });
}

/** Properties with a resource's name, and the property that accepts its ARN. */
const NAMED: { readonly [property: string]: string } = {
  eventBusName: 'eventBusArn',
  kinesisStreamName: 'streamArn',
  snsTopicName: 'snsTopicArn',
  sqsQueueName: 'sqsQueueArn',
};

/** The event's source and selection as a key. The same for `orders` and `$ResourceParam('orders', 'arn')`. */
function selectionKey(given: JobEvent): string {
  const parts = eventSelection(given).map(([property, value]) => {
    const arn = NAMED[property];
    if (arn !== undefined) return [arn, [value, 'arn']];
    const directive = typeof value === 'string' ? parseResourceParam(value) : undefined;
    return [property, directive === undefined ? value : [directive.resource, directive.param]];
  });
  return JSON.stringify([given.type, ...parts]);
}

/** Why a job can't have two events with the same source and selection, by type. */
const REASONS: { readonly [Type in JobEvent['type']]: string } = {
  schedule: 'the schedule would start the job twice each time',
  'http-api-gateway': 'API Gateway accepts one route for a method and path',
  'application-load-balancer': 'a listener accepts one rule for each priority',
  'event-bus': 'an event starts the job once, however many rules it matches',
  sns: 'SNS accepts one subscription of a function to a topic',
  sqs: 'Lambda accepts one event source mapping of a queue to a function',
  'kinesis-stream': 'Lambda accepts one event source mapping of a stream or consumer to a function',
  'dynamo-db-stream': 'Lambda accepts one event source mapping of a stream to a function',
  s3: 'a change starts the job once',
  'cloudwatch-log': 'each batch of records would start the job twice',
};

function twinFinding(given: JobEvent, twin: JobEvent, place: string): Finding {
  if (given.type === 'sns' && twin.type === 'sns') return subscriptionFinding(given, twin, place);
  // With `input...` properties, the trigger function can't recognize a duplicate: it doesn't get the event's id.
  const hidden = given.type === 'event-bus' && Object.keys(given.properties).some((key) => key.startsWith('input'));
  const reason = hidden ? 'each event would start the job twice' : REASONS[given.type];
  const found = `the same source and selection as ${place}`;
  return { found, accepted: 'a different source or selection', fix: `remove one of them: ${reason}` };
}

/**
 * SNS accepts only one subscription of a function to a topic. The fix combines two filters with `$or`.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
function subscriptionFinding(given: JobEventOf<'sns'>, twin: JobEventOf<'sns'>, place: string): Finding {
  const found = `a second subscription to the topic of ${place}`;
  const accepted = `one sns event for each topic: ${REASONS.sns}, with one filter`;
  const [own, other] = [given.properties.filterPolicy, twin.properties.filterPolicy];
  if (own === undefined || other === undefined) {
    const fix =
      other === undefined
        ? `remove this one: ${place} takes every message`
        : `remove this one, and filterPolicy of ${place}: together they take every message`;
    return { found, accepted, fix };
  }
  if (JSON.stringify(own) === JSON.stringify(other)) {
    return { found, accepted, fix: 'remove one of them: they take the same messages' };
  }
  const both = { $or: [...branches(other), ...branches(own)] };
  const fix = filterPolicy.safeParse(both).success
    ? `remove this one, and give ${place} both filters: filterPolicy: ${JSON.stringify(both)}`
    : 'move one of them to another job: SNS rejects a filter with both';
  return { found, accepted, fix };
}

type Policy = NonNullable<JobEventOf<'sns'>['properties']['filterPolicy']>;

/** The alternatives in a policy's `$or`, or the whole policy. */
function branches(policy: Policy): Policy[] {
  const { $or: parts, ...others } = policy;
  const isOr = Array.isArray(parts) && parts.length > 1 && Object.keys(others).length === 0;
  return isOr ? (parts as Policy[]) : [policy];
}
