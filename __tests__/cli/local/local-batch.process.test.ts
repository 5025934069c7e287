import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalBatch } from '../../../cli/local/local-batch';
import { plainProcesses } from '../../../cli/local/plain-process';
import type { Json } from '../../../cli/local/state-machine/json-value';
import { textEntry } from '../../../modules/container/source-files';
import { gone } from '../../e2e/engines/living-processes';
import {
  containerOf,
  imageOf,
  NO_FAULTS,
  recorded,
  runScenario,
  SCENARIOS,
  type Scenario,
  SPOT_QUEUE,
} from './scenarios';

const SUBMISSION = {
  JobDefinition: 'report',
  JobQueue: SPOT_QUEUE,
  JobName: 'report-1',
  ContainerOverrides: { Environment: [{ Name: 'STP_CURRENT_ATTEMPT', Value: '1' }] },
};

test.concurrent.each(Object.entries(SCENARIOS))('%s', async (_, scenario) => {
  const { run } = await runScenario(scenario);
  expect(run.visited).toEqual(scenario.visited);
  expect(run.status).toBe(scenario.status);
  if (run.status === 'FAILED') {
    expect(run.error).toBe('States.TaskFailed');
    expect(JSON.parse(run.cause ?? '')).toMatchObject(scenario.cause ?? {});
  }
});

test('a reclaimed job is restarted inside its attempt, and the reclaim comes once', async () => {
  const scenario: Scenario = {
    plan: { attempts: 1, useSpotInstances: true, spotInterruption: { freeRestarts: 2 } },
    behaviours: {},
    emulated: [],
    visited: [],
    status: 'SUCCEEDED',
  };
  // The restarted one has the number that AWS Batch gives it.
  const code = `
    if (process.env.AWS_BATCH_JOB_ATTEMPT !== '1') return console.log('again');
    console.log('up');
    setInterval(() => {}, 1000);`;
  const { run, progressEvents } = await runScenario(
    { ...scenario, faults: { interruptAfter: 0.1 } },
    plainProcesses(imageOf(code)),
  );
  expect(run).toMatchObject({ status: 'SUCCEEDED', visited: ['Attempt 1'] });
  expect(progressEvents.map(({ type }) => type)).toEqual([
    'container',
    'signal',
    'exit',
    'restart',
    'container',
    'output',
    'exit',
  ]);
  expect(progressEvents).toMatchObject([
    { attempt: '1', maximumAttempts: '1', run: 1, onDemand: false },
    { signal: 'SIGTERM', reason: 'Spot interruption' },
    { exitCode: 143, outcome: 'interrupted', sinceSignal: expect.any(Number) },
    { run: 2 },
    { run: 2 },
    { text: 'again' },
    { exitCode: 0, outcome: 'succeeded' },
  ]);
});

test('a time-out that ends with 143 is neither a reclaim to the state machine nor to AWS Batch', async () => {
  const scenario = SCENARIOS['a time-out on Spot, which is no reclaim'] as Scenario;
  const plan = { attempts: 1, useSpotInstances: true, spotInterruption: { freeRestarts: 2, thenOnDemand: true } };
  const { run, progressEvents } = await runScenario({
    ...scenario,
    plan,
    behaviours: { 1: 'hang' },
    faults: { timeoutAfter: 0.1 },
  });
  expect(run).toMatchObject({ status: 'FAILED', visited: expect.arrayContaining(['Attempt 1, decide', 'Failed']) });
  expect(progressEvents).toMatchObject([{ type: 'container' }, { reason: 'Timeout' }, { outcome: 'timed-out' }]);
});

test('a time-out while the instance goes is a time-out', async () => {
  const scenario = SCENARIOS['a time-out on Spot, which is no reclaim'] as Scenario;
  const faults = { interruptAfter: 0.1, timeoutAfter: 0.3, grace: 0.5 };
  const { run, progressEvents } = await runScenario({ ...scenario, faults });
  expect(run).toMatchObject({ status: 'FAILED', visited: scenario.visited });
  expect(progressEvents).toMatchObject([{}, { signal: 'SIGTERM' }, { signal: 'SIGKILL' }, { exitCode: 137 }]);
});

test.each([{ timeoutAfter: 0.1 }, { interruptAfter: 0.1 }])(
  'a container has two minutes to end: %j',
  async (faults) => {
    const scenario = { ...(SCENARIOS['a job that succeeds'] as Scenario), behaviours: { 1: 'hang' as const } };
    const { progressEvents } = await runScenario({ ...scenario, plan: { attempts: 1 }, faults });
    expect(progressEvents).toContainEqual(expect.objectContaining({ signal: 'SIGTERM', grace: 120 }));
  },
);

test('an attempt that is made to fail runs, and fails', async () => {
  const scenario = { ...(SCENARIOS['a failure, a wait, a success'] as Scenario), behaviours: { 1: 0, 2: 0 } };
  const { run, progressEvents } = await runScenario({ ...scenario, faults: { failAttempts: [1] } });
  expect(run).toMatchObject({ status: 'SUCCEEDED', visited: scenario.visited });
  expect(progressEvents.filter(({ type }) => type === 'exit')).toMatchObject([
    { exitCode: 1, outcome: 'failed' },
    { exitCode: 0, outcome: 'succeeded' },
  ]);
});

/** Submits one job whose image is a JavaScript file. */
async function submit(code: string, environment: Record<string, string> = {}) {
  const { report, progressEvents } = recorded();
  const source = plainProcesses(imageOf(code));
  const batch = new LocalBatch({
    container: containerOf(environment),
    retry: undefined,
    source,
    faults: NO_FAULTS,
    report,
  });
  const outcome = await batch.submit({ parameters: SUBMISSION as unknown as Json });
  const output = progressEvents.flatMap((progressEvent) =>
    progressEvent.type === 'output' ? [`${progressEvent.stream} ${progressEvent.text}`] : [],
  );
  return { outcome, output };
}

test('the process has the variables of the container and no others, and a folder that goes with it', async () => {
  process.env.NOT_FOR_THE_JOB = 'x';
  const code = `
    const { HOME, TMPDIR, PATH, ...rest } = process.env;
    require('fs').writeFileSync('left', ''); require('fs').mkdtempSync(TMPDIR + '/x'); require('fs').writeFileSync(HOME + '/x', '');
    console.log(process.cwd()); console.log(JSON.stringify(rest));`;
  const { output } = await submit(code, { GREETING: 'a "b" $c' });
  delete process.env.NOT_FOR_THE_JOB;
  const [cwd = '', variables = ''] = output.map((line) => line.replace('stdout ', ''));
  expect(JSON.parse(variables)).toEqual({
    GREETING: 'a "b" $c',
    STP_CURRENT_ATTEMPT: '1',
    NODE_ENV: 'production',
    AWS_BATCH_JOB_ID: expect.stringMatching(/^[\da-f-]{36}$/),
    AWS_BATCH_JOB_ATTEMPT: '1',
    AWS_BATCH_JQ_NAME: 'spot',
    AWS_BATCH_CE_NAME: 'local',
  });
  expect(cwd.startsWith(realpathSync(tmpdir()))).toBe(true);
  expect(readdirSync(tmpdir())).not.toContain(cwd.split('/').at(-2));
});

test('what the job has started ends with it, though it holds the output open', async () => {
  const code =
    "console.log(require('child_process').spawn('sleep', ['600'], { stdio: 'inherit' }).pid); process.exit(4)";
  const { outcome, output } = await submit(code);
  expect(outcome).toMatchObject({ error: 'States.TaskFailed', cause: expect.stringContaining('"ExitCode":4') });
  await gone(Number(output[0]?.replace('stdout ', '')));
});

test('output without an end of its line is shown too, and characters are not torn', async () => {
  const code =
    'process.stdout.write(Buffer.from([0xe2, 0x82])); setTimeout(() => process.stdout.write(Buffer.from([0xac])), 100)';
  expect((await submit(code)).output).toEqual(['stdout €']);
});

test('a program that is not there is a job that could not start', async () => {
  const { report } = recorded();
  const source = plainProcesses(imageOf('', { command: ['no-such-program'] }));
  const batch = new LocalBatch({ container: containerOf({}), retry: undefined, source, faults: NO_FAULTS, report });
  const outcome = await batch.submit({ parameters: SUBMISSION as unknown as Json });
  expect(outcome).toMatchObject({ error: 'States.TaskFailed', cause: expect.stringContaining('Task failed to start') });
});

test('packages that the image installs are those of the project', async () => {
  const project = mkdtempSync(join(tmpdir(), 'project-'));
  mkdirSync(join(project, 'node_modules', 'greeting'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{"dependencies":{"greeting":"1.0.0"}}');
  writeFileSync(join(project, 'package-lock.json'), '{}');
  writeFileSync(join(project, 'node_modules', 'greeting', 'index.js'), "module.exports = 'hello';");
  const installed = [
    { inImage: '/app/jobs', onMachine: join(project, 'jobs') },
    { inImage: '/app', onMachine: project },
  ];
  const image = imageOf("console.log(require('greeting'))", { installed });
  const files = [...image.files, textEntry('packages/package.json', '{}')];
  const { run, progressEvents } = await runScenario(
    { plan: {}, behaviours: {}, emulated: [], visited: [], status: 'SUCCEEDED' },
    plainProcesses({ ...image, files }),
  );
  expect(run.status).toBe('SUCCEEDED');
  expect(progressEvents).toContainEqual(expect.objectContaining({ text: 'hello' }));
  expect(readdirSync(join(project, 'node_modules'))).toEqual(['greeting']);
  rmSync(project, { recursive: true, force: true });
});
