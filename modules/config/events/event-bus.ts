import { z } from 'zod';
import { across, type CheckContext, isToken, nonEmpty, refuse, strict, type Unchecked } from '../checked';
import { formatFound } from '../problem';
import { eventBusArn } from '../resources/event-bus';
import { deliveryFailure } from './delivery-failure';
import { checkReshaping, reshaping } from './reshaping';

const json = z.json();

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html; an account starts with a quota of 2,048. */
const MAX_PATTERN_LENGTH = 4096;

const eventPattern = across(
  strict({
    /** Version of the event's envelope: a list of texts or filters. @default any */
    version: json.optional(),
    /** Kind of event: a list of texts or filters. @default any */
    'detail-type': json.optional(),
    /** Where the event comes from: a list of texts or filters. @default any */
    source: json.optional(),
    /** Account: a list of texts or filters. @default any */
    account: json.optional(),
    /** Region: a list of texts or filters. @default any */
    region: json.optional(),
    /** Resources: a list of texts or filters, one of which one of the event's resources must match. @default any */
    resources: json.optional(),
    /** Content: an object of the event's shape, with lists of values or filters at its ends. @default any */
    detail: json.optional(),
    /** Name of the replay: a list of texts or filters. @default any */
    'replay-name': json.optional(),
  }),
  checkPattern,
);

const settings = {
  /** Which events start the job: at least one property, at most 4,096 characters of JSON. */
  eventPattern,
  ...reshaping,
};

/** What a config and the trigger by itself have in common. */
export const eventBusSettings = across(strict(settings), checkReshaping);

const BUSES = ['eventBusArn', 'eventBusName', 'useDefaultBus'] as const;

/** Starts the job by events on an EventBridge bus. */
export const eventBus = strict({
  /** Starts the job by events on an EventBridge bus. */
  type: z.literal('event-bus'),
  /** Which bus, which of its events, and what the job receives. */
  properties: across(
    strict({
      /** ARN of the bus, in the stack's own account and region. Exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      eventBusArn: eventBusArn.optional(),
      /** Name of the `event-bus` of this config. Exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      eventBusName: nonEmpty("the bus's name").optional(),
      /** The account's default bus, which AWS services put their events on; false is as good as left out. Exactly one of `eventBusArn`, `eventBusName`, `useDefaultBus`. */
      useDefaultBus: z.boolean().optional(),
      /** Queue for events that EventBridge could not hand over. @default the stack's undelivered-events queue */
      onDeliveryFailure: deliveryFailure.optional(),
      ...settings,
    }),
    (value, context) => {
      exactlyOneBus(value, context);
      checkReshaping(value, context);
    },
  ),
});

function exactlyOneBus(value: Unchecked<Record<(typeof BUSES)[number], unknown>>, context: CheckContext): void {
  const given = BUSES.filter((key) => value[key] !== undefined && value[key] !== false);
  if (given.length === 1) return;
  const accepted = `exactly one of ${BUSES.join(', ')}`;
  const fix =
    given.length === 0
      ? 'add useDefaultBus: true or the name of a bus'
      : `keep ${given[0]} and remove ${given.slice(1).join(' and ')}`;
  refuse(context, { found: given.length === 0 ? 'none of them' : given.join(' and '), accepted, fix });
}

/** EventBridge refuses a pattern without properties, values that stand outside a list, and empty lists. */
function checkPattern(pattern: Unchecked<Record<string, unknown>>, context: CheckContext): void {
  const given = Object.entries(pattern).filter(([, value]) => value !== undefined);
  if (given.length === 0) {
    const fix = "say which events start the job, such as source: ['my.app']";
    refuse(context, { found: formatFound(pattern), accepted: 'at least one property', fix });
    return;
  }
  for (const [key, value] of given) checkMatcher(value, [key], context);
  const { length } = JSON.stringify(pattern);
  if (length <= MAX_PATTERN_LENGTH) return;
  const accepted = `at most ${MAX_PATTERN_LENGTH} characters of JSON`;
  refuse(context, { found: `${length} characters`, accepted, fix: 'split it over several events of the job' });
}

const MATCHER = "a list of values or filters, such as ['orders'] or [{ prefix: 'ord' }]";

function checkMatcher(value: unknown, path: (string | number)[], context: CheckContext): void {
  if (Array.isArray(value)) {
    // `$or` is a list of patterns; the ends of those are lists again.
    if (path.at(-1) === '$or') {
      for (const [index, item] of value.entries()) checkMatcher(item, [...path, index], context);
    }
    if (value.length > 0) return;
    const fix = 'add a value, or remove the property to match any';
    refuse(context, { found: '[]', accepted: MATCHER, fix }, path);
    return;
  }
  if (typeof value === 'object' && value !== null && path[0] === 'detail') {
    const entries = Object.entries(value);
    for (const [key, item] of entries) checkMatcher(item, [...path, key], context);
    if (entries.length > 0) return;
    refuse(context, { found: '{}', accepted: MATCHER, fix: 'name a property, or remove it to match any' }, path);
    return;
  }
  const token = (typeof value === 'string' || typeof value === 'number') && isToken(value);
  const fix = token ? 'put it into a list' : `write [${formatFound(value)}]`;
  refuse(
    context,
    { found: formatFound(value), accepted: path[0] === 'detail' ? `${MATCHER}, or an object of them` : MATCHER, fix },
    path,
  );
}
