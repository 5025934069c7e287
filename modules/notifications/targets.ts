import type { NotifiedTopic } from '../access/notified-topic';
import { WAITING } from '../rules/waiting-runs';

/** A bus to put events on: one of this project's, a provider's `CloudwatchEventBus`, or an object with an ARN. */
export interface NotifiedBus {
  readonly arn: string;
}

/** Where a notification is sent: a topic or a bus. */
export type NotificationTarget = { readonly topic: NotifiedTopic } | { readonly bus: NotifiedBus };

/** A target, or the ARN of a topic as in a config. */
export type NotificationTargetSource = NotificationTarget | { readonly snsTopicArn: string };

/** A target that is notified of a run that waits, and after how many seconds. @default after an hour */
export type StuckTargetSource = NotificationTargetSource & { readonly afterSeconds?: number };

/** Who is told about the runs of a job. */
export interface JobNotifications {
  /** Told when a run fails, is stopped or times out. One target or a list. @default nobody */
  readonly onFailure?: NotificationTargetSource | readonly NotificationTargetSource[];
  /** Told when a run succeeds. One target or a list. @default nobody */
  readonly onSuccess?: NotificationTargetSource | readonly NotificationTargetSource[];
  /** Told when a run waits in the queue for longer than the target's `afterSeconds`, 60 to 2,592,000. One target or a list. @default nobody */
  readonly onStuck?: StuckTargetSource | readonly StuckTargetSource[];
}

/** A target of a rule's input. */
export type Target =
  | { readonly topic: string }
  /** ARN of a bus. */
  | { readonly bus: string };

/** All targets of one kind. */
export function targetsOf(
  given: NotificationTargetSource | readonly NotificationTargetSource[] | undefined,
): NotificationTarget[] {
  return listOf(given).map(resolved);
}

/** The targets of `onStuck` by their times, in the order of these. */
export function stuckTargetsOf(
  given: StuckTargetSource | readonly StuckTargetSource[] | undefined,
): Map<number, NotificationTarget[]> {
  const byTime = new Map<number, NotificationTarget[]>();
  for (const { afterSeconds = WAITING.default, ...target } of listOf(given)) {
    byTime.set(afterSeconds, [...(byTime.get(afterSeconds) ?? []), resolved(target as NotificationTargetSource)]);
  }
  return new Map([...byTime].sort(([a], [b]) => a - b));
}

/** A target as a state machine reads it. */
export function targetInput(target: NotificationTarget): Target {
  return 'topic' in target ? { topic: target.topic.arn } : { bus: target.bus.arn };
}

function listOf<Item>(given: Item | readonly Item[] | undefined): readonly Item[] {
  return given === undefined ? [] : Array.isArray(given) ? given : [given as Item];
}

function resolved(target: NotificationTargetSource): NotificationTarget {
  return 'snsTopicArn' in target ? { topic: { arn: target.snsTopicArn } } : target;
}
