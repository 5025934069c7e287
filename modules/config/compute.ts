import { z } from 'zod';
import { minVcpusProblem, VCPU_LIMITS } from '../rules/vcpu-limits';
import { across, type CheckContext, numberIn, refuse, strict, type Unchecked } from './checked';

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
  /**
   * Starts instances from the newest Amazon Linux 2023 image for ECS at each deployment. If `false`, a compute environment keeps the image that it was created with until you update it. If `true`, any deployment can replace instances, and running jobs have six hours to end. @default false
   */
  useLatestMachineImage: z.boolean().default(false),
});

/** The checks of the settings that involve several of them. */
export function checkCompute(value: Unchecked<z.output<typeof settings>>, context: CheckContext): void {
  const tooMany = minVcpusProblem(value);
  if (tooMany !== undefined) refuse(context, tooMany, ['minVcpus']);
}

/** Limits of the instances that jobs run on. */
export const compute = across(settings, checkCompute);
