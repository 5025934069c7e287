import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { KNOWN_FAMILIES, KNOWN_TYPES } from '../../modules/rules/instance-families';
import { instanceStoreProblem } from '../../modules/rules/instance-store';
import { OFFERINGS_FILE, type Offering, withOfferings } from '../../scripts/instance-offerings';

/** What EC2's DescribeInstanceTypes says of a type, as far as it matters here. */
interface Described {
  readonly VCpuInfo: { readonly DefaultVCpus: number };
  readonly MemoryInfo: { readonly SizeInMiB: number };
  readonly ProcessorInfo: { readonly SupportedArchitectures: readonly string[] };
  readonly InstanceStorageInfo?: { readonly NvmeSupport: string; readonly Disks: readonly { readonly Type: string }[] };
  readonly GpuInfo?: { readonly Gpus: readonly { readonly Count?: number }[] };
}

/** The folder of moto, the AWS emulator, which keeps answers of EC2 in its Python package. */
function motoFolder(): string | undefined {
  try {
    const script = 'import moto, os; print(os.path.dirname(moto.__file__))';
    const python = process.env.PYTHON ?? 'python3';
    return execFileSync(python, ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** The answer of DescribeInstanceTypes. */
function recorded(folder: string | undefined): ReadonlyMap<string, Described> | undefined {
  if (folder === undefined) return undefined;
  const plain = join(folder, 'ec2', 'resources', 'instance_types.json');
  const packed = `${plain}.gz`;
  if (!existsSync(packed) && !existsSync(plain)) return undefined;
  const text = existsSync(packed) ? gunzipSync(readFileSync(packed)).toString() : readFileSync(plain, 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, Described>));
}

/** The answers of DescribeInstanceTypeOfferings of all regions. */
function offerings(folder: string): Offering[] {
  const dir = join(folder, 'ec2', 'resources', 'instance_type_offerings', 'region');
  return readdirSync(dir).flatMap((name): Offering[] => {
    const file = readFileSync(join(dir, name));
    return JSON.parse(String(name.endsWith('.gz') ? gunzipSync(file) : file));
  });
}

const folder = motoFolder();
const described = recorded(folder);
const test = described === undefined ? it.skip : it;

describe(`the instance table against EC2${described === undefined ? ' (skipped: python3 has no moto)' : ''}`, () => {
  test('agrees on which families have NVMe disks in every size', () => {
    const types = [...(described ?? [])];
    const hasDisks = ({ InstanceStorageInfo: store }: Described) =>
      store !== undefined && store.NvmeSupport !== 'unsupported' && store.Disks.every(({ Type }) => Type === 'ssd');
    const families = KNOWN_FAMILIES.flatMap((family) => {
      const own = types.filter(([name]) => name.startsWith(`${family}.`));
      return own.length === 0 ? [] : [[family, own.every(([, type]) => hasDisks(type))] as const];
    });
    expect(families.length).toBeGreaterThan(80);
    const ours = families.map(([family]) => {
      const architecture = KNOWN_TYPES.find(({ name }) => name.startsWith(`${family}.`))?.architecture ?? 'x86_64';
      return [family, instanceStoreProblem({ instanceTypes: [family], architecture }) === undefined];
    });
    expect(ours).toEqual(families);
  });

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

  // Fails when moto has newer answers: `scripts/instance-offerings.ts` writes the table anew from the AWS CLI's.
  test('has the regions and families of each that EC2 answered', () => {
    const source = readFileSync(OFFERINGS_FILE, 'utf8');
    expect(withOfferings(source, offerings(folder ?? ''))).toBe(source);
  });
});
