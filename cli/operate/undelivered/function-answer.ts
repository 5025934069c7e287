import { asObject, asText } from '../../../modules/orchestration/trigger/json';
import { CommandFailure } from '../../command/reported-error';
import type { DeployedFunction } from '../deployment';
import type { Answer } from '../start/answer';

/**
 * Refuses the answer of a function that has not handled its event.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * @throws CommandFailure if the function failed, or names messages of its batch that it could not handle
 */
export function refuseFailure({ payload, functionError }: Answer, { name, functionName }: DeployedFunction): void {
  const answer = asObject(parsed(payload));
  const log = `Its log group has more: /aws/lambda/${functionName}.`;
  if (functionError !== undefined) {
    const type = asText(answer?.errorType) ?? functionError;
    const message = (asText(answer?.errorMessage) ?? 'no reason given').replace(/\s+/g, ' ').replace(/\.? ?$/, '');
    throw new CommandFailure(`The function ${name} failed: ${message} (${type}). ${log}`);
  }
  const failed = answer?.batchItemFailures;
  if (Array.isArray(failed) && failed.length > 0)
    throw new CommandFailure(
      `The function ${name} answered with batchItemFailures: it could not handle all of it. ${log}`,
    );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
