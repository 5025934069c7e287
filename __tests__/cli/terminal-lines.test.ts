import { terminalLines } from '../../cli/terminal-lines';
import { ConfigError } from '../../modules/config/problem';

const REPORT = new ConfigError(
  [
    {
      path: 'resources.report.properties.memory',
      found: '"one",\nwhich has a second line of its own that is long',
      accepted: 'a number',
      fix: 'write a number of MiB, from 4 to 1000, or leave it out',
      place: { line: 3, column: 5 },
    },
  ],
  'jobs.yml',
).message;

it('breaks reports at the width of a terminal, below their text', () => {
  expect(terminalLines(REPORT, { isTTY: true, columns: 46 })).toBe(
    [
      'jobs.yml: 1 problem',
      '',
      '1. resources.report.properties.memory',
      '   (jobs.yml:3:5)',
      '   found     "one",',
      '             which has a second line of its',
      '             own that is long',
      '   accepted  a number',
      '   fix       write a number of MiB, from 4 to',
      '             1000, or leave it out',
    ].join('\n'),
  );
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
  'leaves whole lines for %j',
  (stream) => {
    expect(terminalLines(REPORT, stream)).toBe(REPORT);
  },
);
