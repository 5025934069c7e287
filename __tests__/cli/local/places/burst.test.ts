import { playBurst } from '../../../../cli/local/places/burst';
import type { Limits } from '../../../../modules/config/limits';
import { placesOf } from '../../../../modules/orchestration/places';
import { retryPlan } from '../../../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../../../modules/orchestration/state-machine-document';

function play(runs: number, limits?: Limits) {
  const definition = stateMachineDocument({
    plan: retryPlan({}),
    jobDefinitionArn: 'arn:aws:batch:us-east-1:123456789012:job-definition/report',
    jobQueueArn: 'arn:aws:batch:us-east-1:123456789012:job-queue/report',
    place: limits && { ...placesOf(limits), jobName: 'report', tableName: 'places' },
  });
  return playBurst({ job: 'report', definition, limits, runs, seconds: 60 });
}

it('plays two hundred requests with five places: five have a job at once, none is lost, and all are in order', async () => {
  expect(await play(200, { concurrentRuns: 5, whenExceeded: 'wait' })).toEqual({
    atOnce: 5,
    skipped: 0,
    mostJobs: 5,
    lastBegan: 39 * 60,
    lastEnded: 40 * 60,
    inOrder: true,
  });
});

it('plays runs that are skipped', async () => {
  expect(await play(20, { concurrentRuns: 5, whenExceeded: 'skip' })).toMatchObject({ atOnce: 5, skipped: 15 });
});

it('plays runs of a job without limits', async () => {
  expect(await play(20)).toMatchObject({ atOnce: 20, mostJobs: 20, lastEnded: 60 });
});

it('lets runs begin hour by hour', async () => {
  const { atOnce, lastBegan } = await play(9, { runsPerHour: 3, whenExceeded: 'wait' });
  expect(atOnce).toBe(3);
  expect(lastBegan).toBeGreaterThan(3_600);
  expect(lastBegan).toBeLessThanOrEqual(2 * 3_600);
});
