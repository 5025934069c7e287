/**
 * A job with limits and its place keeper on moto: its interpreter of state machines, its DynamoDB and its AWS Batch. The test delivers the
 * events, because moto has none of Step Functions.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { TableApi, type TableQuery } from '../../cli/operate/aws/table-api';
import { waitingLine } from '../../cli/operate/waiting-line';
import type { Limits } from '../../modules/config/limits';
import { LOOK } from '../../modules/limits/holder-states';
import { type PlaceKeeperInput, placeKeeperDocument } from '../../modules/limits/place-keeper-document';
import { itemsDocument } from '../../modules/orchestration/item-states';
import { itemsProgram } from '../../modules/orchestration/items-bundle';
import { PLACES, placesKey, placesOf } from '../../modules/orchestration/places';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { isSkipped } from '../../modules/orchestration/skipped-run';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import { ITEMS } from '../../modules/orchestration/state-names';
import { AwsApi } from './engines/aws-api';
import { FunctionEndpoint } from './engines/function-endpoint';
import {
  type EmulatedEnd,
  type EmulatedRun,
  type Moto,
  placeStateMachine,
  startMoto,
  unavailable,
} from './engines/moto';
import { until } from './engines/until';

const TABLE = 'run-places';
const ROLE = 'arn:aws:iam::123456789012:role/emulated';
const CONTAINER = {
  image: 'public.ecr.aws/docker/library/busybox:1.37',
  resourceRequirements: [
    { type: 'VCPU' as const, value: '1' },
    { type: 'MEMORY' as const, value: '512' },
  ],
};

const missing = unavailable();
if (missing !== undefined) console.warn(`SKIPPED: ${missing}`);
const describeOnMoto = missing === undefined ? describe : describe.skip;

describeOnMoto(`on moto${missing === undefined ? '' : `, skipped: ${missing}`}`, () => {
  let moto: Moto;
  let keeperArn = '';
  let api: AwsApi;
  let items: FunctionEndpoint | undefined;
  /** Has a file for each run whose first job may end: until then, the run keeps its place. */
  const releases = mkdtempSync(join(tmpdir(), 'run-limits-'));
  const failsOnceReleased = [`held:${releases}:1`, 0] as const;
  const release = (run: string) => writeFileSync(join(releases, run), '');

  beforeAll(async () => {
    moto = await startMoto();
    const { endpoint } = moto;
    api = new AwsApi({ endpoint, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } }, 'us-east-1');
    const key = (name: string, type: string) => ({ AttributeName: name, KeyType: type });
    await api.json('dynamodb', 'DynamoDB_20120810.CreateTable', {
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [PLACES.job, PLACES.item, PLACES.arrived].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [key(PLACES.job, 'HASH'), key(PLACES.item, 'RANGE')],
      LocalSecondaryIndexes: [
        {
          IndexName: PLACES.line,
          KeySchema: [key(PLACES.job, 'HASH'), key(PLACES.arrived, 'RANGE')],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
    const { stateMachineArn = '' } = await moto.sfn.send(
      new CreateStateMachineCommand({
        name: 'keeper',
        roleArn: ROLE,
        // Nothing of moto's DynamoDB can be updated and read at the same time.
        definition: JSON.stringify(placeKeeperDocument({ partition: 'aws', tableName: TABLE }), (name, value) =>
          name === 'MaxConcurrency' || (name === 'Seconds' && value === LOOK.nextAfterSeconds) ? 1 : value,
        ),
      }),
    );
    keeperArn = stateMachineArn;
  });
  afterAll(async () => {
    await items?.stop();
    await moto?.stop();
    rmSync(releases, { recursive: true });
  });

  /** A job with limits. `wait` is how many seconds come before another attempt. */
  async function limited(
    jobName: string,
    given: Partial<Limits>,
    options: { readonly ends?: readonly EmulatedEnd[]; readonly wait?: number; readonly rejoin?: number } = {},
  ) {
    const limits = placesOf({ whenExceeded: 'wait', ...given });
    const plan = retryPlan({ attempts: options.ends?.length ?? 1, retryIntervalSeconds: options.wait ?? 0 });
    const input = {
      plan,
      jobDefinitionArn: 'arn:aws:batch:us-east-1:123456789012:job-definition/report',
      jobQueueArn: 'arn:aws:batch:us-east-1:123456789012:job-queue/report',
      place: { ...limits, jobName, tableName: TABLE },
    };
    const document = limits.countItems ? await ofItems(input) : stateMachineDocument(input);
    const { rejoin } = options;
    const text = JSON.stringify(document, (name, value) => {
      if (rejoin === undefined) return value;
      const isRejoin = Array.isArray(value?.ErrorEquals) && value.ErrorEquals.includes('States.Timeout');
      return name === 'TimeoutSeconds' ? rejoin : isRejoin ? { ...value, IntervalSeconds: rejoin } : value;
    });
    const machine = await placeStateMachine(moto, text, CONTAINER, options.ends);
    const executions = machine.stateMachineArn.replace(':stateMachine:', ':execution:');
    // Any JSON can be an event.
    const start = async (name: string, input = '[1,"two"]') => {
      const { stateMachineArn } = machine;
      const { executionArn = '' } = await moto.sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      return executionArn;
    };
    const keep = async (run?: string) => {
      const { concurrentRuns, runsPerHour, runsPerDay } = limits;
      const input: PlaceKeeperInput = {
        job: jobName,
        concurrentRuns,
        runsPerHour: String(runsPerHour),
        runsPerDay: String(runsPerDay),
        executions,
        ...(limits.countItems && { countItems: true }),
        ...(run !== undefined && { run }),
      };
      const { executionArn = '' } = await moto.sfn.send(
        new StartExecutionCommand({ stateMachineArn: keeperArn, name: randomUUID(), input: JSON.stringify(input) }),
      );
      return machine.follow(executionArn);
    };
    return { machine, start, keep };
  }

  /** The state machine of a job with items, whose function works with this server. */
  async function ofItems(input: Parameters<typeof stateMachineDocument>[0]) {
    await fetch(`${moto.endpoint}/payloads`, { method: 'PUT' });
    items = new FunctionEndpoint(itemsProgram.text(), {
      ...{ JOB_NAME: 'items', PAYLOAD_BUCKET: 'payloads', AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: moto.endpoint },
      ...{ AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
    });
    const source = { Items: '$', MaxItems: 100 };
    return itemsDocument({ ...input, items: { functionArn: await items.start(), source, maxFailures: 0 } });
  }

  const statusOf = async (executionArn: string) =>
    (await moto.sfn.send(new DescribeExecutionCommand({ executionArn }))).status;

  async function historyOf(executionArn: string) {
    return (await moto.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }))).events ?? [];
  }

  async function entered(executionArn: string, state: string): Promise<void> {
    const isEntered = async () =>
      (await historyOf(executionArn)).some(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name === state);
    await until(isEntered, `${executionArn} to enter ${state}`);
  }

  /** A run stands in line only when its state's request is answered: the state is entered before its item is written. */
  async function inLine(executionArn: string): Promise<void> {
    const isInLine = async () => {
      const events = await historyOf(executionArn);
      const from = events.findIndex(
        ({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name === 'Wait for a place',
      );
      return from !== -1 && events.slice(from).some(({ type }) => type === 'TaskSubmitted');
    };
    await until(isInLine, `${executionArn} to wait for a place`);
  }

  test('one of two runs waits until the other has ended, and both keep what they would have without limits', async () => {
    const { machine, start, keep } = await limited('one', { concurrentRuns: 1 }, { ends: failsOnceReleased });
    const first = await start('one-1');
    await entered(first, 'Attempt 1');
    const second = await start('one-2');
    await inLine(second);
    const minute = await keep();
    expect([minute.execution.status, minute.execution.cause]).toEqual(['SUCCEEDED', undefined]);
    for (const run of ['one-1', 'one-2']) release(run);
    const done = await machine.follow(first);
    expect(done.visited.slice(0, 5)).toEqual([
      'Look at the line',
      'Is anybody in line',
      'Take a place',
      'Begin the hour',
      'Begin the day',
    ]);
    expect(JSON.parse(done.execution.output ?? '')).toMatchObject({ JobName: 'one-1', Status: 'SUCCEEDED' });
    expect(await statusOf(second)).toBe('RUNNING');
    const kept = await keep('one-1');
    expect([kept.execution.status, kept.execution.cause]).toEqual(['SUCCEEDED', undefined]);
    const next = await machine.follow(second);
    expect(next.execution.status).toBe('SUCCEEDED');
    expect(next.visited).toEqual(expect.arrayContaining(['Wait for a place', 'Attempt 1', 'Attempt 2']));
    expect(next.jobs[0]?.environment.STP_TRIGGER_EVENT_DATA).toBe('[1,"two"]');
    // The same event again, late.
    expect((await keep('one-1')).execution.status).toBe('SUCCEEDED');
  });

  test('the place of a stopped run whose event is lost is free at the next minute', async () => {
    const { machine, start, keep } = await limited('lost', { concurrentRuns: 1 }, { ends: [1, 0], wait: 600 });
    const first = await start('lost-1');
    await entered(first, 'Wait before attempt 2');
    const second = await start('lost-2');
    await inLine(second);
    await moto.sfn.send(new StopExecutionCommand({ executionArn: first }));
    const kept = await keep();
    expect([kept.execution.status, kept.execution.cause]).toEqual(['SUCCEEDED', undefined]);
    expect(kept.visited).toContain('Look at holders');
    await entered(second, 'Attempt 1');
    await moto.sfn.send(new StopExecutionCommand({ executionArn: second }));
    // One that was stopped while it waited is passed over.
    void machine;
  });

  test('of more holders than one part, those whose events are lost give their places to the runs in line', async () => {
    const { start, keep, machine } = await limited(
      'many',
      { concurrentRuns: LOOK.holders + 2 },
      { ends: [1, 0], wait: 600 },
    );
    const goesOn = await start('many-goes-on');
    await entered(goesOn, 'Wait before attempt 2');
    const places = { TableName: TABLE, Key: placesKey('many') };
    const forgotten = Array.from({ length: LOOK.holders + 1 }, (_, index) => `many-forgotten-${index}`);
    for (const run of forgotten) {
      const names = { ExpressionAttributeNames: { '#run': run }, ExpressionAttributeValues: { ':run': { S: run } } };
      const set = { ...places, ...names, UpdateExpression: 'SET Holders.#run = :run' };
      await api.json('dynamodb', 'DynamoDB_20120810.UpdateItem', set);
    }
    const waiting = await start('many-waiting');
    await inLine(waiting);
    const kept = await keep();
    expect([kept.execution.status, kept.execution.cause]).toEqual(['SUCCEEDED', undefined]);
    expect(kept.visited.filter((name) => name === 'Look at holders')).toHaveLength(2);
    await entered(waiting, 'Attempt 1');
    const { Item } = JSON.parse(JSON.stringify(await api.json('dynamodb', 'DynamoDB_20120810.GetItem', places)));
    expect(Object.keys(Item.Holders.M).sort()).toEqual(['many-goes-on', 'many-waiting']);
    for (const executionArn of [goesOn, waiting]) await moto.sfn.send(new StopExecutionCommand({ executionArn }));
    void machine;
  });

  test('a waiting run knows how many runs are ahead of it', async () => {
    const { start } = await limited('line', { concurrentRuns: 1 }, { ends: [1, 0], wait: 600 });
    const first = await start('line-1');
    await entered(first, 'Wait before attempt 2');
    const waiting: string[] = [];
    for (const run of ['line-2', 'line-3', 'line-4']) {
      waiting.push(await start(run));
      await inLine(waiting.at(-1) ?? '');
    }
    // The table has the name that it has in this test's stack.
    const tables = new TableApi('us-east-1', { accessKeyId: 'x', secretAccessKey: 'x' });
    process.env.AWS_ENDPOINT_URL = moto.endpoint;
    try {
      const query = (request: TableQuery) => tables.query({ ...request, TableName: TABLE });
      const line = await waitingLine({ nameStart: 'any', clients: { tables: { query } } } as never, { name: 'line' });
      expect([...line]).toEqual(['line-2', 'line-3', 'line-4'].map((run, ahead) => [run, ahead]));
    } finally {
      delete process.env.AWS_ENDPOINT_URL;
    }
    for (const executionArn of [first, ...waiting]) await moto.sfn.send(new StopExecutionCommand({ executionArn }));
  });

  test('a run that waits again with a new task token takes four events of its history each time', async () => {
    const { start, keep, machine } = await limited('again', { runsPerHour: 1 }, { rejoin: 1 });
    await machine.follow(await start('again-1'));
    const second = await start('again-2');
    await inLine(second);
    const timeouts = async () => (await historyOf(second)).filter(({ type }) => type === 'TaskTimedOut').length;
    await until(async () => (await timeouts()) >= 3, 'a run that waits for the fourth time');
    const types = (await historyOf(second)).map(({ type }) => type);
    const timedOut = types.flatMap((type, index) => (type === 'TaskTimedOut' ? [index] : []));
    const [one = 0, two = 0, three = 0] = timedOut;
    expect([two - one, three - two]).toEqual([4, 4]);
    // The hour has no room, even though no run goes on.
    expect((await keep('again-1')).execution.status).toBe('SUCCEEDED');
    expect(await statusOf(second)).toBe('RUNNING');
    await moto.sfn.send(new StopExecutionCommand({ executionArn: second }));
  });

  test('a run that is skipped succeeds without a job, and says so', async () => {
    const { machine, start } = await limited('skip', { runsPerDay: 1, whenExceeded: 'skip' });
    expect((await machine.follow(await start('skip-1'))).jobs).toHaveLength(1);
    const skipped = await machine.follow(await start('skip-2'));
    expect(skipped.execution.status).toBe('SUCCEEDED');
    expect(isSkipped(skipped.execution.output)).toBe(true);
    expect(skipped.jobs).toEqual([]);
  });

  test("a failed run ends with its job's error and cause", async () => {
    const { machine, start } = await limited('fails', { concurrentRuns: 3 }, { ends: [7] });
    const { execution } = await machine.follow(await start('fails-1'));
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(execution.cause ?? '')).toMatchObject({ Container: { ExitCode: 7 } });
  });

  test('items take places, and a run waits until all of its items have one', async () => {
    const options = { ends: failsOnceReleased };
    const { machine, start, keep } = await limited('items', { concurrentRuns: 4, countItems: true }, options);
    const first = await start('items-1', '["a","b","c"]');
    await entered(first, ITEMS.run);
    const second = await start('items-2', '["d","e","f"]');
    await inLine(second);
    const minute = await keep();
    expect([minute.execution.status, minute.execution.cause]).toEqual(['SUCCEEDED', undefined]);
    expect(await statusOf(second)).toBe('RUNNING');
    release('items-1');
    const done = await machine.follow(first);
    expect([done.execution.status, sizesOf(done)]).toEqual(['SUCCEEDED', [3, 3]]);
    expect(await statusOf(second)).toBe('RUNNING');
    const kept = await keep('items-1');
    expect([kept.execution.status, kept.execution.cause]).toEqual(['SUCCEEDED', undefined]);
    await entered(second, ITEMS.run);
    const third = await start('items-3', JSON.stringify(Array.from({ length: 10 }, (_, item) => item)));
    await inLine(third);
    for (const run of ['items-2', 'items-3']) release(run);
    expect((await machine.follow(second)).execution.status).toBe('SUCCEEDED');
    await keep('items-2');
    const many = await machine.follow(third);
    // The children of the first array fail, and run again.
    expect([many.execution.status, sizesOf(many)]).toEqual(['SUCCEEDED', [4, 4, 2, 4]]);
    await keep('items-3');
    const { Item } = JSON.parse(
      JSON.stringify(
        await api.json('dynamodb', 'DynamoDB_20120810.GetItem', { TableName: TABLE, Key: placesKey('items') }),
      ),
    );
    expect([Item.Holders, Item.Taken, Object.keys(Item).filter((name) => name.startsWith('places'))]).toEqual([
      { M: {} },
      { N: '0' },
      [],
    ]);
  });
});

/** The sizes of a run's arrays, in the order of their submission. */
function sizesOf({ jobs }: EmulatedRun) {
  return jobs.map(({ detail }) => detail.arrayProperties?.size);
}
