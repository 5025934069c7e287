import { z } from 'zod';
import { numberIn, strict } from './checked';

/** Limits of the instances that jobs run on. */
export const compute = strict({
  /** Maximum vCPUs that each compute environment runs at once. It limits the cost. AWS Batch can exceed it by one instance. @default 256 */
  maxVcpus: numberIn({ unit: 'vCPUs', min: 1, max: 1_000_000 }).default(256),
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
