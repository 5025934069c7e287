import { isError, isFrame, type LogFilter, passes } from '../../../cli/model/log';

const stdout = { start: '2.1', stream: 'stdout' } as const;

test.each<[string, LogFilter, boolean]>([
  ['no filter', {}, true],
  ['its start', { start: '2.1' }, true],
  ['its attempt', { start: '2' }, true],
  ['another start', { start: '2.2' }, false],
  ['another attempt', { start: '1' }, false],
  ['a start with another beginning', { start: '2.' }, false],
  ['its stream', { stream: 'stdout' }, true],
  ['the other stream', { stream: 'stderr' }, false],
  ['its start and the other stream', { start: '2.1', stream: 'stderr' }, false],
])('a line passes %s: %j %s', (_, filter, expected) => {
  expect(passes(filter, stdout)).toBe(expected);
});

test('an attempt is not another one that begins alike', () => {
  expect(passes({ start: '2' }, { ...stdout, start: '21.1' })).toBe(false);
});

test('a mark belongs to every stream, and to its start', () => {
  const mark = { start: '2.1', stream: 'mark' } as const;
  expect(passes({ stream: 'stderr' }, mark)).toBe(true);
  expect(passes({ start: '1', stream: 'stderr' }, mark)).toBe(false);
});

test.each([
  'Error: no such file',
  'ERROR no such file',
  'TypeError: x is undefined',
  'java.lang.IllegalStateException: no',
  'Traceback (most recent call last):',
  'fatal: not a git repository',
  'panic: runtime error',
  '2026-11-25T14:00:02.123Z ERROR no',
  '[main] error: no',
  '14:00:02 [main] [ERROR] no',
  '2026/11/25 14:00:02 fatal no',
  '{"level":"error","message":"no"}',
  ' {"time":1,"severity" : "CRITICAL"}',
  '{"lvl":50}',
  '{"level":60}',
  '{"levelname":"FATAL"}',
  `${' '.repeat(395)}Error`,
])('is an error: %s', (line) => {
  expect(isError(line)).toBe(true);
});

test.each([
  'no error',
  'errors: 0',
  'terrors came',
  '0 failed',
  '{"level":"info","message":"error"}',
  '{"level":30}',
  '{"level":500}',
  '"level":"error"',
  'fatality',
  'x {"level":"error"}',
  `${' '.repeat(396)}Error`,
  `${' '.repeat(400)}Error: too far`,
  `{"a":"${'x'.repeat(400)}","level":"error"}`,
])('is no error: %s', (line) => {
  expect(isError(line)).toBe(false);
});

test.each([
  '    at run (job.js:1:2)',
  '  File "job.py", line 3, in run',
  '\t... 12 more',
  ' at x',
  `${' '.repeat(396)}at x`,
])('is a frame: %j', (line) => {
  expect(isFrame(line)).toBe(true);
});

test.each([
  'at run (job.js:1:2)',
  '    at ',
  '  File "job.py"',
  '  ... more',
  '  more',
  'x  at y',
  `${' '.repeat(397)}at x`,
])('is no frame: %j', (line) => {
  expect(isFrame(line)).toBe(false);
});
