import { equal } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('the report is for the time of the event', () => {
  // As AWS Batch runs it: a process with the event in a variable.
  const STP_TRIGGER_EVENT_DATA = JSON.stringify({ time: '2026-01-01T14:00:00Z' });
  const env = { ...process.env, STP_TRIGGER_EVENT_DATA, REPORT_FORMAT: 'json' };
  const job = ['--import', 'tsx', 'jobs/nightly-report.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, job, { encoding: 'utf8', env });

  equal(stdout, 'report for 2026-01-01T14:00:00Z\nwrote report.json\n', stderr);
  equal(status, 0);
});
