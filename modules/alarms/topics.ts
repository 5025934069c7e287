import type { NotifiedTopic } from '../access/notified-topic';
import { WAITING } from '../rules/waiting-runs';

/** A topic that an alarm notifies: one of this project's, a provider's `SnsTopic`, or an object with an ARN. */
export type AlarmTarget = { readonly topic: NotifiedTopic } | { readonly snsTopicArn: string };

/** Alarms of a job. */
export interface JobAlarmProps {
  /** Alarm for failed runs. @default none */
  readonly failedRuns?: {
    /** How many failed runs in one period trigger the alarm. @default 1 */
    readonly threshold?: number;
    /** Length of a period in seconds: 60 to 86,400, in whole minutes. @default 300 */
    readonly periodSeconds?: number;
    /** One topic or a list of up to 5. */
    readonly notify: AlarmTarget | readonly AlarmTarget[];
  };
  /** Alarm for a run that waits in the queue for too long. @default none */
  readonly oldestWaitingRun?: {
    /** How long the oldest waiting run can wait, in seconds: 60 to 2,592,000. @default 3600 */
    readonly afterSeconds?: number;
    /** One topic or a list of up to 5. */
    readonly notify: AlarmTarget | readonly AlarmTarget[];
  };
}

/** All topics of an alarm. */
export function topicsOf(given: AlarmTarget | readonly AlarmTarget[] | undefined): NotifiedTopic[] {
  const list: readonly AlarmTarget[] = given === undefined ? [] : Array.isArray(given) ? given : [given];
  return list.map((target) => ('topic' in target ? target.topic : { arn: target.snsTopicArn }));
}

/** Seconds after which a waiting run is counted for its alarm. Undefined if the alarm notifies nobody. */
export function countAfter({ oldestWaitingRun }: JobAlarmProps): number | undefined {
  if (topicsOf(oldestWaitingRun?.notify).length === 0) return undefined;
  return oldestWaitingRun?.afterSeconds ?? WAITING.default;
}
