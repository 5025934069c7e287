import type { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import {
  CloudwatchEventTarget,
  type CloudwatchEventTargetConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { Construct } from 'constructs';
import { jsonLiteral, literal, literals } from '../modules/terraform-literal';
import type { EventTarget } from './event-target';

/** What a rule's target may receive instead of the event as it is; at most one is set. */
export interface Reshaping {
  readonly input?: unknown;
  readonly inputPath?: string;
  readonly inputTransformer?: {
    readonly inputPathsMap?: { readonly [name: string]: string };
    readonly inputTemplate: unknown;
  };
}

/** EventBridge's own retries while the function cannot be invoked: up to a day, with growing waits, the most it offers. */
const DELIVERY_RETRIES = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 } as const;

/** The part of a target that reshapes its event; empty if the event goes through as it is. */
export function reshapedInput(
  reshaping: Reshaping,
): Pick<CloudwatchEventTargetConfig, 'input' | 'inputPath' | 'inputTransformer'> {
  const { input, inputPath, inputTransformer } = reshaping;
  if (input !== undefined) return { input: jsonLiteral(input) };
  if (inputPath !== undefined) return { inputPath: literal(inputPath) };
  if (inputTransformer === undefined) return {};
  const { inputPathsMap, inputTemplate } = inputTransformer;
  return {
    inputTransformer: {
      ...(inputPathsMap && { inputPaths: literals({ ...inputPathsMap }) }),
      // A text is the template itself, where `<name>` may stand without quotes; anything else is written as JSON.
      inputTemplate: typeof inputTemplate === 'string' ? literal(inputTemplate) : jsonLiteral(inputTemplate),
    },
  };
}

export interface RuleInvocation extends Reshaping {
  readonly rule: CloudwatchEventRule;
  /** What each event invokes. */
  readonly target: EventTarget;
  /** Bus of the rule, by name or ARN. @default the account's default bus */
  readonly eventBusName?: string;
  /** ARN of the queue for events that could not be handed over. @default that of the target's undelivered events */
  readonly deadLetterArn?: string;
}

/** What makes a rule invoke a function. */
export interface RuleConnection {
  readonly permission: LambdaPermission;
  readonly ruleTarget: CloudwatchEventTarget;
}

/** Makes a rule invoke a function; permission and target are made in the scope itself. */
export function invokeByRule(
  scope: Construct,
  { rule, target, eventBusName, ...props }: RuleInvocation,
): RuleConnection {
  const permission = new LambdaPermission(scope, 'Permission', {
    action: 'lambda:InvokeFunction',
    functionName: target.function.functionName,
    principal: 'events.amazonaws.com',
    sourceArn: rule.arn,
  });
  const ruleTarget = new CloudwatchEventTarget(scope, 'Target', {
    rule: rule.name,
    eventBusName,
    arn: target.function.arn,
    ...reshapedInput(props),
    retryPolicy: DELIVERY_RETRIES,
    deadLetterConfig: { arn: props.deadLetterArn ?? target.undeliveredEvents.arn },
    // An event that comes before the permission is there would be lost.
    dependsOn: [permission],
  });
  return { permission, ruleTarget };
}
