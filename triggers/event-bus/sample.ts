import type { EventBridgeEvent } from 'aws-lambda';
import type { SourceEvent } from '../event-schema';
import { fitted, type Sample } from '../patterns/sample';
import { reshaped } from '../reshaped';
import type { SampleContext } from '../sample-context';
import type { eventBus as schema } from './schema';

/** An event that the trigger's pattern matches. */
export function eventBus({ properties }: SourceEvent<typeof schema>, context: SampleContext): unknown {
  return reshaped(matchingEvent(properties.eventPattern, context), properties);
}

/** An EventBridge event that matches a pattern. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-structure.html */
export function matchingEvent(pattern: Sample, context: SampleContext): EventBridgeEvent<string, Sample> {
  const { region, account, now } = context;
  const { resources = [], ...matched } = fitted({}, pattern);
  return {
    version: '0',
    id: context.uuid(),
    'detail-type': 'Sample',
    source: 'sample',
    account,
    time: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [resources].flat() as string[],
    detail: {},
    ...matched,
  };
}
