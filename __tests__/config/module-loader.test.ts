import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfig } from 'cdktf-batch-jobs';
import { importModule } from '../../modules/config/module-file';

// The test runner is the process that this is about: it has no import(), and compiles by its own rules. Other kinds of processes are those of
// __tests__/e2e/package.

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'loader-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, code: string): string {
  const path = join(folder, name);
  writeFileSync(path, code);
  return path;
}

const CODE = `
  enum Stage { Test = 'test' }
  import { defineConfig } from 'cdktf-batch-jobs';
  const name: string = Stage.Test;
  export const other = 1;
  export default defineConfig({ stackName: name, resources: {} });
`;

// The project's compiler is for .ts. Since Node.js 22.18, jest compiles the other two by itself, and only removes types.
it.each([
  ['a.ts', CODE],
  ['a.cts', CODE.replace(/enum .*/, "const Stage = { Test: 'test' } as const;")],
  ['a.mts', CODE.replace(/enum .*/, "const Stage = { Test: 'test' } as const;")],
])('loads %s in a test', async (name, code) => {
  await expect(importModule(file(name, code))).resolves.toEqual({
    other: 1,
    default: { stackName: 'test', resources: {} },
  });
});

it('loads JavaScript of both kinds in a test', async () => {
  const exported = { named: 1, default: 2 };
  await expect(importModule(file('a.mjs', 'export const named = 1; export default 2;'))).resolves.toEqual(exported);
  await expect(importModule(file('a.cjs', 'module.exports = { stackName: "x" };'))).resolves.toMatchObject({
    default: { stackName: 'x' },
  });
});

it('knows where an ES module is that a test loads, and what it imports', async () => {
  file('other.ts', 'export const size = 4;');
  const path = file('a.mts', 'import { size } from "./other"; export default [import.meta.url, __dirname, size];');
  await expect(importModule(path)).resolves.toEqual({ default: [pathToFileURL(path).href, dirname(path), 4] });
});

it('reports what is wrong with a file that cannot be compiled', async () => {
  await expect(loadConfig(file('a.mts', 'export default {{'))).rejects.toThrow(/a\.mts:1:\d+.*Expected|Unexpected/);
});

it('passes on what the code of the file throws', async () => {
  const thrown = loadConfig(file('a.mts', 'throw new RangeError("too much"); export default {};'));
  await expect(thrown).rejects.toThrow(/The config failed to load: too much$/m);
});
