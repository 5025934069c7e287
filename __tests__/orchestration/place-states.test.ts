import { interpret, type TaskCall, type TaskOutcome } from '../../cli/local/state-machine/interpreter';
import { placeStates } from '../../modules/orchestration/place-states';
import { limitsIn, placesOf } from '../../modules/orchestration/places';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import type { Retrier, ServiceTask } from '../../modules/orchestration/states-language';
import { HISTORY_EVENTS } from '../../modules/orchestration/submission-retries';
import { readStates } from '../../modules/orchestration/submissions';

const NEEDED = { tableName: 'places', jobName: 'report', concurrentRuns: 5, runsPerHour: 60, runsPerDay: 600 };

type WhenExceeded = 'wait' | 'skip';

function tasks(whenExceeded: WhenExceeded): [string, ServiceTask][] {
  const { states } = placeStates({ ...NEEDED, whenExceeded }, 'aws', 'Attempt 1');
  return Object.entries(states).filter((entry): entry is [string, ServiceTask] => entry[1].Type === 'Task');
}

const isTimeout = ({ ErrorEquals }: Retrier) => ErrorEquals.includes('States.Timeout');

it('leaves the attempts the events of the history that they plan with, after a year of waiting and all its retries', () => {
  const events = tasks('wait').map(([, { TimeoutSeconds = 0, Retry = [] }]) => {
    const retries = Retry.filter((retrier) => !isTimeout(retrier)).reduce(
      (sum, { MaxAttempts }) => sum + MaxAttempts,
      0,
    );
    // Scheduled, started, submitted and timed out. A rejected request isn't submitted.
    const rejoins = TimeoutSeconds === 0 ? 0 : Math.ceil((366 * 86_400) / TimeoutSeconds);
    expect(Retry.find(isTimeout)?.MaxAttempts ?? 0).toBeGreaterThanOrEqual(rejoins);
    return 2 + 3 * (retries + 1) + 4 * rejoins;
  });
  const sum = events.reduce((one, other) => one + other, 0);
  expect(sum).toBeLessThanOrEqual(HISTORY_EVENTS.limit - HISTORY_EVENTS.planned);
});

it.each([
  { concurrentRuns: 5, runsPerHour: 60, runsPerDay: undefined, whenExceeded: 'wait' },
  { concurrentRuns: undefined, runsPerHour: undefined, runsPerDay: 600, whenExceeded: 'skip' },
  { concurrentRuns: 1000, runsPerHour: undefined, runsPerDay: undefined, whenExceeded: 'wait' },
] as const)('has the limits of the job again: %j', (limits) => {
  const document = stateMachineDocument({
    plan: retryPlan({}),
    jobDefinitionArn: 'arn:aws:batch:us-east-1:123456789012:job-definition/report',
    jobQueueArn: 'arn:aws:batch:us-east-1:123456789012:job-queue/report',
    place: { tableName: 'places', jobName: 'report', ...placesOf(limits) },
  });
  expect(limitsIn(readStates(JSON.stringify(document)))).toEqual(limits);
});

it('no limits are found where no place is taken', () => {
  expect(limitsIn(readStates('{"States":{"Attempt 1":{"Type":"Task"}}}'))).toBeUndefined();
  expect(limitsIn(readStates('{}'))).toBeUndefined();
});

/** A run of which each request for a place has the outcome. */
async function run(whenExceeded: WhenExceeded, outcome: (call: TaskCall) => TaskOutcome) {
  const document = stateMachineDocument({
    plan: retryPlan({}),
    jobDefinitionArn: 'arn:aws:batch:us-east-1:123456789012:job-definition/report',
    jobQueueArn: 'arn:aws:batch:us-east-1:123456789012:job-queue/report',
    place: { ...NEEDED, whenExceeded },
  });
  const task = (call: TaskCall) => (call.resource.includes(':batch:') ? { output: 'done' } : outcome(call));
  return interpret(document, { executionName: 'report-1', input: {}, task });
}

const UNMET = { error: 'DynamoDb.ConditionalCheckFailedException', cause: '' };
const answer = ({ resource }: TaskCall): TaskOutcome =>
  resource.endsWith(':query') ? { output: { Count: 0, Items: [] } } : UNMET;

describe.each(['wait', 'skip'] as const)('%s', (whenExceeded) => {
  it.each(tasks(whenExceeded).map(([name]) => name))('goes on if the limits are removed at: %s', async (name) => {
    const [, removed] = tasks(whenExceeded).find(([other]) => other === name) ?? [];
    const denied = { error: 'DynamoDb.DynamoDbException', cause: 'User: role is not authorized to perform: it' };
    let isRemoved = false;
    const end = await run(whenExceeded, (call) => {
      const action = JSON.stringify(call.parameters).includes('Holders.#run = :run') ? 'take' : call.resource;
      const wanted = JSON.stringify(removed?.Parameters).includes('Holders.#run = :run') ? 'take' : removed?.Resource;
      isRemoved ||= action === wanted;
      return isRemoved ? denied : answer(call);
    });
    expect(end).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
  });

  it.each(['ProvisionedThroughputExceeded', 'Throttling', 'RequestLimitExceeded', 'InternalServerError'])(
    'repeats a request as long as the requests of a thousand runs take: %s',
    async (error) => {
      let throttled = 0;
      const end = await run(whenExceeded, (call) => {
        if (!call.resource.endsWith(':updateItem')) return answer(call);
        if (throttled++ < 100) return { error: `DynamoDb.${error}Exception`, cause: 'busy' };
        return { output: {} };
      });
      expect(end).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
    },
  );

  it('ends with the error of a table that cannot be reached', async () => {
    const end = await run(whenExceeded, () => ({ error: 'DynamoDb.DynamoDbException', cause: 'broken' }));
    expect(end).toMatchObject({ status: 'FAILED', error: 'DynamoDb.DynamoDbException', cause: 'broken' });
  });
});
