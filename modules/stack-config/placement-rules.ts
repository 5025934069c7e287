import { compute } from '../config/compute';
import { type IndexedConfig, jobs } from '../config/indexed-config';
import { outOfMemoryProblems } from '../config/out-of-memory-problems';
import { leastDemand, placementProblems } from '../config/placement';
import { rule } from '../config/rule';

/** A job that no instance can run would stay in RUNNABLE indefinitely. */
export const placeable = rule('no-capacity', jobs, function* (all, index) {
  const maxVcpus = maxVcpusOf(index);
  for (const { properties, path } of all) {
    const resources = leastDemand(properties.resources);
    if (resources === undefined) continue;
    for (const { property, ...finding } of placementProblems(resources, maxVcpus, index.region))
      yield { path: [...path, 'resources', property], finding };
  }
});

/** A job that could not get more memory after an attempt that was killed for it. */
export const usableMoreMemory = rule('conflict', jobs, function* (all, index) {
  for (const { properties, path } of all) {
    for (const problem of outOfMemoryProblems(properties, maxVcpusOf(index), index.region))
      yield { ...problem, path: [...path, ...problem.path] };
  }
});

function maxVcpusOf(index: IndexedConfig): number {
  return compute.shape.maxVcpus.safeParse(index.section('compute').maxVcpus).data ?? Number.POSITIVE_INFINITY;
}
