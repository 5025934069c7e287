import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { globSync } from 'tinyglobby';
import { formatFound, foundValue } from '../../../problems/found';
import type { PackagingProblem } from '../../build-context';
import { pathBelow, pathFrom } from '../included-files';
import type { BuildpackSource } from '../language';
import { commonFolder, repositoryFolder, upward } from '../repository';
import { elementsAt, textAt } from '../xml';
import { lineage, type Pom, readPom } from './pom';

/** A Maven build. */
export interface MavenProject {
  /** Absolute path of the folder that contains all files to send. */
  readonly root: string;
  /** The project that Maven starts with: the entry file's, or the topmost project that lists it as a module. */
  readonly start: Pom;
  /** The entry file's project and its parents in the build context, child first. */
  readonly line: readonly Pom[];
  /** All projects of the build. */
  readonly all: readonly Pom[];
  /** Absolute paths of the files and folders to send. */
  readonly parts: readonly string[];
  /** Absolute paths of files that resolve dependencies and plugins. */
  readonly manifests: readonly string[];
}

interface Refused {
  readonly problems: readonly PackagingProblem[];
}

type Found = MavenProject | Refused;

/** The projects of a build, and the paths of missing ones. */
interface Reactor {
  readonly poms: readonly Pom[];
  readonly missing: readonly string[];
}

/**
 * The build that contains the entry file's project.
 *
 * @param given path of its `pom.xml` in the config. Default: the nearest
 */
export function mavenProject(source: BuildpackSource, given: string | undefined): Found {
  const highest = repositoryFolder(source);
  const own = ownProject(source, highest, given);
  if ('problems' in own) return own;
  const line = lineage(own);
  const away = awayParent(line, highest);
  if (away !== undefined) return away;
  const { start, all } = largestBuild(own, line, highest);
  const broken = brokenModule(all, highest) ?? unlistedDependency(line, all.poms);
  return broken ?? sentProject(start, line, all.poms, highest);
}

/** The entry file's project: its code is built. */
function ownProject(source: BuildpackSource, highest: string, given: string | undefined): Pom | Refused {
  const path =
    given ??
    upward(dirname(source.entry), highest)
      .map((one) => join(one, 'pom.xml'))
      .find((one) => existsSync(one));
  const { entryfilePath } = source.properties;
  if (path === undefined) {
    const fix = 'add it to the project, or set useMaven to false for Gradle';
    return refused(
      foundValue(entryfilePath, ', and no pom.xml at or above it'),
      'a file of a project with pom.xml',
      fix,
    );
  }
  const own = readPom(path);
  if (own === undefined)
    return refused(foundValue(pathFrom(highest, path), ', which is no project of Maven'), 'a pom.xml', 'correct it');
  if (own.packaging === 'pom') {
    const accepted = 'a file of a project with code, such as jar';
    return refused(
      foundValue(entryfilePath, ', of a pom.xml whose packaging is "pom"'),
      accepted,
      'name a file of one of its modules, or give the module a pom.xml',
    );
  }
  return own;
}

/** Refuses a parent in a folder that nothing is sent from. */
function awayParent(line: readonly Pom[], highest: string): Refused | undefined {
  const away = line
    .flatMap(({ parent }) => (parent?.path !== undefined && existsSync(parent.path) ? [parent.path] : []))
    .find((one) => pathBelow(highest, one) === undefined);
  if (away === undefined) return undefined;
  const fix =
    'move it into the repository, publish it and leave <relativePath/> empty, or move the config to a folder above both';
  return refused(
    `the parent ${formatFound(toPosix(away))}, outside of the repository`,
    'parents in folders of one repository, or published ones',
    fix,
  );
}

/** The build with the most projects that contains the entry file's. */
function largestBuild(own: Pom, line: readonly Pom[], highest: string): { readonly start: Pom; readonly all: Reactor } {
  // The project that lists a module can be its parent, in a folder above it, or in a folder next to it.
  const candidates = [
    ...line.slice(1),
    ...upward(dirname(own.folder), highest).flatMap((one) => readPom(join(one, 'pom.xml')) ?? []),
  ];
  const builds = [own, ...candidates]
    .map((start) => ({ start, all: reactor(start) }))
    .filter(({ all }) => all.poms.some((one) => one.path === own.path));
  return builds.reduce((most, one) => (one.all.poms.length > most.all.poms.length ? one : most));
}

/** Refuses a module that is missing, or in a folder that nothing is sent from. */
function brokenModule(all: Reactor, highest: string): Refused | undefined {
  const missing = all.missing[0];
  if (missing !== undefined)
    return refused(
      `the module ${formatFound(pathFrom(highest, missing))}, which is not there`,
      'modules with a pom.xml',
      'correct <modules>, or check it out',
    );
  const outside = all.poms.find((one) => pathBelow(highest, one.path) === undefined);
  if (outside === undefined) return undefined;
  return refused(
    `the module ${formatFound(toPosix(outside.path))}, outside of the repository`,
    'modules in folders of one repository',
    'move it into the repository',
  );
}

/** Refuses a dependency that Maven would look for in a registry, although its project is there. */
function unlistedDependency(line: readonly Pom[], built: readonly Pom[]): Refused | undefined {
  const unlisted = unlistedSibling(line, built);
  if (unlisted === undefined) return undefined;
  const found = `a dependency on ${unlisted.artifactId}, whose project is beside this one and in no build with it`;
  return refused(
    found,
    'projects that are built together',
    'list both in <modules> of a pom.xml above them, or publish it under a different version',
  );
}

/** The build, with the files and folders to send for it. */
function sentProject(start: Pom, line: readonly Pom[], built: readonly Pom[], highest: string): MavenProject {
  const poms = [...new Map([...built, ...line].map((one) => [one.path, one])).values()];
  const settings = upward(start.folder, highest)
    .map((one) => join(one, '.mvn'))
    .find((one) => existsSync(one));
  const folders = [start.folder, ...poms.map(({ folder }) => folder), ...(settings === undefined ? [] : [settings])];
  const sent = [...new Set(folders)].filter(
    (one, _, every) => !every.some((other) => other !== one && pathBelow(other, one) !== undefined),
  );
  const wrapper = ['mvnw'].map((name) => join(start.folder, name)).filter((one) => existsSync(one));
  const config = settings === undefined ? [] : globSync(['**'], { cwd: settings, dot: true, absolute: true });
  return {
    root: commonFolder([start.folder, ...folders.map((one) => (one === settings ? dirname(one) : one))]),
    start,
    line,
    all: poms,
    parts: sent,
    manifests: [...poms.map((one) => one.path), ...wrapper, ...config],
  };
}

function reactor(start: Pom): Reactor {
  const poms = [start];
  const missing: string[] = [];
  for (const { modules } of poms) {
    for (const path of modules) {
      const pom = readPom(path);
      if (pom === undefined) missing.push(path);
      else if (!poms.some((one) => one.path === path)) poms.push(pom);
    }
  }
  return { poms, missing };
}

/** A dependency in a folder next to the entry file's project that is not part of the same build. */
function unlistedSibling(line: readonly Pom[], built: readonly Pom[]): Pom | undefined {
  const [own] = line;
  if (own === undefined) return undefined;
  const wanted = elementsAt(own.root, 'dependencies', 'dependency').map((one) => textAt(one, 'artifactId'));
  const beside = dirname(own.folder);
  const poms = readdirSync(beside, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .flatMap((one) => readPom(join(beside, one.name, 'pom.xml')) ?? []);
  const group = (pom: Pom) => textAt(pom.root, 'groupId') ?? pom.parent?.groupId;
  return poms.find(
    (one) =>
      wanted.includes(one.artifactId) && group(one) === group(own) && !built.some(({ path }) => path === one.path),
  );
}

function refused(found: PackagingProblem['found'], accepted: string, fix: string): Refused {
  return { problems: [{ property: ['entryfilePath'], found, accepted, fix }] };
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}
