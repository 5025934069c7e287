import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { PackagingProblem } from '../../build-context';
import { pathBelow } from '../included-files';
import type { BuildpackSource } from '../language';
import { commonFolder, repositoryFolder, upward } from '../repository';
import { type GoFile, goFile } from './module-file';

/** The modules that a Go program is built of. */
export interface GoModules {
  /** Folder that holds all of them, absolute. */
  readonly root: string;
  /** Folder of the entry file's module, absolute; without a `go.mod` the entry file's own. */
  readonly folder: string;
  /** The entry file's `go.mod`; undefined if there is none. */
  readonly main: GoFile | undefined;
  /** Folders by the paths that their modules are imported by, each absolute. */
  readonly modules: ReadonlyMap<string, string>;
  /** What has to be sent, absolute. */
  readonly parts: readonly string[];
  /** `go.mod`, `go.sum`, `go.work` and their like: all that says which packages of others are needed. Absolute. */
  readonly manifests: readonly string[];
  /** All that may ask for a version of Go. */
  readonly files: readonly GoFile[];
  /** Folder with the packages of others; undefined: they are fetched. */
  readonly vendor: string | undefined;
  /** Whether a `go.work` above the module is not for it. */
  readonly ignoresWorkspace: boolean;
}

type Found = GoModules | { readonly problems: readonly PackagingProblem[] };

/** A folder that a file names, or why it can't be sent. */
type Sibling = { readonly folder: string } | { readonly problem: PackagingProblem };

/** The modules of the entry file: its own, those of the workspace, and the folders that stand in for modules of others. */
export function goModules(source: BuildpackSource): Found {
  const highest = repositoryFolder(source);
  const own = upward(dirname(source.entry), highest).find((folder) => existsSync(join(folder, 'go.mod')));
  if (own === undefined) return alone(dirname(source.entry));
  // Go looks for a workspace as far as the top of the file system.
  const work = upward(own).find((folder) => existsSync(join(folder, 'go.work')));
  const uses = work === undefined ? [] : read(join(work, 'go.work')).uses.map((path) => resolve(work, path));
  if (work !== undefined && uses.includes(own)) return workspace(own, work, highest);
  const main = read(join(own, 'go.mod'));
  const vendor = join(own, 'vendor');
  const isVendored = existsSync(join(vendor, 'modules.txt'));
  const siblings = isVendored ? [] : replaced(main, own, 'go.mod', highest);
  return found(siblings, {
    folder: own,
    main,
    files: [main],
    folders: [own],
    vendor: isVendored ? vendor : undefined,
    workFiles: [],
    ignoresWorkspace: work !== undefined && pathBelow(highest, work) !== undefined,
  });
}

function alone(folder: string): GoModules {
  const nothing = { modules: new Map<string, string>(), manifests: [], files: [], vendor: undefined };
  return { root: folder, folder, main: undefined, parts: [folder], ignoresWorkspace: false, ...nothing };
}

function workspace(own: string, work: string, highest: string): Found {
  const file = read(join(work, 'go.work'));
  const used = file.uses.map((path) => sibling(path, work, 'go.work: use', highest));
  const folders = used.flatMap((one) => ('folder' in one ? [one.folder] : []));
  const vendor = join(work, 'vendor');
  const isVendored = existsSync(join(vendor, 'modules.txt'));
  const replacing = isVendored
    ? []
    : [
        ...replaced(file, work, 'go.work', highest),
        ...folders.flatMap((folder) => replaced(read(join(folder, 'go.mod')), folder, 'go.mod', highest)),
      ];
  const outside = pathBelow(highest, work) === undefined ? [beyond(`go.work in ${JSON.stringify(work)}`)] : [];
  return found([...outside, ...used, ...replacing], {
    folder: own,
    main: read(join(own, 'go.mod')),
    files: [file, ...folders.map((folder) => read(join(folder, 'go.mod')))],
    folders,
    vendor: isVendored ? vendor : undefined,
    workFiles: ['go.work', 'go.work.sum'].map((name) => join(work, name)).filter((path) => existsSync(path)),
    ignoresWorkspace: false,
  });
}

interface Start extends Pick<GoModules, 'folder' | 'main' | 'files' | 'vendor' | 'ignoresWorkspace'> {
  /** Of the modules that are built as one's own. */
  readonly folders: readonly string[];
  readonly workFiles: readonly string[];
}

function found(siblings: readonly (Sibling & { readonly module?: string })[], start: Start): Found {
  const problems = siblings.flatMap((one) => ('problem' in one ? [one.problem] : []));
  if (problems.length > 0) return { problems };
  const { folder, main, files, vendor, ignoresWorkspace, folders, workFiles } = start;
  const modules = new Map<string, string>();
  const all = new Set(folders);
  for (const one of siblings) {
    if (!('folder' in one)) continue;
    all.add(one.folder);
    if (one.module !== undefined) modules.set(one.module, one.folder);
  }
  for (const path of folders) modules.set(read(join(path, 'go.mod')).module ?? '', path);
  const parts = [...all, ...workFiles, ...(vendor === undefined ? [] : [vendor])];
  const manifests = [
    ...workFiles,
    ...[...all]
      .flatMap((path) => ['go.mod', 'go.sum'].map((name) => join(path, name)))
      .filter((path) => existsSync(path)),
  ];
  return {
    root: commonFolder([folder, ...all, ...workFiles.map((path) => dirname(path))]),
    folder,
    main,
    modules,
    parts: parts.filter((path) => !parts.some((other) => other !== path && pathBelow(other, path) !== undefined)),
    manifests,
    files,
    vendor,
    ignoresWorkspace,
  };
}

/** The folders that stand in for modules. Those of a `go.mod` count only where its module is built as one's own. */
function replaced({ replaces }: GoFile, folder: string, name: string, highest: string) {
  return replaces
    .filter(({ target }) => /^\.{1,2}(\/|$)/.test(target) || isAbsolute(target) || /^[A-Za-z]:/.test(target))
    .map(({ module, target }) => ({ module, ...sibling(target, folder, `${name}: replace ${module} =>`, highest) }));
}

function sibling(path: string, folder: string, where: string, highest: string): Sibling {
  const what = `${where} ${path}`;
  const accepted = 'modules in folders of the same repository';
  if (isAbsolute(path) || /^[A-Za-z]:/.test(path)) {
    const fix = 'write the path relative to the file, or run go mod vendor';
    return {
      problem: { property: ['entryfilePath'], found: `${what}, which is a path of this machine`, accepted, fix },
    };
  }
  const target = resolve(folder, path);
  if (pathBelow(highest, target) === undefined) return beyond(what);
  if (existsSync(join(target, 'go.mod'))) return { folder: target };
  const fix = 'correct the path, or check that folder out';
  return { problem: { property: ['entryfilePath'], found: `${what}, and no go.mod there`, accepted, fix } };
}

function beyond(what: string): Sibling {
  return {
    problem: {
      property: ['entryfilePath'],
      found: `${what}, outside of the repository`,
      accepted: 'modules in folders of the same repository; without a repository, below the config',
      fix: 'move the module into the repository, move the config to a folder above both, or run go mod vendor',
    },
  };
}

function read(path: string): GoFile {
  return existsSync(path) ? goFile(readFileSync(path, 'utf8')) : goFile('');
}
