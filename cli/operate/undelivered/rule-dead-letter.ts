import { eventSource } from '../event-source';
import type { Undelivered } from './entry';
import { attribute, attributes, dateOf, type Found, oneLine } from './found';
import { functionOf, obstacle, receiversIn } from './receivers';

/**
 * An event that EventBridge could not deliver to the function of a rule's target. The message is the event as the bus had it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function ruleDeadLetter({ message, text, body, isJson, shared, receivers }: Found): Undelivered | undefined {
  const ruleArn = attribute(message, 'RULE_ARN');
  const targetArn = attribute(message, 'TARGET_ARN');
  if (ruleArn === undefined || targetArn === undefined) return undefined;
  const receiver = receivers.ofFunction(targetArn);
  const code = attribute(message, 'ERROR_CODE') ?? 'EventBridge does not say why.';
  const explanation = attribute(message, 'ERROR_MESSAGE');
  const retries = Number(attribute(message, 'RETRY_ATTEMPTS') ?? Number.NaN);
  const why = obstacle(receiver, functionOf(targetArn)) ?? (isJson ? undefined : 'Its event is no JSON.');
  return {
    ...shared,
    ...receiversIn(receiver),
    source: eventSource(body) ?? 'event-bus',
    reason: oneLine(explanation === undefined ? code : `${code}: ${explanation}`),
    first: dateOf(body?.time),
    tries: Number.isNaN(retries) ? undefined : retries + 1,
    error: attributes(message.MessageAttributes),
    start:
      why !== undefined
        ? { kind: 'none', why }
        : { kind: 'rule', json: text, rule: { ruleArn, targetArn }, invocation: shared.messageId },
  };
}
