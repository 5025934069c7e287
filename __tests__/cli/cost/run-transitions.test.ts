import { runTransitions, transitionsText } from '../../../cli/cost/run-transitions';
import { interpret, type TaskCall, type TaskOutcome } from '../../../cli/local/state-machine/interpreter';
import { retryPlan } from '../../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../../modules/orchestration/state-machine-document';

const LIMITS = { concurrentRuns: 5, runsPerHour: 60, runsPerDay: 600 };

/** How many states a run that succeeds at once enters. */
async function entered(whenExceeded: 'wait' | 'skip' | undefined, isFirstInHour = false): Promise<number> {
  const document = stateMachineDocument({
    plan: retryPlan({}),
    jobDefinitionArn: 'arn:aws:batch:us-east-1:123456789012:job-definition/report',
    jobQueueArn: 'arn:aws:batch:us-east-1:123456789012:job-queue/report',
    ...(whenExceeded && { place: { ...LIMITS, tableName: 'places', jobName: 'report', whenExceeded } }),
  });
  let requests = 0;
  const task = ({ resource }: TaskCall): TaskOutcome => {
    if (resource.endsWith(':query')) return { output: { Count: 0, Items: [] } };
    const isUnmet = isFirstInHour && resource.endsWith(':updateItem') && requests++ === 0;
    return isUnmet ? { error: 'DynamoDb.ConditionalCheckFailedException', cause: '' } : { output: {} };
  };
  const run = await interpret(document, { task });
  expect(run.status).toBe('SUCCEEDED');
  return run.visited.length;
}

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
