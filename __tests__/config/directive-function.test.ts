import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, loadFunction } from '../../modules/config/directive-function';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'directive-function-')));

beforeAll(() => {
  writeFileSync(join(folder, 'several.js'), 'exports.Twice = (n) => 2 * n;');
  writeFileSync(join(folder, 'default.js'), "module.exports = () => 'default';");
  writeFileSync(join(folder, 'other.js'), 'exports.something = 1;');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['Twice', 'several.js', 4],
  ['other', 'several.js:Twice', 4],
  ['Unnamed', 'default.js', 'default'],
])('%s in %s is a function', async (name, filePath, expected) => {
  const loaded = await loadFunction(name, filePath, folder);
  expect(typeof loaded === 'function' && loaded(2)).toBe(expected);
});

it.each([
  ['Twice', 'directives.py', { found: '"directives.py"' }],
  ['Twice', 'missing.js', { found: 'no file at missing.js' }],
  ['Twice', 'other.js', { found: 'exports something', fix: 'write export function Twice(...) in other.js' }],
  ['Twice', 'several.js:Thrice', { accepted: 'a TypeScript or JavaScript file that exports a function Thrice' }],
])('%s in %s is refused', async (name, filePath, finding) => {
  expect(await loadFunction(name, filePath, folder)).toMatchObject(finding);
});

const TWICE = { name: 'Twice', args: [2], part: [] };

it('calls the function with the arguments of the directive, and awaits it', async () => {
  expect(await call(async (n) => 2 * Number(n), '$Twice(2)', TWICE)).toEqual({ value: 4 });
});

it.each<[string, () => unknown, object]>([
  ['returns nothing', () => undefined, { fix: 'return one of these' }],
  [
    'fails',
    () => {
      throw new Error('no network');
    },
    { found: '"$Twice(2)", which failed: no network' },
  ],
])('a function that %s has no value', async (_, directive, finding) => {
  expect(await call(directive, '$Twice(2)', TWICE)).toMatchObject({ finding });
});

it('arguments that cannot be read are a problem of the config', async () => {
  expect(await call(() => 1, '$Twice(two)', undefined)).toMatchObject({
    finding: { found: '"$Twice(two)"', accepted: expect.stringContaining('$Twice(...) with arguments') },
  });
});
