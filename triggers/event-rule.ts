import type { CloudwatchEventTargetConfig } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { jsonLiteral, literal, literals } from '../modules/terraform-literal';

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
export const DELIVERY_RETRIES = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 } as const;

/** Whether properties of a trigger make the job receive something else than the event, so that the event's own id may not reach it. */
export function hidesEvent(properties: object): boolean {
  const { input, inputPath, inputTransformer }: Reshaping = properties;
  return input !== undefined || inputPath !== undefined || inputTransformer !== undefined;
}

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
