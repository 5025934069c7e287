import { UsageError } from '../../../../cli/command/usage-error';
import { startedRun } from '../../../../cli/operate/start/answer';

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

test.each([
  [
    'StartError',
    'Out of time after 9 attempts: ThrottlingException (HTTP 400): Rate exceeded',
    'The trigger function of report failed: Out of time after 9 attempts: ThrottlingException (HTTP 400): Rate exceeded. Wait a minute, and run the command again.',
  ],
  [
    'StartError',
    "StateMachineDoesNotExist (HTTP 400): State Machine Does Not Exist: 'arn'",
    "The trigger function of report failed: StateMachineDoesNotExist (HTTP 400): State Machine Does Not Exist: 'arn'. Deploy the stack again.",
  ],
  [
    'StartError',
    'AccessDeniedException (HTTP 400): User is not authorized',
    "The trigger function of report failed: AccessDeniedException (HTTP 400): User is not authorized. Deploy the stack again, and look for a policy that restricts the function's role.",
  ],
  [
    'Sandbox.Timedout',
    'RequestId: 1 Error: Task timed out after 25.00 seconds',
    'The trigger function of report failed: RequestId: 1 Error: Task timed out after 25.00 seconds (Sandbox.Timedout). The run may have been started. Before you start it again, look: batch-jobs runs report.',
  ],
  [
    'TypeError',
    'x is not a function\n',
    'The trigger function of report failed: x is not a function (TypeError). Its log group has more: /aws/lambda/shop-report-trigger.',
  ],
])('a function that fails with %s: %s is told in one line with the fix', (type, message, text) =>
  expect(() => startedRun(failed(type, message), ASKED)).toThrow(text),
);

test.each([
  [
    503,
    'The job was not started (ThrottlingException). Send the request again later; with an Idempotency-Key header it cannot start the job twice.',
    'The job was not started (ThrottlingException). Wait a minute, and run the command again.',
  ],
  [
    413,
    'The job was not started: the request is too large for it.',
    'The job was not started: the request is too large for it. Store its data in S3, and send a reference to them.',
  ],
])('a web response with status %i is told in one line with the fix', (statusCode, message, text) =>
  expect(() =>
    startedRun({ payload: JSON.stringify({ statusCode, body: JSON.stringify({ message }) }) }, ASKED),
  ).toThrow(new Error(text)),
);

test.each(['"text"', '{"ok":true}', 'no JSON'])('the answer %s is of another function', (payload) =>
  expect(() => startedRun({ payload }, ASKED)).toThrow(
    'The function shop-report-trigger gave an answer that is not that of a trigger function. Deploy the stack again.',
  ),
);
