import { causeFacts } from '../../../cli/model/cause-facts';

const ERROR = { label: 'Error', value: 'States.TaskFailed', isCode: true };

it('has the answers of a job of AWS Batch, and the rest in the raw text', () => {
  const detail = {
    StatusReason: 'Essential container in task exited',
    JobName: 'report',
    Container: { ExitCode: 1, Reason: 'OutOfMemoryError', Environment: [{ Name: 'TOKEN', Value: 'secret' }] },
  };
  expect(causeFacts('States.TaskFailed', JSON.stringify(detail))).toEqual({
    facts: [
      ERROR,
      { label: 'Status reason', value: 'Essential container in task exited' },
      { label: 'Exit code', value: '1' },
      { label: 'Container reason', value: 'OutOfMemoryError' },
    ],
    raw: JSON.stringify(detail, undefined, 2),
  });
});

it('has the answers of a function', () => {
  const { facts } = causeFacts(undefined, JSON.stringify({ errorMessage: 'no', errorType: 'TypeError', trace: [] }));
  expect(facts).toEqual([
    { label: 'Message', value: 'no' },
    { label: 'Error type', value: 'TypeError' },
  ]);
});

it.each([
  ['a member of another type', { statusReason: { why: 1 }, container: { exitCode: true } }],
  ['no member', {}],
  ['a container that is none', { container: 'x' }],
  ['a container that is null', { container: null }],
])('has no answer in a document with %s', (_, document) => {
  expect(causeFacts(undefined, JSON.stringify(document))).toEqual({
    facts: [],
    raw: JSON.stringify(document, undefined, 2),
  });
});

it('has a text as it is', () => {
  expect(causeFacts('States.TaskFailed', 'it broke')).toEqual({
    facts: [ERROR, { label: 'Cause', value: 'it broke' }],
  });
});

it.each([undefined, '', '  \n'])('has the error alone where the cause is %j', (cause) => {
  expect(causeFacts('States.TaskFailed', cause)).toEqual({ facts: [ERROR] });
  expect(causeFacts(undefined, cause)).toEqual({ facts: [] });
});
