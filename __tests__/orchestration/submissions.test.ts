import { retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import { queueArns, readStates, readSubmission, submissions } from '../../modules/orchestration/submissions';

const SPOT = '${aws_batch_job_queue.spot.arn}';
const ON_DEMAND = '${element(["a"], 0)}';

/** A definition as a synthesized stack has it, with expressions as they are. */
const definition = JSON.stringify(
  stateMachineDocument({
    plan: retryPlan({
      attempts: 2,
      timeout: 600,
      useSpotInstances: true,
      spotInterruption: { freeRestarts: 0, thenOnDemand: true },
    }),
    jobDefinitionArn: 'report',
    jobQueueArn: SPOT,
    onDemandJobQueueArn: 'ON_DEMAND',
  }),
).replaceAll('ON_DEMAND', ON_DEMAND);

it('the submissions of a definition are those that its document has', () => {
  const found = submissions(readStates(definition));
  // Each again in the state that submits again after a refusal.
  expect(found).toHaveLength(8);
  expect(new Set(found.map(({ attempt, queueArn }) => `${attempt} ${queueArn}`))).toEqual(
    new Set([1, 2].flatMap((attempt) => [`${attempt} ${SPOT}`, `${attempt} ${ON_DEMAND}`])),
  );
  for (const each of found) expect(each).toMatchObject({ timeoutSeconds: 600, maximumAttempts: 2 });
  expect(queueArns(definition)).toEqual([SPOT, ON_DEMAND]);
});

it('a submission in a history is read, with what AWS adds to it', () => {
  const Environment = [
    { Name: 'STP_CURRENT_ATTEMPT', Value: '2' },
    { name: 'MANAGED_BY_AWS', value: 'STARTED_BY_STEP_FUNCTIONS' },
  ];
  const read = readSubmission(JSON.stringify({ JobQueue: 'queue', ContainerOverrides: { Environment } }));
  expect(read).toEqual({ queueArn: 'queue', attempt: 2 });
});

it('the memory of a submission is read in a history, and is an expression in a definition', () => {
  const ResourceRequirements = [{ Type: 'MEMORY', Value: '3600' }];
  expect(readSubmission(JSON.stringify({ ContainerOverrides: { ResourceRequirements } }))).toEqual({ memory: 3600 });
  const levelled = stateMachineDocument({
    plan: retryPlan({ attempts: 2, memory: 1800, onOutOfMemory: { maxMemory: 3600 } }),
    jobDefinitionArn: 'report',
    jobQueueArn: SPOT,
  });
  expect(submissions(readStates(JSON.stringify(levelled))).map(({ memory }) => memory)).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
});

it.each(['', '[]', '{', '{"States":{"A":{"Type":"Pass"},"B":null}}'])('%j submits nothing', (text) => {
  expect(queueArns(text)).toEqual([]);
  expect(readSubmission(text)).toEqual({});
});
