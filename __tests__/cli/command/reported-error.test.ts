import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandFailure, isDefect, isSystemError, reportError, systemFault } from '../../../cli/command/reported-error';
import { UsageError } from '../../../cli/command/usage-error';
import { ConfigError } from '../../../modules/problems/config-error';

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

it('a message is wrapped at the width of standard error', () => {
  const stderr = Object.getOwnPropertyDescriptor(process, 'stderr') as PropertyDescriptor;
  Object.defineProperty(process, 'stderr', { value: { isTTY: true, columns: 12 }, configurable: true });
  reportError(new UsageError('Unknown job "daily".'));
  reportError(system('EACCES'));
  Object.defineProperty(process, 'stderr', stderr);
  expect(printed()).toEqual(['Unknown job\n"daily".', "EACCES: open\n'a'"]);
});

it('a defect has its stack trace', () => {
  const defect = new TypeError('x is undefined');
  expect(reportError(defect)).toBe(1);
  expect(printed()[0]).toContain('reported-error.test.ts');
  expect(isDefect(defect)).toBe(true);
  expect(isDefect('text')).toBe(true);
});

it('the problems of a config are enough, also behind a command that could not start', () => {
  const config = new ConfigError(
    [{ path: 'region', found: '5', accepted: 'a region', fix: 'use "eu-west-1"' }],
    'a.yml',
  );
  expect(reportError(config)).toBe(1);
  expect(reportError(new UsageError('no', { cause: config }))).toBe(2);
  expect(printed()).toEqual([config.message, config.message]);
  expect(isDefect(config)).toBe(false);
});

it('a command that asked for it gets the error as a document', () => {
  process.env.BATCH_JOBS_ERROR_FILE = join(tmpdir(), 'nowhere', 'error.json');
  try {
    expect(() => reportError(new CommandFailure('no'))).toThrow('ENOENT');
  } finally {
    delete process.env.BATCH_JOBS_ERROR_FILE;
  }
});

it('control characters of a message are not sent to the terminal', () => {
  reportError(new CommandFailure('a\u001b[2Jb\u001b[1mc'));
  expect(printed()).toEqual(['a^[[2Jbc']);
});

it('a full disk is named with its folder', () => {
  expect(systemFault(system('ENOSPC'))).toBe(
    `no space is left in ${tmpdir()}: free some, or set TMPDIR to a folder on another disk`,
  );
  expect(isSystemError(new Error('no'))).toBe(false);
});
