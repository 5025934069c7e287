import { stripVTControlCharacters } from 'node:util';
import { ConfigError, statedProblems } from '../../modules/problems/config-error';
import { useAccepted } from '../../modules/problems/fix';
import { foundValue } from '../../modules/problems/found';
import type { StatedProblem } from '../../modules/problems/problem';
import { type ReportLayout, report } from '../../modules/problems/report';

const UNKNOWN: StatedProblem = {
  code: 'unknown-property',
  keys: ['resources', 'report', 'properties', 'container', 'packaging', 'properties', 'comand'],
  found: 'the unknown property "comand"',
  accepted: 'command',
  fix: 'did you mean "command"?',
  message: 'Unknown property "comand".',
  place: { line: 14, column: 13 },
};

const SCHEDULE: StatedProblem = {
  keys: ['resources', 'report', 'properties', 'events', 0, 'properties', 'scheduleRate'],
  found: '5 fields in "0 14 * * *"',
  accepted: 'six fields with one space between them: minutes hours day-of-month month day-of-week year',
  fix: 'write cron(0 14 * * ? *)',
  place: { line: 124, column: 3 },
};

const MEMORY: StatedProblem = {
  code: 'out-of-range',
  keys: ['memory'],
  found: foundValue(999999999),
  accepted: 'a whole number from 4 to 25,165,824 MiB',
  range: '4 to 25,165,824 MiB',
  fix: useAccepted('4 to 25,165,824 MiB'),
  place: { line: 9, column: 1 },
};

function reported(problems: readonly StatedProblem[], paper?: ReportLayout, source = 'examples/guide/bad.yml'): string {
  return report(statedProblems(new ConfigError(problems, source)), source, paper);
}

it('shows where, what is wrong, what to do, and a place that can be clicked', () => {
  expect(reported([UNKNOWN, SCHEDULE, MEMORY], { columns: 80 })).toBe(
    [
      'examples/guide/bad.yml: 3 problems',
      '',
      ' 14:13  Unknown property "comand". Did you mean "command"?',
      '        resources.report.properties.container.packaging.properties.comand',
      '        examples/guide/bad.yml:14:13',
      '',
      ' 124:3  Found 5 fields in "0 14 * * *". Expected six fields with one space',
      '        between them: minutes hours day-of-month month day-of-week year.',
      '        Write cron(0 14 * * ? *)',
      '        resources.report.properties.events[0].properties.scheduleRate',
      '        examples/guide/bad.yml:124:3',
      '',
      '    9:1  memory is 999999999. It must be 4 to 25,165,824 MiB.',
      '        memory  examples/guide/bad.yml:9:1',
    ]
      .map((line) => line.replace(/^ {2}(?=\s*\d)/, ' ').replace(/^ {9}/, '        '))
      .join('\n'),
  );
});

it('puts property and place on one line at 120 columns', () => {
  expect(reported([UNKNOWN], { columns: 120 })).toBe(
    [
      'examples/guide/bad.yml: 1 problem',
      '',
      ' 14:13  Unknown property "comand". Did you mean "command"?',
      '        resources.report.properties.container.packaging.properties.comand  examples/guide/bad.yml:14:13',
    ].join('\n'),
  );
});

it.each([40, 80, 120])('fits a terminal of %d columns, except for words that are longer', (columns) => {
  const text = reported([UNKNOWN, SCHEDULE, MEMORY], { columns, colors: true });
  for (const line of stripVTControlCharacters(text).split('\n')) {
    expect(line.length <= columns || !line.trim().includes(' ')).toBe(true);
  }
});

it('counts the problems of a program, whose places are not known', () => {
  const problems = Array.from({ length: 10 }, () => ({ ...MEMORY, place: undefined }));
  const lines = reported(problems, {}, 'jobs.ts').split('\n');
  expect(lines[2]).toBe('  1  memory is 999999999. It must be 4 to 25,165,824 MiB.');
  expect(lines[3]).toBe('     memory');
  expect(lines.at(-2)).toBe(' 10  memory is 999999999. It must be 4 to 25,165,824 MiB.');
});

it('leaves the place of a problem empty if only others have one', () => {
  expect(reported([MEMORY, { ...MEMORY, place: undefined }], {}, 'a.yml').split('\n')).toEqual([
    'a.yml: 2 problems',
    '',
    ' 9:1  memory is 999999999. It must be 4 to 25,165,824 MiB.',
    '      memory  a.yml:9:1',
    '',
    '      memory is 999999999. It must be 4 to 25,165,824 MiB.',
    '      memory',
  ]);
});

it('keeps the line ends of a compiler, and breaks nothing where no width is given', () => {
  const compiler = {
    keys: [],
    message: `Expected ";"\n  const ${'x'.repeat(200)}`,
    found: '',
    accepted: '',
    fix: 'correct it',
  };
  expect(reported([compiler], {}, 'jobs.ts')).toBe(
    ['jobs.ts: 1 problem', '', ' 1  Expected ";"', `      const ${'x'.repeat(200)}`, '    Correct it.'].join('\n'),
  );
});

it('colours the position red, the sentence bold, the fix green and the rest dim, line by line', () => {
  const [, , first, ...rest] = reported([SCHEDULE], { columns: 80, colors: true }).split('\n');
  const sgr = (code: number, end: number, text: string) => `\u001b[${code}m${text}\u001b[${end}m`;
  expect([first, ...rest]).toEqual([
    `${sgr(31, 39, ' 124:3')}  \u001b[1mFound 5 fields in "0 14 * * *". Expected six fields with one space\u001b[22m`,
    `        \u001b[1mbetween them: minutes hours day-of-month month day-of-week year.\u001b[22m`,
    `        ${sgr(32, 39, 'Write cron(0 14 * * ? *)')}`,
    `        ${sgr(2, 22, 'resources.report.properties.events[0].properties.scheduleRate')}`,
    `        ${sgr(2, 22, 'examples/guide/bad.yml:124:3')}`,
  ]);
});
