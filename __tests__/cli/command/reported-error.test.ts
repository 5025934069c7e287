import { tmpdir } from 'node:os';
import { CommandFailure, isDefect, isSystemError, reportError, systemFault } from '../../../cli/command/reported-error';
import { UsageError } from '../../../cli/command/usage-error';

const system = (code: string) => Object.assign(new Error(`${code}: open 'a'`), { code, syscall: 'open' });

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => jest.restoreAllMocks());

const printed = () => jest.mocked(console.error).mock.calls.map(([text]) => String(text));

it.each<[string, unknown, number, string]>([
  ['what was asked is not understood', new UsageError('Unknown job.'), 2, 'Unknown job.'],
  ['a command failed', new CommandFailure('terraform failed'), 1, 'terraform failed'],
  ['the machine refuses', system('EACCES'), 1, "EACCES: open 'a'"],
])('%s: the message is enough', (_, error, status, text) => {
  expect(reportError(error)).toBe(status);
  expect(printed()).toEqual([text]);
  expect(isDefect(error)).toBe(false);
});

it('a defect has its stack trace', () => {
  const defect = new TypeError('x is undefined');
  expect(reportError(defect)).toBe(1);
  expect(printed()[0]).toContain('reported-error.test.ts');
  expect(isDefect(defect)).toBe(true);
  expect(isDefect('text')).toBe(true);
});

it('control characters of a message are not sent to the terminal', () => {
  reportError(new CommandFailure('a\u001b[2Jb'));
  expect(printed()[0]).not.toContain('\u001b');
});

it('a full disk is named with its folder', () => {
  expect(systemFault(system('ENOSPC'))).toBe(
    `no space is left in ${tmpdir()}: free some, or set TMPDIR to a folder on another disk`,
  );
  expect(isSystemError(new Error('no'))).toBe(false);
});
