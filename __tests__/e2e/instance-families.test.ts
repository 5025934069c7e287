import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { KNOWN_FAMILIES, KNOWN_TYPES } from '../../modules/compute/instance-families';

/** What EC2's DescribeInstanceTypes says of a type, as far as it matters here. */
interface Described {
  readonly VCpuInfo: { readonly DefaultVCpus: number };
  readonly MemoryInfo: { readonly SizeInMiB: number };
  readonly ProcessorInfo: { readonly SupportedArchitectures: readonly string[] };
  readonly GpuInfo?: { readonly Gpus: readonly { readonly Count?: number }[] };
}

/** The answer of DescribeInstanceTypes that moto, the AWS emulator, keeps in its Python package. */
function recorded(): ReadonlyMap<string, Described> | undefined {
  let folder: string;
  try {
    const script = 'import moto, os; print(os.path.dirname(moto.__file__))';
    folder = execFileSync('python3', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
  const plain = join(folder, 'ec2', 'resources', 'instance_types.json');
  const packed = `${plain}.gz`;
  if (!existsSync(packed) && !existsSync(plain)) return undefined;
  const text = existsSync(packed) ? gunzipSync(readFileSync(packed)).toString() : readFileSync(plain, 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, Described>));
}

const described = recorded();
const test = described === undefined ? it.skip : it;

describe(`the instance table against EC2${described === undefined ? ' (skipped: python3 has no moto)' : ''}`, () => {
  test('agrees on every type that both know', () => {
    const ours = KNOWN_TYPES.flatMap(({ name, vcpus, memory, gpus, architecture }) => {
      const theirs = described?.get(name);
      if (theirs === undefined) return [];
      return {
        ours: { name, vcpus, memory, gpus, architectures: [architecture] },
        theirs: {
          name,
          vcpus: theirs.VCpuInfo.DefaultVCpus,
          memory: theirs.MemoryInfo.SizeInMiB,
          gpus: (theirs.GpuInfo?.Gpus ?? []).reduce((sum, { Count = 0 }) => sum + Count, 0),
          architectures: theirs.ProcessorInfo.SupportedArchitectures,
        },
      };
    });
    expect(ours.length).toBeGreaterThan(0.95 * KNOWN_TYPES.length);
    expect(ours.map((pair) => pair.ours)).toEqual(ours.map((pair) => pair.theirs));
  });

  // Fails when EC2 has gained a size since: the family's row in the table wants it.
  test('lists every size of the families it knows', () => {
    const names = [...(described?.keys() ?? [])].filter((name) => KNOWN_FAMILIES.includes(name.split('.')[0] ?? ''));
    const missing = names.filter((name) => !KNOWN_TYPES.some((type) => type.name === name));
    expect(missing).toEqual([]);
  });
});
