import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../container/resolver/image-process';
import { installedLibrary } from './installed';

const folder = mkdtempSync(join(tmpdir(), 'job-installed-'));

beforeAll(() => {
  for (const [path, text] of Object.entries(installedLibrary())) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  [
    'an ES module by name',
    'job.mjs',
    "import { attempt, event, onReclaim } from 'cdktf-batch-jobs/job';\nonReclaim(() => {});\nconsole.log(attempt, await event());",
  ],
  [
    'an ES module as a whole',
    'job.mjs',
    "import * as job from 'cdktf-batch-jobs/job';\njob.onReclaim(() => {});\nconsole.log(job.attempt, await job.event());",
  ],
  [
    'CommonJS',
    'job.cjs',
    "const { attempt, event, onReclaim } = require('cdktf-batch-jobs/job');\nonReclaim(() => {});\nevent().then((found) => console.log(attempt, found));",
  ],
])('the package is imported by %s, without a bundle', async (_, name, code) => {
  writeFileSync(join(folder, name), code);
  const env = { STP_TRIGGER_EVENT_DATA: '"é"', STP_CURRENT_ATTEMPT: '2' };
  expect(await run([process.execPath, name], folder, env)).toEqual({ status: 0, stdout: '2 é\n', stderr: '' });
});
