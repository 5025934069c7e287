import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackageManager } from '../command/package-manager';
import type { Answers } from './answers';
import { gitignore } from './gitignore';
import type { OwnPackage } from './own-package';
import { changedPackage, newPackage, type PackageNeeds } from './package-changes';
import { isThere, type ProjectFolder, textOf } from './project-folder';
import { readme } from './readme';
import { CONFIG_FILES, cdktfSettings, compilerSettings, configFile, JOB, jobFiles, mainFile } from './templates';

/** A file to write. */
export interface Change {
  /** Path relative to the project's folder, with `/`. */
  readonly path: string;
  readonly text: string;
  /** What is added to an existing file, in words. Undefined for a new file. */
  readonly added?: string;
}

/** The changes in a folder. */
export interface Plan {
  readonly changes: readonly Change[];
  /** Existing files that a new project would get. */
  readonly kept: readonly string[];
  /** Existing scripts of package.json with such a name that do something else. */
  readonly keptScripts: readonly string[];
  /** The config of the project. */
  readonly config: string;
  /** Name of the job that can be run. Undefined if the config existed before. */
  readonly job?: string;
  /** Whether packages must be installed. */
  readonly needsInstallation: boolean;
  /** Names of the scripts that call this package. */
  readonly scripts: readonly string[];
}

/** The input of a plan, except the folder. */
export interface PlanContext {
  readonly manager: PackageManager;
  readonly own: OwnPackage;
  /** The value for this package in package.json. */
  readonly ownRange: string;
  /** The region in the config. @default the region of the example */
  readonly region?: string;
}

/** Scripts that call this package. */
const COMMANDS = ['synth', 'local', 'console', 'diff', 'deploy', 'destroy'];

/** Plans what to add to a project's folder. Nothing in it is overwritten. */
export function plan(folder: ProjectFolder, answers: Answers, circumstances: PlanContext): Plan {
  const wanted = wantedFiles(folder, answers, circumstances);
  const isKept = (path: string) => isThere(folder.path, path);
  const created = [...wanted].filter(([path]) => !isKept(path)).map(([path, text]) => ({ path, text }));
  const needs = packageNeeds(folder, answers, circumstances);
  const changed = packageChange(folder, needs);
  const ignored = ignoreChange(folder);
  return {
    changes: [...changed.changes, ...created, ...ignored],
    kept: [...[...wanted.keys()].filter(isKept), ...(folder.config === undefined ? [] : [folder.config])],
    keptScripts: changed.keptScripts,
    config: folder.config ?? CONFIG_FILES[answers.configFormat],
    job: folder.config === undefined ? JOB : undefined,
    needsInstallation: [needs.dependencies, needs.devDependencies].some((group) =>
      Object.keys(group).some((name) => !isInstalled(folder.path, name)),
    ),
    scripts: COMMANDS.filter((name) => !changed.keptScripts.includes(name)),
  };
}

/** New files. Existing ones are kept. */
function wantedFiles(folder: ProjectFolder, answers: Answers, { manager, region }: PlanContext): Map<string, string> {
  const { app, config, packageFile, testRunner } = folder;
  const files = new Map<string, string>();
  // A main.ts without cdktf.json is some other program, which synthesis must not run.
  const hasOtherMain = app === undefined && isThere(folder.path, 'main.ts');
  if (app === undefined && !hasOtherMain) {
    files.set('cdktf.json', cdktfSettings());
    files.set('main.ts', mainFile());
  }
  files.set('tsconfig.json', compilerSettings());
  if (config === undefined) {
    files.set(CONFIG_FILES[answers.configFormat], configFile(answers, region));
    for (const [path, text] of jobFiles(answers.language, testRunner)) files.set(path, text);
  }
  if (packageFile.name === undefined && config === undefined) files.set('README.md', readme(answers, manager));
  return files;
}

function packageNeeds(
  { config, testRunner }: ProjectFolder,
  { name, language }: Answers,
  { own, ownRange }: PlanContext,
): PackageNeeds {
  const development = { '@types/node': own.devDependencies, tsx: own.dependencies, typescript: own.devDependencies };
  const test = language === 'python' ? 'python3 -m unittest discover jobs' : TEST[testRunner];
  const packageName = name.toLowerCase();
  return {
    // npm refuses to install a package into a project with the same name.
    name: [own.name, ...Object.keys(own.peerDependencies)].includes(packageName) ? `${packageName}-stack` : packageName,
    engines: own.engines,
    scripts: {
      ...Object.fromEntries(COMMANDS.map((command) => [command, `batch-jobs ${command}`])),
      // A project that already has jobs gets no test script: it has tests, or does without them.
      ...(config === undefined && { test }),
      typecheck: 'tsc --noEmit',
    },
    dependencies: sorted({ ...own.peerDependencies, [own.name]: ownRange }),
    devDependencies: Object.fromEntries(
      Object.entries(development).map(([dependency, group]) => [dependency, `^${group[dependency]}`]),
    ),
  };
}

/** Sorts packages like npm. */
function sorted(group: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(group).sort(([one], [other]) => (one < other ? -1 : 1)));
}

const TEST = { node: 'node --import tsx --test jobs/*.test.ts', jest: 'jest', vitest: 'vitest run' } as const;

function packageChange(
  { packageText, packageFile }: ProjectFolder,
  needs: PackageNeeds,
): { readonly changes: readonly Change[]; readonly keptScripts: readonly string[] } {
  if (packageText === undefined)
    return { changes: [{ path: 'package.json', text: newPackage(needs) }], keptScripts: [] };
  const { text, scripts, packages, keptScripts } = changedPackage(packageText, packageFile, needs);
  const added = [...list('script', scripts), ...list('package', packages)].join('; ');
  return { changes: text === packageText ? [] : [{ path: 'package.json', text, added }], keptScripts };
}

function list(noun: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [`${noun}${names.length === 1 ? '' : 's'} ${names.join(', ')}`];
}

function ignoreChange({ path }: ProjectFolder): Change[] {
  const original = textOf(path, '.gitignore');
  const changed = gitignore(original);
  if (changed === undefined) return [];
  return [
    { path: '.gitignore', text: changed.text, ...(original !== undefined && { added: changed.added.join(', ') }) },
  ];
}

/** Whether Node.js finds a package from a folder. */
function isInstalled(folder: string, name: string): boolean {
  for (let place = folder; ; place = dirname(place)) {
    if (existsSync(join(place, 'node_modules', name, 'package.json'))) return true;
    if (dirname(place) === place) return false;
  }
}
