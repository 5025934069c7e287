import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import type { Construct } from 'constructs';
import type { EventTarget } from '../../modules/invocation/event-target';
import { ConfigError } from '../../modules/problems/config-error';
import { foundText } from '../../modules/problems/found';
import { DELIVERY_RETRIES } from '../../modules/rules/delivery-retries';
import { NAME_LIMITS, physicalName } from '../../modules/rules/naming';
import { arnField } from '../../modules/terraform/arn-field';
import { jsonLiteral, literal } from '../../modules/terraform/literal';
import { type Reshaping, reshaped } from '../reshaped';
import { ATTRIBUTES, isReshaped, scheduledEvent } from './scheduled-event';
import type { Timing } from './timing';

/** What a schedule of EventBridge Scheduler is made of. */
interface ScheduleParts {
  readonly timing: Timing;
  readonly reshaping: Reshaping;
  readonly target: EventTarget;
  /** Part of the physical name after the target's. */
  readonly id: string;
}

/**
 * A schedule of EventBridge Scheduler that invokes a function. It doesn't delete itself after its last time, which is AWS's default:
 * Terraform would create it again.
 *
 * @throws ConfigError if Scheduler cannot invoke the target
 */
export function createSchedule(scope: Construct, { timing, reshaping, target, id }: ScheduleParts): SchedulerSchedule {
  const role = target.schedulerRole?.();
  if (role === undefined) throw new ConfigError([NO_ROLE], scope.node.path);
  const { scheduleRate, timezone, startDate, endDate, flexibleMinutes } = timing;
  const name = physicalName(NAME_LIMITS.schedule, target.name, id);
  return new SchedulerSchedule(scope, 'Schedule', {
    name,
    scheduleExpression: literal(scheduleRate),
    scheduleExpressionTimezone: timezone,
    startDate,
    endDate,
    flexibleTimeWindow:
      flexibleMinutes === undefined ? { mode: 'OFF' } : { mode: 'FLEXIBLE', maximumWindowInMinutes: flexibleMinutes },
    target: {
      arn: target.function.arn,
      roleArn: role.arn,
      input: inputOf(name, reshaping, target),
      retryPolicy: DELIVERY_RETRIES,
      deadLetterConfig: { arn: target.undeliveredEvents.arn },
    },
    // An event that Scheduler may not deliver yet would wait for the next attempt.
    ...(role.dependencies.length > 0 && { dependsOn: [...role.dependencies] }),
  });
}

/** The event of a rule. An input is sent beside the id that identifies the firing, if the function can take it out. */
function inputOf(name: string, reshaping: Reshaping, target: EventTarget): string {
  const { arn } = target.function;
  const event = scheduledEvent({
    account: arnField(arn, 'account'),
    region: arnField(arn, 'region'),
    ...ATTRIBUTES,
  });
  if (!isReshaped(reshaping)) return jsonLiteral(event);
  const input = reshaped(event, reshaping, ATTRIBUTES.arn, name);
  if (target.takeScheduledInputs === undefined) return jsonLiteral(input);
  target.takeScheduledInputs();
  return jsonLiteral({ ...event, input });
}

const NO_ROLE = {
  keys: ['target'],
  found: foundText('a function without a role for EventBridge Scheduler'),
  accepted: 'a TriggerFunction, such as job.trigger, or an EventTarget with schedulerRole',
  fix: 'use job.trigger, or remove timezone, startDate, endDate and flexibleMinutes, and write at(...) as cron(...)',
};
