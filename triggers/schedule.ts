import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { scheduleSettings } from '../modules/config/events/schedule';
import { parse } from '../modules/config/parse';
import { NAME_LIMITS, physicalName } from '../modules/naming';
import { DELIVERY_RETRIES, reshapedInput } from './event-rule';
import type { EventTarget } from './event-target';

export type ScheduleProps = z.input<typeof scheduleSettings> & {
  /** What each firing invokes. */
  readonly target: EventTarget;
};

/**
 * Invokes a function at fixed times.
 *
 * EventBridge fires at least once; every delivery of one firing carries the same event id, so that one firing starts one job.
 * With a custom input the id is hidden and only Lambda's own retries are recognized.
 */
export class ScheduleTrigger extends Construct {
  readonly rule: CloudwatchEventRule;
  readonly ruleTarget: CloudwatchEventTarget;
  readonly permission: LambdaPermission;

  constructor(scope: Construct, id: string, { target, ...settings }: ScheduleProps) {
    super(scope, id);
    const { scheduleRate, ...reshaping } = parse(scheduleSettings, settings, this.node.path);
    this.rule = new CloudwatchEventRule(this, 'Rule', {
      name: physicalName(NAME_LIMITS.eventRule, target.name, id),
      scheduleExpression: scheduleRate,
      state: 'ENABLED',
      tags: target.tags,
    });
    this.permission = new LambdaPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: target.function.functionName,
      principal: 'events.amazonaws.com',
      sourceArn: this.rule.arn,
    });
    this.ruleTarget = new CloudwatchEventTarget(this, 'Target', {
      rule: this.rule.name,
      arn: target.function.arn,
      ...reshapedInput(reshaping),
      retryPolicy: DELIVERY_RETRIES,
      deadLetterConfig: { arn: target.undeliveredEvents.arn },
      // Firing before the permission is there would lose the first event.
      dependsOn: [this.permission],
    });
  }
}
