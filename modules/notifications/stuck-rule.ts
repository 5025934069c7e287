import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import { DELIVERY_RETRIES } from '../rules/delivery-retries';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import { jsonLiteral } from '../terraform/literal';
import type { Notifier } from './notifier';
import type { QueueWatchInput } from './queue-watch-document';
import { type NotificationTarget, targetInput } from './targets';

export interface StuckRuleProps {
  readonly notifier: Notifier;
  readonly jobName: string;
  readonly stateMachineArn: string;
  /** Without a revision. */
  readonly jobDefinitionArn: string;
  /** Whether the job's runs have array jobs, of which each child waits in the queue. @default false */
  readonly hasItems?: boolean;
  /** Seconds after which a waiting run is counted for an alarm. @default it is not */
  readonly countAfter?: number;
  /** The targets, by the seconds after which they are notified: at most four. */
  readonly targets: ReadonlyMap<number, readonly NotificationTarget[]>;
  readonly tags?: { readonly [key: string]: string };
}

/**
 * Starts to wait with each of a job's AWS Batch jobs when it enters its queue. The rule is on the account's default bus, where AWS Batch
 * puts its events.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html
 */
export class StuckRule extends Construct {
  readonly rule: CloudwatchEventRule;
  readonly ruleTargets: readonly CloudwatchEventTarget[];
  /** Counts waiting runs for an alarm. */
  readonly countTarget?: CloudwatchEventTarget;

  constructor(scope: Construct, id: string, props: StuckRuleProps) {
    super(scope, id);
    const { notifier, jobName: job, stateMachineArn, jobDefinitionArn, targets, countAfter, tags } = props;
    const { queueWatch, stackName: stack } = notifier;
    this.rule = new CloudwatchEventRule(this, 'Rule', {
      name: physicalName(NAME_LIMITS.eventRule, stack, job, 'waiting'),
      description: `Watches how long runs of ${job} wait`,
      eventPattern: jsonLiteral({
        source: ['aws.batch'],
        'detail-type': ['Batch Job State Change'],
        // The event has the ARN with the revision. The colon keeps jobs out whose names begin with that of this one.
        detail: {
          jobDefinition: [{ prefix: `${jobDefinitionArn}:` }],
          status: ['RUNNABLE'],
          // Not the children of arrays: each of 10,000 would be watched, and reported. Their parent never enters this status.
          ...(props.hasItems && { arrayProperties: { index: [{ exists: false }] } }),
        },
      }),
      state: 'ENABLED',
      tags,
    });
    const granted = targets.size === 0 ? [] : notifier.grantSend(this, [...targets.values()].flat());
    const watch = (targetId: string, input: Omit<QueueWatchInput, 'jobId' | 'stack' | 'job' | 'stateMachineArn'>) =>
      new CloudwatchEventTarget(this, `Target-${targetId}`, {
        rule: this.rule.name,
        targetId,
        arn: queueWatch.stateMachine.arn,
        roleArn: queueWatch.ruleRole.arn,
        inputTransformer: {
          inputPaths: { jobId: '$.detail.jobId' },
          inputTemplate: jsonLiteral({ jobId: '<jobId>', stack, job, stateMachineArn, ...input }),
        },
        retryPolicy: DELIVERY_RETRIES,
        deadLetterConfig: { arn: notifier.undelivered.arn },
        dependsOn: [...granted, ...queueWatch.ruleRole.dependencies],
      });
    this.ruleTargets = [...targets].map(([afterSeconds, ofTime]) =>
      watch(`after-${afterSeconds}`, { afterSeconds, targets: { stuck: ofTime.map(targetInput) } }),
    );
    if (countAfter !== undefined) {
      this.countTarget = watch('count', { afterSeconds: countAfter, targets: { stuck: [] }, count: true });
    }
  }
}
