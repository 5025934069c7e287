import { HOURS_A_MONTH } from '../rules/prices';
import { GP3, type RootVolume } from '../rules/root-volume';
import { SERVICE_PRICES } from '../rules/service-prices';

/** US dollars per hour of an instance's root volume: its size, and IOPS and throughput above what is included. */
export function rootVolumeHour({
  rootVolumeGb,
  rootVolumeIops = GP3.iops.min,
  rootVolumeThroughputMibps = GP3.throughput.min,
}: RootVolume): number {
  const { volumeGb, volumeIops, volumeThroughput } = SERVICE_PRICES;
  const monthly =
    rootVolumeGb * volumeGb.dollars +
    (rootVolumeIops - GP3.iops.min) * volumeIops.dollars +
    (rootVolumeThroughputMibps - GP3.throughput.min) * volumeThroughput.dollars;
  return monthly / HOURS_A_MONTH;
}
