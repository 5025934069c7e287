import { sendAwsRequest } from './aws-request';
import type { Deadline } from './deadline';
import { endpoint } from './endpoint';
import type { TriggerEnvironment } from './environment';
import { executionArn } from './execution-name';
import { asText } from './json';
import { jsonAnswer } from './json-answer';
import { withRetries } from './retry';
import { StartError } from './start-error';

/** An execution that runs, or has run, for the event. */
export interface StartedExecution {
  readonly executionArn: string;
  /**
   * Whether an earlier delivery of the event started the execution. `true` is certain, unless an earlier attempt of the same invocation
   * started an execution that has already ended. `false` can be wrong for an identical event within the last seconds.
   */
  readonly duplicate: boolean;
}

/** Tolerance for the whole seconds of the `Date` header, in milliseconds. */
const CLOCK_GRAIN_MS = 2_000;

/**
 * Starts the state machine, with a name that it accepts once in 90 days. So a request without a response can be repeated: if it started an
 * execution, that execution is found, and no second one starts.
 *
 * @throws StartError
 */
export async function startExecution(
  name: string,
  input: string,
  environment: TriggerEnvironment,
  deadline: Deadline,
): Promise<StartedExecution> {
  const { stateMachineArn, region, credentials } = environment;
  const partition = stateMachineArn.split(':')[1] ?? 'aws';
  const url = endpoint({ service: 'states', region, partition, configured: environment.stepFunctionsEndpoint });
  const began = performance.now();
  try {
    const { arn, startDate, date } = await withRetries(async (timeoutMs) => {
      const { body, date } = await sendAwsRequest(
        {
          service: 'states',
          region,
          credentials,
          method: 'POST',
          url: `${url}/`,
          headers: {
            'Content-Type': 'application/x-amz-json-1.0',
            'X-Amz-Target': 'AWSStepFunctions.StartExecution',
          },
          body: JSON.stringify({ stateMachineArn, name, input }),
        },
        timeoutMs,
      );
      // If a response cannot be read, it is unknown whether an execution started. The name makes a repeated request safe.
      const answer = jsonAnswer(body, 'Step Functions');
      const arn = asText(answer.executionArn);
      if (arn === undefined)
        throw new StartError('InvalidResponse', 'Step Functions answered without the ARN of an execution.', true);
      return { arn, startDate: answer.startDate, date };
    }, deadline);
    return {
      executionArn: arn,
      duplicate: startedBefore(startDate, date, performance.now() - began),
    };
  } catch (error) {
    if (!(error instanceof StartError) || error.code !== 'ExecutionAlreadyExists') throw error;
    return { executionArn: executionArn(stateMachineArn, name), duplicate: true };
  }
}

/**
 * Whether an execution is older than the requests of this invocation. While an execution runs, Step Functions gives the same response to
 * an identical request, and only the start date differs. Both dates are from the service's clock, so the function's clock doesn't matter.
 *
 * @param startDate Seconds since 1970.
 * @param answeredAt Milliseconds since 1970.
 */
function startedBefore(startDate: unknown, answeredAt: number | undefined, elapsedMs: number): boolean {
  if (typeof startDate !== 'number' || answeredAt === undefined) return false;
  return answeredAt - startDate * 1_000 > elapsedMs + CLOCK_GRAIN_MS;
}
