import { z } from 'zod';
import { notify, period } from '../../config/alarms';
import { across, type CheckContext, isToken, numberIn, refuse, strict, text } from '../../config/checked';
import { asObject } from '../../config/value-at';
import { formatFound, foundValue } from '../../problems/found';
import { formatCount } from '../../problems/phrases';

/** Statistics of CloudWatch, by their names in a config. */
export const STATISTICS = {
  avg: 'Average',
  sum: 'Sum',
  min: 'Minimum',
  max: 'Maximum',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
} as const;

const STATISTIC_NAMES = Object.keys(STATISTICS) as (keyof typeof STATISTICS)[];

const OPERATORS = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;

export type ComparisonOperator = (typeof OPERATORS)[number];

const comparisonOperator = z.enum(OPERATORS).default('GreaterThanThreshold');

const errorRate = strict({
  /** Alarm for the share of invocations that fail. */
  type: z.literal('lambda-error-rate'),
  /** When it is triggered. */
  properties: across(
    strict({
      /** Failed invocations in percent of all in a period, 0 to 100, with or without a fraction. A period without an invocation never triggers the alarm. */
      thresholdPercent: numberIn({ unit: 'percent', min: 0, max: 100, fraction: true, shapes: 'the alarm' }),
      /** How the share is compared with the threshold. @default GreaterThanThreshold */
      comparisonOperator,
    }),
    (value, context) => undecided(value, 'thresholdPercent', 100, context),
  ),
});

const duration = strict({
  /** Alarm for how long invocations take. */
  type: z.literal('lambda-duration'),
  /** When it is triggered. */
  properties: across(
    strict({
      /** Duration in milliseconds: at most the function's `timeout`, except with the statistic `sum`. */
      thresholdMilliseconds: numberIn({ unit: 'milliseconds', min: 0, fraction: true, shapes: 'the alarm' }),
      /** What is compared of the durations in a period: their average, sum, minimum, maximum or a percentile. @default avg */
      statistic: z.enum(STATISTIC_NAMES).default('avg'),
      /** How it is compared with the threshold. @default GreaterThanThreshold */
      comparisonOperator,
    }),
    (value, context) => undecided(value, 'thresholdMilliseconds', undefined, context),
  ),
});

/** Most seconds that CloudWatch looks back: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const LONGEST = { ofShortPeriods: 86_400, ofLongPeriods: 604_800, longPeriod: 3600 };

const evaluation = across(
  strict({
    /** Length of a period in seconds: 60 to 86,400, in whole minutes. @default 60 */
    period: period.default(60),
    /** How many of the last periods are looked at: together at most a day, with periods of an hour or more at most a week. @default 1 */
    evaluationPeriods: numberIn({ unit: 'periods', min: 1, max: 1440, shapes: 'the alarm' }).default(1),
    /** How many of these must reach the threshold: at most `evaluationPeriods`. @default all of them */
    breachedPeriods: numberIn({ unit: 'periods', min: 1, max: 1440, shapes: 'the alarm' }).optional(),
  }),
  ({ period: seconds, evaluationPeriods: periods, breachedPeriods: breached }, context) => {
    if (!isKnown(periods)) return;
    if (isKnown(breached) && breached > periods) {
      const accepted = `at most evaluationPeriods, ${periods}`;
      const found = foundValue(breached);
      const fix = `use ${periods}, or set evaluationPeriods to ${breached}`;
      refuse(context, { code: 'conflict', found, accepted, fix }, ['breachedPeriods']);
    }
    if (!isKnown(seconds) || seconds < 60) return;
    const longest = seconds < LONGEST.longPeriod ? LONGEST.ofShortPeriods : LONGEST.ofLongPeriods;
    if (periods * seconds <= longest) return;
    const most = Math.floor(longest / seconds);
    const accepted = `at most ${formatCount(longest)} seconds in all: ${most} periods of ${formatCount(seconds)}`;
    const found = `${formatCount(periods)} periods of ${formatCount(seconds)} seconds`;
    const fix = `use ${most}: CloudWatch looks back no further`;
    refuse(context, { code: 'out-of-range', found, accepted, fix }, ['evaluationPeriods']);
  },
);

const functionAlarm = strict({
  /** What is measured, and the threshold. */
  trigger: z.discriminatedUnion('type', [errorRate, duration]),
  /** Over which time it is measured. @default each property's own default */
  evaluation: evaluation.prefault({}),
  /** Topics that get a message when the alarm is triggered and when it is over. One topic or a list of up to 5. @default none: the alarm is only to be seen in CloudWatch */
  notificationTargets: notify.optional(),
  /** Text of the alarm in its messages, up to 1,024 characters. @default what is measured, and the threshold */
  description: text({
    pattern: /^[\s\S]{1,1024}$/,
    accepted: 'a string of 1 to 1,024 characters',
    fix: 'shorten it, or remove it',
  }).optional(),
  /** Only `true`: CloudWatch keeps the history of each alarm. @default true */
  includeInHistory: z
    .boolean()
    .check((context) => {
      if (context.value) return;
      const fix = 'remove it: CloudWatch keeps the history of each alarm for 30 days';
      refuse(context, { found: foundValue(false), accepted: 'true', fix });
    })
    .optional(),
});

/** Alarms of a function. */
export const functionAlarms = z.array(functionAlarm);

export type FunctionAlarm = z.output<typeof functionAlarm>;

function isKnown(value: unknown): value is number {
  return typeof value === 'number' && !isToken(value);
}

const NEVER = 'no value triggers the alarm';
const ALWAYS = 'every value triggers the alarm';

/** Refuses a comparison that is the same for each value: values are 0 or more, and some have a maximum. */
function undecided(
  properties: { readonly comparisonOperator?: unknown; readonly [threshold: string]: unknown },
  key: string,
  most: number | undefined,
  context: CheckContext,
): void {
  const { comparisonOperator: operator, [key]: threshold } = properties;
  if (!isKnown(threshold)) return;
  const why =
    threshold === 0
      ? { LessThanThreshold: NEVER, GreaterThanOrEqualToThreshold: ALWAYS }[String(operator)]
      : threshold === most
        ? { GreaterThanThreshold: NEVER, LessThanOrEqualToThreshold: ALWAYS }[String(operator)]
        : undefined;
  if (why === undefined) return;
  const accepted = `a threshold that some values reach: ${why}`;
  const fix = threshold === 0 ? 'use a larger number' : 'use a smaller number';
  refuse(context, { code: 'conflict', found: `${threshold} with ${formatFound(operator)}`, accepted, fix }, [key]);
}

/** Refuses durations that no invocation can have, because the function times out before. */
export function checkDurations(alarms: unknown, timeout: unknown, context: CheckContext): void {
  if (!Array.isArray(alarms) || !isKnown(timeout)) return;
  for (const [index, alarm] of alarms.entries()) {
    const { type, properties } = asObject(asObject(alarm).trigger);
    const { thresholdMilliseconds: threshold, statistic, comparisonOperator: operator } = asObject(properties);
    const longest = timeout * 1000;
    if (type !== 'lambda-duration' || statistic === 'sum' || !isKnown(threshold) || threshold <= longest) continue;
    if (typeof operator !== 'string' || !operator.startsWith('Greater')) continue;
    const finding = {
      code: 'conflict',
      found: foundValue(threshold, `, and a timeout of ${timeout} seconds`),
      accepted: `at most ${formatCount(longest)} milliseconds, the function's timeout`,
      fix: `use a smaller number, or set timeout to ${Math.ceil(threshold / 1000)}: no invocation takes longer`,
    } as const;
    refuse(context, finding, ['alarms', index, 'trigger', 'properties', 'thresholdMilliseconds']);
  }
}
