import type { z } from 'zod';
import { eventsOf } from '../../modules/config/indexed-config';
import { rule } from '../../modules/config/rule';
import { foundValue } from '../../modules/problems/found';
import type { Finding } from '../../modules/problems/problem';
import { isFifoTopic } from '../../modules/resources/sns-topic/rules';
import { standardDeadLetterQueue } from '../delivery-rules';
import { noRing } from '../rings';
import { acceptsFilterPolicy } from './filter-policy';
import { FIFO_TOPIC_FIX, sns } from './schema';

const standardTopic = rule('conflict', eventsOf(sns), function* (events, index) {
  for (const { properties, path } of events) {
    for (const key of ['snsTopicName', 'topicName', 'snsTopicArn']) {
      const given = properties[key];
      if (!isFifoTopic(given, index)) continue;
      const finding = {
        found: foundValue(given, ', a FIFO topic'),
        accepted: 'a topic without fifoEnabled',
        fix: FIFO_TOPIC_FIX,
      };
      yield { path: [...path, key], finding };
    }
  }
});

/** FIFO topics and queues that AWS does not deliver to or from. */
export const SNS_RULES = [standardDeadLetterQueue(sns), standardTopic, noRing];

type Properties = z.output<typeof sns>['properties'];

/**
 * SNS accepts only one subscription of a function to a topic. The fix combines two filters with `$or`.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
export function secondSubscription(given: Properties, earlier: Properties, place: string): Finding {
  const found = `a second subscription to the topic of ${place}`;
  const accepted =
    'one sns event for each topic: SNS accepts one subscription of a function to a topic, with one filter';
  const [own, other] = [given.filterPolicy, earlier.filterPolicy];
  if (own === undefined || other === undefined) {
    const fix =
      other === undefined
        ? `remove this one: ${place} takes every message`
        : `remove this one, and filterPolicy of ${place}: together they take every message`;
    return { found, accepted, fix };
  }
  const [scope, otherScope] = [given, earlier].map(({ filterPolicyScope }) => filterPolicyScope ?? 'MessageAttributes');
  if (scope === undefined || scope !== otherScope) {
    const fix = 'move one of them to another job: a subscription filters by attributes or by the body';
    return { found, accepted, fix };
  }
  if (JSON.stringify(own) === JSON.stringify(other)) {
    return { found, accepted, fix: 'remove one of them: they take the same messages' };
  }
  const both = { $or: [...branches(other), ...branches(own)] };
  const fix = acceptsFilterPolicy(both, scope)
    ? `remove this one, and give ${place} both filters: filterPolicy: ${JSON.stringify(both)}`
    : 'move one of them to another job: SNS rejects a filter with both';
  return { found, accepted, fix };
}

type Policy = NonNullable<Properties['filterPolicy']>;

/** The alternatives in a policy's `$or`, or the whole policy. */
function branches(policy: Policy): Policy[] {
  const { $or: parts, ...others } = policy;
  const isOr = Array.isArray(parts) && parts.length > 1 && Object.keys(others).length === 0;
  return isOr ? (parts as Policy[]) : [policy];
}
