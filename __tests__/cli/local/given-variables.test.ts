import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../cli/command/usage-error';
import { type GivenVariables, withVariables } from '../../../cli/local/given-variables';
import type { LocalJob } from '../../../cli/local/local-job';
import { containerOf } from './scenarios';

const JOB = {
  name: 'report',
  container: {
    ...containerOf({ GREETING: 'config', STP_DB_HOST: '<host>', STP_DB_PORT: '5432' }),
    secrets: { DB_PASSWORD: 'arn:a', API_KEY: 'arn:b' },
  },
  unknown: [
    { part: 'STP_DB_HOST', text: '<host>' },
    { part: 'its command', text: '<x>' },
  ],
} as unknown as LocalJob;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'variables-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string | Buffer): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function given({ env = [], envFiles = [], secrets = [] }: Partial<Record<'env' | 'envFiles' | 'secrets', string[]>>) {
  const pairs = (texts: string[]) =>
    texts.map((text) => ({ name: text.split('=')[0] ?? '', value: text.split('=')[1] ?? '' }));
  const variables: GivenVariables = { env: pairs(env), envFiles, secrets: pairs(secrets) };
  return withVariables(JOB, variables);
}

test('without any, a job is as it was', () => expect(given({})).toEqual({ job: JOB, notes: [] }));

test('options win over files, a later file over an earlier one, and all of them over the config', () => {
  const envFiles = [
    file('1.env', 'GREETING=one\nONE=one\nTWO=one\nTHREE=one\nDB_PASSWORD=one\nAPI_KEY=one'),
    file('2.env', 'TWO=two\nTHREE=two'),
  ];
  const { job, notes } = given({ envFiles, env: ['THREE=env', 'API_KEY=env'], secrets: ['DB_PASSWORD=secret'] });
  expect(job.container.environment).toEqual({
    GREETING: 'one',
    STP_DB_HOST: '<host>',
    STP_DB_PORT: '5432',
    ONE: 'one',
    TWO: 'two',
    THREE: 'env',
    DB_PASSWORD: 'secret',
    API_KEY: 'env',
  });
  expect(job.container.secrets).toEqual({});
  expect(notes).toEqual([]);
});

test('of an option that sets a variable twice, the last one counts', () =>
  expect(given({ env: ['A=1', 'A=2'] }).job.container.environment.A).toBe('2'));

test('what a connected resource gives can be set, and is no placeholder any more', () => {
  const { job } = given({ env: ['STP_DB_HOST=localhost'] });
  expect(job.container.environment.STP_DB_HOST).toBe('localhost');
  expect(job.unknown).toEqual([{ part: 'its command', text: '<x>' }]);
});

test.each([
  [
    { env: ['STP_TRIGGER_EVENT_DATA=x'] },
    '--env: each run sets STP_TRIGGER_EVENT_DATA to its event. To change it, use --event.',
  ],
  [
    { env: ['STP_CURRENT_ATTEMPT=2'] },
    '--env: STP_CURRENT_ATTEMPT is set by AWS Batch or the state machine for each attempt.',
  ],
  [{ env: ['AWS_BATCH_JOB_ID=x'] }, '--env: AWS_BATCH_JOB_ID is set by AWS Batch or the state machine'],
  [
    { env: ['STP_DB_HSOT=x'] },
    '--env: report has no variable STP_DB_HSOT, and names with STP_ are for connected resources. Did you mean "STP_DB_HOST"?',
  ],
  [{ env: ['STP_QUITE_ANOTHER_THING=x'] }, 'It has STP_DB_HOST, STP_DB_PORT.'],
  [{ secrets: ['DB_PASWORD=x'] }, '--secret: report has no secret "DB_PASWORD". Did you mean "DB_PASSWORD"?'],
  [{ secrets: ['OTHER=x'] }, '--secret: report has no secret "OTHER". Its secrets are DB_PASSWORD, API_KEY.'],
  [
    { secrets: ['GREETING=x'] },
    '--secret: GREETING is a variable of report, but not a secret. Use --env GREETING=value.',
  ],
  [{ env: ['API_KEY=x'], secrets: ['API_KEY=y'] }, '--env and --secret both set API_KEY. Remove one of the two.'],
])('%j is refused', (variables, message) => {
  expect(() => given(variables)).toThrow(UsageError);
  expect(() => given(variables)).toThrow(message);
});

test('a file can be for several jobs: what is not for this one is left out, and noted', () => {
  const path = file('shared.env', 'A=1\nSTP_OTHER=x\nSTP_CURRENT_ATTEMPT=7');
  const { job, notes } = given({ envFiles: [path] });
  expect(job.container.environment).toEqual({ ...JOB.container.environment, A: '1' });
  expect(notes).toEqual([
    expect.stringContaining(`${path}:2 was left out: report has no variable STP_OTHER`),
    `${path}:3 was left out: STP_CURRENT_ATTEMPT is set by AWS Batch or the state machine for each attempt`,
  ]);
});

test('a file that PowerShell wrote is read, and noted', () => {
  const path = file('utf16.env', Buffer.from('\uFEFFA=ž\r\n', 'utf16le'));
  const { job, notes } = given({ envFiles: [path] });
  expect(job.container.environment.A).toBe('ž');
  expect(notes).toEqual([`${path} is UTF-16 LE, and was read as that`]);
});
