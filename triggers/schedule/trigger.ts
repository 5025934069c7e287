import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import type { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { constructSettings } from '../../modules/config/construct-props';
import { invokeByRule, ruleName } from '../../modules/invocation/event-rule';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { scheduleSettings } from './schema';

export type ScheduleProps = z.input<typeof scheduleSettings> & {
  /** The function that each scheduled event invokes. */
  readonly target: EventTarget;
};

/**
 * Invokes a function on a schedule.
 *
 * EventBridge delivers a scheduled event at least once. A redelivered event has the same ID and starts no second job. If `input`,
 * `inputPath` or `inputTransformer` remove the ID, only Lambda's own retries are recognized as duplicates.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { ScheduleTrigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * new ScheduleTrigger(stack, 'daily', { target: job.trigger, scheduleRate: 'rate(1 day)' });
 */
export class ScheduleTrigger extends Construct {
  readonly rule: CloudwatchEventRule;
  readonly ruleTarget: CloudwatchEventTarget;
  readonly permission: LambdaPermission;

  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    const { scheduleRate, ...reshaping } = constructSettings(this, props, scheduleSettings, { target: TARGET });
    const { target } = props;
    this.rule = new CloudwatchEventRule(this, 'Rule', {
      name: ruleName(target, id),
      scheduleExpression: scheduleRate,
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
