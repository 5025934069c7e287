import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { foundValue } from '../../../problems/found';
import type { PackagingProblem } from '../../build-context';
import { pathBelow, pathFrom } from '../included-files';
import type { BuildpackSource } from '../language';
import { commonFolder, repositoryFolder, upward } from '../repository';
import { type GradleValues, type Script, withoutComments } from './gradle-level';

const SETTINGS = ['settings.gradle', 'settings.gradle.kts'];
const BUILDS = ['build.gradle', 'build.gradle.kts'];

/** A Gradle build. */
export interface GradleProject {
  /** Absolute path of the folder that contains all files to send. */
  readonly root: string;
  /** Absolute path of Gradle's working folder. */
  readonly build: string;
  /** Absolute path of the entry file's module. */
  readonly module: string;
  /** Name of the included build that contains the module. @default none: the module is part of the main build */
  readonly included?: string;
  /** Absolute paths of the files and folders to send. */
  readonly parts: readonly string[];
  /** Absolute paths of files that resolve dependencies: build scripts, settings, properties, catalogs, lockfiles, plugin sources. */
  readonly manifests: readonly string[];
  readonly scripts: readonly Script[];
}

type Found = GradleProject | { readonly problems: readonly PackagingProblem[] };

/**
 * The build that contains the entry file, in the folder of its settings file.
 *
 * @param own folder in the config. Default: the nearest folder with a build script
 */
export function gradleProject(source: BuildpackSource, own: string | undefined): Found {
  const highest = repositoryFolder(source);
  const above = upward(own ?? dirname(source.entry));
  const module = own ?? above.find((folder) => has(folder, BUILDS));
  const settings = above.find((folder) => has(folder, SETTINGS));
  if (module === undefined || pathBelow(highest, module) === undefined) {
    const found = foundValue(source.properties.entryfilePath, `, and no ${BUILDS.join(' or ')} at or above it`);
    const isMaven = above.some((folder) => pathBelow(highest, folder) !== undefined && has(folder, ['pom.xml']));
    const fix = isMaven
      ? 'set languageSpecificConfig.useMaven to true: there is a pom.xml'
      : 'add it to the project, or set useMaven for Maven';
    const accepted = `a file of a project with ${BUILDS.join(' or ')}`;
    return { problems: [{ property: ['entryfilePath'], found, accepted, fix }] };
  }
  if (settings !== undefined && pathBelow(highest, settings) === undefined && names(settings, module))
    return beyond('settings.gradle', settings);
  const nearest = settings === undefined || pathBelow(highest, settings) === undefined ? module : settings;
  const outer = upward(dirname(nearest), highest).find((folder) => includedBuilds(folder).includes(nearest));
  const build = outer ?? nearest;
  const siblings: string[] = [];
  const searched = [build];
  for (const folder of searched) {
    for (const path of [...references(folder), ...includedBuilds(folder)].filter((one) => existsSync(one))) {
      if (pathBelow(highest, path) === undefined) return beyond('a build script', path);
      if (siblings.some((one) => pathBelow(one, path) !== undefined)) continue;
      siblings.push(path);
      if (statSync(path).isDirectory() && pathBelow(build, path) === undefined) searched.push(path);
    }
  }
  const outside = siblings.filter((path) => pathBelow(build, path) === undefined);
  const root = commonFolder([build, ...outside.map((path) => (statSync(path).isDirectory() ? path : dirname(path)))]);
  const parts = [build, ...outside].filter(
    (path, _, all) => !all.some((one) => one !== path && pathBelow(one, path) !== undefined),
  );
  const manifests = parts.flatMap((part) => (statSync(part).isDirectory() ? manifestsOf(part) : [part]));
  return {
    root,
    build,
    module,
    ...(outer !== undefined && { included: basename(nearest) }),
    parts,
    manifests,
    scripts: scriptsOf({ build, module, root, siblings }),
  };
}

/** Sources for looking up values in build scripts. */
export function gradleValues(
  { build, module, scripts }: GradleProject,
  catalog: GradleValues['catalog'],
): GradleValues {
  const properties = [...new Set([module, build])].map((folder) => read(join(folder, 'gradle.properties')));
  return { scripts, properties: properties.join('\n'), catalog };
}

/** The scripts that affect the entry file's module: its own, the root build's, those of plugins, and those of modules that it depends on. */
function scriptsOf({
  build,
  module,
  root,
  siblings,
}: {
  build: string;
  module: string;
  root: string;
  siblings: string[];
}): Script[] {
  const shared = globSync(
    [
      '*.gradle',
      '*.gradle.kts',
      'gradle/**/*.gradle',
      'gradle/**/*.gradle.kts',
      'buildSrc/**/*.gradle',
      'buildSrc/**/*.gradle.kts',
    ],
    { cwd: build, absolute: true },
  );
  const others = siblings.flatMap((path) =>
    statSync(path).isDirectory()
      ? globSync(['**/*.gradle', '**/*.gradle.kts'], { cwd: path, absolute: true, ignore: ['**/node_modules/**'] })
      : /\.gradle(\.kts)?$/.test(path)
        ? [path]
        : [],
  );
  const paths = new Set([...shared, ...others].map((path) => resolve(path)));
  const modules = [module];
  for (const folder of modules) {
    for (const path of BUILDS.map((name) => join(folder, name)).filter((one) => existsSync(one))) {
      paths.add(path);
      const text = withoutComments(read(path));
      for (const [, name = ''] of text.matchAll(/\bproject\s*\(\s*(?:path\s*[:=]\s*)?["'](:[\w:.-]+)["']/g)) {
        const other = join(build, ...name.split(':'));
        if (!modules.includes(other)) modules.push(other);
      }
    }
  }
  return [...paths].map((path) => ({ name: pathFrom(root, path), text: read(path) }));
}

/** The files that determine Gradle's downloads. */
function manifestsOf(folder: string): string[] {
  const patterns = ['*.gradle', '*.gradle.kts', 'gradle.properties', '*.lockfile', 'gradle/*.toml'].map(
    (name) => `**/${name}`,
  );
  const found = globSync([...patterns, 'gradle/**', 'gradlew', 'buildSrc/**', 'build-logic/**', '*.toml'], {
    cwd: folder,
    dot: true,
    absolute: true,
    ignore: [
      '**/node_modules/**',
      '**/.gradle/**',
      '**/.git/**',
      '**/cdktf.out/**',
      '**/.batch-jobs/**',
      '**/build/**',
      '!**/src/**/build/**',
    ],
  });
  return found.map((path) => resolve(path));
}

/** Files and folders outside a folder that its scripts refer to. */
function references(folder: string): string[] {
  const ignore = ['**/node_modules/**', '**/build/**'];
  const files = globSync(['**/*.gradle', '**/*.gradle.kts'], { cwd: folder, absolute: true, ignore });
  const found = files.flatMap((file) => {
    const text = withoutComments(read(file));
    const paths = Array.from(text.matchAll(PATH), ([, base = 'projectDir', path = '']) =>
      resolve(base === 'projectDir' ? dirname(file) : folder, path),
    );
    const flat = Array.from(text.matchAll(/\bincludeFlat\b(.*)/g), ([, names = '']) => names).join();
    return [
      ...paths,
      ...Array.from(flat.matchAll(/["']([^"']+)["']/g), ([, name = '']) => join(dirname(folder), name)),
    ];
  });
  return [...new Set(found)].filter((path) => existsSync(path) && pathBelow(folder, path) === undefined);
}

/** A relative path to a parent folder, from the script's folder or the build's. */
const PATH =
  /["'](?:\$\{?(rootDir|rootProject\.projectDir|settingsDir|projectDir)\}?\/)?((?:[^"'$\n/]+\/)*\.\.(?:\/[^"'$\n]*)?)["']/g;

/** Absolute paths of the builds that a settings file includes. */
function includedBuilds(folder: string): string[] {
  const text = withoutComments(SETTINGS.map((name) => read(join(folder, name))).join('\n'));
  const found = text.matchAll(/\bincludeBuild\s*\(?\s*(?:file\s*\(\s*)?["']([^"']+)["']/g);
  return Array.from(found, ([, path = '']) => resolve(folder, path));
}

/** Whether a settings file contains a folder's name. */
function names(settings: string, module: string): boolean {
  const text = SETTINGS.map((name) => read(join(settings, name))).join('\n');
  return module === settings || text.includes(basename(module));
}

function has(folder: string, files: readonly string[]): boolean {
  return files.some((name) => existsSync(join(folder, name)));
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function beyond(what: string, path: string): Found {
  return {
    problems: [
      {
        property: ['entryfilePath'],
        found: `${what} that leads to ${JSON.stringify(path)}, outside of the repository`,
        accepted: 'a build in folders of one repository; without a repository, below the config',
        fix: 'move it into the repository, or move the config to a folder above both',
      },
    ],
  };
}
