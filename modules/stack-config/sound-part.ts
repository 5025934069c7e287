import { isPlain } from '../config/overrides/merged';
import { valueAt } from '../config/value-at';

type Path = readonly PropertyKey[];
type Holder = { [key: PropertyKey]: unknown };

/** The place of an entry that was removed from a list: the other entries keep their indices until the list is read. */
const REMOVED = Symbol('removed');

/**
 * A copy of a config without the values that have problems, for what can be said of the rest. What a job or a stack cannot be without gets
 * a value that has no problem.
 */
export class SoundPart {
  /** Paths of what is not as it is written. */
  readonly cuts: Path[] = [];
  private readonly root: unknown;

  constructor(config: unknown) {
    this.root = withoutRemoved(config);
  }

  /** The config without the values that were cut. */
  get value(): unknown {
    return withoutRemoved(this.root);
  }

  /** Whether an entry of a list was cut, so that the indices of others differ from those of the config. */
  get isRenumbered(): boolean {
    return this.cuts.some((path) => valueAt(this.root, path) === REMOVED);
  }

  /** The path in the config of what is at a path of {@link value}. */
  written(path: Path): Path {
    const own: PropertyKey[] = [];
    for (const key of path) {
      const holder = valueAt(this.root, own);
      own.push(Array.isArray(holder) && typeof key === 'number' ? nth(holder, key) : key);
    }
    return own;
  }

  /**
   * Cuts the value at a path of the config, or what should have a value there.
   *
   * @returns whether there was anything to cut
   */
  cut(path: Path): boolean {
    this.cuts.push(path);
    for (let own = path; own.length > 0; own = own.slice(0, -1)) {
      if (this.cutAt(own)) {
        this.cuts.push(own);
        return true;
      }
    }
    return false;
  }

  private cutAt(path: Path): boolean {
    const holder = valueAt(this.root, path.slice(0, -1));
    const key = path.at(-1) as PropertyKey;
    if (typeof holder !== 'object' || holder === null) return false;
    const current = (holder as Holder)[key];
    const instead = this.insteadOf(path);
    if (instead !== undefined && JSON.stringify(current) !== JSON.stringify(instead)) {
      (holder as Holder)[key] = instead;
      return true;
    }
    if (current === undefined || current === REMOVED) return false;
    if (Array.isArray(holder)) holder[Number(key)] = REMOVED;
    else delete (holder as Holder)[key];
    return true;
  }

  private insteadOf(path: Path): unknown {
    if (path.length === 1) return STACK[String(path[0])];
    const [section, name = '', properties, ...rest] = path;
    if (section !== 'resources' || properties !== 'properties') return undefined;
    const values = RESOURCES[String(valueAt(this.root, [section, name, 'type']))];
    return values?.[rest.join('.')];
  }
}

/** Values instead of those that a stack must have. */
const STACK: { readonly [property: string]: unknown } = { stackName: 'stack' };

const IMAGE = { type: 'prebuilt-image', properties: { image: 'public.ecr.aws/docker/library/busybox:1.37' } };

/** Values instead of those that a resource of a type must have, by their paths in its properties. */
const RESOURCES: { readonly [type: string]: { readonly [property: string]: unknown } } = {
  'batch-job': {
    container: { packaging: IMAGE },
    'container.packaging': IMAGE,
    resources: { cpu: 1, memory: 512 },
  },
  // No such file is needed: what is said of code that was cut is not reported.
  function: { packaging: { type: 'custom-artifact', properties: { packagePath: 'code', handler: 'index.handler' } } },
};

/** A copy. Instances of classes, such as CDKTF tokens, stay as they are. */
function withoutRemoved(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== REMOVED).map(withoutRemoved);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutRemoved(item)]));
}

/** The index of an entry among those that were removed. */
function nth(list: readonly unknown[], position: number): number {
  const kept = [...list.keys()].filter((index) => list[index] !== REMOVED);
  return kept[position] ?? list.length;
}
