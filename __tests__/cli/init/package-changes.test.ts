import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changedPackage, newPackage } from '../../../cli/init/package-changes';
import { packageFile } from '../../../cli/init/package-file';
import { folderWith, init } from './new-project';

const NEEDS = {
  name: 'reports',
  engines: { node: '>=20' },
  scripts: { synth: 'batch-jobs synth', test: 'jest' },
  dependencies: { cdktf: '^0.21.0', constructs: '^10.0.0' },
  devDependencies: { tsx: '^4.0.0' },
};

/** What becomes of a text of package.json. */
function changed(text: string) {
  const { text: after, ...told } = changedPackage(text, packageFile(text), NEEDS);
  return { after, ...told };
}

it('a new one has everything', () => {
  const text = newPackage(NEEDS);
  expect(JSON.parse(text)).toEqual({ version: '0.1.0', private: true, ...NEEDS });
  expect(text).toMatch(/^\{\n {2}"name": "reports",\n {2}"version": "0\.1\.0",\n[\s\S]*\}\n$/);
});

it('one without a name becomes a whole one', () => {
  const { after, ...told } = changed('{}');
  expect(JSON.parse(after)).toEqual({
    name: 'reports',
    private: true,
    scripts: NEEDS.scripts,
    dependencies: NEEDS.dependencies,
    devDependencies: NEEDS.devDependencies,
  });
  expect(Object.keys(JSON.parse(after)).slice(0, 3)).toEqual(['name', 'private', 'scripts']);
  expect(told).toEqual({
    scripts: ['synth', 'test'],
    packages: ['cdktf', 'constructs', 'tsx'],
    keptScripts: [],
  });
});

it('what npm writes for an installed file gets its name, "private" and scripts before its packages', () => {
  const { after, packages } = changed('{ "dependencies": { "cdktf": "file:a.tgz" } }');
  expect(Object.keys(JSON.parse(after))).toEqual(['name', 'private', 'scripts', 'dependencies', 'devDependencies']);
  expect(packages).toEqual(['constructs', 'tsx']);
});

it('one without a name keeps whether it is private, and the place of its scripts', () => {
  const { after } = changed('{ "private": false, "scripts": { "lint": "x" } }');
  expect(JSON.parse(after)).toMatchObject({ name: 'reports', private: false, scripts: { lint: 'x' } });
  expect(Object.keys(JSON.parse(after)).slice(0, 3)).toEqual(['name', 'private', 'scripts']);
  expect(after.match(/"scripts"/g)).toHaveLength(1);
  expect(after.match(/"private"/g)).toHaveLength(1);
});

it('one with a name gets neither "private" nor another name, and its packages stay sorted', () => {
  const { after, packages } = changed('{ "name": "mine", "dependencies": { "aaa": "1", "zod": "3" } }');
  const { name, dependencies, ...rest } = JSON.parse(after);
  expect([name, Object.keys(dependencies), Object.keys(rest)]).toEqual([
    'mine',
    ['aaa', 'cdktf', 'constructs', 'zod'],
    ['scripts', 'devDependencies'],
  ]);
  expect(packages).toEqual(['cdktf', 'constructs', 'tsx']);
});

it('a development package is sorted among its own', () => {
  const { after } = changed('{ "name": "mine", "devDependencies": { "jest": "30", "zx": "8" } }');
  expect(Object.keys(JSON.parse(after).devDependencies)).toEqual(['jest', 'tsx', 'zx']);
});

it('a package counts wherever it is listed', () => {
  const { after, packages } = changed('{ "name": "mine", "peerDependencies": { "cdktf": "0.20.0", "tsx": "3" } }');
  expect(packages).toEqual(['constructs']);
  expect(JSON.parse(after).dependencies).toEqual({ constructs: '^10.0.0' });
  expect(JSON.parse(after).devDependencies).toBeUndefined();
});

it.each([
  ['{"synth":"cdktf synth"}', ['test'], ['synth'], { synth: 'cdktf synth', test: 'jest' }],
  ['{"synth":"batch-jobs synth"}', ['test'], [], NEEDS.scripts],
  ['{"test":"mocha"}', ['synth'], ['test'], { test: 'mocha', synth: 'batch-jobs synth' }],
  ['{"test":"echo \\"Error: no test specified\\" && exit 1"}', ['synth', 'test'], [], NEEDS.scripts],
  [
    '{"test":"echo \\"Error: no test specified\\" && exit 1; x"}',
    ['synth'],
    ['test'],
    { test: 'echo "Error: no test specified" && exit 1; x', synth: 'batch-jobs synth' },
  ],
  [
    '{"test":"x; echo \\"Error: no test specified\\" && exit 1"}',
    ['synth'],
    ['test'],
    { test: 'x; echo "Error: no test specified" && exit 1', synth: 'batch-jobs synth' },
  ],
])('the scripts %s', (given, scripts, keptScripts, expected) => {
  const { after, ...told } = changed(`{ "name": "mine", "scripts": ${given} }`);
  expect(told).toMatchObject({ scripts, keptScripts });
  expect(JSON.parse(after).scripts).toEqual(expected);
});

it('one that has everything stays as it is', () => {
  const text = newPackage(NEEDS);
  expect(changed(text)).toEqual({ after: text, scripts: [], packages: [], keptScripts: [] });
});

it.each([
  ['spaces', '{\n    "name": "mine",\n    "files": ["a", "b"]\n}'],
  ['tabs', '{\n\t"name": "mine",\n\t"files": ["a", "b"]\n}\n'],
  ['line ends of Windows', '{\r\n  "name": "mine",\r\n  "files": ["a", "b"]\r\n}\r\n'],
  ['a byte order mark', '\uFEFF{\n  "name": "mine",\n  "files": ["a", "b"]\n}\n'],
])('its form stays: %s', (_, text) => {
  const { after } = changed(text);
  const beginning = text.slice(0, text.indexOf(']') + 1);
  expect(after.startsWith(beginning)).toBe(true);
  expect(after.endsWith(text.slice(text.indexOf(']') + 1))).toBe(true);
  expect(/(?<!\r)\n/.test(after)).toBe(!text.includes('\r\n'));
  expect(/^ /m.test(after)).toBe(!text.includes('\t'));
});

describe('package.json', () => {
  const OTHER = {
    name: 'mine',
    scripts: { test: 'mocha', synth: 'cdktf synth' },
    files: ['a', 'b'],
    dependencies: { cdktf: '0.21.0', zod: '3.25.0' },
    devDependencies: { typescript: '5.4.5' },
  };

  it('gets the scripts and packages that it lacks, and keeps the others', async () => {
    const path = folderWith({ 'package.json': JSON.stringify(OTHER, undefined, 4) });
    const { printed } = await init(path);
    const { scripts, dependencies, devDependencies, ...others } = JSON.parse(
      readFileSync(join(path, 'package.json'), 'utf8'),
    );
    expect(others).toEqual({ name: 'mine', files: ['a', 'b'] });
    expect(scripts).toMatchObject({ ...OTHER.scripts, local: 'batch-jobs local', typecheck: 'tsc --noEmit' });
    expect(Object.keys(dependencies)).toEqual([
      '@cdktf/provider-archive',
      '@cdktf/provider-aws',
      'cdktf',
      'cdktf-batch-jobs',
      'constructs',
      'zod',
    ]);
    expect(dependencies).toMatchObject(OTHER.dependencies);
    expect(devDependencies).toMatchObject(OTHER.devDependencies);
    expect(printed).toContain('Kept     in package.json: scripts synth, test\n');
  });

  it('a script of the same name that does something else is not named as the next command', async () => {
    const scripts = { local: 'docker compose up' };
    const path = folderWith({ 'package.json': JSON.stringify({ name: 'mine', scripts }) });
    expect((await init(path)).printed).toContain('npx batch-jobs local nightlyReport');
  });
});
