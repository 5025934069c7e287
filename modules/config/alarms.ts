import { z } from 'zod';
import { foundValue } from '../problems/found';
import { WAITING } from '../rules/waiting-runs';
import { across, type CheckContext, exactlyOne, nonEmpty, numberIn, refuse, strict } from './checked';
import { notifiedTopicArn, stuckAfter } from './notification-target';

/** Actions of an alarm in each state: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MOST_TOPICS = 5;

const alarmTarget = across(
  strict({
    /** Name of the `sns-topic` of this config that gets the message. Set exactly one of `snsTopicName` and `snsTopicArn`. */
    snsTopicName: nonEmpty("the topic's name").optional(),
    /** ARN of the topic that gets the message, in the stack's region. Set exactly one of `snsTopicName` and `snsTopicArn`. Its policy must allow CloudWatch to publish. */
    snsTopicArn: notifiedTopicArn.optional(),
  }),
  (value, context) => exactlyOne(value, ['snsTopicName', 'snsTopicArn'], context),
);

/** Topics that an alarm notifies: one or a list. */
export const notify = z.union([alarmTarget, z.array(alarmTarget)]).superRefine((value, context) => {
  if (!Array.isArray(value) || value.length <= MOST_TOPICS) return;
  const fix = 'subscribe several queues or functions to one topic';
  refuse(context as unknown as CheckContext, {
    found: `${value.length} topics`,
    accepted: `at most ${MOST_TOPICS}`,
    fix,
  });
});

/** Periods of CloudWatch are whole minutes, or 10 or 30 seconds for metrics of that resolution, which those of Step Functions and Lambda aren't. */
export const period = numberIn({
  unit: 'seconds',
  min: 60,
  max: 86_400,
  shapes: 'the alarm',
  why: 'CloudWatch evaluates at most one day',
}).check((context) => {
  const { value } = context;
  if (!Number.isInteger(value) || value < 60 || value > 86_400 || value % 60 === 0) return;
  const fix = `use ${Math.max(60, Math.round(value / 60) * 60)}`;
  refuse(context, { code: 'out-of-range', found: foundValue(value), accepted: 'whole minutes, in seconds', fix });
});

/** When failed runs trigger an alarm that doesn't say it. */
export const ALARM_DEFAULTS = { threshold: 1, periodSeconds: 300 } as const;

/** Alarms of a job. */
export const alarms = strict({
  /** Alarm for failed runs. Runs that timed out or were stopped count too. @default the stack's `failedRuns`, else none */
  failedRuns: strict({
    /** How many failed runs in one period trigger the alarm. @default 1 */
    threshold: numberIn({ unit: 'runs', min: 1, max: 1_000_000 }).default(ALARM_DEFAULTS.threshold),
    /** Length of a period in seconds, in whole minutes. @default 300 */
    periodSeconds: period.default(ALARM_DEFAULTS.periodSeconds),
    /** Topics that get a message when the alarm is triggered and when it is over. One topic or a list of up to 5. An empty list turns off the stack's default. */
    notify,
  }).optional(),
  /** Alarm for a run that waits in the queue for too long. Checked every 5 minutes. @default the stack's `oldestWaitingRun`, else none */
  oldestWaitingRun: strict({
    /** How long the oldest waiting run can wait, in seconds. @default 3600 */
    afterSeconds: stuckAfter.default(WAITING.default),
    /** Topics that get a message when the alarm is triggered and when it is over. One topic or a list of up to 5. An empty list turns off the stack's default. */
    notify,
  }).optional(),
});

/** Alarms as in a config, with names of topics. */
export type Alarms = z.output<typeof alarms>;

/** A topic as in a config. */
export type NamedTopic = z.output<typeof alarmTarget>;

/** The kinds of alarms. */
export const ALARM_KINDS = Object.keys(alarms.shape) as (keyof Alarms)[];
