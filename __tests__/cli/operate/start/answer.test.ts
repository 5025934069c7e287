import { UsageError } from '../../../../cli/command/usage-error';
import { startedRun } from '../../../../cli/operate/start/answer';
import { refusalType } from '../../../../modules/orchestration/trigger/answer';

const ASKED = { job: 'report', functionName: 'shop-report-trigger', event: {} };
const ARN = 'arn:aws:states:eu-west-1:123456789012:execution:shop-report:report-1';
const RESULT = { message: 'm', executionName: 'report-1', executionArn: ARN, duplicate: false };

/** As Lambda describes an error that a function throws. */
function failed(errorType: string, errorMessage: string) {
  return { payload: JSON.stringify({ errorType, errorMessage, trace: [] }), functionError: 'Unhandled' };
}

test.each([
  ['the result itself', RESULT],
  ['a web response', { statusCode: 200, headers: {}, body: JSON.stringify(RESULT), isBase64Encoded: false }],
])('the started run is in %s', (_, answer) =>
  expect(startedRun({ payload: JSON.stringify(answer) }, ASKED)).toEqual({
    name: 'report-1',
    executionArn: ARN,
    isDuplicate: false,
  }),
);

test('a duplicate is told', () =>
  expect(startedRun({ payload: JSON.stringify({ ...RESULT, duplicate: true }) }, ASKED).isDuplicate).toBe(true));

test.each<[string, object, string]>([
  ['null', { Event: 's3:TestEvent', Service: 'Amazon S3' }, ': s3-test-event'],
  ['', {}, ''],
  [
    '{"statusCode":204,"headers":{},"body":"","isBase64Encoded":false}',
    { requestContext: { http: { method: 'OPTIONS' }, requestId: '1' } },
    ': preflight',
  ],
  ['{"statusCode":404,"body":"{\\"message\\":\\"Not Found: no job was started.\\"}"}', {}, ''],
  ['{"statusCode":200,"body":"{\\"message\\":\\"Healthy: no job was started.\\"}"}', {}, ''],
])('the answer %s is that of an event that starts no job', (payload, event, why) => {
  const start = () => startedRun({ payload }, { ...ASKED, event });
  expect(start).toThrow(UsageError);
  expect(start).toThrow(`The trigger function starts no job for this event${why}.`);
});

const failedWith = 'The trigger function of report failed:';
const LOG_GROUP = 'Its log group has more: /aws/lambda/shop-report-trigger.';

test.each([
  [
    { error: 'ThrottlingException', retry: true },
    'Out of time after 9 attempts: ThrottlingException (HTTP 400): Rate exceeded',
    'Wait a minute, and run the command again.',
  ],
  [
    { error: 'ECONNRESET', retry: true },
    'Out of time after 1 attempt: aws could not be reached',
    'Wait a minute, and run the command again.',
  ],
  [
    { error: 'StateMachineDoesNotExist', retry: false },
    "StateMachineDoesNotExist (HTTP 400): State Machine Does Not Exist: 'arn'",
    'Deploy the stack again.',
  ],
  [{ error: 'NoSuchBucket', retry: false }, 'NoSuchBucket (HTTP 404): Gone', 'Deploy the stack again.'],
  [
    { error: 'AccessDeniedException', retry: false },
    'AccessDeniedException (HTTP 400): User is not authorized',
    "Deploy the stack again, and look for a policy that restricts the function's role.",
  ],
  [
    { error: 'AccessDenied', retry: false },
    'AccessDenied (HTTP 403): Access Denied',
    "Deploy the stack again, and look for a policy that restricts the function's role.",
  ],
  [
    { error: 'EventTooLarge', retry: false },
    'The event has 9000 bytes',
    'Store its data in S3, and send a reference to them.',
  ],
  [{ error: 'InvalidExecutionInput', retry: false }, 'InvalidExecutionInput (HTTP 400): Rate exceeded', LOG_GROUP],
])('a function that starts no job with %j is told in one line with the fix', (refusal, message, fix) =>
  expect(() => startedRun(failed(refusalType(refusal), message), ASKED)).toThrow(
    new Error(`${failedWith} ${message}. ${fix}`),
  ),
);

test.each([
  // Functions deployed before the type of the error had more in it.
  ['StartError', 'ThrottlingException (HTTP 400): Rate exceeded', '', LOG_GROUP],
  ['TypeError', 'x is not a function\n', ' (TypeError)', LOG_GROUP],
  [
    'Sandbox.Timedout',
    'RequestId: 1 Error: Task timed out after 25.00 seconds',
    ' (Sandbox.Timedout)',
    'The run may have been started. Before you start it again, look: npm run runs -- report.',
  ],
  [
    'Unhandled',
    '2026-11-27T05:00:00.000Z 1 Task timed out after 25.00 seconds',
    '',
    'The run may have been started. Before you start it again, look: npm run runs -- report.',
  ],
  ['Runtime.ImportModuleError', 'Cannot find index', ' (Runtime.ImportModuleError)', 'Deploy the stack again.'],
  ['Runtime.HandlerNotFound', 'No handler', ' (Runtime.HandlerNotFound)', 'Deploy the stack again.'],
])('a function that fails with %s: %s is told in one line with the fix', (type, message, name, fix) =>
  expect(() => startedRun(failed(type, message), ASKED)).toThrow(
    new Error(`${failedWith} ${message.trim()}${name}. ${fix}`),
  ),
);

test.each([
  [
    503,
    { message: 'm', error: 'ThrottlingException', retry: true },
    'The job was not started (ThrottlingException). Wait a minute, and run the command again.',
  ],
  [
    503,
    { message: 'm', error: 'InternalError', retry: false },
    `The job was not started (InternalError). ${LOG_GROUP}`,
  ],
  [
    413,
    { message: 'm', error: 'EventTooLarge', retry: false },
    'The job was not started (EventTooLarge). Store its data in S3, and send a reference to them.',
  ],
  // Functions deployed before responses had more than a message.
  [
    503,
    { message: 'The job was not started (X). Send it again later.' },
    'The job was not started (X). Send it again later.',
  ],
  [502, {}, 'The job was not started: status 502.'],
])('a web response with status %i and %j is told in one line', (statusCode, body, text) =>
  expect(() => startedRun({ payload: JSON.stringify({ statusCode, body: JSON.stringify(body) }) }, ASKED)).toThrow(
    new Error(text),
  ),
);

test.each(['"text"', '{"ok":true}', 'no JSON'])('the answer %s is of another function', (payload) =>
  expect(() => startedRun({ payload }, ASKED)).toThrow(
    'The function shop-report-trigger gave an answer that is not that of a trigger function. Deploy the stack again.',
  ),
);
