import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expandDirectives } from '../../modules/config/custom-directives';
import { gitOutcome } from '../../modules/config/git-directive';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'git-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function git(...words: string[]) {
  const { status, stdout, stderr } = spawnSync('git', ['-C', folder, ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

function fix(text: string): unknown {
  return { finding: expect.objectContaining({ fix: expect.stringContaining(text) }) };
}

// Each fix leads to the next state of the repository.
it('says what a repository lacks, until it lacks nothing', async () => {
  expect(gitOutcome("$GitInfo('branch')", folder)).toEqual(fix('git init'));
  git('init', '--quiet', '--initial-branch', 'summer');
  expect(gitOutcome("$GitInfo('branch')", folder)).toEqual({ value: 'summer' });
  expect(gitOutcome("$GitInfo('commit')", folder)).toEqual(fix('git commit'));
  expect(gitOutcome("$GitInfo('message')", folder)).toEqual(fix('git commit'));
  expect(gitOutcome("$GitInfo('gitUrl')", folder)).toEqual(fix('git remote add origin <url>'));
  git('config', 'user.name', 'Ada Miller');
  git('config', 'user.email', 'ada@example.com');
  git('remote', 'add', 'origin', 'https://ada:hidden@git.example.com/farm/tally.git');
  git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--allow-empty', '--message', "Count 'rye'\n\nand oats");
  const commit = git('rev-parse', 'HEAD');
  const values = {
    commit,
    sha1: commit,
    branch: 'summer',
    message: "Count 'rye'\n\nand oats",
    username: 'Ada Miller',
    user: 'Ada Miller',
    email: 'ada@example.com',
    gitUrl: 'https://git.example.com/farm/tally.git',
    repository: basename(folder),
  };
  const calls = (form: (name: string) => string) =>
    Object.fromEntries(Object.keys(values).map((name) => [name, form(name)]));
  const config = { a: calls((name) => `$GitInfo('${name}')`), b: calls((name) => `$GitInfo().${name}`) };
  expect(await expandDirectives(config, folder)).toEqual({ value: { a: values, b: values }, findings: [] });
  const formats = { list: ["$Format('{}-{}', $GitInfo('branch'), $GitInfo().message)"] };
  const { value } = await expandDirectives(formats, folder);
  expect(value).toEqual({ list: [`summer-${values.message}`] });
  git('switch', '--quiet', '--detach');
  expect(gitOutcome("$GitInfo('branch')", folder)).toEqual(fix('git switch <branch>'));
});

it.each([
  ['$GitInfo()', "write $GitInfo('<name>') with one of these"],
  ["$GitInfo('branhc')", 'did you mean "branch"?'],
  ["$GitInfo('branch').x", "write $GitInfo('<name>') with one of these"],
  ['$GitInfo(5)', "write $GitInfo('<name>') with one of these"],
])('%s names no value', (text, said) => {
  const accepted = expect.stringContaining("$GitInfo('<name>') with one of commit, sha1, branch, message");
  expect(gitOutcome(text, '/')).toMatchObject({ finding: { accepted, fix: said } });
});

it('says what stops git', () => {
  const none = { status: null, stdout: '', stderr: '' };
  const missing = gitOutcome("$GitInfo('branch')", '/', () => ({ ...none, error: new Error('ENOENT') }));
  expect(missing).toEqual(fix('install git. Or write the value itself'));
  const owned = gitOutcome("$GitInfo('branch')", '/', () => ({
    ...none,
    status: 128,
    stderr: 'fatal: detected dubious ownership\nadd it',
  }));
  expect(owned).toEqual(fix('correct what git says'));
  expect(String(owned && 'finding' in owned && owned.finding.found)).toContain('fatal: detected dubious ownership');
});

it('asks git once for a value', async () => {
  const { findings } = await expandDirectives({ list: ["$GitInfo('x')", "$GitInfo('x')"] }, folder);
  expect(findings).toHaveLength(2);
  expect(findings[0]?.finding).toBe(findings[1]?.finding);
});
