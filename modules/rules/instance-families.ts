import { familiesIn } from './instance-offerings';

/** Processor architecture, with EC2's names. All instances of a compute environment have the same one. */
export type Architecture = 'x86_64' | 'arm64';

/** One EC2 instance type. */
export interface InstanceType {
  /** Such as `m6i.large`. */
  readonly name: string;
  /** Such as `m6i`. */
  readonly family: string;
  readonly architecture: Architecture;
  readonly vcpus: number;
  /** Nominal memory in MiB. A job gets less, see `usableMemory`. */
  readonly memory: number;
  /** Whole NVIDIA GPUs. */
  readonly gpus: number;
}

/*
 * EC2's instance types, as rules: each row has families of the same shape, their GiB per vCPU, and their sizes. The name of a size
 * determines its vCPUs (medium 1, large 2, xlarge 4, 12xlarge and metal-12xl 48), otherwise `=96` does. `*8` is the number of GPUs. A
 * family can have several rows.
 *
 * The table is here because no maintained npm package has this data. It has the current families that AWS Batch jobs use. Other families
 * are not checked, so new families work at once.
 */
const TO_16XL = 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge';
const TO_24XL = `${TO_16XL} 24xlarge`;
const GRAVITON_2 = `medium ${TO_16XL} metal=64`;
const GRAVITON_4 = `medium ${TO_24XL} metal-24xl 48xlarge metal-48xl`;
const INTEL_6 = `${TO_24XL} 32xlarge metal=128`;
const INTEL_7 = `${TO_24XL} metal-24xl 48xlarge metal-48xl`;
const INTEL_8 = `${TO_24XL} 32xlarge 48xlarge 96xlarge`;
const INTEL_8_METAL = `${INTEL_8} metal-48xl metal-96xl`;
const AMD_6 = `${TO_24XL} 32xlarge 48xlarge metal=192`;
const AMD_7 = `medium ${TO_24XL} 32xlarge 48xlarge metal-48xl`;
const AMD_8 = `medium ${TO_24XL} metal-24xl 48xlarge metal-48xl`;
const ONE_GPU = 'xlarge*1 2xlarge*1 4xlarge*1 8xlarge*1 16xlarge*1';
const G5_TO_48XL = `${ONE_GPU} 12xlarge*4 24xlarge*4 48xlarge*8`;
const EIGHT_GPUS = '48xlarge*8';

type Row = readonly [families: string, architecture: Architecture, gibPerVcpu: number, sizes: string];

const ROWS: readonly Row[] = [
  // General purpose: 4 GiB per vCPU.
  ['m6i m6id m6in m6idn', 'x86_64', 4, INTEL_6],
  ['m7i', 'x86_64', 4, INTEL_7],
  ['m7i-flex m8i-flex', 'x86_64', 4, TO_16XL],
  ['m8i m8id', 'x86_64', 4, INTEL_8_METAL],
  ['m8in m8ib', 'x86_64', 4, INTEL_8],
  ['m6a', 'x86_64', 4, AMD_6],
  ['m7a', 'x86_64', 4, AMD_7],
  ['m8a', 'x86_64', 4, AMD_8],
  ['m5 m5d m5n m5dn', 'x86_64', 4, `${TO_24XL} metal=96`],
  ['m5a m5ad', 'x86_64', 4, TO_24XL],
  ['m6g m6gd m7g m7gd', 'arm64', 4, GRAVITON_2],
  ['m8g m8gd m8gn m8gb', 'arm64', 4, GRAVITON_4],

  // Compute: 2 GiB per vCPU, slightly more for c5n.
  ['c6i c6id c6in', 'x86_64', 2, INTEL_6],
  ['c7i', 'x86_64', 2, INTEL_7],
  ['c7i-flex c8i-flex', 'x86_64', 2, TO_16XL],
  ['c8i c8id c8in c8ib', 'x86_64', 2, INTEL_8_METAL],
  ['c6a', 'x86_64', 2, AMD_6],
  ['c7a', 'x86_64', 2, AMD_7],
  ['c8a', 'x86_64', 2, AMD_8],
  ['c5 c5d', 'x86_64', 2, 'large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge metal=96'],
  ['c5a c5ad', 'x86_64', 2, TO_24XL],
  ['c5n', 'x86_64', 2.625, 'large xlarge 2xlarge 4xlarge'],
  ['c5n', 'x86_64', 8 / 3, '9xlarge 18xlarge metal=72'],
  ['c6g c6gd c7g c7gd c7gn', 'arm64', 2, GRAVITON_2],
  ['c6gn', 'arm64', 2, `medium ${TO_16XL}`],
  ['c8g c8gd c8gn c8gb', 'arm64', 2, GRAVITON_4],

  // Memory: 8 GiB per vCPU; x families 16 and 32.
  ['r6i r6id r6in r6idn', 'x86_64', 8, INTEL_6],
  ['r7i', 'x86_64', 8, INTEL_7],
  ['r8i-flex', 'x86_64', 8, TO_16XL],
  ['r8i r8id', 'x86_64', 8, INTEL_8_METAL],
  ['r8in r8ib', 'x86_64', 8, INTEL_8],
  ['r6a', 'x86_64', 8, AMD_6],
  ['r7a', 'x86_64', 8, AMD_7],
  ['r8a', 'x86_64', 8, AMD_8],
  ['r5 r5d r5n r5dn r5b', 'x86_64', 8, `${TO_24XL} metal=96`],
  ['r5a r5ad', 'x86_64', 8, TO_24XL],
  ['r6g r6gd r7g r7gd', 'arm64', 8, GRAVITON_2],
  ['r8g r8gd r8gn r8gb', 'arm64', 8, GRAVITON_4],
  ['x2idn', 'x86_64', 16, '16xlarge 24xlarge 32xlarge metal=128'],
  ['x2iedn', 'x86_64', 32, 'xlarge 2xlarge 4xlarge 8xlarge 16xlarge 24xlarge 32xlarge metal=128'],
  ['x2gd', 'arm64', 16, GRAVITON_2],
  ['x8g', 'arm64', 16, GRAVITON_4],

  // Storage: 8 GiB per vCPU and local NVMe.
  ['i3en', 'x86_64', 8, 'large xlarge 2xlarge 3xlarge 6xlarge 12xlarge 24xlarge metal=96'],
  ['i4i', 'x86_64', 8, INTEL_6],
  ['i7i', 'x86_64', 8, INTEL_7],
  ['i4g', 'arm64', 8, 'large xlarge 2xlarge 4xlarge 8xlarge 16xlarge'],
  ['i8g', 'arm64', 8, INTEL_7],

  // GPU: T4, A10G, L4, L40S; then A100, H100, H200, Blackwell.
  ['g4dn', 'x86_64', 4, `${ONE_GPU} 12xlarge*4 metal=96*8`],
  ['g5 g6', 'x86_64', 4, G5_TO_48XL],
  ['g6e', 'x86_64', 8, G5_TO_48XL],
  ['gr6', 'x86_64', 8, '4xlarge*1 8xlarge*1'],
  ['g7e', 'x86_64', 8, '2xlarge*1 4xlarge*1 8xlarge*1'],
  ['g7e', 'x86_64', 32 / 3, '12xlarge*2 24xlarge*4 48xlarge*8'],
  ['p4d p4de', 'x86_64', 12, '24xlarge*8'],
  ['p5', 'x86_64', 16, '4xlarge*1'],
  ['p5 p5e p5en p6-b200', 'x86_64', 32 / 3, EIGHT_GPUS],
  ['p6-b300', 'x86_64', 64 / 3, EIGHT_GPUS],
  // Its GPU needs an arm64 GPU image, which AWS Batch doesn't have. See UNSUPPORTED_FAMILIES.
  ['g5g', 'arm64', 2, 'xlarge*1 2xlarge*1 4xlarge*1 8xlarge*1 16xlarge*2 metal=64*2'],
];

/** Families whose accelerators aren't NVIDIA GPUs, the only ones that AWS Batch assigns and that the machine image has a driver for. */
export const ACCELERATED: ReadonlyMap<string, string> = new Map([
  ...reason(
    'inf1 inf2 trn1 trn1n trn2 trn2u trn3',
    'a job here gets no Neuron devices, and the machine image no driver for them',
  ),
  ...reason('dl1 dl2q', 'its accelerators are not NVIDIA ones, and AWS Batch hands out only those'),
  ...reason('f1 f2 vt1', 'a job here gets no FPGAs or transcoding cards, and the machine image no driver for them'),
]);

/** EC2 families that cannot run jobs here, with the reason. */
export const UNSUPPORTED_FAMILIES: ReadonlyMap<string, string> = new Map([
  // CreateComputeEnvironment responds "Instance type can only be one of [...]", without them (seen until June 2026).
  ...reason('t1 t2 t3 t3a t4g', 'AWS Batch takes no burstable instances'),
  // Both are limits of the image types ECS_AL2023 and ECS_AL2023_NVIDIA (Batch API, Ec2Configuration).
  ...reason('a1', 'Amazon Linux 2023, which the instances run, does not support it'),
  ...reason('g2 g3 g3s p2 p3 p3dn', "the Amazon Linux 2023 GPU image's driver does not support its GPU"),
  // GPU jobs get only NVIDIA GPUs.
  ...reason('g4ad', 'its GPUs are not NVIDIA ones, and AWS Batch hands out only those'),
  // ECS_AL2023_NVIDIA doesn't support Graviton, so there is no arm64 GPU image.
  ...reason('g5g', 'AWS Batch has no GPU image for arm64'),
  ...ACCELERATED,
]);

/**
 * Names that AWS Batch itself expands to families. It updates them occasionally, and omits what a region lacks. `optimal` has meant the
 * same as `default_x86_64` since November 2025.
 */
export const INSTANCE_BUNDLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['default_x86_64', ['m6i', 'c6i', 'r6i', 'c7i']],
  ['optimal', ['m6i', 'c6i', 'r6i', 'c7i']],
  ['default_arm64', ['m6g', 'c6g', 'r6g', 'c7g']],
]);

/** Why a GPU job cannot run on arm64, with the fix. */
export const NO_ARM_GPU = {
  accepted: 'x86_64 for GPU jobs: AWS Batch has no arm64 image for GPUs',
  fix: 'use architecture x86_64, or remove gpu',
} as const;

/** Default families of GPU jobs, if the region offers them: A10G, L4, A100. More expensive families must be listed in the config. */
export const GPU_DEFAULTS: readonly string[] = ['g5', 'g6', 'p4d'];

/** Default of GPU jobs in a region with none of {@link GPU_DEFAULTS}: T4. */
export const OLDER_GPU_DEFAULTS: readonly string[] = ['g4dn'];

/**
 * The default instance types of a job.
 *
 * CPU jobs get AWS Batch's list for their architecture, which AWS keeps current. `default_x86_64` instead of `optimal`, although both mean
 * the same today: its name includes the architecture, like `default_arm64`, and `optimal` has already changed its meaning once. The
 * Terraform provider checks neither.
 *
 * GPU jobs get those of g5, g6 and p4d that the region offers, otherwise g4dn: CreateComputeEnvironment rejects a whole list if the region
 * lacks one of its families. Empty if the region has none. All three if the region's offerings are unknown.
 *
 * Throws for a GPU on arm64, for which AWS Batch has no image.
 */
export function defaultInstanceTypes({
  gpu,
  architecture,
  region,
}: {
  /** Whether the job uses GPUs. */
  readonly gpu: boolean;
  readonly architecture: Architecture;
  /** The region, if it is set. @default unknown */
  readonly region?: string;
}): readonly string[] {
  if (!gpu) return [architecture === 'arm64' ? 'default_arm64' : 'default_x86_64'];
  if (architecture === 'arm64') throw new Error(`Accepted is ${NO_ARM_GPU.accepted}; ${NO_ARM_GPU.fix}.`);
  const offered = region === undefined ? undefined : familiesIn(region);
  if (offered === undefined) return GPU_DEFAULTS;
  const newer = GPU_DEFAULTS.filter((family) => offered.has(family));
  return newer.length > 0 ? newer : OLDER_GPU_DEFAULTS.filter((family) => offered.has(family));
}

/** vCPUs of the sizes whose name has no number. */
const NAMED_SIZES: ReadonlyMap<string, number> = new Map([
  ['medium', 1],
  ['large', 2],
  ['xlarge', 4],
]);

const TYPES: ReadonlyMap<string, InstanceType> = new Map(ROWS.flatMap(rowTypes).map((type) => [type.name, type]));

/** Every known instance type, in the table's order. */
export const KNOWN_TYPES: readonly InstanceType[] = [...TYPES.values()];

const BY_FAMILY = new Map<string, InstanceType[]>();
for (const type of KNOWN_TYPES) BY_FAMILY.set(type.family, [...(BY_FAMILY.get(type.family) ?? []), type]);
for (const types of BY_FAMILY.values()) types.sort((a, b) => a.vcpus - b.vcpus);

/** Every known family, in the table's order. */
export const KNOWN_FAMILIES: readonly string[] = [...BY_FAMILY.keys()];

/** The instance types of a family, smallest first. Empty if the family is unknown. */
export function typesOfFamily(family: string): readonly InstanceType[] {
  return BY_FAMILY.get(family) ?? [];
}

/** An instance type by its name, or undefined if it is unknown. */
export function instanceType(name: string): InstanceType | undefined {
  return TYPES.get(name);
}

function rowTypes([families, architecture, gibPerVcpu, sizes]: Row): InstanceType[] {
  return families.split(' ').flatMap((family) =>
    sizes.split(' ').map((spec) => {
      const { size, vcpus, gpus } = parseSize(spec);
      const memory = Math.round(vcpus * gibPerVcpu * 1024);
      return { name: `${family}.${size}`, family, architecture, vcpus, memory, gpus };
    }),
  );
}

function parseSize(spec: string): { size: string; vcpus: number; gpus: number } {
  const [, size = '', vcpus, gpus = '0'] = /^([\w-]+)(?:=(\d+))?(?:\*(\d+))?$/.exec(spec) ?? [];
  const multiple = /^(?:metal-)?(\d+)xl(?:arge)?$/.exec(size)?.[1];
  return { size, vcpus: Number(vcpus ?? NAMED_SIZES.get(size) ?? Number(multiple) * 4), gpus: Number(gpus) };
}

function reason(families: string, why: string): [string, string][] {
  return families.split(' ').map((family) => [family, why]);
}
