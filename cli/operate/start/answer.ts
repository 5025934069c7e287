import { asObject, asText } from '../../../modules/orchestration/trigger/json';
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
  const result = typeof status === 'number' ? parsed(asText(answer?.body) ?? '') : answer;
  const run = runIn(result);
  if (run !== undefined) return run;
  if (status === 200 || status === 204 || status === 404) throw startsNoJob(asked.event);
  if (typeof status === 'number') {
    const reason = (asText(result?.message) ?? `status ${status}`).replace(/\.? Send the request again.*$/, '');
    throw new CommandFailure(`${reason}. ${fixOf(reason, asked)}`.replace('..', '.'));
  }
  throw new CommandFailure(
    `The function ${asked.functionName} gave an answer that is not that of a trigger function. Deploy the stack again.`,
  );
}

function runIn(result: Record<string, unknown> | undefined): StartedRun | undefined {
  const name = asText(result?.executionName);
  const executionArn = asText(result?.executionArn);
  if (name === undefined || executionArn === undefined) return undefined;
  return { name, executionArn, isDuplicate: result?.duplicate === true };
}

function functionFailure(answer: Record<string, unknown>, kind: string, asked: AnsweredInvocation): CommandFailure {
  const type = asText(answer.errorType) ?? kind;
  const message = (asText(answer.errorMessage) ?? 'no reason given').replace(/\s+/g, ' ').replace(/\.? ?$/, '');
  const name = ['Error', 'StartError', 'Unhandled', 'Handled'].includes(type) ? '' : ` (${type})`;
  return new CommandFailure(
    `The trigger function of ${asked.job} failed: ${message}${name}. ${fixOf(`${type} ${message}`, asked)}`,
  );
}

/** What to do about a reason for which no run was started. The first that matches counts. */
const FIXES: readonly (readonly [reason: RegExp, fix: (asked: AnsweredInvocation) => string])[] = [
  [/Task timed out|Sandbox\.Timedout/, ({ job }) => mayHaveStarted(job)],
  [/StateMachineDoesNotExist|NoSuchBucket|ImportModuleError|HandlerNotFound/, () => 'Deploy the stack again.'],
  [
    /AccessDenied|not authorized/,
    () => "Deploy the stack again, and look for a policy that restricts the function's role.",
  ],
  [/EventTooLarge|too large/, () => 'Store its data in S3, and send a reference to them.'],
  [
    /Throttl|TooManyRequests|ExecutionLimitExceeded|SlowDown|Rate exceeded|Out of time/,
    () => 'Wait a minute, and run the command again.',
  ],
];

function fixOf(reason: string, asked: AnsweredInvocation): string {
  const [, fix] = FIXES.find(([pattern]) => pattern.test(reason)) ?? [];
  return fix?.(asked) ?? `Its log group has more: /aws/lambda/${asked.functionName}.`;
}

/** What to do if it is unknown whether a run was started. */
export function mayHaveStarted(job: string): string {
  return `The run may have been started. Before you start it again, look: batch-jobs runs ${job}.`;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
