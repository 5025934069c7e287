import { runTransitions, transitionsText } from '../../../cli/cost/run-transitions';
import { interpret, type TaskCall, type TaskOutcome } from '../../../cli/local/state-machine/interpreter';
import { itemsDocument } from '../../../modules/orchestration/item-states';
import { retryPlan } from '../../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../../modules/orchestration/state-machine-document';

const LIMITS = { concurrentRuns: 5, runsPerHour: 60, runsPerDay: 600 };

const STRINGS = 'arn:strings';

/** How many states a run that succeeds at once enters. */
async function entered(
  whenExceeded: 'wait' | 'skip' | undefined,
  isFirstInHour = false,
  arrays?: number,
  countItems?: boolean,
  stringsFunctionArn?: string,
): Promise<number> {
  const input = {
    plan: retryPlan({}),
    jobDefinitionArn: 'arn:aws:batch:us-east-1:123456789012:job-definition/report',
    jobQueueArn: 'arn:aws:batch:us-east-1:123456789012:job-queue/report',
    stringsFunctionArn,
    ...(whenExceeded && { place: { ...LIMITS, tableName: 'places', jobName: 'report', whenExceeded, countItems } }),
  };
  const items = { functionArn: 'arn:function', source: { Items: '$.keys', MaxItems: 100 }, maxFailures: 0 };
  const document = arrays === undefined ? stateMachineDocument(input) : itemsDocument({ ...input, items });
  let requests = 0;
  let asked = 0;
  const task = ({ resource, parameters }: TaskCall): TaskOutcome => {
    if ((parameters as { FunctionName?: string }).FunctionName === STRINGS) return { output: { Payload: null } };
    if (resource.endsWith('lambda:invoke')) return { output: { Payload: answers(arrays ?? 0)[asked++] ?? null } };
    if (resource.endsWith(':query')) return { output: { Count: 0, Items: [] } };
    const isUnmet = isFirstInHour && resource.endsWith(':updateItem') && requests++ === 0;
    return isUnmet
      ? { error: 'DynamoDb.ConditionalCheckFailedException', cause: '' }
      : { output: { JobId: 'job-1', Status: 'SUCCEEDED' } };
  };
  const run = await interpret(document, { task });
  expect(run).toMatchObject({ status: 'SUCCEEDED' });
  return run.visited.length;
}

/** Of the items function, for arrays that succeed at once. */
function answers(arrays: number) {
  const Arrays = Array.from({ length: arrays }, (_, index) => ({ Number: index, Size: 2, Items: 's3://b/1-0.index' }));
  const run = {
    Next: 'run',
    Count: 2,
    Children: 2,
    Attempt: 1,
    OnDemand: false,
    Wait: 0,
    Aside: 0,
    Arrays,
    Places: '2',
    Room: '0',
  };
  return [run, { Next: 'end', Result: { items: 2, succeeded: 2, failed: 0, failures: [] } }];
}

it('are those of the state machine with items, for its arrays', async () => {
  const forEach = { items: '$.keys', maxItems: 100, maxFailures: 0 };
  const counted = { count: 25_000, maxItems: 100, maxFailures: 0 };
  expect(runTransitions({ limits: undefined, forEach })).toBe(await entered(undefined, false, 1));
  expect(runTransitions({ limits: undefined, forEach: counted })).toBe(await entered(undefined, false, 3));
  const limits = { ...LIMITS, whenExceeded: 'wait' } as const;
  expect(runTransitions({ limits, forEach })).toBe(await entered('wait', false, 1));
  expect(transitionsText({ limits: undefined, forEach })).toBe(
    'A run of at most 10,000 items that succeeds at once has 9 state transitions.',
  );
  expect(transitionsText({ limits, forEach: counted })).toBe(
    'A run of 25,000 items that gets a place and succeeds at once has 18 state transitions, the first one in an hour 21.',
  );
});

it('are those of smaller arrays if items are counted', async () => {
  const limits = { ...LIMITS, countItems: true, whenExceeded: 'wait' } as const;
  const counted = { count: 12, maxItems: 100, maxFailures: 0 };
  expect(runTransitions({ limits, forEach: counted })).toBe(await entered('wait', false, 3, true));
  const skip = { ...limits, whenExceeded: 'skip' } as const;
  const forEach = { items: '$.keys', maxItems: 100, maxFailures: 0 };
  expect(runTransitions({ limits: skip, forEach })).toBe(await entered('skip', false, 1, true));
  expect(transitionsText({ limits, forEach })).toMatch(/^A run of at most 5 items that gets a place/);
});

it('are those of the state machine', async () => {
  expect(runTransitions({ limits: undefined })).toBe(await entered(undefined));
  expect(transitionsText({ limits: undefined })).toBe('A run that succeeds at once has one state transition.');
  for (const whenExceeded of ['wait', 'skip'] as const) {
    const job = { limits: { ...LIMITS, whenExceeded } };
    expect(runTransitions(job)).toBe(await entered(whenExceeded));
    expect(transitionsText(job)).toBe(
      'A run that gets a place and succeeds at once has ' +
        `${await entered(whenExceeded)} state transitions, the first one in an hour ${await entered(whenExceeded, true)}.`,
    );
  }
});

it('are one more for each submission if a function writes connection strings before it', async () => {
  const forEach = { count: 25_000, maxItems: 100, maxFailures: 0 };
  const job = { limits: { ...LIMITS, whenExceeded: 'wait' } } as const;
  expect(runTransitions({ ...job, writesStrings: true })).toBe(
    await entered('wait', false, undefined, undefined, STRINGS),
  );
  expect(runTransitions({ limits: undefined, forEach, writesStrings: true })).toBe(
    await entered(undefined, false, 3, undefined, STRINGS),
  );
  expect(transitionsText({ limits: undefined, writesStrings: true })).toBe(
    'A run that succeeds at once has 2 state transitions.',
  );
});
