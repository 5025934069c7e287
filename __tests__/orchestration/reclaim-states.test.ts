import type { Json } from '../../cli/local/state-machine/json-value';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import { ENDED, ENDS, failedJob, JOB_DEFINITION, SPOT_QUEUE, walk, withFallback } from './walked-document';

describe('an attempt without free restarts after Spot interruptions', () => {
  test.each(['reclaim', 'sigterm'] as const)('after %s is submitted once more to on-demand capacity', async (end) => {
    const { run, calls, submissions } = await walk(withFallback(3), [end]);
    expect(run.status).toBe('SUCCEEDED');
    expect(submissions).toEqual(['1 spot', '1 on-demand']);
    expect(calls.map(({ parameters }) => (parameters as { RetryStrategy?: Json }).RetryStrategy)).toEqual([
      undefined,
      { Attempts: 1 },
    ]);
  });

  test('goes on to the next attempt, on Spot again, if on-demand capacity fails too', async () => {
    const { submissions } = await walk(withFallback(2), ['reclaim', 'failure', 'reclaim']);
    expect(submissions).toEqual(['1 spot', '1 on-demand', '2 spot', '2 on-demand']);
  });

  test('ends with what happened on on-demand capacity when it was the last', async () => {
    const { run, submissions } = await walk(withFallback(1), ['reclaim', 'failure']);
    expect(run).toMatchObject({ status: 'FAILED', ...ENDS.failure });
    expect(submissions).toEqual(['1 spot', '1 on-demand']);
  });

  test('has failed like any other without the fallback', async () => {
    const { submissions } = await walk(retryPlan({ attempts: 2, useSpotInstances: true }), ['reclaim', 'sigterm']);
    expect(submissions).toEqual(['1 spot', '2 spot']);
  });

  test.each(['timeout', 'terminated'] as const)('is not what %s looks like, though the exit code is', async (end) => {
    const { submissions } = await walk(withFallback(2), [end]);
    expect(submissions).toEqual(['1 spot', '2 spot']);
  });

  test('is judged by the job, not by its earlier restarts', async () => {
    const failure = failedJob({
      Attempts: [{ Container: { ExitCode: 143 }, StatusReason: 'Host EC2 (instance i-1) terminated.' }],
      Container: { ExitCode: 1 },
      StatusReason: ENDED,
    });
    const { run, submissions } = await walk(withFallback(1), [failure]);
    expect(run).toMatchObject({ status: 'FAILED', ...failure });
    expect(submissions).toEqual(['1 spot']);
  });

  test('is not looked for in a job without a status reason', async () => {
    const failure = failedJob({ Attempts: [{ StatusReason: 'Host EC2 (instance i-1) terminated.' }] });
    const { submissions } = await walk(withFallback(2), [failure]);
    expect(submissions).toEqual(['1 spot', '2 spot']);
  });

  test('needs a queue to go to', () => {
    expect(() =>
      stateMachineDocument({ plan: withFallback(1), jobDefinitionArn: JOB_DEFINITION, jobQueueArn: SPOT_QUEUE }),
    ).toThrow('onDemandJobQueueArn is missing');
  });
});
