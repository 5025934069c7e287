import { asObject, asText } from './json';

/** The response to a caller whose event started a job. */
export interface TriggerResult {
  readonly message: string;
  readonly executionName: string;
  readonly executionArn: string;
  /** Whether an earlier delivery of the event had started this execution. Nothing was started again. */
  readonly duplicate: boolean;
}

/** Result as a web caller gets it. Clients written for Stacktape read the name and the ARN by the last two names. */
export function webResult(result: TriggerResult): Readonly<Record<string, unknown>> {
  return { ...result, stateMachineName: result.executionName, stateMachineExecutionArn: result.executionArn };
}

/** Why an event started no job. */
export interface Refusal {
  /** AWS's error code (`ThrottlingException`), Node's (`ECONNRESET`), or ours (`EventTooLarge`). */
  readonly error: string;
  /** Whether the same event can start a job later. */
  readonly retry: boolean;
}

/** The error code for an event that is too large if there is no payload bucket. */
export const EVENT_TOO_LARGE = 'EventTooLarge';

const TYPES = { retry: 'StartError.Curable.', final: 'StartError.Incurable.' } as const;

/** The type of the error by which the function fails: of an error, Lambda passes on only its type, its message and where it was thrown. */
export function refusalType({ error, retry }: Refusal): string {
  return `${retry ? TYPES.retry : TYPES.final}${error}`;
}

/** The refusal in an error's type. Undefined for other errors, and for those of functions deployed before types had it. */
export function refusalOfType(type: string): Refusal | undefined {
  const start = Object.values(TYPES).find((one) => type.startsWith(one));
  return start && { error: type.slice(start.length), retry: start === TYPES.retry };
}

/** The result in an answer. Undefined if it started no job. */
export function resultIn(answer: unknown): Omit<TriggerResult, 'message'> | undefined {
  const result = asObject<TriggerResult>(answer);
  const executionName = asText(result?.executionName);
  const executionArn = asText(result?.executionArn);
  if (executionName === undefined || executionArn === undefined) return undefined;
  return { executionName, executionArn, duplicate: result?.duplicate === true };
}

/** The refusal in the response to a web request. Undefined if it is none, and in those of functions deployed before responses had it. */
export function refusalIn(answer: unknown): Refusal | undefined {
  const refusal = asObject<Refusal>(answer);
  const error = asText(refusal?.error);
  return error === undefined ? undefined : { error, retry: refusal?.retry === true };
}
