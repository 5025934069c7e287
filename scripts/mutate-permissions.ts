import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '..');

/** What the policies are made by, with what it needs. */
export const PARTS = ['modules', 'triggers', 'job', 'scripts', 'examples', 'package.json', 'tsconfig.json'];

/** Folders whose texts of this form are no actions: the config's values, and what the trigger function looks for in events. */
const WITHOUT_POLICIES = ['modules/config/', 'modules/orchestration/trigger/'];

/** An action of IAM as the sources write it. */
const ACTION = /'([a-z][a-z0-9-]*):([A-Z][A-Za-z]*|\*)'/g;

interface Mutation {
  readonly file: string;
  readonly line: number;
  /** What is done to which action. */
  readonly title: string;
  readonly text: string;
}

/** Every action in a file, once taken away and once widened. */
export function mutations(file: string, text: string): Mutation[] {
  return [...text.matchAll(ACTION)].flatMap(({ 0: literal, 1: service = '', 2: name = '', index }) => {
    const line = text.slice(0, index).split('\n').length;
    const mutated = (replacement: string) =>
      `${text.slice(0, index)}'${replacement}'${text.slice(index + literal.length)}`;
    return [
      { file, line, title: `${service}:${name} taken away`, text: mutated(`${service}:TakenAway`) },
      { file, line, title: `${service}:${name} widened`, text: mutated(name === '*' ? '*' : `${service}:*`) },
    ];
  });
}

/** The mutations of the files whose path has a text in it that the test of the pages on permissions does not notice. */
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
      // A check that refuses it is a test that fails.
      return false;
    } finally {
      writeFileSync(path, original);
      forget(path);
    }
  });
  return { tried: all.length, survived };
}

/** The pages as a copy of the sources makes them, once one of them has changed. */
function permissionsOf(copy: string, changed?: string): string {
  if (changed !== undefined) forget(changed);
  return textOf((require(join(copy, 'scripts', 'permissions')) as typeof import('./permissions')).currentPermissions());
}

/** Pages as one text, to be compared. */
function textOf(pages: ReadonlyMap<string, string>): string {
  return JSON.stringify([...pages]);
}

/** Unloads a module and whatever was loaded by way of it; everything else stays loaded. */
function forget(file: string): void {
  const modules = Object.values(require.cache).filter((module) => module !== undefined);
  // Event sources load each other when they are asked for, which these lists do not tell.
  const sources = modules.map(({ filename }) => filename).filter((name) => /\/triggers\/[^/]+\.ts$/.test(name));
  const stale = new Set([file, ...sources]);
  for (let size = 0; size !== stale.size; ) {
    size = stale.size;
    for (const { filename, children } of modules) {
      if (children.some((child) => stale.has(child.filename))) stale.add(filename);
    }
  }
  for (const each of stale) delete require.cache[each];
}

function main(): number {
  const copy = mkdtempSync(join(tmpdir(), 'permissions-'));
  try {
    for (const part of PARTS) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    // Not the pages of the project itself: what an image is built from, and so the order of what its build may do, depends on the repository.
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
