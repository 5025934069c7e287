import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMALLEST_JOB } from '../stack-config/samples';

const ROOT = join(__dirname, '../..');

// That of the example itself is what scripts/recording.process.test.ts looks at.
test("nobody else's job is run unasked", () => {
  const folder = mkdtempSync(join(tmpdir(), 'example-run-'));
  const file = join(folder, 'jobs.json');
  const nightlyReport = { type: 'batch-job', properties: SMALLEST_JOB };
  writeFileSync(file, JSON.stringify({ stackName: 'reports', resources: { nightlyReport } }));
  const env = { ...process.env, BATCH_JOBS_CONFIG: file };
  const words = ['--import', 'tsx', 'cli/example-run.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: ROOT, env, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect([status, stdout, stderr]).toEqual([0, '', '']);
});
