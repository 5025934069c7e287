import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalRuns } from '../../../cli/console/local/local-runs';
import { RunStore } from '../../../cli/local/recording/run-store';
import { documents, LocalProject } from './whole-program';

const JOB = `
process.on('SIGTERM', () => process.exit(143));
console.log('up');
const { MODE } = process.env;
if (MODE === 'fail') process.exit(3);
// It outlives a command that is killed.
if (MODE === 'wait') setTimeout(() => {}, 120_000);
`;

const PACKAGING = { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.js' } };

let project: LocalProject;
let store: RunStore;

beforeEach(() => {
  project = new LocalProject(mkdtempSync(join(tmpdir(), 'recorded-')));
  project.write({ 'job.js': JOB });
  project.configure(PACKAGING, { container: { environment: { API_KEY: "$Secret('shop.key')" } } });
  store = RunStore.of('shop', project.folder);
});

afterEach(() => rmSync(project.folder, { recursive: true, force: true }));

/** What the files of a recording say, all together. */
function textOf(id: string): string {
  const folder = join(store.folder, id);
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

test('a run is recorded without the values of secrets, and can be repeated by its command', async () => {
  const env = ['--env', 'MODE=fail', '--env', 'DB_PASSWORD=s3cret', '--secret', 'API_KEY=s3cret'];
  const { code, stdout } = await project.run(['--plain', '--json', '--event', '-', ...env], {
    input: Buffer.from('{"order":17}'),
  });
  expect(code).toBe(1);
  const { id, folder } = documents(stdout).find(({ type }) => type === 'recorded');
  expect(existsSync(join(project.folder, folder, 'log.tsv'))).toBe(true);
  expect(textOf(id)).not.toContain('s3cret');
  const [row, ...others] = await store.list();
  expect(others).toEqual([]);
  expect(row).toMatchObject({ id, job: 'report', outcome: 'failed', source: 'standard input', attempt: 1, maximum: 1 });
  const read = await store.read(id);
  expect(read?.run.words).toEqual([
    ...['report', '--config', 'jobs.json', '--event', `${folder}/event.json`, '--plain'],
    ...['--env', 'MODE=fail', '--env', 'DB_PASSWORD', '--secret', 'API_KEY'],
  ]);
  const [, ...words] = read?.run.words ?? [];
  const again = await project.run([...words, '--json'], { env: { DB_PASSWORD: 's3cret', API_KEY: 's3cret' } });
  expect(documents(again.stdout).find(({ type }) => type === 'event')).toMatchObject({ bytes: 12 });
  expect(again.code).toBe(1);
  expect(await store.list()).toHaveLength(2);
});

test('a run that is stopped by Ctrl-C is recorded as that, and one whose process is killed as stopped', async () => {
  const run = (signal: NodeJS.Signals) => {
    let isSent = false;
    return project.run(['--plain', '--env', 'MODE=wait'], {
      onOutput: (text, send) => {
        if (isSent || !text.includes('| up')) return;
        isSent = true;
        send(signal);
      },
    });
  };
  expect((await run('SIGINT')).code).toBe(130);
  await run('SIGKILL');
  const [killed, stopped] = await Promise.all((await store.list()).map(({ id }) => store.run(id)));
  expect(stopped).toMatchObject({
    ...{ outcome: 'stopped', stoppedBy: 'Ctrl-C' },
    attempts: [{ outcome: 'stopped', starts: [{ outcome: 'stopped', stoppedAt: expect.any(Number) }] }],
  });
  expect(killed).toMatchObject({ outcome: 'stopped', reason: 'its process was killed' });
  const log = readFileSync(join(store.folder, stopped?.id ?? '', 'log.tsv'), 'utf8')
    .trim()
    .split('\n');
  expect(log.map((line) => line.split('\t').slice(1))).toEqual([
    ['1.1', 'o', 'up'],
    ['1.1', 'm', '{"kind":"stopped","title":"Stopped","detail":"Ctrl-C"}'],
  ]);
});

test('an event that starts no job is no run, and a folder that cannot be written is a note', async () => {
  const input = Buffer.from('{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"a"}');
  const none = await project.run(['--plain', '--event', '-'], { input });
  expect(none.stderr).toContain('starts no job');
  expect(existsSync(join(project.folder, '.batch-jobs'))).toBe(false);
  writeFileSync(join(project.folder, '.batch-jobs'), '');
  const { code, stdout } = await project.run(['--plain', '--json']);
  expect(code).toBe(0);
  const notes = documents(stdout).filter(({ type }) => type === 'note' || type === 'recorded');
  expect(notes).toEqual([
    expect.objectContaining({ text: expect.stringMatching(/^This run is not recorded: E/), isRecorded: false }),
  ]);
});

describe('runs that the console starts', () => {
  const PROGRAM = [process.execPath, '--import', require.resolve('tsx'), join(__dirname, '../../../cli/batch-jobs.ts')];
  const { BATCH_JOBS_CONFIG } = process.env;
  let runs: LocalRuns;

  beforeEach(() => {
    process.env.BATCH_JOBS_CONFIG = 'jobs.json';
    runs = new LocalRuns(PROGRAM, project.folder);
  });

  afterEach(async () => {
    await runs.close();
    if (BATCH_JOBS_CONFIG === undefined) delete process.env.BATCH_JOBS_CONFIG;
    else process.env.BATCH_JOBS_CONFIG = BATCH_JOBS_CONFIG;
  });

  test('are independent, can be stopped, and stop with it', async () => {
    const wait = { words: ['report', '--plain', '--env', 'MODE=wait'], eventText: '{"a":1}', source: 'sample of sqs' };
    const ids = (await Promise.all([runs.start(wait), runs.start(wait), runs.start(wait)])).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect((await store.list()).map(({ outcome, source }) => [outcome, source])).toEqual(
      ids.map(() => ['running', 'sample of sqs']),
    );
    const [first = ''] = ids;
    await runs.stop(store, first);
    expect(await store.run(first)).toMatchObject({
      outcome: 'stopped',
      stoppedBy: 'the console',
      event: { text: '{"a":1}' },
    });
    await expect(runs.stop(store, first)).rejects.toThrow('The run has ended already.');
    await expect(runs.stop(store, '20261126-150632811-20ee7c')).rejects.toThrow('There is no run');
    await runs.close();
    expect((await store.list()).map(({ outcome }) => outcome)).toEqual(['stopped', 'stopped', 'stopped']);
    expect(project.leftBehind).toEqual([]);
  });

  test('fail to start with the words of the command', async () => {
    const start = (...words: string[]) => runs.start({ words });
    await expect(start('raport', '--plain')).rejects.toThrow('There is no job "raport". Did you mean "report"?');
    await expect(start('report', '--throttle', 'x')).rejects.toThrow(
      '--throttle accepts whole numbers from 0. Found "x".',
    );
    await expect(runs.start({ words: ['report', '--plain'], eventText: '{' })).rejects.toThrow('is not JSON');
    writeFileSync(join(project.folder, '.batch-jobs'), '');
    await expect(start('report', '--plain')).rejects.toThrow(
      /^This run is not recorded: .*can show only recorded runs: make \.batch-jobs a folder .*\.$/,
    );
    const lost = new LocalRuns(['/nowhere/node'], project.folder);
    await expect(lost.start({ words: ['report'] })).rejects.toThrow(
      'The run cannot be started: spawn /nowhere/node ENOENT.',
    );
  });
});
