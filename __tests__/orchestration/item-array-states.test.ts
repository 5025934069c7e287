import { arrayStates } from '../../modules/orchestration/item-array-states';
import type { ItemsDocumentInput } from '../../modules/orchestration/item-submission-states';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { ITEMS, onDemandName } from '../../modules/orchestration/state-names';

const INPUT: ItemsDocumentInput = {
  plan: retryPlan({}),
  jobDefinitionArn: 'arn:aws:batch:eu-west-1:123456789012:job-definition/tile',
  jobQueueArn: 'arn:aws:batch:eu-west-1:123456789012:job-queue/spot',
  items: {
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:items',
    source: { Items: '$.keys', MaxItems: 100_000 },
    maxFailures: 0,
  },
};

const FALLBACK = retryPlan({ useSpotInstances: true, spotInterruption: { thenOnDemand: true } });

const ask: Parameters<typeof arrayStates>[1] = (Parameters, then) => ({
  Type: 'Task',
  Resource: 'items',
  Parameters,
  ...then,
});

it('submits a single item as a plain job, and more as an array', () => {
  expect(arrayStates(INPUT, ask)[ITEMS.choose]).toMatchObject({
    Choices: [{ Variable: '$.Size', NumericEquals: 1, Next: ITEMS.one }],
    Default: ITEMS.array,
  });
});

it('has states for on-demand capacity only if the plan falls back to it', () => {
  const onDemandJobQueueArn = 'arn:aws:batch:eu-west-1:123456789012:job-queue/on-demand';
  const names = (input: ItemsDocumentInput) => Object.keys(arrayStates(input, ask));
  expect(names({ ...INPUT, plan: FALLBACK, onDemandJobQueueArn })).toContain(onDemandName(ITEMS.array));
  expect(names({ ...INPUT, onDemandJobQueueArn })).not.toContain(onDemandName(ITEMS.array));
  expect(() => names({ ...INPUT, plan: FALLBACK })).toThrow('onDemandJobQueueArn is missing');
});

it('asks the function which children of an array failed, only if the error is the end of a job', () => {
  const states = arrayStates(INPUT, ask);
  expect(states[ITEMS.ended]).toMatchObject({ Default: ITEMS.refused });
  expect(states[ITEMS.ends]).toMatchObject({
    Parameters: { Operation: 'ends', 'JobId.$': '$.Failure.Job.JobId' },
    Next: ITEMS.listed,
  });
});
