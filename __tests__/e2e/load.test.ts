import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { paginateListJobs } from '@aws-sdk/client-batch';
import {
  DescribeExecutionCommand,
  type ExecutionListItem,
  paginateListExecutions,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import { bundleTriggerFunction } from '../../modules/orchestration/trigger-bundle';
import { seeded } from '../../scripts/burst/random';
import * as events from '../orchestration/trigger/events';
import { type Outcome, TriggerProcess } from '../orchestration/trigger/trigger-process';
import { describeWith } from './engines/availability';
import { AwsApi } from './engines/aws-api';
import { FAULTS, FaultyProxy, type ProxyFault } from './engines/faulty-proxy';
import { type Moto, placeStateMachine, startMoto, unavailable } from './engines/moto';
import { PATIENCE_MS } from './engines/until';

const PROCESSES = 20;
const EVENTS = 150;
/** Lambda invokes three times for an asynchronous event. */
const INVOCATIONS = 3;
const BUCKET = 'load-payloads';
const QUEUE = 'arn:aws:batch:us-east-1:123456789012:job-queue/load';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

/** Every second request meets a fault: two in five can be seen as such at once, one in a hundred is never answered. */
function mixedFaults(seed: number): (index: number) => ProxyFault | undefined {
  const random = seeded(seed);
  return () => {
    const drawn = random();
    if (drawn < 0.01) return 'half-open';
    if (drawn > 0.5) return undefined;
    const others = FAULTS.filter((fault) => fault !== 'half-open');
    return others[Math.floor(random() * others.length)];
  };
}

describeWith([moto], 'the trigger function under load and faults', () => {
  let server: Moto;
  let proxy: FaultyProxy;
  const triggers: TriggerProcess[] = [];

  beforeAll(async () => {
    server = await startMoto();
    await fetch(`${server.endpoint}/${BUCKET}`, { method: 'PUT' });
    proxy = new FaultyProxy(server.endpoint, mixedFaults(7));
    await proxy.start();
    const bundle = bundleTriggerFunction();
    triggers.push(...Array.from({ length: PROCESSES }, () => new TriggerProcess(bundle)));
  });

  afterAll(async () => {
    await Promise.all(triggers.map((trigger) => trigger.stop()));
    await proxy?.stop();
    await server?.stop();
  });

  it(`${EVENTS} events, a third of them twice at once, start ${EVENTS} executions of one job each`, async () => {
    const document = stateMachineDocument({ plan: retryPlan({}), jobDefinitionArn: 'load', jobQueueArn: QUEUE });
    const container = {
      image: 'busybox',
      resourceRequirements: [
        { type: 'VCPU' as const, value: '1' },
        { type: 'MEMORY' as const, value: '128' },
      ],
    };
    const machine = await placeStateMachine(server, JSON.stringify(document), container);
    const variables = {
      STATE_MACHINE_ARN: machine.stateMachineArn,
      JOB_NAME: 'load',
      PAYLOAD_BUCKET: BUCKET,
      OVERRIDES_BUDGET: '7000',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'emulated',
      AWS_SECRET_ACCESS_KEY: 'emulated',
      AWS_ENDPOINT_URL: proxy.endpoint,
    };
    // Each tenth event is too large for a container, and goes to the bucket first.
    const all = Array.from({ length: EVENTS }, (_, index) =>
      events.sqs([`message-${index}`], 1, 'x'.repeat(index % 10 === 0 ? 9_000 : 20)),
    );
    const deliveries = all.flatMap((event, index) => (index % 3 === 0 ? [event, event] : [event]));
    const waiting = deliveries.map((event, index) => ({ event, awsRequestId: `delivery-${index}`, left: INVOCATIONS }));
    const began = performance.now();
    const failures: string[] = [];
    let invocations = 0;
    const lost: unknown[] = [];
    await Promise.all(
      triggers.map(async (trigger) => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          invocations++;
          const { event, awsRequestId } = next;
          const { error }: Outcome = await trigger.invoke(event, { variables, awsRequestId, timeoutMs: 60_000 });
          if (error === undefined) continue;
          failures.push(error.code ?? error.message);
          if (next.left > 1) waiting.push({ ...next, left: next.left - 1 });
          else lost.push(event);
        }
      }),
    );
    const seconds = (performance.now() - began) / 1_000;
    expect(lost).toEqual([]);

    const executions = await ended(server.sfn, machine.stateMachineArn);
    expect(executions).toHaveLength(EVENTS);
    const digests = await Promise.all(executions.map(({ executionArn }) => inputDigest(server, executionArn)));
    expect(digests.sort()).toEqual(all.map((event) => digest(JSON.stringify(event))).sort());
    const jobs: string[] = [];
    const queue = { jobQueue: machine.queueName(QUEUE), jobStatus: 'SUCCEEDED' as const };
    for await (const page of paginateListJobs({ client: server.batch }, queue)) {
      jobs.push(...(page.jobSummaryList ?? []).map(({ jobName = '' }) => jobName));
    }
    expect(jobs.sort()).toEqual(executions.map(({ name }) => name).sort());
    for (const fault of FAULTS) expect(proxy.struck[fault]).toBeGreaterThan(0);

    const { requests, struck } = proxy;
    const figures = {
      processes: PROCESSES,
      events: EVENTS,
      deliveries: deliveries.length,
      invocations,
      requests,
      struck,
    };
    writeSync(2, `${JSON.stringify({ ...figures, failures: failures.length, seconds: Math.round(seconds) })}\n`);
  });
});

/** All executions, once none runs any more. */
async function ended(client: SFNClient, stateMachineArn: string): Promise<ExecutionListItem[]> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await new Promise((passed) => setTimeout(passed, 500))) {
    const list: ExecutionListItem[] = [];
    for await (const page of paginateListExecutions({ client }, { stateMachineArn }))
      list.push(...(page.executions ?? []));
    if (list.every(({ status }) => status !== 'RUNNING')) {
      const failed = list.filter(({ status }) => status !== 'SUCCEEDED');
      const why = failed.map(({ executionArn }) => client.send(new DescribeExecutionCommand({ executionArn })));
      const causes = (await Promise.all(why)).map(({ error, cause }) => ({ error, cause }));
      expect(causes).toEqual([]);
      return list;
    }
    if (Date.now() > deadline) throw new Error('executions are still running');
  }
}

/** SHA-256 of the event of an execution, wherever it is stored. */
async function inputDigest({ sfn, endpoint }: Moto, executionArn: string | undefined): Promise<string> {
  const { input = '' } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  const { stpPayload } = JSON.parse(input) as { stpPayload?: { s3Uri: string; sha256: string } };
  if (stpPayload === undefined) return digest(input);
  const api = new AwsApi(
    { endpoint, credentials: { accessKeyId: 'emulated', secretAccessKey: 'emulated' } },
    'us-east-1',
  );
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(stpPayload.s3Uri) ?? [];
  const found = digest(await api.getObject(bucket, key));
  expect(found).toBe(stpPayload.sha256);
  return found;
}
