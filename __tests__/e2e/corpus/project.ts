import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const PROJECTS = resolve(__dirname, '../../fixtures/projects');

/** What must be true for a fixture project: its `expected.json`. */
export interface Expected {
  /** The shape that it represents, which is the name of the test. */
  readonly shape: string;
  /** Shell command in the copy before synthesis, such as an install. @default none */
  readonly prepare?: string;
  /** Files of the copy that git does not hold, by path. @default none */
  readonly add?: { readonly [path: string]: string };
  /** Path of the config in the project. @default batch-jobs.yml */
  readonly config?: string;
  /** Paths in the build context. */
  readonly context?: { readonly has?: readonly string[]; readonly lacks?: readonly string[] };
  /** Paths in the image. */
  readonly image?: { readonly has?: readonly string[]; readonly lacks?: readonly string[] };
  /** What the job says that it found: versions of packages, texts of files. */
  readonly found?: { readonly [name: string]: unknown };
  /** Texts of the report with which synthesis refuses the project. */
  readonly refused?: readonly string[];
  /** Why no image is built here. @default one is */
  readonly notBuilt?: string;
  /** Registry that preparing or building takes. @default none */
  readonly needs?: 'npm' | 'pypi';
}

/** A fixture project. */
export interface Project {
  readonly name: string;
  readonly expected: Expected;
}

/** The projects whose names begin with one of some words. */
export function projects(...languages: readonly string[]): Project[] {
  return readdirSync(PROJECTS)
    .filter((name) => languages.some((language) => name.startsWith(`${language}-`)))
    .map((name) => ({ name, expected: JSON.parse(readFileSync(join(PROJECTS, name, 'expected.json'), 'utf8')) }));
}

/** A copy of a project in a temporary folder, prepared for synthesis. */
export interface ProjectCopy {
  /** Its config file. */
  readonly config: string;
  readonly folder: string;
  dispose(): void;
}

/** @throws Error with what the command that prepares it wrote, if it failed */
export function copyOf({ name, expected }: Project): ProjectCopy {
  const folder = join(mkdtempSync(join(tmpdir(), 'project-')), name);
  cpSync(join(PROJECTS, name, 'project'), folder, { recursive: true, verbatimSymlinks: true });
  for (const [path, text] of Object.entries(expected.add ?? {})) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const copy = {
    folder,
    config: join(folder, expected.config ?? 'batch-jobs.yml'),
    dispose: () => rmSync(dirname(folder), { recursive: true, force: true, maxRetries: 3 }),
  };
  if (!existsSync(copy.config)) throw new Error(`${name} has no ${expected.config ?? 'batch-jobs.yml'}`);
  if (expected.prepare !== undefined) {
    // Package managers leave files in the temporary folder.
    const env = { ...process.env, TMPDIR: dirname(folder) };
    const { status, stdout, stderr } = spawnSync('sh', ['-ec', expected.prepare], {
      cwd: folder,
      encoding: 'utf8',
      env,
    });
    if (status !== 0) {
      copy.dispose();
      throw new Error(`${name}: "${expected.prepare}" ended with ${status}: ${stdout}${stderr}`);
    }
  }
  return copy;
}

const PROBES = { npm: 'https://registry.npmjs.org/is-number', pypi: 'https://pypi.org/simple/six/' } as const;
const reached = new Map<string, boolean>();

/** Why a project cannot be tried here; undefined if it can. */
export function unreachable({ needs }: Expected): string | undefined {
  if (needs === undefined) return undefined;
  let known = reached.get(needs);
  if (known === undefined) {
    known = spawnSync('curl', ['-sfo', '/dev/null', '-m', '20', PROBES[needs]]).status === 0;
    reached.set(needs, known);
  }
  return known ? undefined : `the package registry of ${needs} cannot be reached`;
}
