import type { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import {
  CloudwatchEventTarget,
  type CloudwatchEventTargetConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { ConfigError } from '../problems/config-error';
import { foundValue } from '../problems/found';
import { DELIVERY_RETRIES } from '../rules/delivery-retries';
import { NAME_LIMITS, physicalName, physicalNameStart } from '../rules/naming';
import { jsonLiteral, literal, literals } from '../terraform/literal';
import { resolved } from '../terraform/resolved';
import { checkAtSynthesis } from '../terraform/synthesis-checks';
import type { EventTarget } from './event-target';
import { arnBeside, letInvoke } from './invocation';

/** Input of a rule's target, instead of the original event. At most one property is set. */
export interface Reshaping {
  readonly input?: unknown;
  readonly inputPath?: string;
  readonly inputTransformer?: {
    readonly inputPathsMap?: { readonly [name: string]: string };
    readonly inputTemplate: unknown;
  };
}

/** The part of a target that transforms its event. Empty if the event is sent unchanged. */
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
      // A string is the template itself, and can contain `<name>` without quotes. Other values are written as JSON.
      inputTemplate: typeof inputTemplate === 'string' ? literal(inputTemplate) : jsonLiteral(inputTemplate),
    },
  };
}

export interface RuleInvocation extends Reshaping {
  readonly rule: CloudwatchEventRule;
  /** The function that each event invokes. */
  readonly target: EventTarget;
  /** Bus of the rule, by name or ARN. @default the account's default bus */
  readonly eventBusName?: string;
  /** ARN of the queue for undelivered events. @default the target's queue of undelivered events */
  readonly deadLetterArn?: string;
  /** The permission for the rule to invoke the function. @default one permission for all rules of the target with a {@link ruleName} */
  readonly permission?: LambdaPermission;
}

/** Resources that let a rule invoke a function. */
export interface RuleConnection {
  readonly permission: LambdaPermission;
  readonly ruleTarget: CloudwatchEventTarget;
}

/** Physical name of a rule that invokes a target. */
export function ruleName(target: EventTarget, id: string): string {
  return physicalName(NAME_LIMITS.eventRule, target.name, id);
}

/** ARN pattern of all rules that invoke a target: `rule/<name>` on the default bus, `rule/<bus>/<name>` on others. */
export function rulesOf(target: EventTarget): [onDefaultBus: string, onOthers: string] {
  const start = physicalNameStart(NAME_LIMITS.eventRule, target.name);
  return [`rule/${start}*`, `rule/*/${start}*`];
}

/** Makes a rule invoke a function. Creates the rule's target directly in the scope. */
export function invokeByRule(
  scope: Construct,
  { rule, target, eventBusName, permission = permissionOf(rule, target, eventBusName), ...props }: RuleInvocation,
): RuleConnection {
  const ruleTarget = new CloudwatchEventTarget(scope, 'Target', {
    rule: rule.name,
    eventBusName,
    arn: target.function.arn,
    ...reshapedInput(props),
    retryPolicy: DELIVERY_RETRIES,
    deadLetterConfig: { arn: props.deadLetterArn ?? target.undeliveredEvents.arn },
    // An event that arrives before the permission exists would be lost.
    dependsOn: [permission],
  });
  return { permission, ruleTarget };
}

function permissionOf(rule: CloudwatchEventRule, target: EventTarget, eventBusName?: string): LambdaPermission {
  const start = physicalNameStart(NAME_LIMITS.eventRule, target.name);
  checkAtSynthesis(TerraformStack.of(rule), () => refuseOtherName(rule, start));
  const [onDefaultBus, onOthers] = rulesOf(target);
  const [id, rules] =
    eventBusName === undefined ? ['Permission-rules', onDefaultBus] : ['Permission-bus-rules', onOthers];
  return letInvoke(target, id, { principal: 'events.amazonaws.com', sourceArn: arnBeside(target, 'events', rules) });
}

/**
 * Runs at synthesis, after all overrides of the rule.
 *
 * @throws ConfigError if the function's permission does not cover the rule's name
 */
function refuseOtherName(rule: CloudwatchEventRule, start: string): void {
  const written = resolved(rule, rule.toTerraform()).resource.aws_cloudwatch_event_rule;
  const [{ name }] = Object.values(written) as [{ readonly name?: unknown }];
  if (typeof name === 'string' && name.startsWith(start)) return;
  const problem = {
    keys: ['name'],
    found: foundValue(name),
    accepted: `a name that begins with ${start}`,
    fix: `begin it with ${start}: the permission of the function is for rules of such names`,
  };
  throw new ConfigError([problem], rule.node.path);
}
