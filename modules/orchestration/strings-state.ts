import { FUNCTION_RETRIES } from './function-retries';
import type { Catcher, ServiceTask } from './states-language';

/** What the function throws if it cannot write the strings as long as nobody changes something. */
const INCURABLE = 'ConnectionStringsError';

/** Errors of Lambda itself, after all retries, and not of the function. Also if a later deployment removed the function. */
const UNREACHABLE = [
  'Lambda.ResourceNotFoundException',
  'Lambda.AWSLambdaException',
  'Lambda.ServiceException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];

/**
 * Has the function write the connection strings that the next job's containers read, and keeps the execution's data. Without the function,
 * the job starts with those that it wrote last.
 *
 * The function answers nothing, and is a function: what Step Functions reads of a secret itself would be in the history of the execution.
 *
 * @param unwritten where an error is put in the data. @default it replaces the data
 */
export function stringsState(
  functionArn: string,
  { partition, next, unwritten }: { partition: string; next: string; unwritten?: Pick<Catcher, 'ResultPath'> },
): ServiceTask {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: functionArn, Payload: {} },
    ResultPath: null,
    Retry: [{ ErrorEquals: [INCURABLE], MaxAttempts: 0 }, FUNCTION_RETRIES],
    Catch: [{ ErrorEquals: UNREACHABLE, ...unwritten, Next: next }],
    Next: next,
  };
}
