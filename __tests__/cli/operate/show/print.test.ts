import { page } from '../../../../cli/operate/show/print';
import { storyOf } from '../../../../cli/operate/story';
import { recorded } from '../histories/recorded';
import { deployed } from '../info/deployment';

it.each([
  [false, true],
  [true, false],
])('names the command for logs if the job has any: disabled %s', (disabled, isNamed) => {
  const container = { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } };
  const properties = { container, resources: { cpu: 1, memory: 512 }, logging: { disabled } };
  const deployment = deployed({ resources: { report: { type: 'batch-job', properties } } });
  const { execution, history } = recorded('succeeded');
  const run = { job: deployment.jobNamed('report'), story: storyOf(execution, history), links: {} };
  const text = page(deployment, run, 80, new Date()).join('\n');
  expect(text).toContain('Succeeded');
  expect(text.includes('  Logs  ')).toBe(isNamed);
});

it('says what memory each attempt of a run had, if one was given more, and which one had too little', () => {
  const container = { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } };
  const retryConfig = { attempts: 3, onOutOfMemory: { maxMemory: 4096 } };
  const properties = { container, resources: { cpu: 1, memory: 512 }, retryConfig };
  const deployment = deployed({ resources: { report: { type: 'batch-job', properties } } });
  const { execution, history } = recorded('succeeded');
  const { attempts, ...story } = storyOf(execution, history);
  const [only] = attempts;
  if (only === undefined) throw new Error('it has an attempt');
  const resources = { cpu: 1, memory: 512, gpu: 0 };
  const reason = 'OutOfMemoryError: Container killed due to memory usage';
  const rows = (told: typeof attempts) =>
    page(
      deployment,
      { job: deployment.jobNamed('report'), story: { ...story, attempts: told }, links: {} },
      80,
      new Date(),
    )
      .map((line) => line.trim())
      .filter((line) => line.startsWith('Memory'));
  const killed = { ...only, outcome: 'failed' as const, reason, resources };
  expect(rows([killed, { ...only, number: 2, memory: 1024, resources: undefined }])).toEqual([
    expect.stringMatching(/^Memory +512 MiB, too little: 1,024 MiB in attempt 2$/),
    expect.stringMatching(/^Memory +1,024 MiB$/),
  ]);
  expect(
    rows([
      { ...killed, reason: 'Exit code 1' },
      { ...only, number: 2, memory: 512, resources },
    ]),
  ).toEqual([expect.stringMatching(/^Memory +512 MiB$/), expect.stringMatching(/^Memory +512 MiB$/)]);
  expect(rows([killed])).toEqual([]);
});

it('lists the items that failed first, the rest by number and address, and keeps its lines within the terminal', () => {
  const container = { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } };
  const properties = { container, resources: { cpu: 1, memory: 512 }, forEach: { items: '$.keys' } };
  const deployment = deployed({ resources: { report: { type: 'batch-job', properties } } });
  const { execution, history } = recorded('failed');
  const failures = Array.from({ length: 50 }, (_, index) => ({ index: index * 100, reason: 'Exit code 3' }));
  const counts = { waiting: 0, running: 0, succeeded: 9_800, failed: 200 };
  const items = { count: 10_000, counts, failures, failuresUri: 's3://events/report/report-failed/failures.jsonl' };
  const story = { ...storyOf(execution, history), items, reason: `200 of 10,000 items failed: ${'item '.repeat(20)}` };
  const lines = page(deployment, { job: deployment.jobNamed('report'), story, links: {} }, 80, new Date());
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  const text = lines.map((line) => line.trim()).join('\n');
  expect(text).toContain(
    'Items           10,000: 200 failed, 9,800 succeeded\nFailed             0  Exit code 3\n100  Exit code 3',
  );
  expect(lines.filter((line) => line.endsWith('Exit code 3'))).toHaveLength(15);
  expect(text).toContain('1400  Exit code 3\nand 185 more: s3://events/report/report-failed/failures.jsonl\n');
  expect(text).toContain('report-failed --item 0\n');
  expect(text).toContain('report-failed --failed');
});
