import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextCommand, repeatAwsOptions } from '../../../cli/command/next-command';

const before = process.cwd();
let folder: string;
const { npm_config_user_agent } = process.env;

beforeAll(() => {
  delete process.env.npm_config_user_agent;
});
afterAll(() => {
  if (npm_config_user_agent !== undefined) Object.assign(process.env, { npm_config_user_agent });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'next-'));
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const given = (text: string) => writeFileSync('package.json', text);

it('is the npm script of that name, if it calls this program', () => {
  given('{ "scripts": { "local": "batch-jobs local" } }');
  expect(nextCommand('local', ['report'])).toBe('npm run local -- report');
  expect(nextCommand('local')).toBe('npm run local');
  expect(nextCommand('diff')).toBe('npx batch-jobs diff');
});

it.each([
  ['another program has the script', '{ "scripts": { "local": "vite" } }'],
  ['there are no scripts', '{}'],
  ['package.json is no JSON', '{'],
])('is npx if %s', (_, text) => {
  given(text);
  expect(nextCommand('local', ['report'])).toBe('npx batch-jobs local report');
});

it('is in the words of the package manager that the project has', () => {
  given('{ "packageManager": "pnpm@10.0.0", "scripts": { "local": "batch-jobs local" } }');
  expect(nextCommand('local', ['report'])).toBe('pnpm run local report');
  expect(nextCommand('diff')).toBe('pnpm exec batch-jobs diff');
});

it('is npx if there is no package.json', () => expect(nextCommand('deploy')).toBe('npx batch-jobs deploy'));

it.each([
  ["it's(1)", "'it'\\''s(1)'"],
  ['größe!', "'größe!'"],
  ['', "''"],
  ['report@latest', 'report@latest'],
  ['<job>', '<job>'],
])('quotes the word %s as a shell needs it', (word, quoted) => {
  expect(nextCommand('show', [word])).toBe(`npx batch-jobs show ${quoted}`);
  given('{ "scripts": { "show": "batch-jobs show" } }');
  expect(nextCommand('show', [word])).toBe(`npm run show -- ${quoted}`);
});

describe('is about the stack of this process', () => {
  const platform = process.platform;
  afterEach(() => {
    Object.defineProperty(process, 'platform', { value: platform });
    for (const name of ['STAGE', 'STACK_NAME', 'PROJECT_NAME', 'BATCH_JOBS_CONFIG']) delete process.env[name];
    repeatAwsOptions({});
  });

  it('with the variables that decide what the config says', () => {
    Object.assign(process.env, { STAGE: 'prod', STACK_NAME: 'a b', PROJECT_NAME: '' });
    expect(nextCommand('deploy')).toBe("STAGE=prod STACK_NAME='a b' npx batch-jobs deploy");
    given('{ "scripts": { "local": "batch-jobs local" } }');
    expect(nextCommand('local', ['report'])).toBe("STAGE=prod STACK_NAME='a b' npm run local -- report");
    Object.defineProperty(process, 'platform', { value: 'win32' });
    expect(nextCommand('deploy')).toBe('npx batch-jobs deploy');
  });

  it('with its config, unless it is found without, or the words name one', () => {
    process.env.BATCH_JOBS_CONFIG = 'other.yml';
    expect(nextCommand('deploy')).toBe('npx batch-jobs deploy --config other.yml');
    expect(nextCommand('local', ['report', '--config', 'a.yml', '--fast'])).toBe(
      'npx batch-jobs local report --config a.yml --fast',
    );
    process.env.BATCH_JOBS_CONFIG = 'batch-jobs.config.yml';
    expect(nextCommand('deploy')).toBe('npx batch-jobs deploy');
  });

  it('with its region and profile, where the command has them', () => {
    repeatAwsOptions({ region: 'eu-west-1', profile: 'ops' });
    expect(nextCommand('show', ['a-1'])).toBe('npx batch-jobs show a-1 --region eu-west-1 --profile ops');
    expect(nextCommand('start', ['a', '--region', 'us-east-1'])).toBe(
      'npx batch-jobs start a --region us-east-1 --profile ops',
    );
    expect(nextCommand('deploy')).toBe('npx batch-jobs deploy');
    repeatAwsOptions({ profile: 'dev' });
    expect(nextCommand('runs')).toBe('npx batch-jobs runs --profile dev');
  });
});
