import { join, sep } from 'node:path';

/** Where this project's own programs are. Their sources do not change while Jest runs, unless it watches them. */
const MODULES = ['modules', 'cli', 'job', 'triggers'].map((folder) => folder + sep);
const ROOT = join(__dirname, '../..');

/** What this file reads of esbuild. */
interface Esbuild {
  readonly buildSync: (options: BuildOptions) => object;
}

interface BuildOptions {
  readonly absWorkingDir?: string;
  readonly entryPoints?: unknown;
  readonly write?: boolean;
}

/** Whether the build is of the project's own source alone, and makes no files. */
function isOwn({ absWorkingDir, entryPoints, write }: BuildOptions): boolean {
  if (absWorkingDir !== ROOT || write !== false || !Array.isArray(entryPoints)) return false;
  return entryPoints.every((entry) => typeof entry === 'string' && MODULES.some((folder) => entry.startsWith(folder)));
}

/** esbuild that builds each program of this project once: each test file has its own module of the program, and would build it anew. */
export function keepBuilds(esbuild: Esbuild): Esbuild {
  const known = new Map<string, object>();
  const buildSync = (options: BuildOptions) => {
    if (!isOwn(options)) return esbuild.buildSync(options);
    const key = JSON.stringify(options);
    const built = known.get(key) ?? esbuild.buildSync(options);
    known.set(key, built);
    return built;
  };
  return { ...esbuild, buildSync };
}

/** The schema of a definition in the Amazon States Language, which `asl-validator` compiles for each definition. */
const STATE_MACHINE = 'http://asl-validator.cloud/state-machine.json#';

/** What this file reads of ajv's class. */
interface Ajv {
  readonly default: { readonly prototype: { getSchema(key: string): unknown } };
}

/** ajv that compiles the schema of state machines once: it takes longer than everything else in a test of a definition. */
export function keepStateMachineSchema(ajv: Ajv): Ajv {
  const { prototype } = ajv.default;
  const { getSchema } = prototype;
  let known: unknown;
  prototype.getSchema = function (key) {
    if (key !== STATE_MACHINE) return getSchema.call(this, key);
    known ??= getSchema.call(this, key);
    return known;
  };
  return ajv;
}

const ESBUILD = join('node_modules', 'esbuild', 'lib', 'main.js');
const AJV = join('node_modules', 'ajv', 'dist', 'core.js');

/**
 * What the tests get of a module of a package: for a few, with the work kept that is the same in each test file.
 *
 * @param filesChange whether the project's files can change, so that a build of them is not kept
 */
export function withKeptWork(file: string, exported: unknown, filesChange: boolean): unknown {
  if (file.endsWith(ESBUILD) && !filesChange) return keepBuilds(exported as Esbuild);
  if (file.endsWith(AJV)) return keepStateMachineSchema(exported as Ajv);
  return exported;
}
