import type { ScheduledEvent } from 'aws-lambda';
import type { Reshaping } from '../reshaped';

/**
 * Values that EventBridge Scheduler writes into the input. None of them needs escapes in JSON.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export const ATTRIBUTES = { arn: '<aws.scheduler.schedule-arn>', time: '<aws.scheduler.scheduled-time>' } as const;

/** Matches what Scheduler replaces in any string of the input. */
export const ATTRIBUTE = /<aws\.scheduler\.[a-z-]+>/;

export interface Firing {
  readonly account: string;
  readonly region: string;
  /** ARN of the schedule. */
  readonly arn: string;
  /** The scheduled time in UTC, without fractions of a second. */
  readonly time: string;
}

/**
 * The event of a schedule of EventBridge Scheduler, in the form of a rule's.
 *
 * Its id is the schedule and the scheduled time, not `<aws.scheduler.execution-id>`: Scheduler assigns a new one to each attempt to
 * deliver the event, and the same firing must not start the job twice.
 */
export function scheduledEvent({ account, region, arn, time }: Firing): ScheduledEvent<Record<string, never>> {
  return {
    version: '0',
    id: `${arn}/${time}`,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time,
    region,
    resources: [arn],
    detail: {},
  };
}

/** Whether the event is sent with an input beside its id. */
export function isReshaped({ input, inputPath, inputTransformer }: Reshaping): boolean {
  return [input, inputPath, inputTransformer].some((value) => value !== undefined);
}
