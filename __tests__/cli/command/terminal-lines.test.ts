import { hintText, messageText, printMessage, problemsText } from '../../../cli/command/terminal-lines';
import { ConfigError } from '../../../modules/problems/config-error';
import { foundValue } from '../../../modules/problems/found';
import type { StatedProblem } from '../../../modules/problems/problem';

const problem: StatedProblem = {
  keys: ['resources', 'report', 'properties', 'memory'],
  found: foundValue('one', ', and more'),
  accepted: 'a number',
  fix: 'write a number of MiB, from 4 to 1000, or leave it out',
  place: { line: 3, column: 5 },
};
const ERROR = new ConfigError([problem], 'jobs.yml');

const VARIABLES = ['NO_COLOR', 'FORCE_COLOR', 'TERM', 'COLUMNS'];

beforeEach(() => {
  for (const name of VARIABLES) delete process.env[name];
});

it('breaks reports at the width of a terminal, below their text', () => {
  process.env.NO_COLOR = '1';
  expect(problemsText(ERROR, { isTTY: true, columns: 40 })).toBe(
    [
      'jobs.yml: 1 problem',
      '',
      ' 3:5  memory is "one", and more. It must',
      '      be a number.',
      '      Write a number of MiB, from 4 to',
      '      1000, or leave it out.',
      '      resources.report.properties.memory',
      '      jobs.yml:3:5',
    ].join('\n'),
  );
});

it.each([
  ['a terminal that does not tell its width', { isTTY: true, columns: 0 }, undefined, 80],
  ['such a terminal, with COLUMNS', { isTTY: true, columns: 0 }, '60', 60],
  ['a terminal of 100 columns, whatever COLUMNS is', { isTTY: true, columns: 100 }, '60', 100],
  ['a pipe, with COLUMNS', {}, '60', 60],
])('breaks reports for %s', (_, stream, columns, expected) => {
  if (columns !== undefined) process.env.COLUMNS = columns;
  process.env.NO_COLOR = '1';
  const long = { ...problem, fix: `write ${'a word or two, '.repeat(20)}or nothing` };
  const lines = problemsText(new ConfigError([long], 'jobs.yml'), stream).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(expected);
  expect(Math.max(...lines.map((line) => line.length))).toBeGreaterThan(expected - 10);
  expect(lines.slice(3).every((line) => line.startsWith('      '))).toBe(true);
});

it('breaks the overrides that a report tells to write, so that they can be copied', () => {
  process.env.NO_COLOR = '1';
  const options = { memory_size: 512, reserved_concurrent_executions: 5, ephemeral_storage: { size: 1024 } };
  const overrides = JSON.stringify({ TriggerFunction: options }, undefined, 1).replace(/\n */g, ' ');
  const text = problemsText(
    new ConfigError([{ ...problem, fix: `remove it, and set it by overrides: ${overrides}` }], 'jobs.yml'),
    { isTTY: true, columns: 60 },
  );
  const lines = text.split('\n');
  expect(lines.every((line) => line.length <= 60)).toBe(true);
  const [, copied = ''] = /overrides: ([\s\S]*\})\n/.exec(text) ?? [];
  expect(JSON.parse(copied)).toEqual({ TriggerFunction: options });
});

it('breaks a message at the width of a terminal, except indented lines', () => {
  const message = 'terraform init failed: no such host\n  npx batch-jobs deploy --stage prod\nCheck the network.';
  expect(messageText(message, { isTTY: true, columns: 24 })).toBe(
    ['terraform init failed:', 'no such host', '  npx batch-jobs deploy --stage prod', 'Check the network.'].join('\n'),
  );
  expect(messageText(message, { columns: 24 })).toBe(message);
});

it('prints a message to standard error, at its width', () => {
  const print = jest.spyOn(console, 'error').mockImplementation(() => {});
  const stderr = Object.getOwnPropertyDescriptor(process, 'stderr') as PropertyDescriptor;
  Object.defineProperty(process, 'stderr', { value: { isTTY: true, columns: 10 }, configurable: true });
  printMessage('one two three');
  Object.defineProperty(process, 'stderr', stderr);
  expect(print.mock.calls).toEqual([['one two\nthree']]);
  print.mockRestore();
});

it.each([{ isTTY: false, columns: 20 }, { columns: 20 }])('writes whole lines without colours for %j', (stream) => {
  expect(problemsText(ERROR, stream)).toBe(ERROR.message);
});

it('colours reports on a terminal', () => {
  expect(problemsText(ERROR, { isTTY: true, columns: 80 })).toContain('\u001b[31m 3:5\u001b[39m');
});

it('breaks a hint and keeps words whole', () => {
  expect(hintText('resources.one: this is not what you meant', { isTTY: true, columns: 18 })).toBe(
    ['Hint: resources.one:', '      this is not', '      what you', '      meant'].join('\n'),
  );
});

it.each([{ isTTY: false, columns: 20 }, { columns: 20 }, { isTTY: true, columns: 80 }])(
  'leaves a hint whole for %j',
  (stream) => {
    const hint = 'resources.one: this is not what you meant';
    expect(hintText(hint, stream)).toBe(`Hint: ${hint}`);
  },
);
