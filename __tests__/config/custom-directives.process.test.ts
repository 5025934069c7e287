import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'custom-directives-process-')));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What becomes of a config in a separate process with tsx, like main.ts: the test runner has its own module loader. */
function expanded(files: { readonly [name: string]: string }, config: object) {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const script = join(folder, 'expand.ts');
  writeFileSync(
    script,
    `import { expandDirectives } from ${JSON.stringify(join(__dirname, '../../modules/config/custom-directives'))};
     const config = ${JSON.stringify(config)};
     expandDirectives(config, ${JSON.stringify(folder)}).then((result) => console.log(JSON.stringify(result)));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', require.resolve('tsx'), script], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

it('takes functions of TypeScript, of an ES module and of what a module says that require gives', () => {
  const { value, findings } = expanded(
    {
      'named.ts': 'export function Twice(n: number): number { return 2 * n; }',
      'esm.mjs': 'export default async (a, b) => ({ list: [a, b, null] });',
      'whole.mjs': "const whole = () => 'whole'; export { whole as 'module.exports' };",
    },
    {
      directives: [
        { name: 'Twice', filePath: 'named.ts' },
        { name: 'Pair', filePath: 'esm.mjs' },
        { name: 'Whole', filePath: 'whole.mjs' },
      ],
      ...{ number: '$Twice(21)', object: "$Pair('a', true)", whole: '$Whole()' },
    },
  );
  expect(findings).toEqual([]);
  expect(value).toMatchObject({ number: 42, object: { list: ['a', true, null] }, whole: 'whole' });
});

it('names the place of a syntax error, and of an error that a function throws', () => {
  const { findings } = expanded(
    {
      'broken.ts': 'export const x = ;',
      'fails.ts': "export function Fails(): never {\n  throw new Error('no network');\n}",
    },
    {
      directives: [
        { name: 'Broken', filePath: 'broken.ts' },
        { name: 'Fails', filePath: 'fails.ts' },
      ],
      failed: '$Fails()',
    },
  );
  expect(findings).toMatchObject([
    {
      path: ['directives', 0, 'filePath'],
      finding: { found: expect.stringMatching(/broken\.ts:1:\d+: ERROR: Unexpected ";"/), fix: 'correct it' },
    },
    { path: ['failed'], finding: { found: '"$Fails()", which failed: no network' } },
  ]);
});
