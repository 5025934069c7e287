import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shellWord } from '../../../../cli/command/shell-word';
import { sendBody } from '../../../../cli/console/send/send-body';
import { sendCommand } from '../../../../cli/console/send/send-command';
import { parsedWords } from '../../../../cli/model/faults';

const folder = mkdtempSync(join(tmpdir(), 'send-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a POSIX shell makes of a command: its words, and what it reads. */
function ran(command: string): { words: string[]; input: string } {
  const program = join(folder, 'npx');
  const script =
    'const fs=require("fs");console.log(JSON.stringify({words:process.argv.slice(2),input:fs.readFileSync(0,"utf8")}))';
  writeFileSync(program, `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
  const env = { PATH: `${folder}:/usr/bin:/bin`, HOME: '/home/someone', A: 'expanded' };
  return JSON.parse(execFileSync('/bin/sh', ['-c', command], { env, input: '', encoding: 'utf8' }));
}

const NASTY = [
  "it's",
  '$A ${A} $(id) `id`',
  '"quoted"',
  'back\\slash \\n',
  '~',
  '*',
  '!!',
  '#',
  ';',
  '&',
  '<a>',
  '',
  ' ',
  'a\nb',
  '=ls',
  '-x',
  'ü€😀',
  "''",
];

test('a shell reads back each word of a command', () => {
  const { words } = ran(`npx ${NASTY.map(shellWord).join(' ')}`);
  expect(words).toEqual(NASTY);
});

describe('the command that does what the page is asked for', () => {
  const before = process.cwd();
  // Without a package.json and a lockfile, the program is run by npx.
  beforeAll(() => process.chdir(folder));
  afterAll(() => process.chdir(before));

  test.each(NASTY.filter((text) => !text.startsWith('-')))('keeps the event and the options: %j', (nasty) => {
    const shownText = JSON.stringify({ text: nasty, EVENT: 'EVENT\nEVENT' }, undefined, 2);
    const faults = { failAttempts: '1,2', interruptAfter: nasty, fast: true };
    const request = sendBody({ job: 'report', faults, eventText: shownText, shownText });
    const { words, input } = ran(sendCommand(request, { others: ['--env', `A=${nasty}`] }));
    expect(words.slice(0, 2)).toEqual(['batch-jobs', 'local']);
    expect(parsedWords(words.slice(2))).toMatchObject({ faults, others: ['--env', `A=${nasty}`] });
    expect(input).toBe(`${shownText}\n`);
  });

  test.each<[string, object, string]>([
    [
      'a sample',
      { trigger: 'sqs:2', eventText: '{}', shownText: '{}' },
      'npx batch-jobs local report --event-type sqs:2',
    ],
    ['a long event', { eventText: '{}', shownText: '\n'.repeat(61) }, 'npx batch-jobs local report --event event.json'],
    ['an event that is too long to show', { eventText: '{}' }, 'npx batch-jobs local report --event event.json'],
    ['an earlier run', { from: 'a' }, 'npx batch-jobs local report --plain --event-type s3'],
    [
      'a sample in AWS',
      { place: 'aws', trigger: 's3', faults: { fast: true } },
      'npx batch-jobs start report --region eu-west-1 --event-type s3',
    ],
    [
      'an event in AWS',
      { place: 'aws', eventText: '{}', shownText: '{}' },
      'npx batch-jobs start report --region eu-west-1 --event event.json',
    ],
    [
      'a changed event of a run in AWS',
      { place: 'aws', from: 'report-1', eventText: '{}' },
      'npx batch-jobs rerun report-1 --region eu-west-1 --event event.json',
    ],
  ])('%s', (_, body, command) => {
    const context = { others: ['--plain'], eventWords: ['--event-type', 's3'], awsOptions: ['--region', 'eu-west-1'] };
    const isRun = 'from' in body;
    expect(
      sendCommand(sendBody({ job: 'report', ...body }), isRun ? context : { awsOptions: context.awsOptions }),
    ).toBe(command);
  });
});
