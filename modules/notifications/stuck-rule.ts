import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import { NAME_LIMITS, physicalName } from '../naming';
import { jsonLiteral } from '../terraform-literal';
import type { Notifier } from './notifier';
import type { QueueWatchInput } from './queue-watch-document';
import { DELIVERY_RETRIES } from './run-end-rule';
import { type NotificationTarget, targetInput } from './targets';

export interface StuckRuleProps {
  readonly notifier: Notifier;
  readonly jobName: string;
  readonly stateMachineArn: string;
  /** Without a revision. */
  readonly jobDefinitionArn: string;
  /** The targets, by the seconds after which they are notified: at most five. */
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

  constructor(scope: Construct, id: string, props: StuckRuleProps) {
    super(scope, id);
    const { notifier, jobName: job, stateMachineArn, jobDefinitionArn, targets, tags } = props;
    const { queueWatch, stackName: stack } = notifier;
    this.rule = new CloudwatchEventRule(this, 'Rule', {
      name: physicalName(NAME_LIMITS.eventRule, stack, job, 'waiting'),
      description: `Watches how long runs of ${job} wait`,
      eventPattern: jsonLiteral({
        source: ['aws.batch'],
        'detail-type': ['Batch Job State Change'],
        // The event has the ARN with the revision. The colon keeps jobs out whose names begin with that of this one.
        detail: { jobDefinition: [{ prefix: `${jobDefinitionArn}:` }], status: ['RUNNABLE'] },
      }),
      state: 'ENABLED',
      tags,
    });
    const granted = notifier.grantSend(this, [...targets.values()].flat());
    this.ruleTargets = [...targets].map(([afterSeconds, ofTime]) => {
      const input: QueueWatchInput = {
        afterSeconds,
        jobId: '<jobId>',
        stack,
        job,
        stateMachineArn,
        targets: { stuck: ofTime.map(targetInput) },
      };
      return new CloudwatchEventTarget(this, `Target-${afterSeconds}`, {
        rule: this.rule.name,
        targetId: `after-${afterSeconds}`,
        arn: queueWatch.stateMachine.arn,
        roleArn: queueWatch.ruleRole.arn,
        inputTransformer: { inputPaths: { jobId: '$.detail.jobId' }, inputTemplate: jsonLiteral(input) },
        retryPolicy: DELIVERY_RETRIES,
        deadLetterConfig: { arn: notifier.undelivered.arn },
        dependsOn: [...granted, ...queueWatch.ruleRole.dependencies],
      });
    });
  }
}
