import { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus';
import type { CloudwatchEventBusPolicy } from '@cdktf/provider-aws/lib/cloudwatch-event-bus-policy';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import { NAME_LIMITS, physicalName } from '../../rules/naming';
import { jsonLiteral } from '../../terraform/literal';
import type { Companion, CompanionContext } from '../companion';
import { busStatement } from './policy-statements';
import { type EVENT_BUS_PARAMS, eventBusProperties, eventBusResource } from './schema';

export type EventBusProps = Pick<CompanionContext, 'stackName'> &
  Omit<z.input<typeof eventBusResource>, 'type' | 'overrides'>;

/**
 * An EventBridge bus for custom events. Without `policyStatements`, only its account can put events on it.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { EventBus } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new EventBus(stack, 'shop', { ...platform.context });
 */
export class EventBus extends Construct implements Companion<'event-bus'> {
  readonly type = 'event-bus';
  readonly arn: string;
  readonly name: string;
  readonly params: Companion<'event-bus', typeof EVENT_BUS_PARAMS>['params'];
  /** The bus, if the stack creates it. */
  readonly bus?: CloudwatchEventBus;
  /** Its policy, if it has `policyStatements`. */
  readonly policy?: CloudwatchEventBusPolicy;

  constructor(scope: Construct, id: string, given: EventBusProps) {
    super(scope, id);
    const { stackName, existing, properties = {} } = companionProps(this, given, eventBusResource);
    if (existing !== undefined) {
      this.arn = existing.arn;
      this.name = eventBusName(existing.arn);
    } else {
      this.bus = new CloudwatchEventBus(this, 'Resource', { name: physicalName(NAME_LIMITS.eventBus, stackName, id) });
      this.arn = this.bus.arn;
      this.name = this.bus.name;
      const { policyStatements } = parse(eventBusProperties, properties, this.node.path);
      if (policyStatements.length > 0) {
        // Loaded here: few buses have one.
        const { CloudwatchEventBusPolicy: Policy } =
          require('@cdktf/provider-aws/lib/cloudwatch-event-bus-policy') as typeof import('@cdktf/provider-aws/lib/cloudwatch-event-bus-policy');
        const Statement = policyStatements.map((statement) => busStatement(statement, this.arn));
        const policy = jsonLiteral({ Version: '2012-10-17', Statement });
        this.policy = new Policy(this, 'Policy', { eventBusName: this.name, policy });
      }
    }
    this.params = { name: this.name, arn: this.arn };
  }
}

/** The name in a bus's ARN. The name of a partner event bus contains slashes. */
function eventBusName(arn: string): string {
  if (Token.isUnresolved(arn)) return Fn.element(Fn.split(':event-bus/', arn), 1);
  return arn.slice(arn.indexOf(':event-bus/') + ':event-bus/'.length);
}
