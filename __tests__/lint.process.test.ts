import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lint-')));

beforeAll(() => {
  // The project's rules without its version control, because the linter reads files, and these must not be in the project.
  const { vcs, ...config } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
  expect(vcs).toMatchObject({ enabled: true });
  mkdirSync(join(folder, 'modules'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the linter says of a module with a text. */
function lint(text: string) {
  const file = join('modules', 'job-queue.ts');
  writeFileSync(join(folder, file), `${text}\n`);
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIOME, 'lint', '--colors=off', file], options);
  return { status, output: stdout + stderr };
}

it.each([
  ["import { batchJobQueue } from '@cdktf/provider-aws';\nexport const queue = batchJobQueue;", 'provider-aws'],
  ["export { provider } from '@cdktf/provider-archive';", 'provider-archive'],
  ["export const aws = require('@cdktf/provider-aws');", 'provider-aws'],
  ["export const aws = import('@cdktf/provider-aws');", 'provider-aws'],
])('refuses the barrel of a provider: %s', (text, provider) => {
  const { status, output } = lint(text);
  expect(status).toBe(1);
  expect(output).toContain('lint/style/noRestrictedImports');
  expect(output).toContain(`import from '@cdktf/${provider}/lib/<resource>'`);
  expect(output).toContain('Found 1 error.');
});

it('takes the import of one resource', () => {
  const { status, output } = lint("export { BatchJobQueue } from '@cdktf/provider-aws/lib/batch-job-queue';");
  expect(output).toMatch(/^Checked 1 file in [^\n]*\. No fixes applied\.\n$/);
  expect(status).toBe(0);
});
