import type { EventBridgeEvent } from 'aws-lambda';
import type { SourceEvent } from '../event-schema';
import { matchingValue } from '../matching-value';
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
  const { resources = [], ...matched } = sample(pattern);
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

/** An object with the structure of a pattern, and a matching value for each leaf. Uses the first alternative of an `$or`. */
function sample(pattern: Sample): Sample {
  return Object.entries(pattern).reduce<Sample>((all, [key, value]) => {
    if (key === '$or') return together(all, sample(Array.isArray(value) ? value[0] : {}));
    const found = isLevel(value) ? sample(value) : matchingValue(value, key);
    return found === undefined ? all : together(all, { [key]: found });
  }, {});
}

type Sample = { readonly [key: string]: unknown };

/** Merges two parts of a pattern. Objects in both get the properties of both. */
function together(one: Sample, other: Sample): Sample {
  const entries = Object.entries(other).map(([key, value]) => {
    const before = Object.hasOwn(one, key) ? one[key] : undefined;
    return [key, isLevel(before) && isLevel(value) ? together(before, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(entries) };
}

function isLevel(value: unknown): value is Sample {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
