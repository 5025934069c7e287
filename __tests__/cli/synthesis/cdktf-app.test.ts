import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../cli/command/usage-error';
import { synthesizedStack } from '../../../cli/deploy/synthesized-stack';
import { cdktfProject, mainProgram, projectOutput } from '../../../cli/synthesis/cdktf-app';

const before = { folder: process.cwd(), outdir: process.env.CDKTF_OUTDIR };
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdktf-app-')));
  process.chdir(folder);
  delete process.env.CDKTF_OUTDIR;
});

afterEach(() => {
  process.chdir(before.folder);
  if (before.outdir !== undefined) process.env.CDKTF_OUTDIR = before.outdir;
  rmSync(folder, { recursive: true });
});

const given = (text: string) => writeFileSync('cdktf.json', text);

it.each([
  ['{', 'cdktf.json is not JSON: '],
  ['[]', 'cdktf.json has no "app": write the command that synthesizes, such as "npx tsx main.ts".'],
  ['null', 'cdktf.json must contain an object.'],
  ['{ "app": " " }', 'cdktf.json has no "app"'],
  ['{ "app": "tsx main.ts", "output": 1 }', '"output" in cdktf.json must be a string'],
])('%s is refused', (text, message) => {
  given(text);
  expect(() => cdktfProject()).toThrow(UsageError);
  expect(() => cdktfProject()).toThrow(message);
});

it('knows the folder that is written to', () => {
  expect(projectOutput()).toBe('cdktf.out');
  given('{ "app": "tsx main.ts", "output": "out" }');
  expect(projectOutput()).toBe('out');
  process.env.CDKTF_OUTDIR = 'elsewhere';
  expect(projectOutput()).toBe('elsewhere');
  delete process.env.CDKTF_OUTDIR;
});

it.each([
  ['npx tsx main.ts', 'main.ts'],
  ['npx --yes tsx main.ts', 'main.ts'],
  ['tsx main.ts', 'main.ts'],
  ['npx ts-node main.ts', 'main.ts'],
  ['node --import tsx main.ts', 'main.ts'],
  ['npm run build && node main.js', undefined],
  ['node "main.ts"', undefined],
  ['python main.py', undefined],
  ['npx tsx missing.ts', undefined],
  ['tsx', undefined],
])('the program of "%s" is %s', (app, program) => {
  given(JSON.stringify({ app }));
  for (const file of ['main.ts', 'main.js']) writeFileSync(file, '');
  expect(mainProgram()).toBe(program === undefined ? undefined : join(folder, program));
});

describe('the stack of an app', () => {
  const manifest = (...names: string[]) => {
    const stacks = names.map((name) => [name, { synthesizedStackPath: `stacks/${name}/cdk.tf.json` }] as const);
    mkdirSync('out');
    writeFileSync('out/manifest.json', JSON.stringify({ stacks: Object.fromEntries(stacks) }));
    for (const name of names) {
      mkdirSync(join('out/stacks', name), { recursive: true });
      writeFileSync(join('out/stacks', name, 'cdk.tf.json'), '{}');
    }
  };

  it('is the only one, or the one that is named', () => {
    manifest('one');
    expect(synthesizedStack('out')).toMatchObject({ name: 'one', dir: 'out/stacks/one', backend: 'local' });
    expect(synthesizedStack('out', 'one').name).toBe('one');
  });

  it('must be named if there are several', () => {
    manifest('one', 'two');
    expect(() => synthesizedStack('out')).toThrow('The app has several stacks. Name one of them: one, two.');
    expect(() => synthesizedStack('out', 'three')).toThrow('There is no stack "three". The app has: one, two.');
  });

  it('must have been written', () => {
    expect(() => synthesizedStack('out')).toThrow('The app wrote no out/manifest.json');
    manifest();
    expect(() => synthesizedStack('out')).toThrow('The app has no stack in out.');
  });
});
