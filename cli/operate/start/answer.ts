import {
  EVENT_TOO_LARGE,
  type Refusal,
  refusalIn,
  refusalOfType,
  resultIn,
} from '../../../modules/orchestration/trigger/answer';
import { asObject, asText, type JsonObject } from '../../../modules/orchestration/trigger/json';
import { nextCommand } from '../../command/next-command';
import { CommandFailure } from '../../command/reported-error';
import { startsNoJob } from '../../local/job-event';

/** A run that the trigger function has started, now or for an earlier delivery of the event. */
export interface StartedRun {
  readonly name: string;
  readonly executionArn: string;
  readonly isDuplicate: boolean;
}

/** What an invocation of the trigger function returned. */
export interface Answer {
  readonly payload: string;
  /** Of Lambda, if the function failed. */
  readonly functionError?: string;
}

/** The invocation that is answered. */
export interface AnsweredInvocation {
  readonly job: string;
  readonly functionName: string;
  readonly event: unknown;
}

/**
 * The run in an answer of the trigger function: its result, or for an HTTP event the response to the client.
 *
 * @throws UsageError if the event starts no job
 * @throws CommandFailure if the run was not started, with the reason and the fix in one line
 */
export function startedRun({ payload, functionError }: Answer, asked: AnsweredInvocation): StartedRun {
  const answer = parsed(payload);
  if (functionError !== undefined) throw functionFailure(answer ?? {}, functionError, asked);
  if (payload === '' || payload === 'null') throw startsNoJob(asked.event);
  const status = answer?.statusCode;
  const told = typeof status === 'number' ? parsed(asText(answer?.body) ?? '') : answer;
  const result = resultIn(told);
  if (result !== undefined) {
    const { executionName: name, executionArn, duplicate: isDuplicate } = result;
    return { name, executionArn, isDuplicate };
  }
  if (status === 200 || status === 204 || status === 404) throw startsNoJob(asked.event);
  if (typeof status === 'number') {
    const refusal = refusalIn(told);
    if (refusal !== undefined)
      throw new CommandFailure(`The job was not started (${refusal.error}). ${fixOf(refusal, asked)}`);
    // A function of an earlier version says only in words what to do.
    throw new CommandFailure(asText(told?.message) ?? `The job was not started: status ${status}.`);
  }
  throw new CommandFailure(
    `The function ${asked.functionName} gave an answer that is not that of a trigger function. Deploy the stack again.`,
  );
}

function functionFailure(answer: JsonObject, kind: string, asked: AnsweredInvocation): CommandFailure {
  const type = asText(answer.errorType) ?? kind;
  const message = (asText(answer.errorMessage) ?? 'no reason given').replace(/\s+/g, ' ').replace(/\.? ?$/, '');
  const refusal = refusalOfType(type);
  const name = refusal !== undefined || PLAIN_TYPES.includes(type) ? '' : ` (${type})`;
  const fix = refusal === undefined ? lambdaFix(type, message, asked) : fixOf(refusal, asked);
  return new CommandFailure(`The trigger function of ${asked.job} failed: ${message}${name}. ${fix}`);
}

/** Types that say nothing beside the message. A function of an earlier version has no more in its errors than `StartError`. */
const PLAIN_TYPES = ['Error', 'StartError', 'Unhandled', 'Handled'];

const DEPLOY_AGAIN = 'Deploy the stack again.';

const TRY_AGAIN = 'Wait a minute, and run the command again.';

const DENIED = "Deploy the stack again, and look for a policy that restricts the function's role.";

const FIXES: { readonly [error: string]: string } = {
  [EVENT_TOO_LARGE]: 'Store its data in S3, and send a reference to them.',
  AccessDenied: DENIED,
  AccessDeniedException: DENIED,
  NoSuchBucket: DEPLOY_AGAIN,
  StateMachineDoesNotExist: DEPLOY_AGAIN,
};

function fixOf({ error, retry }: Refusal, asked: AnsweredInvocation): string {
  return FIXES[error] ?? (retry ? TRY_AGAIN : logGroupFix(asked));
}

/** The fix for a failure that Lambda itself reports. */
function lambdaFix(type: string, message: string, asked: AnsweredInvocation): string {
  // Older runtimes report a timeout in the message only.
  if (type === 'Sandbox.Timedout' || / Task timed out after /.test(message)) return mayHaveStarted(asked.job);
  if (type === 'Runtime.ImportModuleError' || type === 'Runtime.HandlerNotFound') return DEPLOY_AGAIN;
  return logGroupFix(asked);
}

function logGroupFix({ functionName }: AnsweredInvocation): string {
  return `Its log group has more: /aws/lambda/${functionName}.`;
}

/** What to do if it is unknown whether a run was started. */
export function mayHaveStarted(job: string): string {
  return `The run may have been started. Before you start it again, look: ${nextCommand('runs', [job])}.`;
}

function parsed(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
