/** A part of AWS with separate accounts, regions and host names. Resources of one cannot refer to those of another. */
interface Partition {
  /** Second field of its ARNs. */
  readonly id: string;
  /** Prefix of its regions' names. */
  readonly regionPrefix: string;
  /** Suffix of its services' host names. */
  readonly dnsSuffix: string;
}

/** The partition of every region without a prefix of {@link OTHERS}. */
const COMMERCIAL: Partition = { id: 'aws', regionPrefix: '', dnsSuffix: 'amazonaws.com' };

/** The others: https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json */
const OTHERS: readonly Partition[] = [
  { id: 'aws-cn', regionPrefix: 'cn-', dnsSuffix: 'amazonaws.com.cn' },
  { id: 'aws-us-gov', regionPrefix: 'us-gov-', dnsSuffix: 'amazonaws.com' },
  { id: 'aws-eusc', regionPrefix: 'eusc-', dnsSuffix: 'amazonaws.eu' },
  { id: 'aws-iso', regionPrefix: 'us-iso-', dnsSuffix: 'c2s.ic.gov' },
  { id: 'aws-iso-b', regionPrefix: 'us-isob-', dnsSuffix: 'sc2s.sgov.gov' },
  { id: 'aws-iso-e', regionPrefix: 'eu-isoe-', dnsSuffix: 'cloud.adc-e.uk' },
  { id: 'aws-iso-f', regionPrefix: 'us-isof-', dnsSuffix: 'csp.hci.ic.gov' },
];

/** Every partition. */
export const PARTITIONS: readonly Partition[] = [COMMERCIAL, ...OTHERS];

/** The partition of a region, known or unknown: `aws-cn` for `cn-north-1`. */
export function partitionOf(region: string): string {
  return (OTHERS.find(({ regionPrefix }) => region.startsWith(regionPrefix)) ?? COMMERCIAL).id;
}

/** Suffix of the host names of a partition's services: `amazonaws.com.cn` for `aws-cn`. */
export function dnsSuffix(partition: string): string {
  return (OTHERS.find(({ id }) => id === partition) ?? COMMERCIAL).dnsSuffix;
}
