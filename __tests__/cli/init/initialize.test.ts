import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InitOptions, initialize } from '../../../cli/init/initialize';

const mockAsked = jest.fn();
jest.mock('../../../cli/init/questions', () => ({ asked: (...given: unknown[]) => mockAsked(...given) }));

const root = realpathSync(mkdtempSync(join(tmpdir(), 'initialize-')));
const cwd = process.cwd();
const DEFAULTS = { name: 'reports', language: 'typescript', configFormat: 'typescript' } as const;

let folders = 0;
let path = '';
let log: jest.SpyInstance;

beforeEach(() => {
  folders += 1;
  path = join(root, `${folders}`, 'reports');
  mkdirSync(path, { recursive: true });
  process.chdir(path);
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) delete process.env[name];
  Object.assign(process.env, { AWS_CONFIG_FILE: join(root, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(root, 'none') });
  log = jest.spyOn(console, 'log').mockImplementation();
  mockAsked.mockReset().mockResolvedValue({ ...DEFAULTS, name: 'answered' });
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const stream of [process.stdin, process.stdout]) Object.assign(stream, { isTTY: undefined });
  process.chdir(cwd);
});
afterAll(() => rmSync(root, { recursive: true }));

/** What it prints. */
async function initialized(options: Partial<InitOptions> = {}, folder = path): Promise<string> {
  expect(await initialize(folder, { yes: false, json: false, ...options })).toBe(0);
  return log.mock.calls.join('\n');
}

const config = (file = 'batch-jobs.config.ts') => readFileSync(join(path, file), 'utf8');
const terminals = (stdin: boolean, stdout: boolean) => {
  Object.assign(process.stdin, { isTTY: stdin });
  Object.assign(process.stdout, { isTTY: stdout });
};

it('without a terminal, the defaults are taken and named', async () => {
  const printed = await initialized();
  expect(config()).toContain("stackName: 'reports',");
  expect(printed.replace(/\s+/g, ' ')).toContain(
    'There is no terminal to ask on. Stack "reports", job in TypeScript, config in TypeScript (--name, --language, --config-format).',
  );
  expect(mockAsked).not.toHaveBeenCalled();
});

it('what is assumed has what was said in it', async () => {
  expect((await initialized({ language: 'python', configFormat: 'yaml' })).replace(/\s+/g, ' ')).toContain(
    'Stack "reports", job in Python, config in YAML (',
  );
});

it.each<[string, Partial<InitOptions>]>([
  ['--yes', { yes: true }],
  ['all answers', { ...DEFAULTS }],
])('nothing is assumed with %s', async (_, options) => {
  expect(await initialized(options)).not.toContain('no terminal');
});

it('nothing is assumed where there is a config', async () => {
  writeFileSync('batch-jobs.config.json', '{}');
  expect(await initialized()).not.toContain('no terminal');
});

it('on a terminal it asks for what was not said', async () => {
  terminals(true, true);
  const printed = await initialized({ language: 'python' });
  expect(mockAsked).toHaveBeenCalledWith({ language: 'python' }, DEFAULTS);
  expect(config()).toContain("stackName: 'answered',");
  expect(printed).not.toContain('no terminal');
});

it.each<[string, boolean, boolean, Partial<InitOptions>]>([
  ['--yes', true, true, { yes: true }],
  ['--json', true, true, { json: true }],
  ['all answers', true, true, { ...DEFAULTS }],
  ['another standard input', false, true, {}],
  ['another standard output', true, false, {}],
])('it does not ask with %s', async (_, stdin, stdout, options) => {
  terminals(stdin, stdout);
  await initialized(options);
  expect(mockAsked).not.toHaveBeenCalled();
});

it('it does not ask where there is a config', async () => {
  writeFileSync('batch-jobs.config.json', '{}');
  terminals(true, true);
  await initialized();
  expect(mockAsked).not.toHaveBeenCalled();
});

it('for programs it prints what it wrote and kept, and the next commands', async () => {
  writeFileSync('tsconfig.json', '{}');
  writeFileSync('package.json', '{ "name": "mine", "scripts": { "local": "x" } }');
  writeFileSync('pnpm-lock.yaml', '');
  mkdirSync('.git');
  expect(JSON.parse(await initialized({ json: true }))).toEqual({
    folder: path,
    written: [
      'package.json',
      'cdktf.json',
      'main.ts',
      'batch-jobs.config.ts',
      'jobs/nightly-report.ts',
      'jobs/nightly-report.test.ts',
      '.gitignore',
    ],
    kept: ['tsconfig.json'],
    keptScripts: ['local'],
    next: ['pnpm install', 'pnpm exec batch-jobs local nightlyReport'],
  });
});

it('another folder is named relative to the working one', async () => {
  const printed = await initialized({}, join(path, 'sub'));
  expect(printed).toMatch(/^New project in sub\n/);
  expect(printed).toContain('Next  cd sub && npm install');
  expect(existsSync(join(path, 'sub', 'main.ts'))).toBe(true);
});

it.each([
  ['us-east-2', 'us-east-2'],
  ['Ireland', 'eu-west-1'],
  [undefined, 'eu-west-1'],
])('with the region %s of the AWS CLI, the config has %s', async (region, expected) => {
  if (region !== undefined) process.env.AWS_REGION = region;
  await initialized();
  expect(config()).toContain(`region: '${expected}',`);
});
