import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { buildSync } from 'esbuild';
import { parse } from '../../modules/config/parse';
import { startBundle } from '../../modules/container/resolver/start-bundle';
import type { BatchJobProps } from '../../modules/stack-config/batch-job';
import { type BatchJobsConfig, batchJobsConfig } from '../../modules/stack-config/config';
import { SOURCES } from '../../triggers/registry';
import type { SampleContext } from '../../triggers/sample-context';
import { sampleEvent } from '../../triggers/sample-events';
import * as events from '../orchestration/trigger/events';
import { type Outcome, TriggerProcess } from '../orchestration/trigger/trigger-process';
import { AwsApi } from './engines/aws-api';
import { type DeployedDocuments, type DeployedJob, deployedDocuments } from './engines/deployed-documents';
import {
  type EmulatedRun,
  type Moto,
  type PlacedStateMachine,
  placeStateMachine,
  startMoto,
  unavailable,
} from './engines/moto';
import { type Podman, podmanAvailable, startPodman } from './engines/podman';
import { describeWith, terraformAvailable } from './engines/terraform';
import { until } from './engines/until';
import { tenTriggers } from './ten-triggers';

const REGION = 'us-east-1';
const KEYS = { AWS_ACCESS_KEY_ID: 'emulated', AWS_SECRET_ACCESS_KEY: 'emulated' };
const IMAGE = 'localhost/whole-life:1';
const PAYLOADS = 'whole-life-payloads';

const job = (properties: Partial<BatchJobProps>) => ({
  type: 'batch-job' as const,
  properties: {
    container: {
      packaging: {
        type: 'prebuilt-image' as const,
        properties: { image: IMAGE, command: ['node', '/opt/stp/start.cjs', '/app/job.cjs'] },
      },
      environment: { GREETING: 'ahoj ${world} %{if}' },
    },
    resources: { cpu: 1, memory: 512 },
    ...properties,
  },
});
const { job: triggered } = tenTriggers.resources;
if (triggered?.type !== 'batch-job') throw new Error('the job of all triggers is no job');

const config: BatchJobsConfig = {
  ...tenTriggers,
  stackName: 'whole-life',
  resources: {
    ...tenTriggers.resources,
    job: job({
      events: triggered.properties.events,
      timeout: 60,
      retryConfig: { attempts: 3, retryIntervalSeconds: 1 },
    }),
    reclaimed: job({
      container: { ...job({}).properties.container, environment: { EMULATED_RECLAIMS: '3' } },
      useSpotInstances: true,
      retryConfig: { attempts: 2, spotInterruption: { freeRestarts: 2, thenOnDemand: true } },
    }),
    hungry: job({
      resources: { cpu: 1, memory: 128 },
      retryConfig: { attempts: 4, onOutOfMemory: { maxMemory: 1024 } },
    }),
    library: job({
      container: {
        packaging: { type: 'prebuilt-image', properties: { image: IMAGE, command: ['node', '/app/library.cjs'] } },
        environment: { EMULATED_RECLAIMS: '1' },
      },
      useSpotInstances: true,
    }),
  },
};

/** What a container wrote first. */
interface Said {
  readonly sha256: string;
  readonly bytes: number;
  readonly attempt: number;
  readonly mostAttempts: number;
  readonly restart: number;
  readonly greeting: string;
}

const digest = (event: unknown) => createHash('sha256').update(JSON.stringify(event)).digest('hex');

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

/**
 * The documents and the function's bundle of a synthesized stack. Everything between an event and a real container is what is deployed,
 * except AWS: moto replaces it, and Podman its instances (`engines/moto_containers.py` lists what is emulated).
 */
describeWith([terraformAvailable(), moto, podmanAvailable()], 'the whole life of a job, in real containers', () => {
  let podman: Podman;
  let server: Moto;
  let api: AwsApi;
  let stack: DeployedDocuments;
  const triggers: TriggerProcess[] = [];

  beforeAll(async () => {
    podman = await startPodman();
    stack = await deployedDocuments(config, ['job', 'reclaimed', 'library', 'hungry']);
    await podman.nodeImage(IMAGE, {
      '/opt/stp/start.cjs': startBundle(),
      '/app/job.cjs': readFileSync(resolve(__dirname, 'fixtures/whole-life.cjs'), 'utf8'),
      '/app/library.cjs': bundled(resolve(__dirname, 'fixtures/job-library.ts')),
    });
    server = await startMoto({ dockerHost: podman.host });
    const credentials = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
    api = new AwsApi({ endpoint: server.endpoint, credentials }, REGION);
    await fetch(`${server.endpoint}/${PAYLOADS}`, { method: 'PUT' });
    triggers.push(...Array.from({ length: 5 }, () => new TriggerProcess(stack.bundle)));
  });

  afterAll(async () => {
    await Promise.all(triggers.map((trigger) => trigger.stop()));
    await server?.stop();
    await podman?.stop();
  });

  const placed = once(() => place('job'));
  // Ten seconds represent the shortest timeout that AWS accepts, a minute.
  const placedImpatient = once(() =>
    place('job', (definition) => definition.replaceAll('"AttemptDurationSeconds":60', '"AttemptDurationSeconds":10')),
  );
  const placedReclaimed = once(() => place('reclaimed'));
  const placedLibrary = once(() => place('library'));
  const placedHungry = once(() => place('hungry'));

  /** A job's documents in moto. */
  function place(name: string, change = (definition: string) => definition): Promise<PlacedStateMachine> {
    const { definition, containerProperties, retryStrategy } = stack.jobs[name] as DeployedJob;
    return placeStateMachine(server, change(definition), containerProperties, [], retryStrategy);
  }

  async function deliver(
    event: unknown,
    { awsRequestId = randomUUID() as string, trigger = triggers[0], machine = placed } = {},
  ): Promise<Outcome> {
    const { stateMachineArn } = await machine();
    const variables = {
      ...(stack.jobs.job as DeployedJob).variables,
      ...KEYS,
      STATE_MACHINE_ARN: stateMachineArn,
      PAYLOAD_BUCKET: PAYLOADS,
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL: server.endpoint,
    };
    return (trigger as TriggerProcess).invoke(event, { variables, awsRequestId });
  }

  /** The ARN of the execution that an invocation started, for HTTP callers and all others. */
  function started({ result, error }: Outcome): string {
    expect(error).toBeUndefined();
    const { body, ...rest } = result as { body?: string; executionArn?: string };
    return (body === undefined ? rest.executionArn : (JSON.parse(body) as { executionArn: string }).executionArn) ?? '';
  }

  async function lifeOf(event: unknown, machine = placed): Promise<{ run: EmulatedRun; said: Said[] }> {
    const run = await (await machine()).follow(started(await deliver(event, { machine })));
    return { run, said: await saidIn(run) };
  }

  /** The first line of each container, in the order in which they ran. */
  async function saidIn({ jobs }: EmulatedRun, job = 'job'): Promise<Said[]> {
    return (await linesOf(jobs, job)).map((lines) => JSON.parse(lines[0] ?? '{}') as Said);
  }

  async function linesOf(jobs: EmulatedRun['jobs'], job = 'job'): Promise<string[][]> {
    const logGroupName = stack.jobs[job]?.containerProperties.logConfiguration?.options?.['awslogs-group'];
    const all: string[][] = [];
    for (const { detail } of jobs) {
      for (const { container } of detail.attempts ?? []) {
        const { events: lines } = await api.json<{ events: { message: string }[] }>(
          'logs',
          'Logs_20140328.GetLogEvents',
          {
            logGroupName,
            logStreamName: container?.logStreamName,
            startFromHead: true,
          },
        );
        all.push(lines.map(({ message }) => message));
      }
    }
    return all;
  }

  /** The one container that ran got this event, whole. */
  function expectOne(event: unknown, { run, said }: { run: EmulatedRun; said: readonly Said[] }): void {
    const { status, cause } = run.execution;
    expect({ status, cause, visited: run.visited }).toEqual({ status: 'SUCCEEDED', visited: ['Attempt 1'] });
    const bytes = Buffer.byteLength(JSON.stringify(event));
    const greeting = 'ahoj ${world} %{if}';
    expect(said).toEqual([{ sha256: digest(event), bytes, attempt: 1, mostAttempts: 3, restart: 1, greeting }]);
  }

  const context: SampleContext = {
    guesses: [],
    stackName: 'whole-life',
    region: REGION,
    account: '123456789012',
    jobName: 'job',
    now: new Date(),
    uuid: randomUUID,
    physicalName: (reference) => ('name' in reference ? reference.name : 'sample'),
    payloadFormat: () => '2.0',
    tableKeys: () => [{ name: 'id', type: 'string' }],
  };
  const { job: resolved } = parse(batchJobsConfig, config, 'test').resources;
  const samples = resolved?.type === 'batch-job' ? resolved.properties.events : [];

  it('each source starts one container for one event, which gets it whole', async () => {
    expect(new Set(samples.map(({ type }) => type)).size).toBe(SOURCES.length);
    const lives = samples.map(async (source) => {
      const event = sampleEvent(source, context);
      expectOne(event, await lifeOf(event));
    });
    await Promise.all(lives);
  });

  it('an event of any size arrives whole, around each limit', async () => {
    const budget = Number((stack.jobs.job as DeployedJob).variables.OVERRIDES_BUDGET);
    expect(budget).toBeGreaterThan(7_000);
    const text = (length: number) => 'x'.repeat(length);
    const around = [-6, -5, -4, -3, -2, 1].map((more) => text(budget + more));
    const limits = [8_192, 131_072, 262_144, 1_048_576, 2_097_152].flatMap((limit) => [text(limit - 3), text(limit)]);
    const spelled = ['ž', '"', '\u0000', '👩‍👩‍👧'].map((character) => character.repeat(3_000));
    const sized = [0, '', ...around, ...limits, ...spelled, { list: Array(2_000).fill(1.5) }];
    const stored: boolean[] = [];
    const live = async (event: unknown): Promise<boolean> => {
      const life = await lifeOf(event);
      expectOne(event, life);
      return life.run.execution.input?.startsWith('{"stpPayload":') ?? false;
    };
    // As many at a time as the engine runs containers: more only wait for each other in the emulator.
    for (let index = 0; index < sized.length; index += 4) {
      stored.push(...(await Promise.all(sized.slice(index, index + 4).map(live))));
    }
    // Around the limit some went each way, and beyond all by the bucket.
    const ways = stored.slice(2, 2 + around.length);
    expect(ways).toEqual([...ways].sort());
    expect(new Set(ways)).toEqual(new Set([false, true]));
    expect(stored.slice(2 + around.length, 2 + around.length + limits.length)).toEqual(limits.map(() => true));
    expect(stored.slice(0, 2)).toEqual([false, false]);
  });

  it('a failure, a timeout and a job that ignores SIGTERM use an attempt each', async () => {
    const [failing, hopeless] = await Promise.all([
      lifeOf({ attempts: [3, 'heed', 0] }, placedImpatient),
      lifeOf({ attempts: ['ignore', 7, 42] }, placedImpatient),
    ]);
    expect(failing.run.execution.status).toBe('SUCCEEDED');
    expect(failing.said.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(new Set(failing.said.map(({ sha256 }) => sha256))).toEqual(new Set([digest({ attempts: [3, 'heed', 0] })]));
    const ends = failing.run.jobs.map(({ detail }) => [detail.statusReason, detail.container?.exitCode]);
    expect(ends.slice(0, 2)).toEqual([
      ['Essential container in task exited', 3],
      ['Job attempt duration exceeded timeout', 143],
    ]);
    expect(hopeless.run.execution).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(hopeless.said.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(hopeless.run.jobs[0]?.detail.container?.exitCode).toBe(137);
    expect(JSON.parse(hopeless.run.execution.cause ?? '')).toMatchObject({ Container: { ExitCode: 42 } });
  });

  it('an attempt that the kernel kills for memory is followed by one with more, any other by one with as much', async () => {
    const event = { fills: 300, attempts: [0, 0, 5, 0] };
    const run = await (await placedHungry()).run({ input: JSON.stringify(event) });
    const { status, error, cause } = run.execution;
    expect({ status, error, cause }).toEqual({ status: 'SUCCEEDED' });
    const killed = { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' };
    const memory = (value: string) => ({
      resourceRequirements: expect.arrayContaining([{ type: 'MEMORY', value }]),
    });
    expect(run.jobs.map(({ detail }) => detail.container)).toEqual([
      expect.objectContaining({ ...killed, ...memory('128') }),
      expect.objectContaining({ ...killed, ...memory('256') }),
      expect.objectContaining({ exitCode: 5, ...memory('512') }),
      expect.objectContaining({ exitCode: 0, ...memory('512') }),
    ]);
    expect(run.jobs[2]?.detail.container).not.toHaveProperty('reason');
    const filled = '{"filled":300}';
    expect((await linesOf(run.jobs, 'hungry')).map((lines) => lines.includes(filled))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(run.visited.filter((state) => state.endsWith(' memory'))).toEqual([
      'Attempt 1 failed, more memory',
      'Attempt 2 failed, more memory',
    ]);
  });

  it('Spot interruptions restart the job inside its attempt, then the same attempt moves to on-demand', async () => {
    const event = { restarts: ['heed', 'ignore', 'heed'] };
    const run = await (await placedReclaimed()).run({ input: JSON.stringify(event) });
    // The fourth container is the first one of its job, and is not interrupted.
    expect(run.execution.status).toBe('SUCCEEDED');
    const said = await saidIn(run, 'reclaimed');
    expect(said.map(({ attempt, restart }) => [attempt, restart])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 1],
    ]);
    expect(new Set(said.map(({ sha256 }) => sha256))).toEqual(new Set([digest(event)]));
    expect(new Set(run.jobs.map(({ queueName }) => queueName)).size).toBe(2);
    expect(run.jobs[0]?.detail.attempts?.map(({ statusReason }) => statusReason)).toEqual([
      'Essential container in task exited',
      expect.stringMatching(/^Host EC2/),
      'Essential container in task exited',
    ]);
    expect((await linesOf(run.jobs, 'reclaimed'))[1]).toContain('{"told":"SIGTERM"}');
  });

  it('the library of jobs reads an event of 2 MB in a prebuilt image, and saves at a Spot interruption', async () => {
    const event = { records: Array(200_000).fill('é ∑ 🎉') };
    const executionArn = started(await deliver(event, { machine: placedLibrary }));
    const run = await (await placedLibrary()).follow(executionArn);
    expect(run.execution.status).toBe('SUCCEEDED');
    expect(run.execution.input).toMatch(/^\{"stpPayload":/);
    // Without an init, as the first process, which gets no signal that it does not handle.
    const said = (containerStart: number) =>
      JSON.stringify({ pid: 1, attempt: 1, containerStart, records: 200_000, first: 'é ∑ 🎉' });
    expect(await linesOf(run.jobs, 'library')).toEqual([[said(1), 'saved'], [said(2)]]);
  });

  it('an event delivered fifty times at once starts one container, and none when it is redelivered later', async () => {
    const event = events.sns(randomUUID());
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => deliver(event, { trigger: triggers[index % triggers.length] })),
    );
    const arns = new Set(outcomes.map(started));
    expect(arns.size).toBe(1);
    const run = await (await placed()).follow([...arns][0] ?? '');
    const again = await deliver(event);
    expect(again.result).toMatchObject({ duplicate: true });
    expectOne(event, { run, said: await saidIn(run) });
    expect(run.jobs).toHaveLength(1);
  });

  it('a run that is stopped ends its container by SIGTERM, and starts no other', async () => {
    const machine = await placed();
    const event = { attempts: ['heed', 0, 0], mark: randomUUID() };
    const executionArn = started(await deliver(event));
    // Its container is up, and handles signals.
    await until(async () => (await podman.written()).includes(digest(event)), 'a container that is up');
    await server.sfn.send(new StopExecutionCommand({ executionArn }));
    expect((await machine.follow(executionArn)).execution.status).toBe('ABORTED');
    const isEnded = async () => {
      const { jobs } = await machine.follow(executionArn);
      return jobs.length > 0 && jobs.every(({ detail }) => detail.status === 'FAILED');
    };
    await until(isEnded, 'the end of its job');
    // Another one would follow after a second.
    await sleep(4_000);
    const run = await machine.follow(executionArn);
    expect(run.jobs.map(({ detail }) => [detail.status, detail.isTerminated])).toEqual([['FAILED', true]]);
    expect((await linesOf(run.jobs)).map((lines) => lines.at(-1))).toEqual(['{"told":"SIGTERM"}']);
  });
});

/** A program with all that it imports, as one file. */
function bundled(entry: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    tsconfig: resolve(__dirname, '../../tsconfig.json'),
    bundle: true,
    platform: 'node',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

/** What a function made the first time it was called. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
