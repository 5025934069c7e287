import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import type { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { constructSettings } from '../../modules/config/construct-props';
import { invokeByRule, ruleName } from '../../modules/invocation/event-rule';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { scheduleSettings } from './schema';
import { usesScheduler } from './timing';

export type ScheduleProps = z.input<typeof scheduleSettings> & {
  /** The function that each scheduled event invokes. */
  readonly target: EventTarget;
};

/**
 * Invokes a function on a schedule: by a rule of EventBridge, or by EventBridge Scheduler for `at(...)` and with `timezone`, `startDate`,
 * `endDate` or `flexibleMinutes`.
 *
 * AWS delivers a scheduled event at least once. A redelivered event has the same ID and starts no second job. If a rule's `input`,
 * `inputPath` or `inputTransformer` remove the ID, only Lambda's own retries are recognized as duplicates. Scheduler's events keep it.
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
  /** Throws an error for a schedule of EventBridge Scheduler, as do the two below. */
  readonly rule!: CloudwatchEventRule;
  readonly ruleTarget!: CloudwatchEventTarget;
  readonly permission!: LambdaPermission;
  /** The schedule of EventBridge Scheduler. Undefined if a rule fires the schedule. */
  readonly schedule?: SchedulerSchedule;

  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    const settings = constructSettings(this, props, scheduleSettings, { target: TARGET });
    const { scheduleRate, timezone, startDate, endDate, flexibleMinutes, ...reshaping } = settings;
    const { target } = props;
    if (usesScheduler(settings)) {
      // Loaded only if needed: it is one of the provider's larger classes.
      const { createSchedule } = require('./scheduler-schedule') as typeof import('./scheduler-schedule');
      const timing = { scheduleRate, timezone, startDate, endDate, flexibleMinutes };
      this.schedule = createSchedule(this, { timing, reshaping, target, id });
      this.refuseRule();
      return;
    }
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

  private refuseRule(): void {
    const get = () => {
      throw new Error(`${this.node.path} has no rule: EventBridge Scheduler fires it. Use its schedule.`);
    };
    for (const property of ['rule', 'ruleTarget', 'permission']) {
      Object.defineProperty(this, property, { get, enumerable: false });
    }
  }
}
