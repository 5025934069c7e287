import { type JobProps, jobProps } from '../modules/config/job';
import { parse } from '../modules/config/parse';
import { type CheckedJob, JOB_CHECKS } from '../modules/job-problems';
import { SMALLEST_JOB } from './stack-config/samples';

/** The paths of what each check finds in the smallest job with other settings. */
function found(settings: Partial<JobProps>, more: Partial<CheckedJob> = {}): string[][] {
  const props = parse(jobProps, { ...SMALLEST_JOB, ...settings }, 'job');
  const job = { props, volumes: [], maxVcpus: 256, region: 'eu-west-1', ...more };
  return JOB_CHECKS.map((check) => check(job).map(({ keys }) => keys.join('.')));
}

it('finds nothing in a job that fits', () => {
  expect(found({})).toEqual([[], [], [], []]);
  expect(found({ forEach: { items: '$.items' } })).toEqual([[], [], [], []]);
});

it('finds a job that no instance is large enough for, and none without a region', () => {
  expect(found({ resources: { cpu: 4, memory: 512 } }, { maxVcpus: 2 })[0]).toEqual(['resources.cpu']);
  expect(found({ resources: { cpu: 4, memory: 512 } }, { maxVcpus: 2, region: undefined })[0]).toEqual([
    'resources.cpu',
  ]);
});

it('finds volumes that need more memory than the job has', () => {
  const volumes = [{ type: 'tmpfs', properties: { mountPath: '/scratch', sizeMb: 1024 } }] as const;
  expect(found({}, { volumes })[1]).toHaveLength(1);
});

it('finds limits that count items of a job without items', () => {
  expect(found({ limits: { concurrentRuns: 2, whenExceeded: 'wait', countItems: true } })[2]).toEqual([
    'limits.countItems',
  ]);
});

it('finds more memory for an attempt that never comes', () => {
  expect(found({ retryConfig: { attempts: 1, onOutOfMemory: { maxMemory: 1024 } } })[3]).toEqual([
    'retryConfig.onOutOfMemory',
  ]);
});
