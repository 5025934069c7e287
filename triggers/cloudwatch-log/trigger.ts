import { CloudwatchLogSubscriptionFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { constructSettings, type Sourced } from '../../modules/config/construct-props';
import { logGroupArn } from '../../modules/config/log-group-arn';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { arnBeside, letInvoke, targetAccount } from '../../modules/invocation/invocation';
import { ConfigError } from '../../modules/problems/config-error';
import { foundText } from '../../modules/problems/found';
import { NAME_LIMITS, physicalName } from '../../modules/rules/naming';
import { literal } from '../../modules/terraform/literal';
import { cloudwatchLogSettings } from './schema';

/** A log group in the function's account and region: a provider's `CloudwatchLogGroup`, or an object with an ARN, with or without `:*`. */
export interface LogGroupSource {
  readonly arn: string;
  /** @default the name in the ARN */
  readonly name?: string;
}

export type CloudwatchLogTriggerProps = z.input<typeof cloudwatchLogSettings> &
  Sourced<'logGroup', LogGroupSource, 'logGroupArn'> & {
    /** The function that each batch of records invokes. */
    readonly target: EventTarget;
  };

const WANTED = {
  target: TARGET,
  logGroup: {
    accepted: 'a log group (CloudwatchLogGroup or { arn })',
    has: ['arn'],
    arn: { property: 'logGroupArn', form: logGroupArn },
  },
};

/**
 * Invokes a function with records of a log group. CloudWatch chooses the batches, and sends them gzipped and base64-encoded.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { CloudwatchLogTrigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * new CloudwatchLogTrigger(stack, 'errors', {
 *   target: job.trigger,
 *   logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/shop/api',
 *   filter: 'ERROR',
 * });
 */
export class CloudwatchLogTrigger extends Construct {
  readonly permission: LambdaPermission;
  readonly subscription: CloudwatchLogSubscriptionFilter;

  constructor(scope: Construct, id: string, props: CloudwatchLogTriggerProps) {
    super(scope, id);
    const { filter } = constructSettings(this, props, cloudwatchLogSettings, WANTED);
    const { target } = props;
    const name = nameOf(props.logGroup === undefined ? { arn: props.logGroupArn } : props.logGroup);
    this.refuseOwnLog(props.logGroup === undefined ? 'logGroupArn' : 'logGroup', name, target);
    // For all log groups, because CloudWatch allows subscriptions only from the function's account and region.
    this.permission = letInvoke(target, 'Permission-log-groups', {
      // The service principal is the same in all regions:
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
      principal: 'logs.amazonaws.com',
      sourceArn: arnBeside(target, 'logs', 'log-group:*'),
      sourceAccount: targetAccount(target),
    });
    this.subscription = new CloudwatchLogSubscriptionFilter(this, 'Subscription', {
      name: physicalName(NAME_LIMITS.subscriptionFilter, target.name, id),
      logGroupName: name,
      filterPattern: literal(filter),
      destinationArn: target.function.arn,
      // CloudWatch tries to invoke the function when the subscription is created.
      dependsOn: [this.permission],
    });
  }

  /** The function writes a line for each invocation, so its own log would invoke it indefinitely. */
  private refuseOwnLog(property: string, name: string, target: EventTarget): void {
    const own = `/aws/lambda/${target.function.functionNameInput}`;
    if (name !== own) return;
    const accepted = 'a log group that the function does not write to';
    const fix = 'listen to another log group: each invocation would cause the next one indefinitely';
    throw new ConfigError([{ keys: [property], found: foundText(own), accepted, fix }], this.node.path);
  }
}

/** A log group's name. The ARN ends in `:*` in some sources, but not in Terraform's `arn`. */
function nameOf({ arn, name }: LogGroupSource): string {
  if (name !== undefined) return name;
  if (Token.isUnresolved(arn)) return Fn.element(Fn.split(':', arn), 6);
  return arn.replace(/:\*$/, '').split(':').slice(6).join(':');
}
