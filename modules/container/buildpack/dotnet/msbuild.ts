import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Reference } from '../parts';
import { upward } from '../repository';
import { elementsAt, parseXml, type XmlElement } from '../xml';

/** Files that MSBuild and NuGet look for in a project's folder and its parents, in lowercase. */
const FOUND_ABOVE: readonly string[] = [
  'directory.build.props',
  'directory.build.targets',
  'directory.build.rsp',
  'directory.packages.props',
  'global.json',
  'nuget.config',
];

/** A project file and what it refers to. */
export interface DotnetProject {
  /** Absolute. */
  readonly file: string;
  /** Properties with literal values, as MSBuild evaluates them. Names are in lowercase. */
  readonly properties: ReadonlyMap<string, string>;
  /** Names of the packages that it references. */
  readonly packages: readonly string[];
  readonly sdk: string;
  /** Files and folders that it needs, in any folder. */
  readonly references: readonly Reference[];
  /** Whether it uses the solution's folder, which is unknown if the project is built alone. */
  readonly usesSolution: boolean;
  /** Whether it or a referenced project uses ASP.NET Core. */
  readonly usesAspNet: boolean;
}

/** Reads a project file, its references, and the files that apply to them. Undefined if the project file is not XML. */
export function readDotnetProject(file: string, highest: string): DotnetProject | undefined {
  const references = new Map<string, Reference>();
  const main = readOne(file, highest, references);
  if (main === undefined) return undefined;
  let { usesSolution, usesAspNet } = main;
  const seen = new Set([file]);
  const queue = [...main.projects];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (seen.has(next) || !existsSync(next)) continue;
    seen.add(next);
    const other = readOne(next, highest, references);
    usesSolution ||= other?.usesSolution ?? false;
    usesAspNet ||= other?.usesAspNet ?? false;
    queue.push(...(other?.projects ?? []));
  }
  return { file, ...main, references: [...references.values()], usesSolution, usesAspNet };
}

function readOne(file: string, highest: string, references: Map<string, Reference>) {
  const folder = dirname(file);
  const above = upward(folder, highest).flatMap((place) =>
    readdirSync(place)
      .filter((name) => FOUND_ABOVE.includes(name.toLowerCase()))
      .map((name) => join(place, name)),
  );
  const add = (path: string, from: string) => {
    if (!references.has(path)) references.set(path, { path, from });
  };
  for (const path of above) {
    add(path, 'the folder above');
    if (/nuget\.config$/i.test(path)) for (const feed of localFeeds(path)) add(feed, 'nuget.config');
  }
  const properties = new Map([
    ['msbuildprojectname', file.replace(/^.*[\\/]|\.\w+$/g, '')],
    ['msbuildprojectdirectory', folder],
    ['configuration', 'Release'],
  ]);
  const packages: string[] = [];
  const projects: string[] = [];
  let sdk = '';
  let usesSolution = false;
  let usesAspNet = false;
  const nearest = (name: string) => above.find((path) => path.toLowerCase().endsWith(`/${name}`));
  const read = (path: string): boolean => {
    const text = readFileSync(path, 'utf8');
    usesSolution ||= /\$\(Solution(Dir|Path)\)/i.test(text);
    const root = parseXml(text);
    if (root === undefined) return false;
    const here = { msbuildthisfiledirectory: `${dirname(path)}/`, solutiondir: `${solutionFolder(folder, highest)}/` };
    const value = (words: string) => expanded(words, (name) => properties.get(name) ?? here[name as keyof typeof here]);
    sdk ||= root.attributes.Sdk ?? '';
    for (const element of everyElement(root)) {
      const parent = element.parent?.name;
      usesAspNet ||= element.name === 'FrameworkReference' && element.attributes.Include === 'Microsoft.AspNetCore.App';
      if (parent === 'PropertyGroup' && isUsual(element))
        properties.set(element.name.toLowerCase(), value(element.text));
      if (element.name === 'PackageReference' && element.attributes.Include) packages.push(element.attributes.Include);
      for (const named of namedPaths(element)) {
        const target = value(named).replace(/\\/g, '/');
        if (target === undefined || /\$\(|%\(/.test(target)) continue;
        const [fixed = ''] = /[*?]/.test(target) ? (/^(.*?)\/[^/]*[*?]/.exec(target)?.slice(1) ?? []) : [target];
        const relativeTo = element.name === 'Import' ? dirname(path) : folder;
        const absolute = resolve(relativeTo, fixed);
        if (element.name === 'ProjectReference') {
          projects.push(absolute);
          // The project's folder, with all the sources that it compiles by default.
          add(existsSync(absolute) ? dirname(absolute) : absolute, path.replace(/^.*[\\/]/, ''));
        } else if (fixed !== '' && statSync(absolute, { throwIfNoEntry: false }) !== undefined) {
          add(absolute, path.replace(/^.*[\\/]/, ''));
          if (element.name === 'Import' && absolute !== path && statSync(absolute).isFile()) read(absolute);
        }
      }
    }
    return true;
  };
  for (const name of ['directory.build.props', 'directory.packages.props']) {
    const path = nearest(name);
    if (path !== undefined) read(path);
  }
  const isXml = read(file);
  const targets = nearest('directory.build.targets');
  if (targets !== undefined) read(targets);
  usesAspNet ||= /^Microsoft\.NET\.Sdk\.Web\b/i.test(sdk);
  return isXml ? { properties, packages, projects, sdk, usesSolution, usesAspNet } : undefined;
}

/** Package folders in a nuget.config. */
function localFeeds(path: string): string[] {
  const root = parseXml(readFileSync(path, 'utf8'));
  return (root === undefined ? [] : elementsAt(root, 'packageSources', 'add'))
    .map(({ attributes: { value = '' } }) => value.replace(/\\/g, '/'))
    .filter((value) => value !== '' && !/^(\w+:|%|\/)/.test(value))
    .map((value) => resolve(dirname(path), value))
    .filter((folder) => existsSync(folder));
}

interface Placed extends XmlElement {
  readonly parent?: XmlElement;
}

function everyElement(root: XmlElement): Placed[] {
  const below = (parent: XmlElement): Placed[] =>
    parent.children.flatMap((child) => [{ ...child, parent }, ...below(child)]);
  return below(root);
}

/** Without a condition, or with a condition that checks whether the property is unset. */
function isUsual({ attributes, parent }: Placed): boolean {
  return [attributes.Condition, parent?.attributes.Condition].every(
    (condition) => condition === undefined || /^\s*'\$\(\w+\)'\s*==\s*''\s*$/.test(condition),
  );
}

/** Paths in an element. Most elements contain a pattern in the project's folder. */
function namedPaths({ name, attributes, text }: Placed): string[] {
  if (name === 'PackageReference' || name === 'PackageVersion' || name === 'Using' || name === 'FrameworkReference')
    return [];
  if (name === 'HintPath' || name === 'AssemblyOriginatorKeyFile' || name === 'ApplicationIcon') return [text];
  return [attributes.Include, attributes.Project]
    .filter((one): one is string => one !== undefined)
    .flatMap((one) => one.split(';'))
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** Replaces `$(Name)` for known names. */
function expanded(words: string, value: (name: string) => string | undefined): string {
  return words.replace(/\$\((\w+)\)/g, (whole, name: string) => value(name.toLowerCase()) ?? whole);
}

/** The nearest folder with a solution: the project's or one of its parents. */
export function solutionFolder(folder: string, highest: string): string {
  const has = (place: string) => readdirSync(place).some((name) => /\.slnx?$/.test(name));
  return upward(folder, highest).find(has) ?? folder;
}
