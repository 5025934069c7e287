import { type RootVolume, rootVolumeProblem } from '../../modules/rules/root-volume';
import { configProblems } from '../stack-config/samples';

it.each<[RootVolume, string | undefined]>([
  [{ rootVolumeGb: 30 }, undefined],
  [{ rootVolumeGb: 30, rootVolumeIops: 15_000 }, undefined],
  [{ rootVolumeGb: 30, rootVolumeIops: 15_001 }, 'rootVolumeIops: use 15000, or set rootVolumeGb to 31'],
  [{ rootVolumeGb: 30, rootVolumeThroughputMibps: 750 }, undefined],
  [
    { rootVolumeGb: 30, rootVolumeThroughputMibps: 751 },
    'rootVolumeThroughputMibps: use 750, or set rootVolumeIops to 3004',
  ],
  [{ rootVolumeGb: 30, rootVolumeIops: 8000, rootVolumeThroughputMibps: 2000 }, undefined],
])('%j', (volume, expected) => {
  const problem = rootVolumeProblem(volume);
  expect(problem && `${problem.property}: ${problem.fix}`).toBe(expected);
});

it.each([
  [{ rootVolumeIops: 2999 }, 'compute.rootVolumeIops', 'use 3000: a gp3 volume has 3,000 to 80,000'],
  [{ rootVolumeIops: 80_001 }, 'compute.rootVolumeIops', 'use 80000: a gp3 volume has 3,000 to 80,000'],
  [
    { rootVolumeThroughputMibps: 100 },
    'compute.rootVolumeThroughputMibps',
    'use 125 to 2,000 MiB/s: a gp3 volume has 125 to 2,000',
  ],
  [{ rootVolumeIops: 60_000 }, 'compute.rootVolumeIops', 'use 50000, or set rootVolumeGb to 120'],
])('a config refuses %j', (compute, path, fix) => {
  const problems = configProblems({ stackName: 'reports', compute, resources: {} });
  expect(problems.map((problem) => [problem.path, problem.fix])).toEqual([[path, fix]]);
});
