import { InjectedFaults } from '../../../cli/local/injected-faults';
import { SubmittedJob } from '../../../cli/local/submitted-job';
import { type ContainerScript, scripted } from './container-stand-in';
import { containerOf, NO_FAULTS, recorded, SPOT_QUEUE } from './scenarios';

const SUBMISSION = {
  JobDefinition: 'report',
  JobQueue: SPOT_QUEUE,
  JobName: 'report-1',
  ContainerOverrides: { Environment: [{ Name: 'STP_CURRENT_ATTEMPT', Value: '2' }] },
};

const INTERRUPTED = { evaluateOnExit: [{ onStatusReason: 'Host EC2*', action: 'RETRY' as const }], attempts: 2 };

interface Given {
  readonly submission?: object;
  readonly retry?: { readonly attempts: number; readonly evaluateOnExit: (typeof INTERRUPTED)['evaluateOnExit'] };
  readonly faults?: object;
  readonly place?: object;
}

async function run(scripts: readonly ContainerScript[], { submission, retry, faults, place }: Given = {}) {
  const { report, progressEvents } = recorded();
  const { source, starts } = scripted(scripts);
  const injected = new InjectedFaults({ ...NO_FAULTS, ...faults });
  const output = { add: async () => {}, end: async () => {} };
  const job = new SubmittedJob(
    { container: containerOf({ GREETING: 'hello' }), source, faults: injected, report, retry },
    { ...SUBMISSION, ...submission },
    { id: 'job-1', onDemand: false, output, ...place },
  );
  return { ended: await job.run(), starts, progressEvents, attempts: injected.attempts };
}

it('gives the container the variables of the job definition, the submission and AWS Batch, and reports its end', async () => {
  const { ended, starts, progressEvents, attempts } = await run([{ end: { exitCode: 0 } }]);
  expect(starts).toMatchObject([
    {
      memory: 512,
      environment: {
        GREETING: 'hello',
        STP_CURRENT_ATTEMPT: '2',
        AWS_BATCH_JOB_ID: 'job-1',
        AWS_BATCH_JOB_ATTEMPT: '1',
        AWS_BATCH_JQ_NAME: 'spot',
      },
    },
  ]);
  expect(ended).toMatchObject({ succeeded: true, detail: { Status: 'SUCCEEDED', JobId: 'job-1' } });
  expect(progressEvents).toMatchObject([
    { type: 'container', attempt: '2', run: 1 },
    { type: 'exit', outcome: 'succeeded', exitCode: 0 },
  ]);
  expect([...attempts]).toEqual(['2']);
});

it('is restarted as often as the retry strategy allows, each time with the next number', async () => {
  const retry = { attempts: 2, evaluateOnExit: [] };
  const { ended, starts, progressEvents } = await run([{ end: { exitCode: 1 } }], { retry });
  expect(starts.map(({ environment }) => environment.AWS_BATCH_JOB_ATTEMPT)).toEqual(['1', '2']);
  expect(progressEvents.map(({ type }) => type)).toEqual(['container', 'exit', 'restart', 'container', 'exit']);
  expect(ended).toMatchObject({ succeeded: false, end: { outcome: 'failed' }, last: { exitCode: 1 } });
});

it("a submission's retry strategy and memory are instead of the job definition's", async () => {
  const ContainerOverrides = { Environment: [], ResourceRequirements: [{ Type: 'MEMORY' as const, Value: '1024' }] };
  const submission = { RetryStrategy: { Attempts: 1 }, ContainerOverrides };
  const { starts } = await run([{ end: { exitCode: 1 } }], { retry: { attempts: 3, evaluateOnExit: [] }, submission });
  expect(starts.map(({ memory }) => memory)).toEqual([1024]);
});

it('is not restarted after a timeout', async () => {
  const retry = { attempts: 3, evaluateOnExit: [] };
  const { ended, starts } = await run([{ onSignal: () => ({ exitCode: 143 }) }], {
    retry,
    faults: { timeoutAfter: 0.01 },
  });
  expect(starts).toHaveLength(1);
  expect(ended.end).toMatchObject({ outcome: 'timed-out', exitCode: 143 });
});

it('a job that ends on an interruption is interrupted, if its retry strategy knows interruptions', async () => {
  const interrupted = [{ onSignal: () => ({ exitCode: 143 }) }];
  const faults = { interruptAfter: 0.01 };
  const outcome = async (retry?: typeof INTERRUPTED) => (await run(interrupted, { faults, retry })).ended.end.outcome;
  expect(await outcome({ ...INTERRUPTED, attempts: 1 })).toBe('interrupted');
  expect(await outcome()).toBe('failed');
});

it('a child knows its place in the array, and is not reported by itself', async () => {
  const { starts, progressEvents } = await run([{ end: { exitCode: 0 } }], {
    place: { id: 'job-1:3', item: 7, child: { number: 3, size: 5 } },
  });
  expect(starts[0]?.environment).toMatchObject({ AWS_BATCH_JOB_ARRAY_INDEX: '3', AWS_BATCH_JOB_ARRAY_SIZE: '5' });
  expect(progressEvents).toEqual([]);
});
