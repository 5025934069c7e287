import { compute } from '../config/compute';
import { jobs } from '../config/indexed-config';
import { leastDemand, placementProblems } from '../config/placement';
import { rule } from '../config/rule';

/** A job that no instance can run would stay in RUNNABLE indefinitely. */
export const placeable = rule('no-capacity', jobs, function* (all, index) {
  const limits = compute.shape.maxVcpus.safeParse(index.section('compute').maxVcpus);
  const maxVcpus = limits.data ?? Number.POSITIVE_INFINITY;
  for (const { properties, path } of all) {
    const resources = leastDemand(properties.resources);
    if (resources === undefined) continue;
    for (const { property, ...finding } of placementProblems(resources, maxVcpus, index.region))
      yield { path: [...path, 'resources', property], finding };
  }
});
