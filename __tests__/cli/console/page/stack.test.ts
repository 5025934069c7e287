import { allResources, itemOf } from '../../../../cli/console/page/stack/items';
import { withCapacity } from '../../../../cli/console/page/stack/with-capacity';
import { withNextTimes } from '../../../../cli/console/picture/next-times';
import type { CapacityState } from '../../../../cli/model/deployed';
import type { JobPicture, PictureItem, StackPicture } from '../../../../cli/model/stack';

function item(id: string, more: Partial<PictureItem> = {}): PictureItem {
  return {
    id,
    kind: 'bucket',
    title: id,
    detail: [],
    settings: [],
    permissions: [],
    costs: [],
    addresses: [],
    ...more,
  };
}

const spot = item('report/spot', {
  queue: 'reports-spot',
  detail: [{ text: 'c6i.large or larger' }, { text: ', at most 256 vCPUs' }],
  settings: [
    { label: 'Job queue', value: 'reports-spot' },
    { label: 'Root volume', value: '100 GiB' },
  ],
});
const job: JobPicture = {
  item: item('report', { addresses: ['b.report', 'a.report'] }),
  name: 'report',
  lines: [],
  policy: { attempts: 1, waits: [], freeRestarts: 0, thenOnDemand: false, isSpot: true },
  startedBy: [
    item('report/events/0', { schedule: 'cron(0 14 * * ? *)' }),
    item('report/events/1', { schedule: 'rate(1 hour)' }),
  ],
  runsOn: [spot],
  uses: [item('report/uses/archive', { addresses: ['a.archive'] })],
};
const picture: StackPicture = {
  stackName: 'reports',
  configFile: 'batch-jobs.config.ts',
  resourceCount: 3,
  jobs: [job],
  shared: [item('shared/network', { addresses: ['a.archive'] })],
};

it('finds a box by the fragment of the address, and has all resources as one', () => {
  expect(itemOf(picture, 'report/spot')).toBe(spot);
  expect(itemOf(picture, 'shared/network')).toBe(picture.shared[0]);
  expect(itemOf(picture, '')).toBeUndefined();
  expect(itemOf(picture, 'elsewhere')).toBeUndefined();
  expect(allResources(picture).addresses).toEqual(['a.archive', 'a.report', 'b.report']);
});

describe('in AWS', () => {
  const well = { state: 'ENABLED', status: 'VALID' };
  const capacity: CapacityState = {
    environments: [{ ...well, name: 'reports-spot-1', isSpot: true, desiredVcpus: 4, maxVcpus: 256 }],
    queues: [{ ...well, name: 'reports-spot', environments: ['reports-spot-1'] }],
  };

  it('shows the vCPUs that run instead of their limit, and the state of the queue', () => {
    const [shown] = withCapacity(picture, capacity).jobs[0]?.runsOn ?? [];
    expect(shown?.detail.map(({ text }) => text).join('')).toBe('c6i.large or larger, 4 of 256 vCPUs running');
    expect(shown?.settings.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Queue', 'Environment state', 'Root volume']),
    );
    expect(shown?.settings.map(({ label }) => label)).not.toContain('Job queue');
  });

  it('keeps the limit of what is not deployed, or not known', () => {
    expect(withCapacity(picture, undefined)).toBe(picture);
    expect(withCapacity(picture, { environments: [], queues: [] }).jobs[0]?.runsOn).toEqual([spot]);
  });
});

it('adds the next times of a cron schedule to the picture, and none of a rate', () => {
  const state = { picture, problems: [], synthesizedAt: 0, isStale: false };
  const now = Date.UTC(2026, 10, 26, 15);
  const [cron, rate] = withNextTimes(state, now).picture?.jobs[0]?.startedBy ?? [];
  expect(cron?.next?.slice(0, 2)).toEqual([Date.UTC(2026, 10, 27, 14), Date.UTC(2026, 10, 28, 14)]);
  expect(rate).toEqual(job.startedBy[1]);
  expect(withNextTimes({ ...state, picture: undefined }, now)).toEqual({ ...state, picture: undefined });
});
