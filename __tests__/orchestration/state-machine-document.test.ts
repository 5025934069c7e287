import validate from 'asl-validator';
import fc from 'fast-check';
import type { Json } from '../../cli/local/state-machine/json-value';
import { type RetryPlan, retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import type { StateMachineDocument, TaskState } from '../../modules/orchestration/states-language';
import {
  documentOf,
  ENDED,
  ENDS,
  type End,
  environmentOf,
  failedJob,
  JOB_DEFINITION,
  ON_DEMAND_QUEUE,
  planOf,
  SPOT_QUEUE,
  walk,
  withFallback,
} from './walked-document';

describe('a job that succeeds at once', () => {
  test('enters one state and ends with the job', async () => {
    const { run } = await walk(retryPlan({ attempts: 5, retryIntervalSeconds: 5 }), []);
    expect(run).toEqual({
      status: 'SUCCEEDED',
      output: { Status: 'SUCCEEDED' },
      visited: ['Attempt 1'],
      delays: [],
    });
  });

  test('is submitted with its definition, queue, name, time limit and environment', async () => {
    const { calls } = await walk(retryPlan({ attempts: 3, timeout: 90 }), [], {
      input: { key: 'a "quoted" value' },
      executionName: 'report-4f2a',
    });
    expect(calls).toEqual([
      {
        state: 'Attempt 1',
        resource: 'arn:aws:states:::batch:submitJob.sync',
        retryCount: 0,
        parameters: {
          JobDefinition: JOB_DEFINITION,
          JobQueue: SPOT_QUEUE,
          JobName: 'report-4f2a',
          Timeout: { AttemptDurationSeconds: 90 },
          ContainerOverrides: {
            Environment: [
              { Name: 'STP_TRIGGER_EVENT_DATA', Value: '{"key":"a \\"quoted\\" value"}' },
              { Name: 'STP_MAXIMUM_ATTEMPTS', Value: '3' },
              { Name: 'STP_CURRENT_ATTEMPT', Value: '1' },
            ],
          },
        },
      },
    ]);
  });

  test('has no timeout and no retry strategy by default', async () => {
    const { calls } = await walk(retryPlan({}), []);
    expect(calls[0]?.parameters).not.toHaveProperty('Timeout');
    expect(calls[0]?.parameters).not.toHaveProperty('RetryStrategy');
  });

  test('is submitted through the integration of its partition', () => {
    const document = stateMachineDocument({
      plan: retryPlan({}),
      jobDefinitionArn: JOB_DEFINITION,
      jobQueueArn: SPOT_QUEUE,
      partition: 'aws-cn',
    });
    expect(document.States['Attempt 1']).toMatchObject({ Resource: 'arn:aws-cn:states:::batch:submitJob.sync' });
  });
});

test('any JSON input reaches every attempt whole, on-demand capacity and resubmissions included', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const input = value as Json;
      const { calls, run } = await walk(withFallback(2), ['throttle', 'reclaim', 'failure'], { input });
      expect(run.status).toBe('SUCCEEDED');
      expect(calls).toHaveLength(4);
      for (const call of calls) {
        expect(environmentOf(call).STP_TRIGGER_EVENT_DATA).toBe(JSON.stringify(input));
      }
    }),
  );
});

describe('failed attempts', () => {
  test('wait 5, 10 and 20 seconds between four attempts, and end with the last error and cause', async () => {
    const plan = retryPlan({ attempts: 4, retryIntervalSeconds: 5, retryIntervalMultiplier: 2 });
    const last = failedJob({ Container: { ExitCode: 7 }, StatusReason: ENDED });
    const { run, submissions } = await walk(plan, ['failure', 'timeout', 'failure', last]);
    expect(submissions).toEqual(['1 spot', '2 spot', '3 spot', '4 spot']);
    expect(run).toEqual({
      status: 'FAILED',
      ...last,
      delays: [
        { state: 'Wait before attempt 2', of: 'Wait', seconds: 5 },
        { state: 'Wait before attempt 3', of: 'Wait', seconds: 10 },
        { state: 'Wait before attempt 4', of: 'Wait', seconds: 20 },
      ],
      visited: [
        'Attempt 1',
        'Attempt 1 failed',
        'Wait before attempt 2',
        'Attempt 2',
        'Attempt 2 failed',
        'Wait before attempt 3',
        'Attempt 3',
        'Attempt 3 failed',
        'Wait before attempt 4',
        'Attempt 4',
      ],
    });
  });

  test('follow each other at once when the wait is 0', async () => {
    const { run } = await walk(retryPlan({ attempts: 2 }), ['failure']);
    expect(run).toMatchObject({ visited: ['Attempt 1', 'Attempt 1 failed', 'Attempt 2'], delays: [] });
  });

  test('of a job without retries end the execution at once', async () => {
    const { run } = await walk(retryPlan({}), ['failure']);
    expect(run).toMatchObject({ status: 'FAILED', ...ENDS.failure, visited: ['Attempt 1'] });
  });

  test('may have a cause that is no JSON, or none that says anything', async () => {
    for (const cause of ['', 'Host EC2 went away', '{', '"StatusReason":"Host EC2', '{"StatusReason":"Host EC2 (']) {
      const { run, submissions } = await walk(withFallback(2), [{ error: 'Unheard.Of', cause }]);
      expect(run.status).toBe('SUCCEEDED');
      expect(submissions).toEqual(['1 spot', '2 spot']);
    }
  });
});

describe('any sequence of ends', () => {
  const anyPlan = planOf({ max: 6 });
  const anyEnds = fc.array(fc.constantFrom(...(Object.keys(ENDS) as End[])), { maxLength: 20 });
  const INCURABLE: readonly End[] = ['denied', 'badRequest', 'noPermission', 'tooLong', 'unplaceable'];
  const BUSY: readonly End[] = ['throttle', 'unavailable', 'serverError'];

  /** The contract, said a second time: what is submitted, waited and reported for these ends. */
  function expected(plan: RetryPlan, ends: readonly End[]) {
    const submissions: string[] = [];
    const waits: number[] = [];
    let attempt = 1;
    let onDemand = false;
    for (let index = 0; ; index++) {
      const end = ends[index] ?? 'success';
      submissions.push(`${attempt} ${onDemand ? 'on-demand' : 'spot'}`);
      if (end === 'success') {
        return { submissions, waits, end };
      }
      if (BUSY.includes(end)) {
        continue;
      }
      if (INCURABLE.includes(end)) {
        return { submissions, waits, end };
      }
      if (plan.onDemandFallback && !onDemand && (end === 'reclaim' || end === 'sigterm')) {
        onDemand = true;
        continue;
      }
      onDemand = false;
      if (attempt === plan.maximumAttempts) {
        return { submissions, waits, end };
      }
      const wait = plan.waits[attempt - 1] ?? 0;
      if (wait > 0) {
        waits.push(wait);
      }
      attempt++;
    }
  }

  /** A resubmission distinguishes throttling from denied access only at the end of a round, see above. */
  function deniedInResubmission(ends: readonly End[]): boolean {
    return ends.some((end, index) => end === 'denied' && BUSY.includes(ends[index - 1] ?? 'success'));
  }

  test('is submitted, waited for and reported as the contract says', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPlan,
        anyEnds.filter((ends) => !deniedInResubmission(ends)),
        async (plan, ends) => {
          const { run, submissions } = await walk(plan, ends);
          const contract = expected(plan, ends);
          expect(submissions).toEqual(contract.submissions);
          expect(
            run.delays.filter(({ state }) => state.startsWith('Wait before')).map(({ seconds }) => seconds),
          ).toEqual(contract.waits);
          expect(run).toMatchObject(
            contract.end === 'success' ? { status: 'SUCCEEDED' } : { status: 'FAILED', ...ENDS[contract.end] },
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('any document', () => {
  const anyPlan = planOf({ max: 12 });
  const tasksOf = (document: StateMachineDocument): [string, TaskState][] =>
    Object.entries(document.States).flatMap(([name, state]) =>
      state.Type === 'Task' && 'End' in state ? [[name, state]] : [],
    );

  test('is valid in the Amazon States Language', () => {
    fc.assert(
      // Between the first attempt and the last all are alike, and the validator is slow.
      fc.property(planOf({ max: 3 }), (plan) => {
        // The validator writes defaults into what it is given.
        const { isValid, errorsText } = validate(JSON.parse(JSON.stringify(documentOf(plan))));
        expect(errorsText()).toBe('');
        expect(isValid).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  test('has one state for each attempt, the exact waits, and none of 0 seconds', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const { States } = documentOf(plan);
        const attempts = Object.keys(States).filter((name) => /^Attempt \d+$/.test(name));
        expect(attempts).toEqual(Array.from({ length: plan.maximumAttempts }, (_, index) => `Attempt ${index + 1}`));
        const waits = Object.entries(States).filter(([name]) => name.startsWith('Wait before'));
        expect(waits).toEqual(
          plan.waits.flatMap((Seconds, index) =>
            Seconds === 0
              ? []
              : [[`Wait before attempt ${index + 2}`, { Type: 'Wait', Seconds, Next: `Attempt ${index + 2}` }]],
          ),
        );
      }),
    );
  });

  test('has names that Step Functions takes, and a last resort in every Task but the last submission', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const document = documentOf(plan);
        expect(Object.keys(document.States).every((name) => name.length <= 80)).toBe(true);
        const last = `Attempt ${plan.maximumAttempts}${plan.onDemandFallback ? ' on demand' : ''}`;
        const wrong = tasksOf(document).filter(([name, task]) => {
          const catchesAll = task.Catch?.at(-1)?.ErrorEquals.includes('States.ALL') ?? false;
          const isLast = name === last || name === `${last}, resubmitted`;
          return catchesAll === isLast || task.Retry?.some(({ JitterStrategy }) => JitterStrategy !== 'FULL');
        });
        expect(wrong).toEqual([]);
      }),
    );
  });

  test('can reach every state', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const document = documentOf(plan);
        const targets = JSON.stringify(document).matchAll(/"(?:Next|Default|StartAt)":"([^"]+)"/g);
        expect(new Set([...targets].map(([, target]) => target))).toEqual(new Set(Object.keys(document.States)));
      }),
    );
  });

  test('submits to on-demand capacity only where the plan falls back to it, without restarts', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const onDemand = tasksOf(documentOf(plan)).filter(([, task]) => task.Parameters.JobQueue === ON_DEMAND_QUEUE);
        expect(onDemand).toHaveLength(plan.onDemandFallback ? 2 * plan.maximumAttempts : 0);
        expect(onDemand.every(([, task]) => task.Parameters.RetryStrategy?.Attempts === 1)).toBe(true);
      }),
    );
  });

  test('of a hundred attempts with every option fits into one request of 1 MB, at the longest ARNs', () => {
    const arn = (kind: string) => `arn:aws-us-gov:batch:us-gov-west-1:123456789012:${kind}/${'x'.repeat(128)}`;
    const document = stateMachineDocument({
      plan: retryPlan({
        attempts: 100,
        retryIntervalSeconds: 100_000,
        timeout: 31_536_000,
        useSpotInstances: true,
        spotInterruption: { freeRestarts: 9, thenOnDemand: true },
        memory: 65_536,
        onOutOfMemory: { memoryMultiplier: 1.1, maxMemory: 25_165_824 },
      }),
      jobDefinitionArn: arn('job-definition'),
      jobQueueArn: arn('job-queue'),
      onDemandJobQueueArn: arn('job-queue'),
      partition: 'aws-us-gov',
    });
    const definition = JSON.stringify(document);
    // Inside the request the definition is text, its quotes escaped.
    expect(JSON.stringify(definition).length).toBeLessThan(995_000);
  });

  test('is the same for the same plan', () => {
    expect(JSON.stringify(documentOf(withFallback(3)))).toBe(JSON.stringify(documentOf(withFallback(3))));
  });
});
