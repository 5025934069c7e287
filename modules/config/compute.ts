import { z } from 'zod';
import { GP3, type RootVolume, rootVolumeProblem } from '../rules/root-volume';
import { minVcpusProblem, VCPU_LIMITS } from '../rules/vcpu-limits';
import { across, type CheckContext, isToken, numberIn, refuse, strict, type Unchecked } from './checked';
import { machineImageId, refuseTwoImages } from './machine-image';
import { securityGroupIds } from './security-group-ids';
import { userData } from './user-data';

const settings = strict({
  /** Maximum vCPUs that each compute environment runs at once. It limits the cost. AWS Batch can exceed it by one instance. @default 256 */
  maxVcpus: numberIn({ unit: 'vCPUs', min: 1, max: VCPU_LIMITS.highest }).default(VCPU_LIMITS.defaultMaximum),
  /** vCPUs that each compute environment keeps running when no job needs them, so that runs start without waiting for an instance. You pay for them by the hour. An environment that is only the on-demand fallback of Spot jobs keeps none. 0 to `maxVcpus`. @default 0 */
  minVcpus: numberIn({ unit: 'vCPUs', min: 0, max: VCPU_LIMITS.highest }).default(0),
  /** Size of each instance's root volume in GiB (gp3, encrypted). The jobs on an instance share it. @default 100 */
  rootVolumeGb: numberIn({
    unit: 'GiB',
    min: 30,
    max: 16_384,
    why: 'the machine image needs 30 GiB, and a gp3 volume can have up to 16,384 GiB',
  }).default(100),
  /** I/O operations per second of each instance's root volume, up to 500 per GiB. More than 3,000 costs extra. @default 3,000 */
  rootVolumeIops: numberIn({ unit: 'IOPS', ...GP3.iops, why: 'a gp3 volume has 3,000 to 80,000' }).optional(),
  /** Throughput of each instance's root volume in MiB per second, up to a quarter of its IOPS. More than 125 costs extra. @default 125 */
  rootVolumeThroughputMibps: numberIn({
    unit: 'MiB/s',
    ...GP3.throughput,
    why: 'a gp3 volume has 125 to 2,000',
  }).optional(),
  /**
   * Starts instances from the newest Amazon Linux 2023 image for ECS at each deployment. If `false`, a compute environment keeps the image that it was created with until you update it. If `true`, any deployment can replace instances, and running jobs have six hours to end. @default false
   */
  useLatestMachineImage: z.boolean().default(false),
  /**
   * ID of the machine image that instances start from, or an object with an ID for each kind of instance: `x86_64`, `arm64` and `gpu`. One ID is for stacks whose jobs all need the same kind. It must be in the stack's region, contain the ECS agent and Docker, and have `/dev/xvda` as its root device. You can't combine it with `useLatestMachineImage`. @default AWS chooses the image
   */
  machineImageId: machineImageId.optional(),
  /** Security groups of the instances, 1 to 16, in the VPC of `vpc.vpcId`, which is required. They replace the group that the stack would create. AWS allows 5 for each instance unless you request more. @default a group of the stack: no inbound connections, all outbound connections */
  securityGroupIds: securityGroupIds.optional(),
  /** What each instance runs once, when it starts, before it accepts jobs: a shell script that starts with `#!`, or a document that starts with `#cloud-config` or `#cloud-boothook`. ASCII. It runs after the part of this project. EC2 accepts 16 KB, including about 5 KB of this project and AWS Batch. @default none */
  userData: userData.optional(),
});

/** The checks of the settings that involve several of them. */
export function checkCompute(value: Unchecked<z.output<typeof settings>>, context: CheckContext): void {
  const tooMany = minVcpusProblem(value);
  if (tooMany !== undefined) refuse(context, tooMany, ['minVcpus']);
  refuseTwoImages(value, context);
  refuseUnfitVolume(value, context);
}

/** Limits of the instances that jobs run on, and what they start with. */
export const compute = across(settings, checkCompute);

/** ID of the machine image of all instances, or of each kind. */
export type MachineImageId = z.output<typeof machineImageId>;

/** Refuses a root volume whose size, IOPS and throughput don't fit together. */
function refuseUnfitVolume(given: Unchecked<RootVolume>, context: CheckContext): void {
  const volume = settings
    .pick({ rootVolumeGb: true, rootVolumeIops: true, rootVolumeThroughputMibps: true })
    .safeParse({
      rootVolumeGb: given.rootVolumeGb,
      rootVolumeIops: given.rootVolumeIops,
      rootVolumeThroughputMibps: given.rootVolumeThroughputMibps,
    }).data;
  if (volume === undefined || Object.values(volume).some((value) => value !== undefined && isToken(value))) return;
  const problem = rootVolumeProblem(volume);
  if (problem === undefined) return;
  const { property, ...finding } = problem;
  refuse(context, finding, [property]);
}
