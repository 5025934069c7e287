/** A topic to notify: one of this project's, a provider's `SnsTopic`, or an object with an ARN. */
export interface NotifiedTopic {
  readonly arn: string;
}

/** A bus to put events on: one of this project's, a provider's `CloudwatchEventBus`, or an object with an ARN. */
export interface NotifiedBus {
  readonly arn: string;
}

/** Where a notification is sent: a topic or a bus. */
export type NotificationTarget = { readonly topic: NotifiedTopic } | { readonly bus: NotifiedBus };

/** A target, or the ARN of a topic as in a config. */
export type NotificationTargetSource = NotificationTarget | { readonly snsTopicArn: string };

/** Who is told about the runs of a job. */
export interface JobNotifications {
  /** Told when a run fails, is stopped or times out. One target or a list. @default nobody */
  readonly onFailure?: NotificationTargetSource | readonly NotificationTargetSource[];
  /** Told when a run succeeds. One target or a list. @default nobody */
  readonly onSuccess?: NotificationTargetSource | readonly NotificationTargetSource[];
}

/** All targets of one kind. */
export function targetsOf(
  given: NotificationTargetSource | readonly NotificationTargetSource[] | undefined,
): NotificationTarget[] {
  const list: readonly NotificationTargetSource[] = given === undefined ? [] : Array.isArray(given) ? given : [given];
  return list.map((target) => ('snsTopicArn' in target ? { topic: { arn: target.snsTopicArn } } : target));
}
