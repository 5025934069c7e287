import validate from 'asl-validator';
import { interpret, type TaskCall, type TaskOutcome } from '../../cli/local/state-machine/interpreter';
import type { Json } from '../../cli/local/state-machine/json-value';
import { itemsDocument } from '../../modules/orchestration/item-states';
import type { ItemArray, ItemsAnswer, NextArrays } from '../../modules/orchestration/items/format';
import { limitsIn } from '../../modules/orchestration/places';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { ITEMS, PLACE, stateMeaning } from '../../modules/orchestration/state-names';
import type { State, StateMachineDocument } from '../../modules/orchestration/states-language';
import { HISTORY_EVENTS } from '../../modules/orchestration/submission-retries';
import { queueArns, readStates, submissions } from '../../modules/orchestration/submissions';
import type { RetryPlanInput } from '../../modules/rules/retries';

const SPOT_QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/spot';
const ON_DEMAND_QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/on-demand';
const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:items';

function documentOf(retries: RetryPlanInput = {}, maxItems = 100_000): StateMachineDocument {
  return itemsDocument({
    plan: retryPlan(retries),
    jobDefinitionArn: 'arn:aws:batch:eu-west-1:123456789012:job-definition/tile',
    jobQueueArn: SPOT_QUEUE,
    onDemandJobQueueArn: ON_DEMAND_QUEUE,
    items: { functionArn: FUNCTION, source: { Items: '$.keys', MaxItems: maxItems }, maxFailures: '5%' },
  });
}

const FALLBACK: RetryPlanInput = { useSpotInstances: true, spotInterruption: { thenOnDemand: true } };

const array = (number: number, Size: number): ItemArray => ({
  Number: number,
  Size,
  Items: `s3://b/tile/r/1-${number}.index`,
});

function next(arrays: readonly ItemArray[], more: Partial<NextArrays> = {}): NextArrays {
  const Count = 25_001;
  const first = { Next: 'run', Attempt: 1, OnDemand: false, Wait: 0, Aside: 0 } as const;
  return { ...first, Count, Children: Count, Arrays: arrays, ...more };
}

const RESULT = { items: 2, succeeded: 2, failed: 0, failures: [] };
const ENDED: ItemsAnswer = { Next: 'end', Result: RESULT };

const failedJob = (id: string): TaskOutcome => ({
  error: 'States.TaskFailed',
  cause: JSON.stringify({ JobId: id, Status: 'FAILED', StatusReason: 'Array Child Job failed' }),
});
const THROTTLED: TaskOutcome = {
  error: 'Batch.AWSBatchException',
  cause: 'Too Many Requests (Service: AWSBatch; Status Code: 429; Error Code: TooManyRequestsException)',
};
const DENIED: TaskOutcome = { error: 'Batch.AWSBatchException', cause: 'not authorized to perform: batch:SubmitJob' };

interface Walk {
  readonly answers: readonly ItemsAnswer[];
  /** What the submissions meet, one after another, and then success. */
  readonly jobs?: readonly TaskOutcome[];
  readonly retries?: RetryPlanInput;
}

async function walk({ answers, jobs = [], retries }: Walk) {
  const asked: Json[] = [];
  const submitted: TaskCall[] = [];
  let answered = 0;
  const run = await interpret(documentOf(retries), {
    input: { keys: ['a', 'b'] },
    executionName: 'tile-1',
    random: () => 0,
    task: (call): TaskOutcome => {
      if (call.resource.endsWith('batch:submitJob.sync')) {
        submitted.push(call);
        return jobs[submitted.length - 1] ?? { output: { JobId: `job-${submitted.length}`, Status: 'SUCCEEDED' } };
      }
      const { FunctionName, Payload } = call.parameters as { FunctionName: string; Payload: { Operation: string } };
      expect(FunctionName).toBe(FUNCTION);
      asked.push(Payload as unknown as Json);
      const answer = Payload.Operation === 'ends' ? { Number: 0, Failed: 3 } : answers[answered++];
      return { output: { StatusCode: 200, Payload: answer as unknown as Json } };
    },
  });
  return { run, asked, submitted };
}

function variables(call: TaskCall | undefined): Record<string, string> {
  const { ContainerOverrides } = (call?.parameters ?? {}) as {
    ContainerOverrides?: { Environment: { Name: string; Value: string }[] };
  };
  return Object.fromEntries((ContainerOverrides?.Environment ?? []).map(({ Name, Value }) => [Name, Value]));
}

it('submits an array for each that was planned, and a plain job for a single item', async () => {
  const arrays = [array(0, 10_000), array(1, 10_000), array(2, 1)];
  const { run, asked, submitted } = await walk({
    answers: [next(arrays), ENDED],
    retries: { timeout: 90, attempts: 2 },
  });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: RESULT });
  const sizes = submitted.map(({ parameters }) => (parameters as { ArrayProperties?: Json }).ArrayProperties);
  expect(sizes).toEqual([{ Size: 10_000 }, { Size: 10_000 }, undefined]);
  expect(submitted.at(-1)?.parameters).toMatchObject({
    JobName: 'tile-1',
    JobQueue: SPOT_QUEUE,
    Timeout: { AttemptDurationSeconds: 90 },
  });
  expect(variables(submitted[1])).toEqual({
    STP_TRIGGER_EVENT_DATA: '{"keys":["a","b"]}',
    STP_MAXIMUM_ATTEMPTS: '2',
    STP_CURRENT_ATTEMPT: '1',
    STP_ITEMS: 's3://b/tile/r/1-1.index',
    STP_ITEM_COUNT: '25001',
  });
  expect(asked).toEqual([
    {
      Operation: 'plan',
      Execution: 'tile-1',
      Input: { keys: ['a', 'b'] },
      ForEach: { Items: '$.keys', MaxItems: 100_000 },
    },
    {
      Operation: 'collect',
      Execution: 'tile-1',
      Answer: next(arrays),
      Ended: [0, 1, 2].map((number) => ({ Number: number, Failed: 0 })),
      Plan: { MaximumAttempts: 2, Waits: [0], ThenOnDemand: false, MaxFailures: '5%' },
    },
  ]);
});

it('submits nothing for no items, and says what the function says of a run that cannot begin', async () => {
  const none = await walk({ answers: [ENDED] });
  expect([none.run, none.submitted]).toEqual([expect.objectContaining({ status: 'SUCCEEDED', output: RESULT }), []]);
  const refused = await walk({ answers: [{ Next: 'fail', Error: 'TooManyItems', Cause: 'The event has 3.' }] });
  expect(refused.run).toMatchObject({ status: 'FAILED', error: 'TooManyItems', cause: 'The event has 3.' });
  expect(refused.submitted).toEqual([]);
});

it('has the failed children of an array listed at once, and runs what the function says after its wait', async () => {
  const again = next([array(0, 3)], { Next: 'wait', Wait: 7, Attempt: 2 });
  const { run, asked, submitted } = await walk({
    answers: [next([array(0, 9), array(1, 9)]), again, { Next: 'fail', Error: 'ItemsFailed', Cause: '{}' }],
    jobs: [failedJob('job-a')],
  });
  expect(asked[1]).toEqual({
    Operation: 'ends',
    Execution: 'tile-1',
    Attempt: 1,
    OnDemand: false,
    Number: 0,
    Size: 9,
    JobId: 'job-a',
  });
  expect(asked[2]).toMatchObject({
    Ended: [
      { Number: 0, Failed: 3 },
      { Number: 1, Failed: 0 },
    ],
  });
  expect(run.delays).toEqual([{ state: ITEMS.wait, of: 'Wait', seconds: 7 }]);
  expect(variables(submitted[2]).STP_CURRENT_ATTEMPT).toBe('2');
  expect(run).toMatchObject({ status: 'FAILED', error: 'ItemsFailed' });
});

it('submits reclaimed children to on-demand capacity, without restarts', async () => {
  const answers = [next([array(0, 2)]), next([array(1, 2), array(2, 1)], { OnDemand: true }), ENDED];
  const { submitted } = await walk({ answers, retries: FALLBACK });
  const queues = submitted.map(({ parameters }) => {
    const { JobQueue, RetryStrategy } = parameters as { JobQueue: string; RetryStrategy?: Json };
    return [JobQueue, RetryStrategy];
  });
  expect(queues).toEqual([
    [SPOT_QUEUE, undefined],
    [ON_DEMAND_QUEUE, { Attempts: 1 }],
    [ON_DEMAND_QUEUE, { Attempts: 1 }],
  ]);
});

it('repeats a throttled submission, with what the array needs', async () => {
  const { run, submitted } = await walk({ answers: [next([array(4, 9)]), ENDED], jobs: [THROTTLED, THROTTLED] });
  expect(run.status).toBe('SUCCEEDED');
  expect(submitted.map(({ state }) => state)).toEqual(['Array', 'Array, resubmitted', 'Array, resubmitted']);
  expect(submitted.map((call) => variables(call).STP_ITEMS)).toEqual(Array(3).fill('s3://b/tile/r/1-4.index'));
});

it('ends with the error of a submission that is refused for good', async () => {
  const denied = await walk({ answers: [next([array(0, 9)])], jobs: [DENIED] });
  expect([denied.run, denied.submitted.length]).toEqual([
    expect.objectContaining({ status: 'FAILED', error: 'Batch.AWSBatchException', cause: DENIED.cause }),
    1,
  ]);
  const always = await walk({ answers: [next([array(0, 9)])], jobs: Array(99).fill(THROTTLED) });
  expect([always.run.status, always.submitted.length]).toEqual(['FAILED', 26]);
});

it('asks again for an answer that was lost', async () => {
  let tries = 0;
  const run = await interpret(documentOf(), {
    task: () =>
      tries++ === 0 ? { error: 'Lambda.Unknown', cause: '' } : { output: { Payload: ENDED as unknown as Json } },
  });
  expect([run.status, tries]).toEqual(['SUCCEEDED', 2]);
});

const RETRIES: readonly RetryPlanInput[] = [{}, { attempts: 16, ...FALLBACK }, { attempts: 32, timeout: 60 }];

it.each(RETRIES)('is valid for Step Functions: %j', (retries) => {
  expect(validate(documentOf(retries) as object)).toMatchObject({ isValid: true });
});

function allStates({ States }: Pick<StateMachineDocument, 'States'>): [string, State][] {
  return Object.entries(States).flatMap(([name, state]): [string, State][] => [
    [name, state],
    ...(state.Type === 'Map' ? allStates(state.ItemProcessor) : []),
  ]);
}

it('has names that say what each state is, and are nobody else’s', () => {
  const names = allStates(documentOf(FALLBACK));
  expect(new Set(names.map(([name]) => name)).size).toBe(names.length);
  const ends: string[] = [ITEMS.succeeded, ITEMS.failed, ITEMS.refused];
  for (const [name, state] of names) {
    const meaning = stateMeaning(name);
    const isSubmission = state.Type === 'Task' && state.Resource.endsWith('submitJob.sync');
    const kind = isSubmission ? 'job' : name === ITEMS.wait ? 'wait' : state.Type === 'Wait' ? 'delay' : 'decision';
    expect([name, meaning]).toEqual([
      name,
      ends.includes(name) ? undefined : { kind, onDemand: name.includes('on demand') },
    ]);
  }
});

it('shows its queues and attempts to whoever reads the definition', () => {
  const text = JSON.stringify(documentOf({ attempts: 3, timeout: 60, ...FALLBACK }));
  expect(queueArns(text)).toEqual([SPOT_QUEUE, ON_DEMAND_QUEUE]);
  expect(submissions(readStates(text))[0]).toMatchObject({ maximumAttempts: 3, timeoutSeconds: 60 });
});

it('keeps the history within its limit, even if all submissions are throttled until their last try', () => {
  // The largest runs that a config can have, with one submission for each array.
  for (const [maxItems, attempts] of [
    [1_000_000, 3],
    [100_000, 32],
    [10_000, 100],
  ] as const) {
    const [, task] =
      allStates(documentOf({ attempts }, maxItems)).find(([name]) => name === 'Array, resubmitted') ?? [];
    const { MaxAttempts = 0 } = (task?.Type === 'Task' && task.Retry?.[0]) || {};
    expect(MaxAttempts).toBeGreaterThan(5);
    const arrays = (maxItems / 10_000) * attempts;
    expect(arrays * (44 + 3 * MaxAttempts)).toBeLessThanOrEqual(HISTORY_EVENTS.planned);
  }
});

describe('the memory of children', () => {
  const more = { attempts: 3, memory: 512, onOutOfMemory: { maxMemory: 1024 } };
  const memoryOf = (call: TaskCall) =>
    (call.parameters as { ContainerOverrides: { ResourceRequirements?: Json } }).ContainerOverrides
      .ResourceRequirements;

  it('is that of their array, and the items function knows the levels', async () => {
    const arrays = [
      { ...array(0, 3), Memory: '512' },
      { ...array(1, 1), Memory: '1024' },
    ];
    const { asked, submitted, run } = await walk({ answers: [next(arrays), ENDED], retries: more });
    expect(run.status).toBe('SUCCEEDED');
    expect(submitted.map(memoryOf)).toEqual([[{ Type: 'MEMORY', Value: '512' }], [{ Type: 'MEMORY', Value: '1024' }]]);
    expect(asked[0]).toMatchObject({ Operation: 'plan', Memory: '512' });
    expect(asked.at(-1)).toMatchObject({ Operation: 'collect', Plan: { MemoryLevels: [512, 1024] } });
    expect(validate(documentOf(more) as object)).toMatchObject({ isValid: true });
  });

  it('is no part of a job whose memory stays', async () => {
    const { asked, submitted } = await walk({ answers: [next([array(0, 3)]), ENDED] });
    expect(submitted.map(memoryOf)).toEqual([undefined]);
    expect(JSON.stringify([asked, documentOf()])).not.toMatch(/Memory|MEMORY/);
  });
});

describe('limits that count items', () => {
  const place = { tableName: 'places', jobName: 'tile', concurrentRuns: 50, runsPerHour: 9, runsPerDay: 99 } as const;
  const counting = (whenExceeded: 'wait' | 'skip', retries: RetryPlanInput = {}) =>
    itemsDocument({
      plan: retryPlan(retries),
      jobDefinitionArn: 'arn:aws:batch:eu-west-1:123456789012:job-definition/tile',
      jobQueueArn: SPOT_QUEUE,
      onDemandJobQueueArn: ON_DEMAND_QUEUE,
      items: { functionArn: FUNCTION, source: { Items: '$.keys', MaxItems: 1_000 }, maxFailures: 0 },
      place: { ...place, whenExceeded, countItems: true },
    });

  it.each(['wait', 'skip'] as const)('%s: are valid, and found again', (whenExceeded) => {
    const document = counting(whenExceeded, { attempts: 2, ...FALLBACK });
    const { isValid, errorsText } = validate(document as never);
    expect([errorsText(), isValid]).toEqual(['', true]);
    const { concurrentRuns, runsPerHour, runsPerDay } = place;
    expect(limitsIn(readStates(JSON.stringify(document)))).toEqual({
      ...{ concurrentRuns, runsPerHour, runsPerDay, whenExceeded },
      countItems: true,
    });
  });

  it('make arrays of at most as many items, which go one after another', () => {
    const { StartAt, States } = counting('wait');
    expect(StartAt).toBe(ITEMS.plan);
    expect(States[ITEMS.run]).toMatchObject({ MaxConcurrency: 1 });
    expect(States[ITEMS.plan]).toMatchObject({ Parameters: { Payload: { ArraySize: 50 } }, Next: ITEMS.planned });
    expect(States[ITEMS.collect]).toMatchObject({ Parameters: { Payload: { Plan: { ArraySize: 50 } } } });
  });

  it('are not counted without it: the run takes one place before its items are found', () => {
    const { StartAt, States } = itemsDocument({
      plan: retryPlan({}),
      jobDefinitionArn: 'arn:aws:batch:eu-west-1:123456789012:job-definition/tile',
      jobQueueArn: SPOT_QUEUE,
      items: { functionArn: FUNCTION, source: { Items: '$.keys', MaxItems: 1_000 }, maxFailures: 0 },
      place: { ...place, whenExceeded: 'wait' },
    });
    expect([StartAt, ITEMS.planned in States]).toEqual([PLACE.look, false]);
    expect(JSON.stringify(States)).not.toMatch(/ArraySize|Taken|Refusal/);
    expect(States[ITEMS.run]).toMatchObject({ MaxConcurrency: 40 });
  });

  it.each(['wait', 'skip'] as const)(
    '%s: a run goes on without places after they were removed, and ends with the error of a broken table',
    async (whenExceeded) => {
      const end = (cause: string) =>
        interpret(counting(whenExceeded), {
          input: { keys: ['a', 'b'] },
          executionName: 'tile-1',
          task: ({ resource, parameters }): TaskOutcome => {
            if (resource.includes('dynamodb')) return { error: 'DynamoDb.DynamoDbException', cause };
            if (resource.endsWith('batch:submitJob.sync')) return { output: { JobId: 'job-1' } };
            const { Payload } = parameters as { Payload: { Operation: string } };
            const first = next([array(0, 2)], { Places: '2', Room: '48' });
            const answer = Payload.Operation === 'plan' ? first : ENDED;
            return { output: { Payload: answer as unknown as Json } };
          },
        });
      expect(await end('User: role is not authorized to perform: it')).toMatchObject({
        status: 'SUCCEEDED',
        output: RESULT,
      });
      const error = 'DynamoDb.DynamoDbException';
      expect(await end('broken')).toMatchObject({ status: 'FAILED', error, cause: 'broken' });
    },
  );
});
