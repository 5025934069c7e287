import { Token } from 'cdktf';
import { checkFit, type FitProblem } from '../compute/instance-fit';
import type { ResolvedBatchJobProps } from './batch-job';

/** Why no instance could ever run a job, or undefined if one can or its size is known to Terraform only. */
export function placementProblem(
  resources: ResolvedBatchJobProps['resources'],
  maxVcpus: number,
): FitProblem | undefined {
  const { cpu, memory, gpu } = resources;
  if ([cpu, memory, gpu, maxVcpus].some((size) => Token.isUnresolved(size))) return undefined;
  return checkFit({ ...resources, maxVcpus });
}
