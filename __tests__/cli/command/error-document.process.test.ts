import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'json-errors-'));
  mkdirSync(join(folder, 'tmp'));
  writeFileSync(join(folder, 'bad.yml'), 'stackName: bad\nregion: eu-west-1\nresourses: {}\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function batchJobs(...words: string[]) {
  const env = { ...process.env, CDKTF_OUTDIR: join(folder, 'out'), TMPDIR: join(folder, 'tmp') };
  const { status, stdout, stderr } = spawnSync('node', ['--import', 'tsx', 'cli/batch-jobs.ts', ...words], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  const left = readdirSync(join(folder, 'tmp')).filter((name) => name.startsWith('batch-jobs-error'));
  expect(left).toEqual([]);
  return { code: status, stdout, stderr };
}

// `synth`, `diff` and `deploy` run the app of cdktf.json, so the config's report comes from another process.
test.each([
  ['synth', 1],
  ['diff', 1],
  ['diagram', 1],
  ['local', 2],
])('%s --json prints the problems of a config as JSON, and the report on standard error', (name, exitCode) => {
  const words = name === 'local' ? [name, 'report'] : [name];
  const { code, stdout, stderr } = batchJobs(...words, '--json', '--config', join(folder, 'bad.yml'));
  expect(code).toBe(exitCode);
  expect(stderr).toContain('Unknown property "resourses". Did you mean "resources"?');
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(stdout)).toMatchObject({
    type: 'error',
    error: expect.stringContaining('Unknown property "resourses"'),
    source: expect.stringContaining('bad.yml'),
    problems: expect.arrayContaining([
      expect.objectContaining({ path: 'resourses', code: 'unknown-property', place: { line: 3, column: 1 } }),
    ]),
  });
});

test('an argument that is not understood is an error as JSON as well', () => {
  const { code, stdout } = batchJobs('synth', '--jsn', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toEqual({ type: 'error', error: expect.stringContaining('"--jsn"') });
});

test('without --json standard output stays empty', () => {
  const { code, stdout } = batchJobs('synth', '--config', join(folder, 'bad.yml'));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
});
