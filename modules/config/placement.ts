import type { FitRequest } from '../rules/instance-fit';
import { checkFit, type FitProblem, fitProblems } from '../rules/instance-fit-problems';
import { isToken } from './checked';
import { jobProps, type ResolvedJobProps } from './job';

type Resources = ResolvedJobProps['resources'];

/** Why no instance can run a job. Undefined if one can, or if only Terraform knows the job's size. */
export function placementProblem(resources: Resources, maxVcpus: number, region?: string): FitProblem | undefined {
  const request = fitRequest(resources, maxVcpus, region);
  return request && checkFit(request);
}

/** Like placementProblem, but with every wrong instance type instead of only the first. */
export function placementProblems(resources: Resources, maxVcpus: number, region?: string): FitProblem[] {
  const request = fitRequest(resources, maxVcpus, region);
  return request === undefined ? [] : fitProblems(request);
}

/** What a job asks of an instance. Undefined if only Terraform knows its size. */
export function fitRequest(resources: Resources, maxVcpus: number, region?: string): FitRequest | undefined {
  const { cpu, memory, gpu = 0, instanceTypes = [] } = resources;
  if ([cpu, memory, gpu, maxVcpus, ...instanceTypes].some(isToken)) return undefined;
  return { ...resources, maxVcpus, region: region === undefined || isToken(region) ? undefined : region };
}

/**
 * The minimum demand of a job whose resources can be partly wrong. A wrong value counts as its minimum: if no instance fits that, none fits
 * any valid value. Undefined if this gives no information.
 */
export function leastDemand(resources: unknown): Resources | undefined {
  if (typeof resources !== 'object' || resources === null) return undefined;
  const given = resources as { readonly [key: string]: unknown };
  const { cpu, memory, gpu, instanceTypes, architecture } = jobProps.shape.resources.shape;
  const types = instanceTypes.safeParse(given.instanceTypes);
  const processor = architecture.safeParse(given.architecture);
  if (!types.success || !processor.success) return undefined;
  return {
    cpu: cpu.safeParse(given.cpu).data ?? 1,
    memory: memory.safeParse(given.memory).data ?? 4,
    gpu: given.gpu === undefined ? undefined : (gpu.safeParse(given.gpu).data ?? 1),
    instanceTypes: types.data,
    architecture: processor.data,
  };
}
