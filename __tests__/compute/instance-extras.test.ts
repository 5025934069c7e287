import { rootVolumeHour } from '../../modules/compute/instance-extras';

it('a root volume costs by its size, and by IOPS and throughput above what is included', () => {
  expect(rootVolumeHour({ rootVolumeGb: 100 }) * 730).toBeCloseTo(8, 10);
  expect(rootVolumeHour({ rootVolumeGb: 100, rootVolumeIops: 3000, rootVolumeThroughputMibps: 125 }) * 730).toBeCloseTo(
    8,
  );
  expect(rootVolumeHour({ rootVolumeGb: 100, rootVolumeIops: 4000 }) * 730).toBeCloseTo(13, 10);
  expect(rootVolumeHour({ rootVolumeGb: 50, rootVolumeThroughputMibps: 225 }) * 730).toBeCloseTo(8, 10);
});
