import { errorLines, terminalLines } from '../../../cli/command/terminal-lines';
import { ConfigError } from '../../../modules/problems/config-error';

const ERROR = new ConfigError(
  [
    {
      path: 'resources.report.properties.memory',
      found: '"one", and more',
      accepted: 'a number',
      fix: 'write a number of MiB, from 4 to 1000, or leave it out',
      place: { line: 3, column: 5 },
    },
  ],
  'jobs.yml',
);

const COLOURS = ['NO_COLOR', 'FORCE_COLOR', 'TERM'];

beforeEach(() => {
  for (const name of COLOURS) delete process.env[name];
});

it('breaks reports at the width of a terminal, below their text', () => {
  process.env.NO_COLOR = '1';
  expect(errorLines(ERROR, { isTTY: true, columns: 40 })).toBe(
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

it('leaves the message of any other error as it is', () => {
  expect(errorLines(new Error('a  long\nmessage'), { isTTY: true, columns: 3 })).toBe('a  long\nmessage');
});

it.each([{ isTTY: false, columns: 20 }, { columns: 20 }])('writes whole lines without colours for %j', (stream) => {
  expect(errorLines(ERROR, stream)).toBe(ERROR.message);
});

it('colours reports on a terminal', () => {
  expect(errorLines(ERROR, { isTTY: true, columns: 80 })).toContain('\u001b[31m 3:5\u001b[39m');
});

it('breaks hints, keeps words whole and lets commands and tables be', () => {
  const text = [
    '  JOB   RUNS ON   ATTEMPTS',
    'Hint: resources.one: this is not what you meant',
    'Next: npm run local -- one',
  ];
  expect(terminalLines(text.join('\n'), { isTTY: true, columns: 18 })).toBe(
    [text[0], 'Hint: resources.one:', '      this is not', '      what you', '      meant', text[2]].join('\n'),
  );
});

it.each([{ isTTY: false, columns: 20 }, { columns: 20 }, { isTTY: true, columns: 0 }])(
  'leaves whole lines of hints for %j',
  (stream) => {
    const text = 'Hint: resources.one: this is not what you meant';
    expect(terminalLines(text, stream)).toBe(text);
  },
);
