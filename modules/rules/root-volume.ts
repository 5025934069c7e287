import type { Finding } from '../problems/problem';

/**
 * Limits of gp3 volumes.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
 */
export const GP3 = {
  /** I/O operations per second. The minimum is included in the price. */
  iops: { min: 3000, max: 80_000 },
  /** MiB per second. The minimum is included in the price. */
  throughput: { min: 125, max: 2000 },
  iopsPerGib: 500,
  /** MiB per second for each I/O operation per second. */
  throughputPerIops: 0.25,
} as const;

/** Settings of a root volume. */
export interface RootVolume {
  /** Size in GiB. */
  readonly rootVolumeGb: number;
  /** @default 3,000 */
  readonly rootVolumeIops?: number;
  /** MiB per second. @default 125 */
  readonly rootVolumeThroughputMibps?: number;
}

interface RootVolumeProblem extends Finding {
  readonly property: keyof RootVolume;
}

/** Why EC2 refuses a volume whose settings are each in range. */
export function rootVolumeProblem(volume: RootVolume): RootVolumeProblem | undefined {
  const { rootVolumeGb, rootVolumeIops: iops = GP3.iops.min, rootVolumeThroughputMibps: throughput } = volume;
  const mostIops = Math.max(rootVolumeGb * GP3.iopsPerGib, GP3.iops.min);
  if (iops > mostIops) {
    return {
      property: 'rootVolumeIops',
      found: `${iops} IOPS for ${rootVolumeGb} GiB`,
      accepted: `up to ${GP3.iopsPerGib} IOPS per GiB`,
      fix: `use ${mostIops}, or set rootVolumeGb to ${Math.ceil(iops / GP3.iopsPerGib)}`,
    };
  }
  const most = Math.floor(iops * GP3.throughputPerIops);
  if (throughput === undefined || throughput <= most) return undefined;
  return {
    property: 'rootVolumeThroughputMibps',
    found: `${throughput} MiB/s with ${iops} IOPS`,
    accepted: `up to ${GP3.throughputPerIops} MiB/s per IOPS`,
    fix: `use ${most}, or set rootVolumeIops to ${Math.ceil(throughput / GP3.throughputPerIops)}`,
  };
}
