import { formatFound, foundText } from '../problems/found';
import type { Finding } from '../problems/problem';
import { defaultInstanceTypes, INSTANCE_BUNDLES, KNOWN_FAMILIES } from './instance-families';
import { familyOf } from './instance-fit';
import { familiesIn } from './instance-offerings';

/**
 * Families whose instances have local NVMe disks in every size. Those with hard disks (d2, h1) or older disks (m3) are not included.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-store-volumes.html
 */
const WITH_STORE: ReadonlySet<string> = new Set(
  [
    'm5d m5dn m5ad m6id m6idn m8id m6gd m7gd m8gd',
    'c5d c5ad c6id c8id c6gd c7gd c8gd',
    'r5d r5dn r5ad r6id r6idn r8id r6gd r7gd r8gd x2idn x2iedn x2gd z1d',
    'i3 i3en i4i i7i i7ie i4g i8g i8ge im4gn is4gen',
    'g4dn g5 g6 g6e g6f gr6 gr6f g7e p4d p4de p5 p5e p5en p6-b200 p6-b300',
  ].flatMap((families) => families.split(' ')),
);

/** Families to list instead, in the order in which a fix names them. */
const SUGGESTED = {
  x86_64: ['m6id', 'c6id', 'r6id', 'm5d', 'c5d', 'r5d'],
  arm64: ['m7gd', 'c7gd', 'r7gd', 'm6gd', 'c6gd', 'r6gd'],
} as const;

interface StoreRequest {
  readonly instanceTypes?: readonly string[];
  readonly gpu?: number;
  readonly architecture: 'x86_64' | 'arm64';
  /** The region, if it is known. */
  readonly region?: string;
}

/** The families that an entry of a list of instance types means. */
function families(entry: string): readonly string[] {
  return INSTANCE_BUNDLES.get(entry) ?? [familyOf(entry)];
}

/**
 * Why a job can't use the instance store: one of its instance types has none. Undefined if all have one, or if a family is newer than
 * the table.
 */
export function instanceStoreProblem(request: StoreRequest): Finding | undefined {
  const { instanceTypes, gpu, architecture, region } = request;
  const hasGpu = gpu !== undefined;
  if (hasGpu && architecture === 'arm64') return undefined;
  const entries = instanceTypes ?? defaultInstanceTypes({ gpu: hasGpu, architecture, region });
  const without = entries.filter((entry) =>
    families(entry).some((family) => KNOWN_FAMILIES.includes(family) && !WITH_STORE.has(family)),
  );
  if (without.length === 0) return undefined;
  const offered = region === undefined ? undefined : familiesIn(region);
  const usable = hasGpu
    ? ['g5', 'g6', 'g4dn'].filter((family) => offered?.has(family) ?? true)
    : SUGGESTED[architecture].filter((family) => offered?.has(family) ?? true);
  const list = usable.slice(0, 3).join(', ');
  const accepted = `instanceTypes that all have an instance store, such as ${list}`;
  const fix = `set instanceTypes to families such as ${list}, or remove useInstanceStore`;
  const found =
    instanceTypes === undefined
      ? `the default instance types, ${without.map(String).join(', ')}`
      : foundText(`${without.map(formatFound).join(', ')}, without an instance store`);
  return { found, accepted, fix };
}
