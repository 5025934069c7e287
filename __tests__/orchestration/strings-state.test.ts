import validate from 'asl-validator';
import { interpret, type TaskCall, type TaskOutcome } from '../../cli/local/state-machine/interpreter';
import { itemsDocument } from '../../modules/orchestration/item-states';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import { stateMeaning } from '../../modules/orchestration/state-names';
import type { StateMachineDocument } from '../../modules/orchestration/states-language';

const STRINGS = 'arn:aws:lambda:eu-west-1:123456789012:function:shop-import-strings';
const INPUT = {
  jobDefinitionArn: 'definition',
  jobQueueArn: 'spot',
  onDemandJobQueueArn: 'on-demand',
  stringsFunctionArn: STRINGS,
};
const FALLBACK = { useSpotInstances: true, spotInterruption: { thenOnDemand: true } };
const PLACE = {
  concurrentRuns: 1,
  runsPerHour: 9,
  runsPerDay: 9,
  tableName: 't',
  jobName: 'j',
  whenExceeded: 'skip',
} as const;

const FAILED = { error: 'States.TaskFailed', cause: '{"StatusReason":"Essential container in task exited"}' };
const RECLAIMED = { error: 'States.TaskFailed', cause: '{"StatusReason":"Host EC2 (instance i-0) terminated."}' };
const THROTTLED = { error: 'Batch.AWSBatchException', cause: 'Too Many Requests' };
const KILLED = { error: 'States.TaskFailed', cause: '{"Container":{"Reason":"OutOfMemoryError: x"}}' };

/** What a run does: `strings` for the function, and the queue of each submission. */
async function walk(
  document: StateMachineDocument,
  ends: readonly TaskOutcome[],
  strings: readonly TaskOutcome[] = [],
) {
  const done: string[] = [];
  const [jobs, functions] = [[...ends], [...strings]];
  const run = await interpret(document, {
    input: ['any', 'JSON'],
    task: ({ resource, parameters }: TaskCall): TaskOutcome => {
      if (resource.includes('dynamodb')) return { output: {} };
      const { FunctionName, Payload, JobQueue } = parameters as {
        FunctionName?: string;
        Payload: object;
        JobQueue: string;
      };
      if (FunctionName !== STRINGS) {
        done.push(JobQueue);
        return jobs.shift() ?? { output: { Status: 'SUCCEEDED' } };
      }
      expect(Payload).toEqual({});
      done.push('strings');
      return functions.shift() ?? { output: { Payload: null } };
    },
  });
  return { run, done: done.join(' ') };
}

describe('connection strings of a job', () => {
  it.each([
    ['at once', {}, [], 'strings spot'],
    ['after a failure', { attempts: 2 }, [FAILED], 'strings spot strings spot'],
    ['after a wait', { attempts: 2, retryIntervalSeconds: 9 }, [FAILED], 'strings spot strings spot'],
    [
      'after it was killed',
      { attempts: 2, onOutOfMemory: { memory: 512, maxMemory: 1024 } },
      [KILLED],
      'strings spot strings spot',
    ],
    ['on demand', FALLBACK, [RECLAIMED], 'strings spot strings on-demand'],
    ['after it was throttled', {}, [THROTTLED], 'strings spot spot'],
  ] as const)('are written before it is submitted: %s', async (_, plan, ends, expected) => {
    const document = stateMachineDocument({ ...INPUT, plan: retryPlan(plan as object) });
    expect(validate(structuredClone(document) as never).isValid).toBe(true);
    const { run, done } = await walk(document, ends);
    expect([run.status, done]).toEqual(['SUCCEEDED', expected]);
  });

  it('are written after the run has its place, in which it may have waited for long', () => {
    const { States } = stateMachineDocument({ ...INPUT, plan: retryPlan({}), place: PLACE });
    expect(States['Take a place']).toMatchObject({ Next: 'Attempt 1, connection strings' });
  });

  const document = stateMachineDocument({ ...INPUT, plan: retryPlan({}) });

  it('end a run by what only a person can mend, and repeat what passes', async () => {
    const incurable = { error: 'ConnectionStringsError', cause: 'no key' };
    expect(await walk(document, [], [incurable])).toMatchObject({
      run: { status: 'FAILED', ...incurable },
      done: 'strings',
    });
    const passing = { error: 'Sandbox.Timedout', cause: '' };
    expect((await walk(document, [], [passing, passing])).done).toBe('strings strings strings spot');
    const always = Array.from({ length: 20 }, () => passing);
    expect((await walk(document, [], always)).run).toMatchObject({ status: 'FAILED', error: passing.error });
  });

  it('are those that were written last if the function is gone', async () => {
    const gone = Array.from({ length: 20 }, () => ({ error: 'Lambda.ResourceNotFoundException', cause: 'gone' }));
    const { run, done } = await walk(document, [], gone);
    expect([run.status, done]).toEqual(['SUCCEEDED', `${'strings '.repeat(9)}spot`]);
  });

  it('are no attempt to those who read an execution', () => {
    expect(stateMeaning('Attempt 2 on demand, connection strings')).toEqual({
      kind: 'decision',
      attempt: 2,
      onDemand: true,
    });
    expect(stateMeaning('Write the connection strings')).toEqual({ kind: 'decision', onDemand: false });
  });
});

describe('connection strings of a job with items', () => {
  const document = itemsDocument({
    ...INPUT,
    plan: retryPlan({}),
    items: { functionArn: 'items', source: { Items: '$', MaxItems: 9 }, maxFailures: 0 },
  });
  const arrays = [0, 1].map((array) => ({ Number: array, Size: 2, Items: `s3://b/1-${array}.index` }));
  const answers = [
    { Next: 'run', Attempt: 1, Count: 4, OnDemand: false, Wait: 0, Arrays: arrays },
    { Next: 'end', Result: {} },
  ];

  it.each([
    ['written', { output: { Payload: null } }],
    ['those that were written last if the function is gone', { error: 'Lambda.ResourceNotFoundException', cause: '' }],
  ])('are %s before each array', async (_, outcome) => {
    expect(validate(structuredClone(document) as never).isValid).toBe(true);
    const states: string[] = [];
    const asked = [...answers];
    const run = await interpret(document, {
      task: ({ state, parameters }: TaskCall) => {
        states.push(state);
        if ((parameters as { FunctionName?: string }).FunctionName === STRINGS) return outcome;
        return state === 'Array' ? { output: { JobId: 'a' } } : { output: { Payload: asked.shift() as never } };
      },
    });
    expect(run.status).toBe('SUCCEEDED');
    expect(states.filter((state) => state === 'Array')).toHaveLength(2);
    expect(states.filter((state) => state === 'Write the connection strings').length).toBeGreaterThanOrEqual(2);
    expect(states.indexOf('Write the connection strings')).toBeLessThan(states.indexOf('Array'));
  });
});
