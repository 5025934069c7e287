import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../cli/command/usage-error';
import type { RecordedProgressEvent } from '../../../cli/local/recording/format';
import { Marks } from '../../../cli/local/recording/marks';
import { processIdentity } from '../../../cli/local/recording/process-identity';
import { logs } from '../../../cli/operate/logs/logs';
import { list } from '../../../cli/operate/runs/list';
import { show } from '../../../cli/operate/show/show';

const POLICY = { attempts: 3, waits: [5, 10], freeRestarts: 1, thenOnDemand: true, isSpot: true };
const T0 = Date.UTC(2026, 10, 26, 15, 0, 0);

const job = {
  type: 'batch-job',
  properties: {
    container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
    resources: { cpu: 1, memory: 512 },
  },
};

const cwd = process.cwd();
const { BATCH_JOBS_CONFIG } = process.env;
let folder: string;
let output: string[];

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'recorded-')));
  writeFileSync(
    join(folder, 'jobs.json'),
    JSON.stringify({ stackName: 'shop', region: 'eu-west-1', resources: { report: job, images: job } }),
  );
  process.chdir(folder);
  process.env.BATCH_JOBS_CONFIG = 'jobs.json';
  record('20261126-150000000-aaaaaa', 'fails');
  record('20261126-150100000-bbbbbb', 'moves-to-on-demand');
  record('20261126-150200000-cccccc', 'interrupted', 'images');
});

afterAll(() => {
  process.chdir(cwd);
  if (BATCH_JOBS_CONFIG === undefined) delete process.env.BATCH_JOBS_CONFIG;
  else process.env.BATCH_JOBS_CONFIG = BATCH_JOBS_CONFIG;
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  output = [];
  const keep = (text: unknown) => output.push(String(text)) > 0;
  jest.spyOn(console, 'log').mockImplementation((text) => void keep(`${text}\n`));
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
});

afterEach(() => jest.restoreAllMocks());

/** Writes the recording of a run. Without an end, this process is the one that runs it. */
function record(id: string, name: string, job = 'report', isEnded = true): string {
  const path = join(folder, '.batch-jobs', 'shop', 'runs', id);
  mkdirSync(path, { recursive: true });
  const text = readFileSync(join(__dirname, '../../fixtures/recordings', `${name}.ndjson`), 'utf8');
  const all = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedProgressEvent);
  const told = isEnded ? all : all.slice(0, 4);
  const progressEvents = told.map((progressEvent) => ({ ...progressEvent, at: progressEvent.at + T0 }));
  const last = progressEvents.at(-1);
  const outcome = last?.type === 'result' && last.status === 'SUCCEEDED' ? 'succeeded' : 'failed';
  const run = {
    ...{ version: 1, id, stack: 'shop', job, name: `${job}-1234`, startedAt: T0, words: [job], policy: POLICY },
    ...{ command: `npx batch-jobs local ${job}`, event: { source: 'sample of schedule', bytes: 2 } },
    process: processIdentity(),
    ...(isEnded && { end: { endedAt: last?.at, outcome, attempt: 1, bars: [], bytes: 100 } }),
  };
  writeFileSync(join(path, 'run.json'), JSON.stringify(run));
  writeFileSync(join(path, 'event.json'), '{}');
  writeFileSync(
    join(path, 'events.ndjson'),
    progressEvents.map((progressEvent) => `${JSON.stringify(progressEvent)}\n`).join(''),
  );
  const marks = new Marks(POLICY);
  const lines = told.flatMap((progressEvent) => [
    ...marks.next(progressEvent).map(({ at, start, mark }) => `${at}\t${start}\tm\t${JSON.stringify(mark)}\n`),
    ...(progressEvent.type === 'container' ? [`${progressEvent.at}\t${marks.start}\to\tline of ${marks.start}\n`] : []),
  ]);
  writeFileSync(join(path, 'log.tsv'), lines.join(''));
  return path;
}

const printed = () => output.join('');
const RUNS = { status: [], limit: '20', json: false, local: true };
const LOGS = { follow: false, json: false, local: true };

describe('runs --local', () => {
  it('lists them as those in AWS', async () => {
    expect(await list(undefined, RUNS)).toBe(0);
    expect(
      printed()
        .split('\n')
        .map((line) => line.split(/ {2,}/).slice(0, 3).join(' ')),
    ).toEqual([
      'RUN JOB STATUS',
      '20261126-150200000-cccccc images succeeded',
      '20261126-150100000-bbbbbb report succeeded',
      '20261126-150000000-aaaaaa report failed',
      '',
    ]);
    expect(printed()).toContain('Exit code 3');
  });

  it('selects by job, status, time and number', async () => {
    await list('report', { ...RUNS, status: ['failed'], json: true });
    expect(JSON.parse(printed())).toMatchObject({
      stack: 'shop',
      runs: [
        { run: '20261126-150000000-aaaaaa', status: 'FAILED', attempt: 1, attempts: 3, source: 'sample of schedule' },
      ],
      hasMore: false,
    });
    output = [];
    await list(undefined, { ...RUNS, limit: '1', json: true });
    expect(JSON.parse(printed())).toMatchObject({ runs: [{ job: 'images' }], hasMore: true });
    output = [];
    await list('images', { ...RUNS, status: ['failed'], since: '2000-01-01' });
    expect(printed()).toMatch(
      /^Job images of stack shop has no runs with status FAILED.* on this machine\. Start one: /,
    );
  });

  it('refuses what is for AWS, and jobs that are none', async () => {
    await expect(list(undefined, { ...RUNS, region: 'eu-west-1' })).rejects.toThrow('Remove --region.');
    await expect(list(undefined, { ...RUNS, profile: 'a' })).rejects.toThrow('Remove --profile.');
    await expect(list('raport', RUNS)).rejects.toThrow('There is no job "raport". Did you mean "report"?');
  });
});

describe('show --local', () => {
  it.each([
    ['report@latest', 'Succeeded on attempt 1 of 3', '20261126-150100000-bbbbbb'],
    ['report@failed', 'Failed after 3 attempts', '20261126-150000000-aaaaaa'],
    ['20261126-1502', 'Succeeded on attempt 1 of 3', '20261126-150200000-cccccc'],
    ['images-12', 'Succeeded on attempt 1 of 3', '20261126-150200000-cccccc'],
  ])('prints the story of %s', async (name, verdict, id) => {
    expect(await show(name, { json: false, local: true })).toBe(0);
    expect(printed()).toContain(`Run ${id}\n${verdict}, `);
    expect(printed()).toContain(`.batch-jobs/shop/runs/${id}/event.json`);
    expect(printed()).toMatch(/Again +npx batch-jobs local/);
  });

  it('has on-demand starts as a further part of the attempt', async () => {
    await show('20261126-1501', { json: true, local: true });
    const { attempts, verdict } = JSON.parse(printed());
    expect(verdict).toBe('Succeeded on attempt 1 of 3');
    expect(attempts).toMatchObject([
      { number: 1, onDemand: false, outcome: 'interrupted', starts: [{ number: 1 }, { number: 2 }] },
      { number: 1, onDemand: true, outcome: 'succeeded', starts: [{ number: 3, exitCode: 0 }] },
    ]);
  });

  it.each([
    ['report', 'report is a job. Its newest run is report@latest'],
    ['2026', /^3 runs begin with "2026":\n {2}20261126-150200000-cccccc {2}images/],
    ['nope', 'Stack shop has no run "nope" on this machine.'],
    ['', 'has no run ""'],
    ['report@runing', 'Did you mean running?'],
    ['images@failed', 'Job images has no run with status FAILED on this machine.'],
  ])('refuses %p', async (name, error) => {
    const shown = show(name, { json: false, local: true });
    await expect(shown).rejects.toThrow(error);
    await expect(shown).rejects.toBeInstanceOf(UsageError);
  });
});

describe('logs --local', () => {
  it('prints lines, starts and what happened in between', async () => {
    expect(await logs('20261126-1501', LOGS)).toBe(0);
    expect(
      printed()
        .replace(/\d\d:\d\d:\d\d/g, 'TIME')
        .split('\n')
        .slice(1),
    ).toEqual([
      'Attempt 1 of 3',
      'TIME | line of 1.1',
      'Free restart 1 of 1: exit code 143 after a Spot interruption. The attempt is not used up',
      'Attempt 1 of 3, start 2',
      'TIME | line of 1.2',
      'Interrupted: exit code 143',
      'Moved to on-demand: Attempt 1 continues: no free restart was left',
      'Attempt 1 of 3, on demand, start 3',
      'TIME | line of 1.3',
      'Succeeded: exit code 0',
      '',
    ]);
  });

  it('selects an attempt and lines, and prints documents', async () => {
    await logs('20261126-1500', { ...LOGS, attempt: '2', filter: 'of 2', json: true });
    const documents = printed()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(documents.map(({ type, attempt }) => [type, attempt])).toEqual([
      ['run', undefined],
      ['attempt', 2],
      ['line', 2],
      ['mark', 2],
    ]);
    expect(documents[2]).toMatchObject({ stream: 'stdout', start: 1, text: 'line of 2.1' });
  });

  it('prints all runs of a job', async () => {
    await logs('report', { ...LOGS, since: '2000-01-01' });
    expect(printed()).toContain('line of 3.1');
    expect(printed().indexOf('aaaaaa')).toBeLessThan(printed().indexOf('bbbbbb'));
  });

  it('follows a run to its end', async () => {
    const id = '20261126-150300000-dddddd';
    const path = record(id, 'interrupted', 'report', false);
    const following = logs(id, { ...LOGS, follow: true });
    const write = jest.mocked(process.stdout.write);
    while (!printed().includes('line of 1.1')) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(write).toHaveBeenCalled();
    appendFileSync(join(path, 'log.tsv'), '900\t1.1\te\thalf a ');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(printed()).not.toContain('half a');
    appendFileSync(join(path, 'log.tsv'), 'line\n901\t1.1\to\twithout an end');
    const run = JSON.parse(readFileSync(join(path, 'run.json'), 'utf8'));
    const end = { endedAt: T0 + 1000, outcome: 'failed', attempt: 1, bars: [], bytes: 1 };
    // In one step, as a run does it.
    writeFileSync(join(path, 'run.json.new'), JSON.stringify({ ...run, end }));
    renameSync(join(path, 'run.json.new'), join(path, 'run.json'));
    expect(await following).toBe(1);
    expect(printed()).toContain('| half a line\n');
    expect(printed()).toContain('| without an end\n');
    rmSync(path, { recursive: true });
  });

  it.each([
    ['report', { follow: true }, '--follow with --local needs a run'],
    ['report', { attempt: '1' }, '--attempt with --local needs a run'],
    ['20261126-1500', { attempt: '9' }, 'has no attempt 9: it has had 3.'],
    ['20261126-1500', { filterPattern: '{ $.a = 1 }' }, 'With --local, use --filter.'],
    ['20261126-1500', { region: 'eu-west-1' }, 'Remove --region.'],
  ])('of %s refuse %j', async (target, options, error) => {
    await expect(logs(target, { ...LOGS, ...options })).rejects.toThrow(error);
  });
});
