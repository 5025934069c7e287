import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import type { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { constructSettings, type Sourced } from '../../modules/config/construct-props';
import { invokeByRule, ruleName } from '../../modules/invocation/event-rule';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { jsonLiteral } from '../../modules/terraform/literal';
import { batchJobSettings, runEndPattern, stateMachineArn } from './schema';

/** A job whose runs end: a `BatchJob`, a provider's `SfnStateMachine`, or an object with the ARN of a state machine. */
export interface EndingJob {
  readonly arn: string;
}

export type BatchJobTriggerProps = z.input<typeof batchJobSettings> &
  Sourced<'job', EndingJob, 'stateMachineArn'> & {
    /** The function that each end of a run invokes. */
    readonly target: EventTarget;
  };

const WANTED = {
  target: TARGET,
  job: {
    accepted: 'a job (BatchJob, SfnStateMachine or { arn } of a state machine)',
    has: ['arn'],
    arn: { property: 'stateMachineArn', form: stateMachineArn },
    names: ['jobName'],
  },
};

/**
 * Invokes a function when a run of a batch job ends, with the event of Step Functions, which tells the run, how it ended, and its input.
 *
 * EventBridge delivers an event at least once. A redelivered event has the same ID and starts no second job. If `input`, `inputPath` or
 * `inputTransformer` remove the ID, only Lambda's own retries are recognized as duplicates.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { BatchJobTrigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const importer: BatchJob;
 * declare const report: BatchJob;
 * new BatchJobTrigger(stack, 'imported', { target: report.trigger, job: importer, on: ['succeeded'] });
 */
export class BatchJobTrigger extends Construct {
  readonly rule: CloudwatchEventRule;
  readonly ruleTarget: CloudwatchEventTarget;
  readonly permission: LambdaPermission;

  constructor(scope: Construct, id: string, props: BatchJobTriggerProps) {
    super(scope, id);
    const { on, ...reshaping } = constructSettings(this, props, batchJobSettings, WANTED);
    const { target } = props;
    const arn = props.job === undefined ? props.stateMachineArn : props.job.arn;
    this.rule = new CloudwatchEventRule(this, 'Rule', {
      name: ruleName(target, id),
      eventPattern: jsonLiteral(runEndPattern(arn, on)),
      state: 'ENABLED',
      tags: target.tags,
    });
    ({ permission: this.permission, ruleTarget: this.ruleTarget } = invokeByRule(this, {
      rule: this.rule,
      target,
      ...reshaping,
    }));
  }
}
