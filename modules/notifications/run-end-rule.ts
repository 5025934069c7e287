import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import { DELIVERY_RETRIES } from '../rules/delivery-retries';
import { EXECUTION_STATUS_CHANGE, FAILED_EXECUTION, SUCCEEDED_WITH_JOB } from '../rules/execution-events';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import { jsonLiteral } from '../terraform/literal';
import type { Notifier } from './notifier';
import type { RunEnd } from './run-message';
import { type NotificationTarget, targetInput } from './targets';

export interface RunEndRuleProps {
  readonly notifier: Notifier;
  readonly jobName: string;
  readonly stateMachineArn: string;
  /** Total number of attempts of a run. */
  readonly attempts: number;
  /** Undefined if the job's logging is disabled. */
  readonly logGroupName?: string;
  readonly failed: readonly NotificationTarget[];
  readonly succeeded: readonly NotificationTarget[];
  /** Whether a run can end as succeeded without a job, which is nothing to tell. @default false */
  readonly canSkip?: boolean;
  readonly tags?: { readonly [key: string]: string };
}

/**
 * Starts the notifier at the end of each of a job's runs that somebody wants to hear of. The rule is on the account's default bus, where
 * Step Functions puts its events.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export class RunEndRule extends Construct {
  readonly rule: CloudwatchEventRule;
  readonly ruleTarget: CloudwatchEventTarget;

  constructor(scope: Construct, id: string, props: RunEndRuleProps) {
    super(scope, id);
    const {
      notifier,
      jobName,
      stateMachineArn,
      attempts,
      logGroupName,
      failed,
      succeeded,
      canSkip = false,
      tags,
    } = props;
    this.rule = new CloudwatchEventRule(this, 'Rule', {
      name: physicalName(NAME_LIMITS.eventRule, notifier.stackName, jobName, 'run-ended'),
      description: `Tells about ended runs of ${jobName}`,
      eventPattern: jsonLiteral({
        ...EXECUTION_STATUS_CHANGE,
        detail: {
          stateMachineArn: [stateMachineArn],
          ...endsOf(failed.length > 0, succeeded.length > 0, canSkip),
        },
      }),
      state: 'ENABLED',
      tags,
    });
    const input: Omit<RunEnd, 'detail'> = {
      stack: notifier.stackName,
      job: jobName,
      attempts,
      ...(logGroupName !== undefined && { logGroup: logGroupName }),
      targets: { failed: failed.map(targetInput), succeeded: succeeded.map(targetInput) },
    };
    this.ruleTarget = new CloudwatchEventTarget(this, 'Target', {
      rule: this.rule.name,
      arn: notifier.stateMachine.arn,
      roleArn: notifier.ruleRole.arn,
      inputTransformer: {
        inputPaths: { detail: '$.detail' },
        // EventBridge writes an object as JSON, so nothing in it needs escaping.
        inputTemplate: jsonLiteral({ ...input, detail: DETAIL }).replace(`"${DETAIL}"`, '<detail>'),
      },
      retryPolicy: DELIVERY_RETRIES,
      deadLetterConfig: { arn: notifier.undelivered.arn },
      dependsOn: notifier.grantSend(this, [...failed, ...succeeded]),
    });
  }
}

/** Selects the ends that somebody wants to hear of. */
function endsOf(failed: boolean, succeeded: boolean, canSkip: boolean) {
  if (!succeeded || !canSkip)
    return { status: [...(failed ? FAILED_EXECUTION : []), ...(succeeded ? ['SUCCEEDED'] : [])] };
  return failed ? { $or: [{ status: FAILED_EXECUTION }, SUCCEEDED_WITH_JOB] } : SUCCEEDED_WITH_JOB;
}

const DETAIL = '<detail>';
