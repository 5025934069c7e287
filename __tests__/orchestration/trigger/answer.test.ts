import { refusalIn, refusalOfType, refusalType, resultIn } from '../../../modules/orchestration/trigger/answer';

const RESULT = { executionName: 'report-1', executionArn: 'arn', duplicate: false };

it.each([
  { error: 'ThrottlingException', retry: true },
  { error: 'AccessDeniedException', retry: false },
  { error: 'HTTP 502', retry: true },
  { error: 'a.b', retry: false },
])('a refusal is in the type of an error, and in a response: %j', (refusal) => {
  expect(refusalOfType(refusalType(refusal))).toEqual(refusal);
  expect(refusalIn(JSON.parse(JSON.stringify({ message: 'm', ...refusal })))).toEqual(refusal);
});

it.each(['StartError', 'TypeError', 'Sandbox.Timedout', 'Runtime.ImportModuleError', 'Unhandled'])(
  'the type %s is that of another error, or of an earlier version',
  (type) => expect(refusalOfType(type)).toBeUndefined(),
);

it.each([null, 'text', {}, { message: 'm' }, { error: 1 }, [1]])('%j is no refusal and no result', (answer) => {
  expect(refusalIn(answer)).toBeUndefined();
  expect(resultIn(answer)).toBeUndefined();
});

it('a result is what names an execution', () => {
  expect(resultIn({ message: 'm', ...RESULT })).toEqual(RESULT);
  expect(resultIn({ ...RESULT, duplicate: true })).toEqual({ ...RESULT, duplicate: true });
  expect(resultIn({ ...RESULT, executionArn: '' })).toBeUndefined();
  expect(resultIn({ ...RESULT, executionName: 5 })).toBeUndefined();
});
