import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackageManager } from '../package-manager';
import type { Answers } from './answers';
import { gitignore } from './gitignore';
import type { OwnPackage } from './own-package';
import { changedPackage, newPackage, type PackageNeeds } from './package-changes';
import { isThere, type ProjectFolder, textOf } from './project-folder';
import { readme } from './readme';
import { CONFIG_FILES, cdktfSettings, compilerSettings, configFile, JOB, jobFiles, mainFile } from './templates';

/** A file that is written. */
export interface Change {
  /** Path in the project, with `/`. */
  readonly path: string;
  readonly text: string;
  /** What is added, if the file is there. */
  readonly added?: string;
}

/** What is added to a folder. */
export interface Plan {
  readonly changes: readonly Change[];
  /** Files that a new project would get, and that are there. */
  readonly kept: readonly string[];
  /** Scripts of package.json that have such a name and do something else. */
  readonly keptScripts: readonly string[];
  /** The config that the project has then. */
  readonly config: string;
  /** The job that can be run; undefined if the config was there. */
  readonly job?: string;
  /** Whether packages have to be installed. */
  readonly needsInstallation: boolean;
  /** Names of the scripts that call this package. */
  readonly scripts: readonly string[];
}

/** What a plan is made by, beside the folder itself. */
export interface Circumstances {
  readonly manager: PackageManager;
  readonly own: OwnPackage;
  /** How package.json names this package. */
  readonly ownRange: string;
  /** The region that the config says. @default the example's */
  readonly region?: string;
}

/** Scripts that call this package. */
const COMMANDS = ['synth', 'local', 'diff', 'deploy', 'destroy'];

/** What a project's folder lacks. Nothing in it is overwritten. */
export function plan(folder: ProjectFolder, answers: Answers, circumstances: Circumstances): Plan {
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

/** Whole files, unless they are there. */
function wantedFiles(folder: ProjectFolder, answers: Answers, { manager, region }: Circumstances): Map<string, string> {
  const { app, config, packageFile, testRunner } = folder;
  const files = new Map<string, string>();
  // A main.ts without cdktf.json is another program, which no synthesis may run.
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
  { own, ownRange }: Circumstances,
): PackageNeeds {
  const development = { '@types/node': own.devDependencies, tsx: own.dependencies, typescript: own.devDependencies };
  const test = language === 'python' ? 'python3 -m unittest discover jobs' : TEST[testRunner];
  const packageName = name.toLowerCase();
  return {
    // npm installs no package into one of the same name.
    name: [own.name, ...Object.keys(own.peerDependencies)].includes(packageName) ? `${packageName}-stack` : packageName,
    engines: own.engines,
    scripts: {
      ...Object.fromEntries(COMMANDS.map((command) => [command, `batch-jobs ${command}`])),
      // Whoever has jobs has tests, or does not want any.
      ...(config === undefined && { test }),
      typecheck: 'tsc --noEmit',
    },
    dependencies: sorted({ ...own.peerDependencies, [own.name]: ownRange }),
    devDependencies: Object.fromEntries(
      Object.entries(development).map(([dependency, group]) => [dependency, `^${group[dependency]}`]),
    ),
  };
}

/** As npm orders them. */
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

/** Whether a package can be found from a folder, as Node.js looks for it. */
function isInstalled(folder: string, name: string): boolean {
  for (let place = folder; ; place = dirname(place)) {
    if (existsSync(join(place, 'node_modules', name, 'package.json'))) return true;
    if (dirname(place) === place) return false;
  }
}
