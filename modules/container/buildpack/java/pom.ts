import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { elementsAt, parseXml, textAt, type XmlElement } from '../xml';

/** A Maven project. */
export interface Pom {
  /** Absolute path. */
  readonly path: string;
  readonly folder: string;
  readonly root: XmlElement;
  readonly artifactId: string;
  readonly packaging: string;
  /** Absolute paths of its modules, including those of its profiles. */
  readonly modules: readonly string[];
  readonly properties: ReadonlyMap<string, string>;
  readonly parent: Parent | undefined;
}

interface Parent {
  readonly groupId: string;
  readonly artifactId: string;
  readonly version: string;
  /** Expected absolute path. Undefined if it is only in a repository. */
  readonly path: string | undefined;
}

/** Reads a `pom.xml`. Undefined if it is not one. */
export function readPom(path: string): Pom | undefined {
  const root = existsSync(path) && statSync(path).isFile() ? parseXml(readFileSync(path, 'utf8')) : undefined;
  if (root === undefined || root.name !== 'project') return undefined;
  const folder = dirname(path);
  const listed = [root, ...elementsAt(root, 'profiles', 'profile')];
  return {
    path,
    folder,
    root,
    artifactId: textAt(root, 'artifactId') ?? '',
    packaging: textAt(root, 'packaging') ?? 'jar',
    modules: listed
      .flatMap((one) => [...elementsAt(one, 'modules', 'module'), ...elementsAt(one, 'subprojects', 'subproject')])
      .map(({ text }) => pomPath(resolve(folder, text))),
    properties: new Map(
      elementsAt(root, 'properties').flatMap(({ children }) => children.map(({ name, text }) => [name, text])),
    ),
    parent: parentOf(root, folder),
  };
}

function parentOf(root: XmlElement, folder: string): Parent | undefined {
  const [parent] = elementsAt(root, 'parent');
  if (parent === undefined) return undefined;
  const path = textAt(parent, 'relativePath') ?? '../pom.xml';
  const [groupId = '', artifactId = '', version = ''] = ['groupId', 'artifactId', 'version'].map((name) =>
    textAt(parent, name),
  );
  return { groupId, artifactId, version, path: path === '' ? undefined : pomPath(resolve(folder, path)) };
}

/** A module or parent can be given as a folder. */
function pomPath(path: string): string {
  return path.endsWith('.xml') && !statSync(path, { throwIfNoEntry: false })?.isDirectory()
    ? path
    : join(path, 'pom.xml');
}

/** A project and its local parents, child first. A file at the parent's path counts only if it is the right project. */
export function lineage(pom: Pom): Pom[] {
  const found = [pom];
  for (const { parent } of found) {
    const next = parent?.path === undefined ? undefined : readPom(parent.path);
    if (next !== undefined && next.artifactId === parent?.artifactId && !found.some(({ path }) => path === next.path))
      found.push(next);
  }
  return found;
}

/** Replaces the properties in a string. Undefined if one of them is unknown. */
export function interpolated(text: string, line: readonly Pom[]): string | undefined {
  let value: string | undefined = text;
  for (let depth = 0; depth < 5 && value?.includes('${'); depth++) {
    const names: string[] = Array.from(value.matchAll(/\$\{([^}]+)\}/g), ([, name = '']) => name);
    const known = new Map(names.map((name) => [name, property(name, line)]));
    value = [...known.values()].includes(undefined)
      ? undefined
      : value.replace(/\$\{([^}]+)\}/g, (_, name) => known.get(name) ?? '');
  }
  return value;
}

/** A property of a project or its parents. The child's takes precedence. */
export function property(name: string, line: readonly Pom[]): string | undefined {
  const own = line.map(({ properties }) => properties.get(name)).find((value) => value !== undefined);
  if (own !== undefined) return own;
  const [, field] = /^(?:project|pom)\.(?:parent\.)?(groupId|version)$/.exec(name) ?? [];
  if (field === undefined) return undefined;
  const [first] = line;
  return (
    line.map(({ root }) => textAt(root, field)).find((value) => value !== undefined) ??
    (first && textAt(first.root, 'parent', field))
  );
}
