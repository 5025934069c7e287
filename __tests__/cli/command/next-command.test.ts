import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextCommand } from '../../../cli/command/next-command';

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
