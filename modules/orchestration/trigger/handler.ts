import { EVENT_TOO_LARGE, type Refusal, refusalType, type TriggerResult, webResult } from './answer';
import { type Deadline, deadlineIn } from './deadline';
import { type TriggerEnvironment, triggerEnvironment } from './environment';
import { eventText } from './event-text';
import { executionName } from './execution-name';
import { identity } from './identity';
import { type IgnoredEvent, ignoredEvent } from './ignored-event';
import { errorChain, log } from './log';
import { executionInput } from './payload';
import { StartError } from './start-error';
import { startExecution } from './start-execution';
import { type WebRequest, webRequest } from './web-request';
import { emptyResponse, type WebResponse, webResponse } from './web-response';

/** The part of Lambda's context that the function uses. */
export interface TriggerContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/**
 * Starts one execution of the job's state machine for one event of any source.
 *
 * @returns A web response for HTTP APIs and load balancers: 200, 503 (try again) or 413 (never succeeds). For other sources the plain
 *   result. For an event that starts no job nothing, or for such a web request 200, 204 or 404.
 * @throws StartError for sources other than web requests. A queue or stream then keeps the event, and Lambda retries an
 *   asynchronous one before it sends it to the function's failure destination.
 */
export async function handler(
  event: unknown,
  context: TriggerContext,
): Promise<TriggerResult | WebResponse | undefined> {
  const request = webRequest(event);
  const ignored = ignoredEvent(event);
  if (ignored) {
    log('INFO', { requestId: context.awsRequestId, ignored });
    return request && ignoredResponse(request, ignored);
  }

  const eventJson = eventText(event);
  const entry: LogEntry = { requestId: context.awsRequestId, bytes: Buffer.byteLength(eventJson) };
  try {
    const deadline = deadlineIn(context.getRemainingTimeInMillis());
    const result = await start(event, eventJson, context, triggerEnvironment(process.env), deadline, entry);
    log('INFO', { ...entry, duplicate: result.duplicate });
    return request ? webResponse(request, 200, webResult(result)) : result;
  } catch (error) {
    log('ERROR', { ...entry, error: errorChain(error) });
    const refusal = refusalOf(error);
    if (request) return failure(request, refusal);
    throw error instanceof StartError ? Object.assign(error, { name: refusalType(refusal) }) : error;
  }
}

function ignoredResponse(request: WebRequest, ignored: IgnoredEvent): WebResponse {
  // API Gateway adds the headers of its CORS settings. Without them, a browser stops here.
  if (ignored === 'preflight') return emptyResponse(request, 204);
  if (ignored === 'health-check') return webResponse(request, 200, { message: 'Healthy: no job was started.' });
  return webResponse(request, 404, { message: 'Not Found: no job was started.' });
}

/** Completed during the invocation, so that the log line of a failure has everything known by then. */
interface LogEntry {
  readonly requestId: string;
  /** Size of the event's JSON string. */
  readonly bytes: number;
  kind?: string;
  executionName?: string;
}

async function start(
  event: unknown,
  eventJson: string,
  context: TriggerContext,
  environment: TriggerEnvironment,
  deadline: Deadline,
  entry: LogEntry,
): Promise<TriggerResult> {
  const id = identity(event, context);
  const name = executionName(environment.jobName, id);
  entry.kind = id.kind;
  entry.executionName = name;

  const input = await executionInput(eventJson, name, environment, deadline);
  const execution = await startExecution(name, input, environment, deadline);
  const message = execution.duplicate ? 'This event had already started the job.' : 'The job was started.';
  return { message, executionName: name, ...execution };
}

function refusalOf(error: unknown): Refusal {
  return error instanceof StartError
    ? { error: error.code, retry: error.curable }
    : { error: 'InternalError', retry: false };
}

/** Tells a web caller what to do next. Includes only the code of the error, because AWS's messages name accounts and roles. */
function failure(request: WebRequest, refusal: Refusal): WebResponse {
  if (refusal.error === EVENT_TOO_LARGE) {
    const message = 'The job was not started: the request is too large for it.';
    return webResponse(request, 413, { message, ...refusal });
  }
  const advice = 'Send the request again later; with an Idempotency-Key header it cannot start the job twice.';
  return webResponse(request, 503, { message: `The job was not started (${refusal.error}). ${advice}`, ...refusal });
}
