import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DescribeJobsCommand } from '@aws-sdk/client-batch';
import { startBundle } from '../../modules/container/resolver/start-bundle';
import type { ItemsResult } from '../../modules/orchestration/items/format';
import { itemsProgram } from '../../modules/orchestration/items-bundle';
import type { BatchJobProps } from '../../modules/stack-config/batch-job';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { AwsApi } from './engines/aws-api';
import { type DeployedDocuments, type DeployedJob, deployedDocuments } from './engines/deployed-documents';
import { FunctionEndpoint } from './engines/function-endpoint';
import {
  type EmulatedEnd,
  type EmulatedRun,
  type Moto,
  placeStateMachine,
  startMoto,
  unavailable,
} from './engines/moto';
import { type Podman, podmanAvailable, startPodman } from './engines/podman';
import { describeWith, terraformAvailable } from './engines/terraform';

const REGION = 'us-east-1';
const KEYS = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
const IMAGE = 'localhost/items:1';
const PAYLOADS = 'items-payloads';
const MANIFESTS = 'items-manifests';

const job = (properties: Partial<BatchJobProps>) => ({
  type: 'batch-job' as const,
  properties: {
    container: {
      packaging: {
        type: 'prebuilt-image' as const,
        properties: { image: IMAGE, command: ['node', '/opt/stp/start.cjs', '/app/job.cjs'] },
      },
    },
    resources: { cpu: 1, memory: 256 },
    ...properties,
  },
});

const config: BatchJobsConfig = {
  stackName: 'items',
  region: REGION,
  resources: {
    tile: job({ forEach: { items: '$.items' }, timeout: 60, retryConfig: { attempts: 2, retryIntervalSeconds: 1 } }),
    tolerant: job({ forEach: { items: '$.items', maxItems: 4, maxFailures: '50%' } }),
    spot: job({
      forEach: { items: '$.items' },
      useSpotInstances: true,
      retryConfig: { attempts: 2, spotInterruption: { freeRestarts: 1, thenOnDemand: true } },
    }),
    listed: job({ forEach: { s3Manifest: '$.list' } }),
    counted: job({ forEach: { count: 3 } }),
  },
};

const NAMES = ['tile', 'tolerant', 'spot', 'listed', 'counted'] as const;
type Name = (typeof NAMES)[number];

/** What a child wrote. */
interface Said {
  readonly index: number;
  readonly count: number;
  readonly attempt: number;
  readonly queue: string;
  readonly bytes: number;
  readonly name: unknown;
}

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

/** One server of moto, and all jobs of the config in it. */
class Stack {
  readonly api: AwsApi;
  private readonly endpoints: FunctionEndpoint[] = [];

  constructor(
    private readonly server: Moto,
    private readonly stack: DeployedDocuments,
  ) {
    this.api = new AwsApi({ endpoint: server.endpoint, credentials: KEYS }, REGION);
  }

  async begin(): Promise<void> {
    for (const bucket of [PAYLOADS, MANIFESTS]) await fetch(`${this.server.endpoint}/${bucket}`, { method: 'PUT' });
  }

  async stop(): Promise<void> {
    await Promise.all(this.endpoints.map((endpoint) => endpoint.stop()));
  }

  async manifest(key: string, text: string): Promise<void> {
    await fetch(`${this.server.endpoint}/${MANIFESTS}/${key}`, { method: 'PUT', body: Buffer.from(text) });
  }

  async run(name: Name, input: object, options: { ends?: readonly EmulatedEnd[]; losesAnswers?: boolean } = {}) {
    const { definition, containerProperties, retryStrategy, itemsVariables } = this.stack.jobs[name] as DeployedJob;
    expect(itemsVariables.JOB_NAME).toBe(name);
    const items = new FunctionEndpoint(itemsProgram.text(), {
      ...itemsVariables,
      PAYLOAD_BUCKET: PAYLOADS,
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL: this.server.endpoint,
      AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    });
    this.endpoints.push(items);
    const url = await items.start();
    const parts = definition
      .replace(/"FunctionName":"[^"]+"/g, `"FunctionName":"${url}"`)
      // Ten seconds represent the shortest timeout that AWS accepts, a minute.
      .replaceAll('"AttemptDurationSeconds":60', '"AttemptDurationSeconds":10');
    const machine = await placeStateMachine(this.server, parts, containerProperties, options.ends ?? [], retryStrategy);
    if (options.losesAnswers) items.losesNext = 2;
    const execution = `${name}-${randomUUID().slice(0, 8)}`;
    const run = await machine.run({ input: JSON.stringify(input), name: execution });
    return { run, execution, queues: run.jobs.map(({ queueName }) => queueName), requests: items.requests };
  }

  /** What the children of all arrays said, in the order of their items, then attempts. */
  async said({ jobs }: EmulatedRun): Promise<Said[]> {
    const ids = jobs.flatMap(({ detail }) => {
      const { jobId = '', arrayProperties: { size } = {} } = detail;
      return size === undefined ? [jobId] : Array.from({ length: size }, (_, child) => `${jobId}:${child}`);
    });
    const { jobs: details = [] } = await this.server.batch.send(new DescribeJobsCommand({ jobs: ids }));
    const all: Said[] = [];
    for (const { container, attempts = [], logStreamName = container?.logStreamName } of details as {
      container?: { logStreamName?: string; logConfiguration?: object };
      attempts?: { container?: { logStreamName?: string } }[];
      logStreamName?: string;
    }[]) {
      for (const stream of new Set([...attempts.map((attempt) => attempt.container?.logStreamName), logStreamName])) {
        if (stream === undefined) continue;
        const logGroupName = await this.groupOf(stream);
        const { events } = await this.api.json<{ events: { message: string }[] }>(
          'logs',
          'Logs_20140328.GetLogEvents',
          {
            logGroupName,
            logStreamName: stream,
            startFromHead: true,
          },
        );
        all.push(...events.map(({ message }) => JSON.parse(message) as Said));
      }
    }
    return all.sort((one, other) => one.index - other.index || one.attempt - other.attempt);
  }

  private async groupOf(stream: string): Promise<string> {
    for (const { containerProperties } of Object.values(this.stack.jobs)) {
      const logGroupName = containerProperties.logConfiguration?.options?.['awslogs-group'] ?? '';
      const { logStreams = [] } = await this.api
        .json<{ logStreams: { logStreamName: string }[] }>('logs', 'Logs_20140328.DescribeLogStreams', { logGroupName })
        .catch(() => ({ logStreams: [] }));
      if (logStreams.some(({ logStreamName }) => logStreamName === stream)) return logGroupName;
    }
    throw new Error(`no log group has ${stream}`);
  }
}

function resultOf({ execution }: EmulatedRun): ItemsResult {
  return JSON.parse(execution.output ?? execution.cause ?? '{}') as ItemsResult;
}

describeWith([terraformAvailable(), moto, podmanAvailable()], 'the items of an event, in real containers', () => {
  let podman: Podman;
  let server: Moto;
  let stack: Stack;

  beforeAll(async () => {
    podman = await startPodman();
    const documents = await deployedDocuments(config, NAMES);
    await podman.nodeImage(IMAGE, {
      '/opt/stp/start.cjs': startBundle(),
      '/app/job.cjs': readFileSync(resolve(__dirname, 'fixtures/items.cjs'), 'utf8'),
    });
    server = await startMoto({ dockerHost: podman.host });
    stack = new Stack(server, documents);
    await stack.begin();
  });

  afterAll(async () => {
    await stack?.stop();
    await server?.stop();
    await podman?.stop();
  });

  it('each item is a container that gets it, and only those that failed run again', async () => {
    const items = [{ name: 'a' }, { name: 'b', ends: [3] }, { name: 'c', ends: [0] }, { name: 'd', ends: [7, 7] }];
    const { run } = await stack.run('tile', { items });
    expect([run.execution.status, run.execution.error]).toEqual(['FAILED', 'ItemsFailed']);
    const reason = 'Essential container in task exited';
    expect(resultOf(run)).toMatchObject({
      items: 4,
      succeeded: 3,
      failed: 1,
      failures: [{ index: 3, reason, exitCode: 7 }],
    });
    const said = await stack.said(run);
    expect(said.map(({ index, attempt, count, name }) => [index, attempt, count, name])).toEqual([
      [0, 1, 4, 'a'],
      [1, 1, 4, 'b'],
      [1, 2, 4, 'b'],
      [2, 1, 4, 'c'],
      [3, 1, 4, 'd'],
      [3, 2, 4, 'd'],
    ]);
    expect(run.jobs.map(({ detail }) => detail.arrayProperties?.size)).toEqual([4, 2]);
  });

  it('a single item is a job of its own, and an item can be longer than any variable of a container', async () => {
    const name = 'x'.repeat(60_000);
    await stack.manifest('one.jsonl', JSON.stringify({ name }));
    const { run, execution } = await stack.run('listed', { list: `s3://${MANIFESTS}/one.jsonl` });
    expect(run.execution.status).toBe('SUCCEEDED');
    expect(await stack.said(run)).toMatchObject([{ index: 0, count: 1, name, bytes: 60_011 }]);
    expect(run.jobs.map(({ detail }) => detail.arrayProperties)).toEqual([undefined]);
    expect(await stack.api.getObject(PAYLOADS, `listed/${execution}/items.jsonl`)).toHaveLength(60_012);
  });

  it('no items end a run at once, and too many too, without a container', async () => {
    const none = await stack.run('tile', { items: [] });
    expect([none.run.execution.status, resultOf(none.run), none.run.jobs]).toEqual([
      'SUCCEEDED',
      { items: 0, succeeded: 0, failed: 0, failures: [] },
      [],
    ]);
    const many = await stack.run('tolerant', { items: [1, 2, 3, 4, 5] });
    expect([many.run.execution.error, many.run.execution.cause, many.run.jobs]).toEqual([
      'TooManyItems',
      'The run has 5 items, and may have 4. Raise maxItems of forEach, or send fewer items.',
      [],
    ]);
  });

  it('a run can end well with failures, and a child that never ends has its time', async () => {
    const items = [{ name: 'a', ends: [1] }, { name: 'b' }, { name: 'c', ends: [2] }, { name: 'd' }];
    const tolerant = await stack.run('tolerant', { items });
    expect([tolerant.run.execution.status, resultOf(tolerant.run).failed]).toEqual(['SUCCEEDED', 2]);
    const late = await stack.run('tile', { items: [{ name: 'slow', ends: ['hang', 'hang'] }, { name: 'quick' }] });
    expect(resultOf(late.run)).toMatchObject({
      failed: 1,
      failures: [{ index: 0, reason: 'Job attempt duration exceeded timeout' }],
    });
    const attempts = (await stack.said(late.run)).map(({ name, attempt }) => [name, attempt]);
    expect(attempts).toEqual([
      ['slow', 1],
      ['slow', 2],
      ['quick', 1],
    ]);
  });

  it('a reclaimed child goes on demand in its attempt, the others stay where they are', async () => {
    const items = [{ name: 'a' }, { name: 'reclaimed', ends: ['reclaimed'] }, { name: 'fails', ends: [1] }];
    const { run } = await stack.run('spot', { items });
    expect([run.jobs.length, new Set(run.jobs.map(({ queueName }) => queueName)).size]).toEqual([3, 2]);
    const said = await stack.said(run);
    const [spot] = said.filter(({ name }) => name === 'a').map(({ queue }) => queue);
    const places = said.map(({ name, attempt, queue }) => [name, attempt, queue === spot ? 'spot' : 'on demand']);
    expect(places).toEqual([
      ['a', 1, 'spot'],
      // Once more at once, for free.
      ['reclaimed', 1, 'spot'],
      ['reclaimed', 1, 'spot'],
      ['reclaimed', 1, 'on demand'],
      ['reclaimed', 2, 'spot'],
      ['fails', 1, 'spot'],
      ['fails', 2, 'spot'],
    ]);
    // On demand, the same exit code is a failure of the attempt, and the next one begins on Spot capacity again, with the other that failed.
    expect(resultOf(run)).toEqual({ items: 3, succeeded: 3, failed: 0, failures: [] });
  });

  it('the lines of an object are items, and children of a count keep the event', async () => {
    await stack.manifest('list.txt', 'a.tif\r\nb "2".tif\r\n');
    const listed = await stack.run('listed', { list: `s3://${MANIFESTS}/list.txt` });
    expect((await stack.said(listed.run)).map(({ index, name }) => [index, name])).toEqual([
      [0, 'a.tif'],
      [1, 'b "2".tif'],
    ]);
    const counted = await stack.run('counted', { name: 'whole event' });
    expect((await stack.said(counted.run)).map(({ index, count, name }) => [index, count, name])).toEqual(
      [0, 1, 2].map((index) => [index, 3, 'whole event']),
    );
  });

  it('an answer of the items function that is lost is asked for again, and nothing runs twice', async () => {
    const { run, requests } = await stack.run(
      'tile',
      { items: [{ name: 'a' }, { name: 'b' }] },
      { losesAnswers: true },
    );
    expect([run.execution.status, requests, run.jobs.length]).toEqual(['SUCCEEDED', 4, 1]);
  });
});

describeWith([terraformAvailable(), moto], 'the items of an event, without containers', () => {
  let server: Moto;
  let stack: Stack;

  beforeAll(async () => {
    server = await startMoto();
    stack = new Stack(server, await deployedDocuments(config, NAMES));
    await stack.begin();
  });

  afterAll(async () => {
    await stack?.stop();
    await server?.stop();
  });

  it('10,001 items are an array and a job, and throttled submissions are repeated', async () => {
    await stack.manifest('many.txt', Array.from({ length: 10_001 }, (_, index) => `${index}\n`).join(''));
    const { run } = await stack.run('listed', { list: `s3://${MANIFESTS}/many.txt` }, { ends: ['throttle', 0] });
    expect([run.execution.status, resultOf(run)]).toEqual([
      'SUCCEEDED',
      { items: 10_001, succeeded: 10_001, failed: 0, failures: [] },
    ]);
    const sizes = run.jobs.map(({ detail }) => detail.arrayProperties?.size ?? 1);
    expect(sizes.sort()).toEqual([1, 10_000]);
    expect(run.visited.filter((state) => state.endsWith('submission refused'))).toHaveLength(1);
  });

  it('a submission that is refused for good ends the run with its error', async () => {
    const { run } = await stack.run('tile', { items: [1, 2] }, { ends: ['denied'] });
    expect([run.execution.status, run.execution.error]).toEqual(['FAILED', 'Batch.AWSBatchException']);
  });
});
