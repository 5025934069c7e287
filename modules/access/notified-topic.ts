/** A service that publishes to a topic, and on whose behalf. */
export interface TopicPublisher {
  /** Unique within the topic's policy: letters and digits. */
  readonly Sid: string;
  readonly Principal: { readonly Service: string };
  readonly Condition: { readonly [operator: string]: unknown };
}

/** A topic to notify: one of this project's, a provider's `SnsTopic`, or an object with an ARN. */
export interface NotifiedTopic {
  readonly arn: string;
  /** Lets a service publish. @default no change: the topic's owner must allow it */
  allowPublish?(publisher: TopicPublisher): void;
}
