import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  type JobDetail,
  ListJobsCommand,
  RegisterJobDefinitionCommand,
  type RegisterJobDefinitionCommandInput,
} from '@aws-sdk/client-batch';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { freePort } from './free-port';
import { PATIENCE_MS } from './until';

const REGION = 'us-east-1';
const ROLE_NAME = 'emulated';
const ROLE_ARN = `arn:aws:iam::123456789012:role/${ROLE_NAME}`;
const PYTHON = process.env.PYTHON ?? 'python3';
const START_TIMEOUT_MS = 300_000;

/**
 * How one submission ends, see `moto_server.py`: the container's exit code, or what happens to the job or to its
 * submission.
 */
export type EmulatedEnd = number | 'reclaim' | 'timeout' | 'oom' | 'throttle' | 'denied' | 'invalid' | `held:${string}`;

/** moto's server, running. */
export interface Moto {
  /** Where it listens: `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  readonly sfn: SFNClient;
  readonly batch: BatchClient;
  /** What the server has printed so far. */
  log(): string;
  /** Ends the server. Safe to call twice. */
  stop(): Promise<void>;
}

/** Says why moto's server cannot run on this machine; undefined means that it can. Takes two seconds. */
export function unavailable(): string | undefined {
  const imports = 'import moto.server, moto.stepfunctions.parser.models, moto.batch_simple.models';
  const { status, stderr, error } = spawnSync(PYTHON, ['-c', imports], { encoding: 'utf8' });
  if (status === 0) {
    return undefined;
  }
  const reason = error?.message ?? stderr.trim().split('\n').at(-1);
  return `moto's server cannot run with ${PYTHON} (${reason}): pip install 'moto[server,stepfunctions,batch]==5.2.1'`;
}

/**
 * Starts moto's server on 127.0.0.1 and a free port, with state machines that run and Batch jobs that need no Docker, or are containers of
 * the engine at `dockerHost` (`moto_containers.py`), and with all that a deployed stack is operated by if it is `operated`
 * (`moto_operated.py`).
 *
 * @throws Error with the server's output when it does not answer within a minute.
 */
export async function startMoto(
  options: { readonly dockerHost?: string; readonly operated?: boolean } = {},
): Promise<Moto> {
  const { dockerHost, operated = false } = options;
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const plain = dockerHost === undefined ? 'moto_server.py' : 'moto_containers.py';
  const program = operated ? 'moto_operated.py' : plain;
  const server = spawn(PYTHON, [join(__dirname, program), String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // The server's own calls to itself need keys, and must not leave for AWS.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      AWS_ACCESS_KEY_ID: 'emulated',
      AWS_SECRET_ACCESS_KEY: 'emulated',
      AWS_DEFAULT_REGION: REGION,
      AWS_ENDPOINT_URL: endpoint,
      AWS_EC2_METADATA_DISABLED: 'true',
      PYTHONDONTWRITEBYTECODE: '1',
      ...(dockerHost !== undefined && { DOCKER_HOST: dockerHost, MOTO_DOCKER_NETWORK_MODE: 'host' }),
    },
  });
  const output: string[] = [];
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  }
  const log = (): string => output.join('');
  const client = {
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'emulated', secretAccessKey: 'emulated' },
  };
  const sfn = new SFNClient(client);
  const batch = new BatchClient(client);
  const stop = async (): Promise<void> => {
    sfn.destroy();
    batch.destroy();
    await end(server);
  };
  try {
    await configure(server, endpoint, dockerHost !== undefined);
    await createRole(endpoint);
  } catch (failure) {
    await stop();
    throw new Error(`moto's server did not start: ${String(failure)}\n${log()}`);
  }
  return { endpoint, sfn, batch, log, stop };
}

/** A state machine and a job definition, placed in moto. */
export interface PlacedStateMachine {
  readonly stateMachineArn: string;
  /** The name of the queue in moto that represents a queue of the definition. */
  queueName(jobQueueArn: string): string;
  /** Waits for the end of an execution that something else has started. */
  follow(executionArn: string, timeoutMs?: number): Promise<EmulatedRun>;
  /** Runs the machine to its end. */
  run(options?: {
    /** The execution's input as JSON text. @default none, which is `{}` */
    readonly input?: string;
    /** @default a random one */
    readonly name?: string;
    /** Milliseconds that the run may take. @default 60000 */
    readonly timeoutMs?: number;
  }): Promise<EmulatedRun>;
}

/** One execution that has ended. */
export interface EmulatedRun {
  readonly execution: DescribeExecutionCommandOutput;
  readonly history: readonly HistoryEvent[];
  /** States in the order they were entered. */
  readonly visited: readonly string[];
  /** Milliseconds between entering and leaving each Wait state, in order. */
  readonly waits: readonly { readonly state: string; readonly milliseconds: number }[];
  /** The jobs of the execution in the order of their submission; a submission that Batch refused has made none. */
  readonly jobs: readonly EmulatedJob[];
}

/** What Batch knows of one job. */
export interface EmulatedJob {
  readonly detail: JobDetail;
  /** The environment that its container gets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Name of the queue it was submitted to. */
  readonly queueName: string;
}

/**
 * Places a state machine and its job definition in moto, so that it can be run.
 *
 * Two things in the definition are replaced, and nothing else: each Task's `JobDefinition`, by the name of the definition
 * made here (moto does not find one by an ARN without a revision), and each different `JobQueue`, by a queue made here.
 *
 * @param definition the state machine's definition as JSON text, its ARNs any text
 * @param containerProperties the job definition's container properties, as Batch's API has them
 * @param ends how the submissions of an execution end, one after another, the last one repeated; default: all succeed, or as their
 *   containers do
 * @param retryStrategy of the job definition
 */
export async function placeStateMachine(
  moto: Moto,
  definition: string,
  containerProperties: NonNullable<RegisterJobDefinitionCommandInput['containerProperties']>,
  ends: readonly EmulatedEnd[] = [],
  retryStrategy?: RegisterJobDefinitionCommandInput['retryStrategy'],
): Promise<PlacedStateMachine> {
  const id = randomUUID().slice(0, 8);
  const jobDefinitionName = `job-${id}`;
  await moto.batch.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName,
      type: 'container',
      containerProperties: {
        ...containerProperties,
        environment: [
          ...(containerProperties.environment ?? []),
          ...(ends.length > 0 ? [{ name: 'EMULATED_ENDS', value: ends.join(',') }] : []),
        ],
      },
      retryStrategy,
    }),
  );

  const queues = new Map<string, string>();
  const machine: unknown = JSON.parse(definition, (key, value: unknown) => {
    if (key === 'JobDefinition') {
      return jobDefinitionName;
    }
    if (key === 'JobQueue' && typeof value === 'string') {
      const queue = queues.get(value) ?? `queue-${id}-${queues.size}`;
      queues.set(value, queue);
      return queue;
    }
    return value;
  });
  for (const queue of queues.values()) {
    await createQueue(moto, queue);
  }
  const { stateMachineArn } = await moto.sfn.send(
    new CreateStateMachineCommand({ name: `machine-${id}`, definition: JSON.stringify(machine), roleArn: ROLE_ARN }),
  );
  if (stateMachineArn === undefined) {
    throw new Error('moto made a state machine without an ARN.');
  }
  return {
    stateMachineArn,
    queueName: (jobQueueArn) => {
      const queue = queues.get(jobQueueArn);
      if (queue === undefined) {
        throw new Error(`No Task submits to ${jobQueueArn}; there are: ${[...queues.keys()].join(', ')}`);
      }
      return queue;
    },
    follow: (executionArn, timeoutMs = PATIENCE_MS) => follow(moto, executionArn, [...queues.values()], timeoutMs),
    run: async ({ input, name = `run-${randomUUID()}`, timeoutMs = PATIENCE_MS } = {}) => {
      const { executionArn = '' } = await moto.sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      return follow(moto, executionArn, [...queues.values()], timeoutMs);
    },
  };
}

async function follow(
  moto: Moto,
  executionArn: string,
  queues: readonly string[],
  timeoutMs: number,
): Promise<EmulatedRun> {
  const execution = await ended(moto, executionArn, timeoutMs);
  const history = await historyOf(moto, executionArn);
  return {
    execution,
    history,
    visited: history.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []),
    waits: waitsOf(history),
    jobs: await jobsOf(moto, queues, execution.name ?? ''),
  };
}

async function ended(
  moto: Moto,
  executionArn: string | undefined,
  timeoutMs: number,
): Promise<DescribeExecutionCommandOutput> {
  const deadline = Date.now() + timeoutMs;
  // Many may wait at once, and the server has one processor.
  for (let pause = 100; ; pause = Math.min(1_000, pause * 1.5)) {
    const execution = await moto.sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status !== 'RUNNING') {
      return execution;
    }
    if (Date.now() > deadline) {
      throw new Error(`${executionArn} is still running after ${timeoutMs} ms.\n${moto.log().slice(-4_000)}`);
    }
    await sleep(pause);
  }
}

async function historyOf(moto: Moto, executionArn: string | undefined): Promise<HistoryEvent[]> {
  const history: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await moto.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, nextToken }));
    history.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return history;
}

function waitsOf(history: readonly HistoryEvent[]): EmulatedRun['waits'] {
  return history.flatMap((event, index) => {
    if (event.type !== 'WaitStateEntered') {
      return [];
    }
    const left = history.slice(index).find(({ type }) => type === 'WaitStateExited');
    const milliseconds = Number(left?.timestamp) - Number(event.timestamp);
    return [{ state: event.stateEnteredEventDetails?.name ?? '', milliseconds }];
  });
}

async function jobsOf(moto: Moto, queues: readonly string[], jobName: string): Promise<EmulatedJob[]> {
  const jobs: EmulatedJob[] = [];
  for (const queueName of queues) {
    for (const jobStatus of ['SUCCEEDED', 'FAILED'] as const) {
      const { jobSummaryList = [] } = await moto.batch.send(new ListJobsCommand({ jobQueue: queueName, jobStatus }));
      const ids = jobSummaryList.flatMap((job) => (job.jobName === jobName && job.jobId ? [job.jobId] : []));
      if (ids.length > 0) {
        const described = await moto.batch.send(new DescribeJobsCommand({ jobs: ids }));
        jobs.push(
          ...(described.jobs ?? []).map((detail) => ({ detail, queueName, environment: environmentOf(detail) })),
        );
      }
    }
  }
  return jobs.sort((one, other) => (one.detail.createdAt ?? 0) - (other.detail.createdAt ?? 0));
}

function environmentOf(job: JobDetail): Record<string, string> {
  return Object.fromEntries((job.container?.environment ?? []).map(({ name = '', value = '' }) => [name, value]));
}

async function createQueue(moto: Moto, name: string): Promise<void> {
  const { computeEnvironmentArn } = await moto.batch.send(
    new CreateComputeEnvironmentCommand({
      computeEnvironmentName: name,
      type: 'UNMANAGED',
      state: 'ENABLED',
      serviceRole: ROLE_ARN,
    }),
  );
  await moto.batch.send(
    new CreateJobQueueCommand({
      jobQueueName: name,
      state: 'ENABLED',
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: computeEnvironmentArn }],
    }),
  );
}

async function configure(server: ChildProcess, endpoint: string, containers: boolean): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error(`it ended with ${server.exitCode ?? server.signalCode}`);
    }
    try {
      const answer = await fetch(`${endpoint}/moto-api/config`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ stepfunctions: { execute_state_machine: true }, batch: { use_docker: containers } }),
      });
      if (!answer.ok) {
        throw new Error(`its configuration answered ${answer.status}: ${await answer.text()}`);
      }
      return;
    } catch (failure) {
      if (Date.now() > deadline) {
        throw failure;
      }
      await sleep(200);
    }
  }
}

/** moto makes no compute environment without a service role that exists, unlike AWS. */
async function createRole(endpoint: string): Promise<void> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=emulated/20260101/${REGION}/iam/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({
      Action: 'CreateRole',
      Version: '2010-05-08',
      RoleName: ROLE_NAME,
      AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
    }),
  });
  if (!answer.ok) {
    throw new Error(`the role could not be made: ${answer.status} ${await answer.text()}`);
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) {
    return;
  }
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  const forced = setTimeout(() => server.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(forced);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
