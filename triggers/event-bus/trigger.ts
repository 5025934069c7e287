import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import type { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { constructSettings } from '../../modules/config/construct-props';
import { invokeByRule, ruleName, rulesOf } from '../../modules/invocation/event-rule';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { ConfigError } from '../../modules/problems/config-error';
import { eventBusArn } from '../../modules/resources/event-bus/schema';
import { jsonLiteral } from '../../modules/terraform/literal';
import { DEAD_LETTER_QUEUE, type DeadLetterSource, deadLetterQueue } from '../dead-letter-queue';
import { eventBusSettings } from './schema';

/** A bus: one of this project's, a provider's `CloudwatchEventBus`, or an object with an ARN. */
export interface BusSource {
  readonly arn: string;
  /** @default the ARN */
  readonly name?: string;
}

export type EventBusTriggerProps = z.input<typeof eventBusSettings> & {
  /** @default the account's default bus */
  readonly bus?: BusSource;
  /** ARN of the bus, instead of `bus`. */
  readonly eventBusArn?: string;
  /** Selects the account's default bus explicitly, as in a config. @default that bus, if no other is set */
  readonly useDefaultBus?: boolean;
  /** The function that each event invokes. */
  readonly target: EventTarget;
  /** Queue for events that EventBridge could not deliver. Must be a standard queue. @default the target's queue of undelivered events */
  readonly onDeliveryFailure?: DeadLetterSource;
};

const WANTED = {
  target: TARGET,
  bus: {
    accepted: 'a bus (EventBus, CloudwatchEventBus or { arn })',
    has: ['arn'],
    arn: { property: 'eventBusArn', form: eventBusArn },
    names: ['eventBusName'],
    optional: true,
  },
  onDeliveryFailure: DEAD_LETTER_QUEUE,
};

/**
 * Invokes a function with the events of a bus that match a pattern.
 *
 * EventBridge delivers an event at least once. A redelivered event has the same ID and starts no second job. If `input`, `inputPath` or
 * `inputTransformer` remove the ID, only Lambda's own retries are recognized as duplicates.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { EventBusTrigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * new EventBusTrigger(stack, 'stopped', {
 *   target: job.trigger,
 *   eventPattern: { source: ['aws.ec2'], detail: { state: ['stopped'] } },
 * });
 */
export class EventBusTrigger extends Construct {
  readonly rule: CloudwatchEventRule;
  readonly ruleTarget: CloudwatchEventTarget;
  readonly permission: LambdaPermission;

  constructor(scope: Construct, id: string, given: EventBusTriggerProps) {
    super(scope, id);
    const { useDefaultBus, ...props } = { ...given };
    const { eventPattern, ...reshaping } = constructSettings(this, props, eventBusSettings, WANTED);
    const { target, eventBusArn: arn } = props;
    const bus: BusSource | undefined = props.bus ?? (arn === undefined ? undefined : { arn });
    this.refuseTwoBuses(useDefaultBus, bus);
    const onDeliveryFailure = deadLetterQueue(props.onDeliveryFailure);
    const eventBusName = bus?.name ?? bus?.arn;
    this.rule = new CloudwatchEventRule(this, 'Rule', {
      name: ruleName(target, id),
      eventBusName,
      eventPattern: jsonLiteral(eventPattern),
      state: 'ENABLED',
      tags: target.tags,
    });
    onDeliveryFailure?.allowSend?.({
      name: `rules of ${target.name}`,
      service: 'events.amazonaws.com',
      arns: (aws) => rulesOf(target).map((rules) => aws.arn('events', rules)),
    });
    const { rule } = this;
    const deadLetterArn = onDeliveryFailure?.arn;
    const connection = invokeByRule(this, { rule, target, eventBusName, deadLetterArn, ...reshaping });
    this.permission = connection.permission;
    this.ruleTarget = connection.ruleTarget;
  }

  private refuseTwoBuses(useDefaultBus: boolean | undefined, bus: BusSource | undefined): void {
    if (useDefaultBus !== true || bus === undefined) return;
    const found = 'useDefaultBus and another bus';
    const problem = { keys: ['useDefaultBus'], found, accepted: 'one of the two', fix: 'remove useDefaultBus' };
    throw new ConfigError([problem], this.node.path);
  }
}
