import type { ResolvedJobProps } from './config/job';
import { outOfMemoryProblems } from './config/out-of-memory-problems';
import { placementProblem } from './config/placement';
import { storageProblems } from './config/storage-problems';
import type { LocatedFinding, StatedProblem } from './problems/problem';
import type { VolumeSource } from './resources/efs-filesystem/volume';

/** The settings of a job, and what its platform decides. */
export interface CheckedJob {
  readonly props: ResolvedJobProps;
  readonly volumes: readonly VolumeSource[];
  /** Maximum number of vCPUs of the compute environment. */
  readonly maxVcpus: number;
  /** Undefined if only Terraform knows it. */
  readonly region?: string;
}

/** Checks of settings that are right by themselves and do not fit together. */
export const JOB_CHECKS: readonly ((job: CheckedJob) => StatedProblem[])[] = [
  ({ props: { resources }, maxVcpus, region }) => {
    const problem = placementProblem(resources, maxVcpus, region);
    if (problem === undefined) return [];
    const { property, ...finding } = problem;
    return [{ keys: ['resources', property], ...finding }];
  },
  ({ props: { container, resources }, volumes, region }) =>
    [...storageProblems({ container, resources, volumes }, region)].map(stated),
  ({ props }) => {
    if (props.forEach === undefined && !props.limits?.countItems) return [];
    // Loaded only if needed.
    const { itemsProblem } = require('./config/items-problem') as typeof import('./config/items-problem');
    const problem = itemsProblem(props);
    return problem === undefined ? [] : [stated(problem)];
  },
  ({ props, maxVcpus, region }) => [...outOfMemoryProblems(props, maxVcpus, region)].map(stated),
];

function stated({ path, finding }: LocatedFinding): StatedProblem {
  return { keys: path, ...finding };
}
