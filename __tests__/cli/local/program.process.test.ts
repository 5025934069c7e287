import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const PROGRAM = join(__dirname, '../../../cli/batch-jobs.ts');

const OPEN = `
setInterval(() => {}, 1000);
require('node:http').createServer().listen(0, '127.0.0.1');
const job = (entryfilePath: string) => ({
  type: 'batch-job',
  properties: {
    container: { packaging: { type: 'stacktape-image-buildpack', properties: { entryfilePath } } },
    resources: { cpu: 1, memory: 512 },
  },
});
export default { stackName: 'reports', region: 'eu-west-1', resources: { nightlyReport: job('job.js') } };
`;

const YAML = `stackName: reports
region: eu-west-1
resources:
  nightlyReport:
    type: batch-job
    properties:
      container:
        packaging:
          type: stacktape-image-buildpack
          properties: { entryfilePath: nowhere.js }
      resources: { cpu: 1, memory: 512 }
`;

const FILTERED = JSON.stringify({
  stackName: 'filtered',
  region: 'eu-west-1',
  resources: {
    inbox: { type: 'sqs-queue' },
    nightlyReport: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.js' } } },
        resources: { cpu: 1, memory: 512 },
        events: [
          {
            type: 'sqs',
            properties: {
              sqsQueueName: 'inbox',
              filterCriteria: { filters: [{ pattern: { body: { kind: ['order'] } } }] },
            },
          },
        ],
      },
    },
  },
});

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'local-')));
  writeFileSync(join(folder, 'job.js'), "console.log('done'); export {};");
  writeFileSync(join(folder, 'open.ts'), OPEN);
  writeFileSync(join(folder, 'jobs.yml'), YAML);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the program as a person does; whoever reads its output may begin late. */
async function local(config: string, words: readonly string[], readAfterMs = 0) {
  const child = spawn(process.execPath, ['--import', require.resolve('tsx'), PROGRAM, 'local', ...words], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', BATCH_JOBS_CONFIG: config },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000,
  });
  const closed = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const output = { stdout: '', stderr: '' };
  if (readAfterMs > 0) await delay(readAfterMs);
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      output[stream] += chunk;
    });
  }
  return { code: await closed, ...output };
}

it('says if the filter of a source would not let the event through, and runs the job', async () => {
  writeFileSync(join(folder, 'filtered.json'), FILTERED);
  const message = (kind: string) => ({ messageId: kind, eventSource: 'aws:sqs', body: JSON.stringify({ kind }) });
  const run = (kind: string) => {
    writeFileSync(join(folder, `${kind}.json`), JSON.stringify({ Records: [message(kind)] }));
    return local('filtered.json', ['nightlyReport', '--plain', '--event', `${kind}.json`]);
  };
  const [other, right] = [await run('gift'), await run('order')];
  expect(other.stdout.replace(/\s+/g, ' ')).toContain(
    'filterCriteria of the sqs event does not let this event through',
  );
  expect(other.stdout).toContain('Succeeded on attempt 1 of 1');
  expect(right.stdout).not.toContain('filterCriteria');
  expect(right.code).toBe(0);
});

describe('with a config that leaves a timer and a server behind', () => {
  it('ends after a run', async () => {
    const { code, stdout, stderr } = await local('open.ts', ['nightlyReport', '--plain']);
    expect(stderr).toBe('');
    expect(stdout).toContain('done');
    expect(stdout).toContain('Succeeded on attempt 1 of 1');
    expect(code).toBe(0);
  });

  it('ends when all of a long output has been read', async () => {
    const event = { text: 'x'.repeat(3_000_000), last: true };
    writeFileSync(join(folder, 'event.json'), JSON.stringify(event));
    const { code, stdout } = await local('open.ts', ['nightlyReport', '--print-event', '--event', 'event.json'], 3000);
    expect(JSON.parse(stdout)).toEqual(event);
    expect(code).toBe(0);
  });

  it('ends when it has started nothing', async () => {
    const { code, stdout, stderr } = await local('open.ts', ['nightlyReports']);
    expect(stdout).toBe('');
    expect(stderr).toBe('There is no job "nightlyReports". Did you mean "nightlyReport"?\n');
    expect(code).toBe(2);
  });
});

it('says where in the file it names an entry file that is not there', async () => {
  const { code, stdout, stderr } = await local('jobs.yml', ['nightlyReport', '--plain']);
  expect(stdout).toBe('');
  expect(stderr).toBe(
    [
      'jobs.yml: 1 problem',
      '',
      ' 10:25  entryfilePath is "nowhere.js": no such file. It must be the path of a file.',
      "        Correct the path. It is relative to the config's folder.",
      '        resources.nightlyReport.properties.container.packaging.properties.entryfilePath  jobs.yml:10:25',
      '',
    ].join('\n'),
  );
  expect(code).toBe(2);
});
