import { formatFound, foundValue } from '../problems/found';
import { type Finding, formatPath, type LocatedFinding } from '../problems/problem';
import { instanceStoreProblem } from '../rules/instance-store';
import { hiddenFolder } from '../rules/mount-path';
import { isToken } from './checked';
import { listOf, objectOf } from './indexed-config';
import type { Path } from './strings-in';

/** Properties of a job in which other checks might have found problems. */
export interface StorageDemand {
  readonly container?: unknown;
  readonly resources?: unknown;
  readonly volumes?: unknown;
}

/** Why the storage of a job doesn't work: memory that is counted twice, two volumes at one place or one in a read-only one, a volume over the job's code, instances without a store. */
export function* storageProblems(job: StorageDemand, region?: string): Generator<LocatedFinding> {
  yield* memoryProblems(job);
  yield* placeProblems(job);
  const finding = storeProblem(objectOf(job.resources), region);
  if (finding !== undefined) yield { path: ['resources', 'useInstanceStore'], finding };
}

/** Volumes with their properties and path, in the order of the list. */
function volumesOf({ volumes }: StorageDemand) {
  return listOf(volumes).map((volume, index) => {
    const { type, properties } = objectOf(volume);
    const path: Path = ['volumes', index, 'properties'];
    return { type, properties: objectOf(properties), path };
  });
}

/** Shared memory and files in memory count as the job's memory: without any left, AWS Batch kills a job that fills them. */
function* memoryProblems(job: StorageDemand): Generator<LocatedFinding> {
  const { memory, sharedMemoryMb = 0 } = objectOf(job.resources);
  const tmpfs = volumesOf(job).filter(({ type }) => type === 'tmpfs');
  const sizes = [sharedMemoryMb, ...tmpfs.map(({ properties }) => properties.sizeMb)];
  if (!isNumber(memory) || !sizes.every(isNumber)) return;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total === 0 || total < memory) return;
  const [largest] = [...tmpfs].sort((a, b) => Number(b.properties.sizeMb) - Number(a.properties.sizeMb));
  const isShared = largest === undefined || Number(sharedMemoryMb) >= Number(largest.properties.sizeMb);
  const path: Path = isShared ? ['resources', 'sharedMemoryMb'] : [...largest.path, 'sizeMb'];
  const finding = {
    code: 'conflict',
    found: `${total} MiB of shared memory and tmpfs volumes, for a job with ${memory} MiB`,
    accepted: `less than the job's memory, which they count towards`,
    fix: `raise resources.memory above ${total}, or make them smaller`,
  } as const;
  yield { path, finding };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && !isToken(value);
}

function* placeProblems(job: StorageDemand): Generator<LocatedFinding> {
  const seen = new Map<string, Path>();
  const { type: packaging } = objectOf(objectOf(job.container).packaging);
  for (const { properties, path } of volumesOf(job)) {
    const { mountPath } = properties;
    if (typeof mountPath !== 'string' || isToken(mountPath)) continue;
    const hidden = hiddenFolder(mountPath, packaging);
    if (hidden !== undefined) {
      const found = foundValue(mountPath, `, which hides ${hidden} of the image`);
      const finding = {
        found,
        accepted: "a path that hides no program of the job's image",
        fix: 'use a path such as /data',
      };
      yield { path: [...path, 'mountPath'], finding };
    }
    const earlier = seen.get(mountPath);
    if (earlier !== undefined) {
      const fix = 'use another path for one of them';
      const found = foundValue(mountPath, `, as in ${formatPath(earlier.slice(0, -1))}`);
      yield {
        path: [...path, 'mountPath'],
        finding: { code: 'duplicate-name', found, accepted: 'a path that no other volume has', fix },
      };
    }
    seen.set(mountPath, path);
  }
  yield* nestedProblems(job);
}

/** The container engine makes the folder of a volume in the volume around it, where it fails if it cannot write: the job never starts. */
function* nestedProblems(job: StorageDemand): Generator<LocatedFinding> {
  const volumes = volumesOf(job);
  for (const { properties, path } of volumes) {
    const { mountPath } = properties;
    if (typeof mountPath !== 'string' || isToken(mountPath)) continue;
    const around = volumes.find(
      ({ properties: { mountPath: outer, readOnly } }) =>
        readOnly === true && typeof outer === 'string' && mountPath.startsWith(`${outer}/`),
    );
    if (around === undefined) continue;
    const outer = String(around.properties.mountPath);
    const finding = {
      code: 'conflict',
      found: foundValue(mountPath, `, in the read-only volume at ${formatFound(outer)}`),
      accepted: 'a path outside of read-only volumes: its folder could not be made there',
      fix: `use a path outside of ${outer}, or set readOnly: false for that volume`,
    } as const;
    yield { path: [...path, 'mountPath'], finding };
  }
}

function storeProblem(resources: ReturnType<typeof objectOf>, region: string | undefined): Finding | undefined {
  const { useInstanceStore, instanceTypes, gpu, architecture = 'x86_64' } = resources;
  if (useInstanceStore !== true || (architecture !== 'x86_64' && architecture !== 'arm64')) return undefined;
  const types =
    instanceTypes === undefined ? undefined : listOf(instanceTypes).filter((each) => typeof each === 'string');
  if (types?.some(isToken) || types?.length === 0) return undefined;
  const problem = instanceStoreProblem({
    instanceTypes: types,
    gpu: typeof gpu === 'number' ? gpu : undefined,
    architecture,
    region: region === undefined || isToken(region) ? undefined : region,
  });
  return problem && { code: 'conflict', ...problem };
}
