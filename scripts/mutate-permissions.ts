import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '..');

/** The sources that create the policies, and what they need. */
export const PARTS = ['modules', 'triggers', 'job', 'scripts', 'examples', 'package.json', 'tsconfig.json'];

/** Folders with strings that look like actions: values in the config, and names that the trigger function looks for in events. */
const WITHOUT_POLICIES = [
  'modules/config/',
  'modules/stack-config/',
  'modules/orchestration/trigger/',
  'triggers/s3/schema.ts',
];

/** An IAM action in the source code. */
const ACTION = /'([a-z][a-z0-9-]*):([A-Z][A-Za-z]*|\*)'/g;

/** What an action of a connection is for, after the action: a narrowed connection leaves it out for everybody else. */
const USE = /^: '(read|write|all)'/;

interface Mutation {
  readonly file: string;
  readonly line: number;
  /** The change of one action. */
  readonly title: string;
  readonly text: string;
}

/** The mutations of a file: each action removed, each action widened, and each action of a connection given to those who only read or write. */
export function mutations(file: string, text: string): Mutation[] {
  return [...text.matchAll(ACTION)].flatMap(({ 0: literal, 1: service = '', 2: name = '', index }) => {
    const line = text.slice(0, index).split('\n').length;
    const mutated = (replacement: string) =>
      `${text.slice(0, index)}'${replacement}'${text.slice(index + literal.length)}`;
    const after = text.slice(index + literal.length);
    const [use, kind] = USE.exec(after) ?? [];
    const toAll = `${text.slice(0, index)}${literal}: 'both'${after.slice(use?.length)}`;
    return [
      { file, line, title: `${service}:${name} removed`, text: mutated(`${service}:TakenAway`) },
      { file, line, title: `${service}:${name} widened`, text: mutated(name === '*' ? '*' : `${service}:*`) },
      ...(use === undefined
        ? []
        : [{ file, line, title: `${service}:${name} for both instead of ${kind}`, text: toAll }]),
    ];
  });
}

/** Applies the mutations of all files whose path contains a string, and returns those that do not change the pages on permissions. */
function survivors(
  copy: string,
  pages: string,
  wanted: string,
): { readonly tried: number; readonly survived: Mutation[] } {
  const files = ['modules', 'triggers']
    .flatMap((folder) =>
      readdirSync(join(copy, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
    )
    .filter(
      (file) =>
        file.endsWith('.ts') && file.includes(wanted) && !WITHOUT_POLICIES.some((folder) => file.startsWith(folder)),
    );
  const all = files.flatMap((file) => mutations(file, readFileSync(join(copy, file), 'utf8')));
  const survived = all.filter(({ file, text }, index) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${index + 1} of ${all.length}`);
    const path = join(copy, file);
    const original = readFileSync(path);
    writeFileSync(path, text);
    try {
      return permissionsOf(copy, path) === pages;
    } catch {
      // Rejected at synthesis, so tests fail.
      return false;
    } finally {
      writeFileSync(path, original);
      forget(path);
      forgetTokens();
    }
  });
  // A module that stayed loaded with a token would make other pages now.
  if (permissionsOf(copy) !== pages) throw new Error('the pages are others after the mutations than before them');
  return { tried: all.length, survived };
}

/** The pages that a copy of the sources creates after one of its files has changed. */
function permissionsOf(copy: string, changed?: string): string {
  if (changed !== undefined) forget(changed);
  return textOf((require(join(copy, 'scripts', 'permissions')) as typeof import('./permissions')).currentPermissions());
}

/** All pages as one string for comparison. */
function textOf(pages: ReadonlyMap<string, string>): string {
  return JSON.stringify([...pages]);
}

/** Unloads a module and all modules that depend on it. All others stay loaded. */
function forget(file: string): void {
  const modules = Object.values(require.cache).filter((module) => module !== undefined);
  // Event sources load each other on demand, which these lists do not show.
  const sources = modules.map(({ filename }) => filename).filter((name) => /\/triggers\/[^/]+\.ts$/.test(name));
  const stale = new Set([file, ...sources]);
  for (let size = 0; size !== stale.size; ) {
    size = stale.size;
    for (const { filename, children } of modules) {
      if (children.some((child) => stale.has(child.filename))) stale.add(filename);
    }
  }
  for (const each of stale) delete require.cache[each];
  // Those that stay loaded list what they loaded: thousands of mutations would run out of memory.
  for (const { children } of modules) {
    const kept = children.filter(({ filename }) => !stale.has(filename));
    if (kept.length < children.length) children.splice(0, children.length, ...kept);
  }
}

/** Frees the tokens of all stacks so far. CDKTF keeps them as long as the process runs, and each leads to its stack. */
function forgetTokens(): void {
  const { __cdktfTokenMap: tokens } = globalThis as typeof globalThis & {
    __cdktfTokenMap?: { readonly stringTokenMap: Map<string, unknown>; readonly numberTokenMap: Map<number, unknown> };
  };
  tokens?.stringTokenMap.clear();
  tokens?.numberTokenMap.clear();
}

function main(): number {
  const copy = mkdtempSync(join(tmpdir(), 'permissions-'));
  try {
    for (const part of PARTS) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    // Not the pages in docs/, which may be older than the sources.
    const pages = permissionsOf(copy);
    const { tried, survived } = survivors(copy, pages, process.argv[2] ?? '');
    for (const { file, line, title } of survived) console.log(`${relative('.', join(ROOT, file))}:${line}: ${title}`);
    console.log(`${tried} mutations of actions, ${survived.length} survived`);
    return survived.length === 0 ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

if (require.main === module) process.exitCode = main();
