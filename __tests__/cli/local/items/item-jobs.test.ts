import { InjectedFaults } from '../../../../cli/local/injected-faults';
import { EndedJobs } from '../../../../cli/local/items/ended-jobs';
import { runItems } from '../../../../cli/local/items/item-jobs';
import { ItemsProgress } from '../../../../cli/local/items/progress';
import { scripted } from '../container-stand-in';
import { containerOf, NO_FAULTS, recorded, SPOT_QUEUE } from '../scenarios';

/** Runs the items of an index, of which the containers end with exit codes. */
async function run(exitCodes: readonly number[], size?: number) {
  const { report, progressEvents } = recorded();
  const { source, starts } = scripted(exitCodes.map((exitCode) => ({ end: { exitCode } })));
  const ended = new EndedJobs();
  const faults = new InjectedFaults(NO_FAULTS);
  const outcome = await runItems(
    { container: containerOf({}), source, faults, report, retry: undefined },
    {
      JobDefinition: 'report',
      JobQueue: SPOT_QUEUE,
      JobName: 'report-1',
      ...(size !== undefined && { ArrayProperties: { Size: size } }),
      ContainerOverrides: { Environment: [{ Name: 'STP_ITEM_COUNT', Value: '9' }] },
    },
    true,
    's3://bucket/items/1-0000.index',
    {
      jobs: 1,
      index: async () => exitCodes.map((_, number) => ({ item: number + 5, offset: 0, length: 1 }) as never),
      progress: new ItemsProgress(report),
      ended,
    },
  );
  const detail = 'cause' in outcome ? JSON.parse(outcome.cause) : outcome.output;
  return { detail, starts, progressEvents, ended };
}

it('runs a child for each line of the index, and succeeds with all of them', async () => {
  const { detail, starts, progressEvents } = await run([0, 0], 2);
  expect(detail).toMatchObject({ Status: 'SUCCEEDED', StatusReason: '' });
  expect(starts.map(({ environment }) => environment.AWS_BATCH_JOB_ID)).toEqual([
    `${detail.JobId}:0`,
    `${detail.JobId}:1`,
  ]);
  expect(progressEvents[0]).toMatchObject({ type: 'items', attempt: '1', children: 2, jobs: 1, onDemand: true });
});

it('fails if one of its children does, and keeps which', async () => {
  const { detail, ended } = await run([0, 3, 0], 3);
  expect(detail).toMatchObject({ Status: 'FAILED', StatusReason: 'Array Child Job failed' });
  expect(ended.answer('listjobs', { arrayJobId: detail.JobId, jobStatus: 'FAILED' })).toMatchObject({
    jobSummaryList: [{ arrayProperties: { index: 1 }, container: { exitCode: 3 } }],
  });
});

it('runs the only item as a plain job, whose reason is that of its container', async () => {
  const { detail, starts } = await run([3]);
  expect(detail.StatusReason).toBe('Essential container in task exited');
  expect(starts[0]?.environment).toMatchObject({ AWS_BATCH_JOB_ID: detail.JobId });
  expect(starts[0]?.environment).not.toHaveProperty('AWS_BATCH_JOB_ARRAY_INDEX');
});
