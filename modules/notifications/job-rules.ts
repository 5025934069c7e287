import type { Construct } from 'constructs';
import type { Notifier } from './notifier';
import type { RunEndRule } from './run-end-rule';
import type { StuckRule } from './stuck-rule';
import { type JobNotifications, stuckTargetsOf, targetsOf } from './targets';

/** What the rules of a job need to know of it. */
export interface NotifyingJob {
  readonly jobName: string;
  readonly stateMachineArn: string;
  /** Without a revision. */
  readonly jobDefinitionArn: string;
  /** Total number of attempts of a run. */
  readonly attempts: number;
  /** Seconds after which a waiting run is counted for an alarm. @default it is not */
  readonly countAfter?: number;
  /** Whether the job's runs have array jobs. @default false */
  readonly hasItems?: boolean;
  /** Whether a limit of the job lets runs end as succeeded without a job. */
  readonly canSkip?: boolean;
  /** Undefined if the job's logging is disabled. */
  readonly logGroupName?: string;
  readonly tags?: { readonly [key: string]: string };
}

/** The rules that notify of a job's runs. A rule is undefined if nobody wants to hear of it. */
export interface NotificationRules {
  readonly runEnded?: RunEndRule;
  readonly stuck?: StuckRule;
}

/** Creates the rules of a job directly in its construct. */
export function createNotificationRules(
  job: Construct,
  { onFailure, onSuccess, onStuck }: JobNotifications,
  props: NotifyingJob,
  notifier: () => Notifier,
): NotificationRules {
  const [failed, succeeded, targets] = [targetsOf(onFailure), targetsOf(onSuccess), stuckTargetsOf(onStuck)];
  // Only what is needed is loaded.
  const createRunEnded = () => {
    const { RunEndRule } = require('./run-end-rule') as typeof import('./run-end-rule');
    return new RunEndRule(job, 'RunEnded', { ...props, notifier: notifier(), failed, succeeded });
  };
  const createStuck = () => {
    const { StuckRule } = require('./stuck-rule') as typeof import('./stuck-rule');
    return new StuckRule(job, 'Stuck', { ...props, notifier: notifier(), targets });
  };
  return {
    runEnded: failed.length + succeeded.length === 0 ? undefined : createRunEnded(),
    stuck: targets.size === 0 && props.countAfter === undefined ? undefined : createStuck(),
  };
}
