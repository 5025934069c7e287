import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documents, LocalProject, OWN } from './whole-program';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'chain-')));
const project = new LocalProject(folder);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const job = (entryfilePath: string, events: readonly object[] = [], more: object = {}) => ({
  type: 'batch-job',
  properties: {
    container: {
      packaging: { type: 'stacktape-image-buildpack', properties: { entryfilePath } },
      environment: { TOKEN: "$Secret('chain.token')" },
    },
    resources: { cpu: 1, memory: 512, architecture: OWN },
    events: events.map((properties) => ({ type: 'batch-job', properties })),
    ...more,
  },
});

/** `report` -> `publish` -> `tell`, and `tell` also if `report` fails. */
beforeAll(() => {
  const resources = {
    report: job('report.js'),
    publish: job('print.js', [{ jobName: 'report' }]),
    tell: job('print.js', [
      { jobName: 'publish', on: ['succeeded', 'failed'] },
      { jobName: 'report', on: ['failed'] },
    ]),
  };
  project.write({
    'jobs.json': JSON.stringify({ stackName: 'shop', region: 'eu-west-1', resources }),
    'report.js': `setTimeout(() => {}, Number(process.env.MS ?? 0)); console.log('begun')`,
    'print.js': `
      const event = JSON.parse(process.env.STP_TRIGGER_EVENT_DATA);
      const { name, status } = event.detail ?? {};
      console.log(event.stpPayload ? 'stored' : name.replace(/-.*/, '') + ' ' + status);`,
  });
});

const WORDS = ['--plain', '--json', '--env', 'TOKEN=secret-word'];
const seen = (stdout: string) =>
  documents(stdout).flatMap(({ type, job: name, text, status }) =>
    type === 'next' ? [`next ${name}`] : type === 'output' ? [text] : type === 'result' ? [status] : [],
  );

it('the end of a run starts the next jobs with the event that they would get; each run is recorded', async () => {
  const { code, stdout, stderr } = await project.run(WORDS);
  expect([code, stderr]).toEqual([0, '']);
  expect(seen(stdout)).toEqual([
    ...['begun', 'SUCCEEDED', 'next publish', 'report SUCCEEDED', 'SUCCEEDED'],
    ...['next tell', expect.stringMatching(/^(stored|publish SUCCEEDED)$/), 'SUCCEEDED'],
  ]);
  const runs = join(folder, '.batch-jobs', 'shop', 'runs');
  const recorded = readdirSync(runs).map((id) => JSON.parse(readFileSync(join(runs, id, 'run.json'), 'utf8')));
  expect(recorded.map(({ job: name, event }) => [name, event.source]).sort()).toEqual([
    ['publish', 'batch-job'],
    ['report', 'by hand'],
    ['tell', 'batch-job'],
  ]);
  const idOf = (name: string) => recorded.find((run) => run.job === name)?.id;
  expect(recorded.map(({ job: name, earlier }) => [name, earlier?.job, earlier?.id]).sort()).toEqual([
    ['publish', 'report', idOf('report')],
    ['report', undefined, undefined],
    ['tell', 'publish', idOf('publish')],
  ]);
  const events = readdirSync(runs).map((id) => readFileSync(join(runs, id, 'event.json'), 'utf8'));
  expect(events.join('\n')).not.toContain('secret-word');
});

it('a failure starts those that wait for one, and the command fails', async () => {
  const { code, stdout } = await project.run([...WORDS, '--fail-attempts', '1']);
  expect([code, seen(stdout)]).toEqual([1, ['begun', 'FAILED', 'next tell', 'report FAILED', 'SUCCEEDED']]);
});

it('--no-chain runs the job alone', async () => {
  const { code, stdout } = await project.run([...WORDS, '--no-chain']);
  expect([code, seen(stdout)]).toEqual([0, ['begun', 'SUCCEEDED']]);
});

it('Ctrl-C stops the run and starts nothing', async () => {
  let isSent = false;
  const { code, stdout } = await project.run([...WORDS, '--env', 'MS=600000'], {
    onOutput: (output, signal) => {
      if (isSent || !output.includes('begun')) return;
      isSent = true;
      signal('SIGINT');
    },
  });
  expect([code, seen(stdout)]).toEqual([130, ['begun']]);
});
