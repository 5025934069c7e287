import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { executeCommand, installCommand, packageManagerOf, runCommand } from '../../../cli/command/package-manager';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'package-manager-')));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;

/** A folder with files, of which one that ends in a slash is a folder. */
function folder(files: Readonly<Record<string, string>>): string {
  folders += 1;
  const path = join(root, `${folders}`);
  mkdirSync(path);
  for (const [file, text] of Object.entries(files)) {
    const isFolder = file.endsWith('/');
    mkdirSync(isFolder ? join(path, file) : dirname(join(path, file)), { recursive: true });
    if (!isFolder) writeFileSync(join(path, file), text);
  }
  return path;
}

const BY_NPM = { npm_config_user_agent: 'npm/10.0.0 node/v20.9.0 linux x64' };

it.each([
  ['package-lock.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
])('%s is of %s', (file, manager) => {
  expect(packageManagerOf(folder({ [file]: '' }), { npm_config_user_agent: 'pnpm/9.0.0 npm/?' })).toBe(manager);
});

it('packageManager in package.json counts before a lockfile', () => {
  const files = { 'package.json': '{ "packageManager": "yarn@4.5.0" }', 'package-lock.json': '' };
  expect(packageManagerOf(folder(files), BY_NPM)).toBe('yarn');
});

it('a package of a repository has the package manager of its root', () => {
  const path = folder({ '.git/': '', 'pnpm-lock.yaml': '', 'packages/jobs/package.json': '{}' });
  expect(packageManagerOf(join(path, 'packages', 'jobs'), BY_NPM)).toBe('pnpm');
  expect(packageManagerOf(join(path, 'packages', 'not-there-yet'), BY_NPM)).toBe('pnpm');
});

it('what is above a repository, or above a folder without one, says nothing', () => {
  const path = folder({ 'yarn.lock': '', 'repository/.git/': '', 'alone/': '' });
  expect(packageManagerOf(join(path, 'repository'), BY_NPM)).toBe('npm');
  expect(packageManagerOf(join(path, 'alone'), BY_NPM)).toBe('npm');
});

it.each([
  ['pnpm/9.0.0 npm/? node/v20.9.0', 'pnpm'],
  ['yarn/4.5.0 npm/? node/v20.9.0', 'yarn'],
  ['bun/1.2.0 npm/? node/v22.0.0', 'bun'],
  ['cnpm/1', 'npm'],
  [undefined, 'npm'],
])('without a lockfile it is the one that runs the command: %s', (npm_config_user_agent, manager) => {
  expect(packageManagerOf(folder({ 'package.json': '{ broken' }), { npm_config_user_agent })).toBe(manager);
});

it.each([
  ['npm', 'npm install', 'npm run local -- report --fast', 'npm run synth', 'npm test', 'npx batch-jobs synth'],
  ['pnpm', 'pnpm install', 'pnpm run local report --fast', 'pnpm run synth', 'pnpm test', 'pnpm exec batch-jobs synth'],
  ['yarn', 'yarn install', 'yarn run local report --fast', 'yarn run synth', 'yarn test', 'yarn batch-jobs synth'],
  ['bun', 'bun install', 'bun run local report --fast', 'bun run synth', 'bun run test', 'bunx batch-jobs synth'],
] as const)('the words of %s', (manager, install, local, synth, testing, execute) => {
  expect([
    installCommand(manager),
    runCommand(manager, 'local', 'report', '--fast'),
    runCommand(manager, 'synth'),
    runCommand(manager, 'test'),
    executeCommand(manager, 'batch-jobs', 'synth'),
  ]).toEqual([install, local, synth, testing, execute]);
});
