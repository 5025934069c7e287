import { errorMessage } from '../../../modules/problems/error-message';
import { AwsFault, isPassing, isThrottled } from '../../operate/aws/fault';

/**
 * Why a part of a page is missing, as sentences.
 *
 * @param what could not be done: `list executions`
 */
export function partProblem(what: string, error: unknown): string {
  return `Could not ${what}: ${reasonOf(error)}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof AwsFault) || !isPassing(error)) return errorMessage(error);
  if (isThrottled(error)) return `AWS throttles ${error.action}. The console tries again.`;
  return `${error.message.replace(/\.$/, '')}. The console tries again.`;
}
