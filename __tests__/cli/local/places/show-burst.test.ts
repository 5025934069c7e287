import { showBurst } from '../../../../cli/local/places/show-burst';
import type { Limits } from '../../../../modules/config/limits';
import { placesOf } from '../../../../modules/orchestration/places';
import { retryPlan } from '../../../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../../../modules/orchestration/state-machine-document';

let printed: string[] = [];
beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((text) => printed.push(...String(text).split('\n')));
});
afterEach(() => jest.restoreAllMocks());

async function shown(runs: number, limits?: Limits, json = false): Promise<string[]> {
  const definition = stateMachineDocument({
    plan: retryPlan({}),
    jobDefinitionArn: 'arn:aws:batch:us-east-1:123456789012:job-definition/report',
    jobQueueArn: 'arn:aws:batch:us-east-1:123456789012:job-queue/report',
    place: limits && { ...placesOf(limits), jobName: 'report', tableName: 'places' },
  });
  await showBurst({ job: 'report', definition, limits, runs, timeout: undefined }, json);
  return printed;
}

it('tells how many runs wait, in lines of at most 80 characters', async () => {
  const lines = await shown(20, { concurrentRuns: 5, whenExceeded: 'wait' });
  expect(lines).toEqual([
    'Played 20 runs of report at once, without containers.',
    'Each job takes 1 min.',
    'Limits: at most 5 at once',
    'At once: 5',
    'Waited: 15, in order of arrival',
    'Most jobs at the same time: 5',
    'Last job starts after 3 min, and ends after 4 min.',
  ]);
});

it('tells how many runs are skipped', async () => {
  const lines = await shown(20, { concurrentRuns: 5, whenExceeded: 'skip' });
  expect(lines).toContain('Skipped: 15');
  expect(lines.join(' ')).not.toContain('Waited');
});

it('plays no items, so it refuses limits that count them', async () => {
  await expect(shown(2, { concurrentRuns: 5, countItems: true, whenExceeded: 'wait' })).rejects.toThrow(
    '--burst plays runs without their items, and the limits of report count items. Remove countItems',
  );
});

it('tells that a job has no limits', async () => {
  expect((await shown(1)).slice(0, 3)).toEqual([
    'Played 1 run of report at once, without containers.',
    'Each job takes 1 min.',
    'report has no limits.',
  ]);
});

it('is one JSON document', async () => {
  const [line = '', ...more] = await shown(2, undefined, true);
  expect(JSON.parse(line)).toMatchObject({ job: 'report', runs: 2, secondsOfJob: 60, atOnce: 2 });
  expect(more).toEqual([]);
});
