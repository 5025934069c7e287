import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gone, processesWith } from '../../e2e/engines/living-processes';
import { documents, LocalProject } from './whole-program';

/** Says what it got, and ends as its item asks: attempt by attempt with an exit code, or after a while. */
const JOB = `
const { STP_TRIGGER_EVENT_DATA, STP_ITEM_INDEX, STP_ITEM_COUNT, STP_CURRENT_ATTEMPT, AWS_BATCH_JOB_ARRAY_INDEX } = process.env;
const item = JSON.parse(STP_TRIGGER_EVENT_DATA);
const text = STP_TRIGGER_EVENT_DATA.length > 99 ? STP_TRIGGER_EVENT_DATA.length : STP_TRIGGER_EVENT_DATA;
console.log([text, STP_ITEM_INDEX, STP_ITEM_COUNT, STP_CURRENT_ATTEMPT, AWS_BATCH_JOB_ARRAY_INDEX ?? 'none'].join(' '));
process.exitCode = item?.codes?.[STP_CURRENT_ATTEMPT - 1] ?? 0;
if (item?.hang) setInterval(() => {}, 1000);
`;

let project: LocalProject;

beforeEach(() => {
  project = new LocalProject(mkdtempSync(join(tmpdir(), 'items-')));
});

afterEach(() => {
  const { leftBehind, folder } = project;
  rmSync(folder, { recursive: true });
  expect(leftBehind).toEqual([]);
});

async function run(forEach: object, event: unknown, words: readonly string[] = []) {
  const packaging = { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.js' } };
  project.configure(packaging, { job: { forEach, retryConfig: { attempts: 2, retryIntervalSeconds: 30 } } });
  project.write({ 'job.js': JOB, 'event.json': JSON.stringify(event) });
  const ended = await project.run(['--plain', '--fast', '--json', '--event', 'event.json', ...words]);
  const all = documents(ended.stdout);
  const of = (wanted: string) => all.filter(({ type }) => type === wanted);
  return { ...ended, of, output: of('output').map(({ text }) => text), result: all.at(-1) };
}

it('runs a container for each item, and repeats only those that failed', async () => {
  const large = { text: 'é'.repeat(200_000) };
  const keys = ['a', { codes: [3] }, large, { codes: [4, 5] }, 'é ∑ 🎉'];
  const { code, output, of, result, stderr } = await run({ items: '$.keys', maxFailures: 1 }, { keys }, [
    '--jobs',
    '2',
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(output.sort()).toEqual(
    [
      '"a" 0 5 1 0',
      '{"codes":[3]} 1 5 1 1',
      `${JSON.stringify(large).length} 2 5 1 2`,
      '{"codes":[4,5]} 3 5 1 3',
      '"é ∑ 🎉" 4 5 1 4',
      '{"codes":[3]} 1 5 2 0',
      '{"codes":[4,5]} 3 5 2 1',
    ].sort(),
  );
  expect(of('items')).toMatchObject([
    { attempt: '1', maximumAttempts: '2', items: 5, children: 5, jobs: 2, by: 'plain process' },
    { attempt: '2', children: 2 },
  ]);
  expect(of('items-end')).toMatchObject([
    { attempt: '1', succeeded: 3, failed: 2 },
    { attempt: '2', succeeded: 1, failed: 1 },
  ]);
  expect(of('wait')).toMatchObject([{ seconds: 30, waited: 1 }]);
  expect(result).toMatchObject({
    ...{ type: 'result', status: 'SUCCEEDED', attempts: 2 },
    items: { items: 5, succeeded: 4, failed: 1, failures: [{ item: 3, attempt: 2, reason: 'exit code 5' }] },
  });
});

it('fails if more fail than may, and keeps in its recording how far it came', async () => {
  const keys = [{ codes: [1, 2] }, 'a', { codes: [3, 4] }];
  const { code, result } = await run({ items: '$.keys', maxFailures: '50%' }, { keys });
  expect([code, result.status, result.error]).toEqual([1, 'FAILED', 'ItemsFailed']);
  expect(JSON.parse(result.cause)).toMatchObject({ items: 3, succeeded: 1, failed: 2 });
  const runs = join(project.folder, '.batch-jobs/shop/runs');
  const [id = ''] = readdirSync(runs);
  const recorded = JSON.parse(readFileSync(join(runs, id, 'run.json'), 'utf8'));
  expect(recorded.items).toMatchObject({
    ...{ count: 3, succeeded: 1, failed: 2, running: 0, waiting: 0 },
    failures: [
      { index: 0, exitCode: 2, attempt: 2 },
      { index: 2, exitCode: 4, attempt: 2 },
    ],
  });
  expect(recorded.end).toMatchObject({ outcome: 'failed', attempt: 2 });
  const log = readFileSync(join(runs, id, 'log.tsv'), 'utf8').split('\n');
  expect(
    log
      .map((line) => line.split('\t').slice(1, 3).join(' '))
      .filter((place) => place.endsWith(' o'))
      .sort(),
  ).toEqual(['1.1.0 o', '1.1.1 o', '1.1.2 o', '2.1.0 o', '2.1.2 o']);
});

it.each([
  ['no items', { items: '$.keys' }, { keys: [] }, [], 0],
  ['one item', { items: '$.keys' }, { keys: ['a'] }, ['"a" 0 1 1 none'], 1],
  ['a count', { count: 2 }, { b: 1 }, ['{"b":1} 0 2 1 0', '{"b":1} 1 2 1 1'], 2],
  ['records', { items: 'records' }, { Records: [{ body: '1' }] }, ['{"body":"1"} 0 1 1 none'], 1],
])('runs %s', async (_, forEach, event, expected, items) => {
  const { code, output, result } = await run(forEach, event);
  expect([code, output.sort()]).toEqual([0, expected]);
  expect(result.items).toMatchObject({ items, succeeded: items, failed: 0, failures: [] });
});

it('reads the items of a manifest from a file', async () => {
  project.write({ 'list.txt': 'a.png\r\n\r\nb c.png\r\n' });
  const { code, output } = await run({ s3Manifest: '$.key', bucket: 'inbox' }, { key: 'list.txt' }, [
    '--manifest',
    'list.txt',
  ]);
  expect([code, output.sort()]).toEqual([0, ['"a.png" 0 2 1 0', '"b c.png" 1 2 1 1']]);
});

it('runs nothing if the event has too many items', async () => {
  const { code, output, result } = await run({ items: '$.keys', maxItems: 2 }, { keys: [1, 2, 3] });
  expect([code, output, result.error, result.attempts]).toEqual([1, [], 'TooManyItems', 0]);
});

it('is refused before anything runs with options that do not go with it', async () => {
  const { code, result } = await run({ items: '$.keys' }, { keys: [] }, ['--manifest', 'list.txt']);
  expect([code, result.type, result.message ?? result.error]).toEqual([
    2,
    'error',
    expect.stringContaining('--manifest: report has no forEach with s3Manifest'),
  ]);
});

it('tells a person which item writes, and lists at the end which failed', async () => {
  const packaging = { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.js' } };
  project.configure(packaging, { job: { forEach: { items: '$.keys' } } });
  project.write({ 'job.js': JOB, 'event.json': JSON.stringify({ keys: [7, { codes: [9] }] }) });
  const { code, stdout } = await project.run(['--plain', '--event', 'event.json', '--jobs', '1']);
  expect(code).toBe(1);
  // The width of the table's column depends on its times.
  const text = stdout
    .replace(/^\d\d:\d\d\.\d/gm, '00:00.0')
    .replace(/\b[\d.]+ s\b/g, '0.1 s')
    .replace(/ +Time /, '   Time ')
    .replace(/(\d) +0\.1 s {2}exit/, '$1  0.1 s  exit');
  expect(text).toContain(
    `
00:00.0  Attempt 1, 2 items, 1 at a time, as plain processes
      #0 | 7 0 2 1 0
      #1 | {"codes":[9]} 1 2 1 1
00:00.0  Item 1 failed: exit code 9
00:00.0  Failed, 0.1 s
         Items     2
         Succeeded 1
         Failed    1
         Slowest   item 0 in 0.1 s

         Item  Attempt   Time  Reason
            1        1  0.1 s  exit code 9
`.replace('Attempt 1,', 'Attempt 1 of 1,'),
  );
});

it.each(['SIGINT', 'SIGTERM'] as const)('%s ends all of its containers, and leaves nothing behind', async (signal) => {
  const packaging = { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.js' } };
  project.configure(packaging, { job: { forEach: { items: '$.keys' } } });
  const keys = Array.from({ length: 20 }, () => ({ hang: true }));
  project.write({ 'job.js': JOB, 'event.json': JSON.stringify({ keys }) });
  let isSent = false;
  const { code } = await project.run(['--plain', '--event', 'event.json', '--jobs', '4'], {
    onOutput: (output, send) => {
      if (isSent || (output.match(/\| \{"hang":true\}/g)?.length ?? 0) < 4) return;
      isSent = true;
      send(signal);
    },
  });
  expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
  await gone(...processesWith(`TMPDIR=${project.temporary}/`));
});
