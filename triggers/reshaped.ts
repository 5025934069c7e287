import { valueAt } from '../modules/config/value-at';

/** What a target gets instead of the event. At most one property is set. */
export interface Reshaping {
  readonly input?: unknown;
  readonly inputPath?: string;
  readonly inputTransformer?: {
    readonly inputPathsMap?: { readonly [name: string]: string };
    readonly inputTemplate: unknown;
  };
}

/**
 * The input that EventBridge sends to a target.
 *
 * @param ruleArn of the target's rule. @default one of a made-up rule
 * @param ruleName name of the rule. @default the last part of the ARN
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function reshaped(
  event: unknown,
  { input, inputPath, inputTransformer }: Reshaping,
  ruleArn?: string,
  ruleName = ruleArn?.split('/').at(-1),
): unknown {
  if (input !== undefined) return input;
  if (inputPath !== undefined) return valueAt(event, keysOf(inputPath));
  if (inputTransformer === undefined) return event;
  const { inputPathsMap = {}, inputTemplate } = inputTransformer;
  const named = Object.entries(inputPathsMap).map(([name, path]) => [name, valueAt(event, keysOf(path))]);
  const values = { ...predefined(event, ruleArn, ruleName), ...Object.fromEntries(named) };
  const template = typeof inputTemplate === 'string' ? inputTemplate : JSON.stringify(inputTemplate);
  const filled = template.replace(/"(?:[^"\\]|\\.)*"|<([^<>]+)>/g, (match, bare?: string) => {
    if (bare !== undefined) return Object.hasOwn(values, bare) ? (JSON.stringify(values[bare]) ?? 'null') : match;
    // A string that is only a placeholder becomes its value, of any type.
    return match.replace(/<([^<>]+)>/g, (placeholder, name: string) => {
      if (!Object.hasOwn(values, name)) return placeholder;
      const value = values[name];
      return typeof value === 'string'
        ? JSON.stringify(value).slice(1, -1)
        : (JSON.stringify(value) ?? '').replaceAll('"', '\\"');
    });
  });
  try {
    return JSON.parse(filled);
  } catch {
    return filled;
  }
}

/** Predefined variables of EventBridge. */
function predefined(event: unknown, ruleArn?: string, ruleName?: string): { readonly [name: string]: unknown } {
  const { detail: _, ...envelope } = event as { readonly [key: string]: unknown };
  return {
    'aws.events.rule-arn': ruleArn ?? `arn:aws:events:${envelope.region}:${envelope.account}:rule/sample-rule`,
    'aws.events.rule-name': ruleName ?? 'sample-rule',
    'aws.events.event.ingestion-time': envelope.time,
    'aws.events.event': envelope,
    'aws.events.event.json': event,
  };
}

/** Keys and indexes in a path such as `$.detail.items[0].id`. */
function keysOf(path: string): string[] {
  return path.replace(/^\$\.?/, '').match(/[^.[\]'"]+/g) ?? [];
}
