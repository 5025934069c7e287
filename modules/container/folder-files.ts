import {
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path';
import ignore from '@balena/dockerignore';
import { formatFound, foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { sortedFiles } from './build-context';
import { isEnvironment } from './machine-files';
import { names, secretPart } from './secret-files';
import { fileEntry, NEVER_SENT, realPath } from './source-files';
import { reasonOf, type TarEntry } from './tar';

/** Maximum size of a build context, in bytes. S3 accepts 5 GB in one upload; a much smaller context already includes files by mistake. */
const MAX_CONTEXT_BYTES = 1024 ** 3;

/** Rules that select files of a folder. */
export interface FolderRules {
  /** Patterns in the syntax of `.dockerignore`. Later patterns take precedence. */
  readonly patterns: readonly string[];
  /** Paths that the patterns cannot exclude. @default none */
  readonly kept?: readonly string[];
  /** Absolute paths that are excluded unless a `!` pattern names them: the config file, and what synthesis writes. @default none */
  readonly own?: readonly string[];
  /** More excluded files, by their path in the folder. @default none */
  readonly excluded?: (path: string) => boolean;
  /**
   * Whether to behave like Docker, which sends secrets, virtual environments and links as they are. @default false: secrets and environments are
   * excluded, and a link to a file outside the folder is replaced by that file
   */
  readonly forDocker?: boolean;
  /** Topmost folder that a link can point into. @default the folder itself */
  readonly highest?: string;
}

/** The selected files of a folder. */
export interface FolderFiles {
  /** Sorted. */
  readonly files: readonly TarEntry[];
  /** Paths of files that might hold secrets. They are excluded, or sent if the folder is for Docker. */
  readonly secrets: readonly string[];
  /** Paths of links to files outside the folder that are sent as links. */
  readonly outward: readonly string[];
}

/** Why the files of a folder cannot be read. */
export interface FolderProblems {
  readonly problems: readonly Finding[];
}

/**
 * The files of a folder that the rules don't exclude.
 *
 * @param folder absolute
 */
export function folderFiles(folder: string, rules: FolderRules): FolderFiles | FolderProblems {
  const walk = new Walk(realPath(folder), { ...rules, own: rules.own?.map(realPath) });
  walk.visit(walk.folder, '');
  const { files, secrets, outward, problems } = walk;
  if (walk.bytes > MAX_CONTEXT_BYTES) return { problems: [...problems, tooLarge(folder)] };
  return problems.length > 0 ? { problems } : { files: sortedFiles(files), secrets: secrets.sort(), outward };
}

class Walk {
  readonly files: TarEntry[] = [];
  readonly secrets: string[] = [];
  readonly outward: string[] = [];
  readonly problems: Finding[] = [];
  bytes = 0;
  private readonly ignored;
  private readonly exceptions: readonly string[];

  constructor(
    readonly folder: string,
    private readonly rules: FolderRules,
  ) {
    this.ignored = ignore({ ignorecase: false }).add([...rules.patterns, ...NEVER_SENT]);
    this.exceptions = rules.patterns
      .map((pattern) => pattern.trim())
      .filter((pattern) => pattern.startsWith('!'))
      .map((pattern) => pattern.slice(1).trim());
  }

  /**
   * @param real path of the folder on this machine
   * @param path path of its files in the context
   * @param through folders that were reached through links, to detect cycles
   */
  visit(real: string, path: string, through: readonly string[] = []): void {
    for (const name of this.read(real, path)) {
      if (this.bytes > MAX_CONTEXT_BYTES) return;
      const child = path === '' ? name : `${path}/${name}`;
      const absolute = join(real, name);
      const stats = lstatSync(absolute, { throwIfNoEntry: false });
      const isKept = this.rules.kept?.includes(child) ?? false;
      if (stats?.isDirectory()) {
        if (this.enters(absolute, child, name)) this.visit(absolute, child, through);
      } else if (isKept || !this.leavesOut(absolute, child)) this.take(absolute, child, stats, through);
    }
  }

  private read(real: string, path: string): string[] {
    try {
      return readdirSync(real).sort();
    } catch (error) {
      this.refuse(path === '' ? basename(real) : path, `a folder that cannot be read (${reasonOf(error)})`);
      return [];
    }
  }

  private enters(absolute: string, child: string, name: string): boolean {
    const { kept = [], forDocker = false } = this.rules;
    if (kept.some((file) => file.startsWith(`${child}/`))) return true;
    if (NEVER_SENT.some((pattern) => pattern === `**/${name}`)) return false;
    if (!forDocker && isEnvironment(absolute)) return false;
    // Docker reads an excluded folder only if a `!` pattern could include one of its files.
    return this.exceptions.length > 0 || !this.ignored.ignores(child);
  }

  private leavesOut(absolute: string, child: string): boolean {
    const { own = [], excluded, forDocker = false } = this.rules;
    if (this.ignored.ignores(child) || excluded?.(child)) return true;
    const isOwn = own.some((path) => absolute === path || absolute.startsWith(`${path}${sep}`));
    if (isOwn && !this.exceptions.some((exception) => posix.basename(exception) === basename(child))) return true;
    // The name of a link says nothing about its target.
    const part = secretPart(child, absolute) ?? (secretPart(basename(absolute), absolute) && basename(child));
    if (part === undefined || this.isNamed(child, part)) return false;
    this.secrets.push(child);
    return !forDocker;
  }

  /** Whether a `!` pattern names a path, and doesn't only match it by a wildcard. */
  private isNamed(path: string, part: string): boolean {
    return this.exceptions.some(
      (exception) =>
        names(exception, part) &&
        !ignore({ ignorecase: false })
          .add(['**', `!${exception}`])
          .ignores(path),
    );
  }

  private take(absolute: string, child: string, stats: Stats | undefined, through: readonly string[]): void {
    if (stats === undefined) {
      const isUtf8 = !child.includes('\uFFFD');
      this.refuse(child, isUtf8 ? 'a file that was deleted while it was read' : 'a name that is not UTF-8');
    } else if (stats.isSymbolicLink()) this.takeLink(absolute, child, through);
    else if (!stats.isFile()) this.refuse(child, `${kindOf(stats)}, which cannot be part of an image`);
    else this.takeFile(absolute, child, stats);
  }

  private takeFile(absolute: string, child: string, { size }: Stats): void {
    this.bytes += size;
    try {
      closeSync(openSync(absolute, 'r'));
      this.files.push(fileEntry(absolute, child));
    } catch (error) {
      this.refuse(child, `a file that cannot be read (${reasonOf(error)})`);
    }
  }

  private takeLink(absolute: string, child: string, through: readonly string[]): void {
    const target = readlinkSync(absolute);
    const real = reached(absolute);
    const wanted = posix.isAbsolute(target) ? (real ?? target) : resolve(dirname(absolute), target);
    const isWithin = isBelow(this.folder, wanted) && through.length === 0;
    const { forDocker = false, highest = this.folder } = this.rules;
    if (forDocker) {
      if (!isWithin && !posix.isAbsolute(target)) this.outward.push(child);
      this.keepLink(child, target);
    } else if (isWithin) {
      // An absolute path is valid on this machine only.
      this.keepLink(child, posix.isAbsolute(target) ? toPosix(relative(dirname(absolute), wanted)) : target);
    } else if (ofEverySystem(target)) this.keepLink(child, target);
    else {
      if (real === undefined || !isBelow(realPath(highest), real)) this.refuseLink(child, target);
      else if (through.includes(real) || isBelow(real, absolute))
        this.refuseLink(child, target, 'points to a folder that contains it');
      else this.follow(real, child, through);
    }
  }

  /** Sends the target of a link. */
  private follow(real: string, child: string, through: readonly string[]): void {
    const stats = statSync(real);
    if (stats.isDirectory()) this.visit(real, child, [...through, real]);
    else if (!this.leavesOut(real, child)) this.take(real, child, stats, through);
  }

  private keepLink(child: string, target: string): void {
    this.files.push({ path: child, kind: 'link', content: Buffer.from(target) });
  }

  private refuse(path: string, what: string): void {
    this.problems.push({
      found: foundValue(path, `: ${what}`),
      accepted: 'files, folders and links that can be read, with names in UTF-8',
      fix: `correct it, or exclude it: ${this.wayOut}`,
    });
  }

  private refuseLink(path: string, target: string, why = 'is outside the build context'): void {
    this.problems.push({
      found: foundValue(path, `: a link to ${formatFound(target)}, which ${why}`),
      accepted: 'links within the folder, or to files of the same repository',
      fix: `replace the link by the file, or exclude it: ${this.wayOut}`,
    });
  }

  private get wayOut(): string {
    return this.rules.excluded === undefined ? 'add it to .dockerignore' : 'add it to excludeFiles or .dockerignore';
  }
}

function isBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** Whether a path has the same meaning in an image as on this machine. */
function ofEverySystem(target: string): boolean {
  return /^\/(bin|dev|etc|lib|lib64|proc|sbin|sys|usr)(\/|$)/.test(target);
}

/** The target of a link. Undefined if the link is broken. */
function reached(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}

function kindOf(stats: Stats): string {
  if (stats.isSocket()) return 'a socket';
  return stats.isFIFO() ? 'a named pipe' : 'a device';
}

function tooLarge(folder: string): Finding {
  return {
    found: foundValue(folder.split(/[\\/]/).at(-1), ', with more than 1 GiB of files'),
    accepted: 'a folder with at most 1 GiB of files, not counting those that .dockerignore excludes',
    fix: 'set a smaller folder, or exclude files with a .dockerignore in it',
  };
}

/** The patterns of an ignore file. Empty if the file doesn't exist. */
export function ignorePatterns(folder: string, file = '.dockerignore'): string[] {
  const path = resolve(folder, file);
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)
    : [];
}
