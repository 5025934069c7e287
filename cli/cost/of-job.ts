import type { StackCheck } from '../model/stack-check';
import { knownSum } from './known-sum';

/** The part of a check that is about one job, its compute environments and their sum. What costs while nothing runs is the stack's. */
export function ofJob(found: StackCheck, job: string): StackCheck {
  const { atMost: _ofAll, ...rest } = found;
  const environments = found.environments.filter(({ jobs }) => jobs.includes(job));
  const atMost = knownSum(environments.map(({ dearest }) => dearest?.hourly));
  return {
    ...rest,
    jobs: found.jobs.filter((each) => each.job === job),
    environments,
    ...(atMost !== undefined && { atMost }),
  };
}
