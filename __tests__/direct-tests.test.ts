import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { testFiles } from './test-files';

const ROOT = join(__dirname, '..');

const SOURCES = ['cli', 'job', 'modules', 'triggers'];

/** From so many branches on, a file has logic of its own. */
const MOST_BRANCHES = 7;

/** Paths below the root, of files in a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
    join(folder, path).replaceAll('\\', '/'),
  );
}

const BRANCHES = new Set([
  ts.SyntaxKind.IfStatement,
  ts.SyntaxKind.ConditionalExpression,
  ts.SyntaxKind.CaseClause,
  ts.SyntaxKind.CatchClause,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** What each branch begins with, in code or not. */
const MAYBE_BRANCH = /\b(?:if|case|catch|for|while)\b|\?|&&|\|\|/g;

/** Whether a file has more than {@link MOST_BRANCHES}. Most need no parser for the answer. */
function hasLogic(path: string, text: string): boolean {
  return (text.match(MAYBE_BRANCH)?.length ?? 0) > MOST_BRANCHES && branchesIn(path, text) > MOST_BRANCHES;
}

/** How many times a file's code takes one of two ways. */
function branchesIn(path: string, text: string): number {
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (BRANCHES.has(node.kind)) count += 1;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return count;
}

/** The files that a test imports, and those that it has the path of: its file, or all files of its folder. */
function testedBy(test: string): string[] {
  const text = readFileSync(join(ROOT, test), 'utf8');
  const imported = ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => relative(ROOT, join(ROOT, dirname(test), fileName)).replaceAll('\\', '/'));
  const own = test.replace(/^__tests__\//, '').replace(/(\.process)?\.test\.ts$/, '');
  return [...imported, own, `modules/${own}`];
}

/** Whether a test is about a file: it imports it or its folder's index, or has its path or that of its folder. */
function hasDirectTest(source: string, tested: ReadonlySet<string>): boolean {
  const path = source.replace(/\.tsx?$/, '');
  const folder = dirname(path);
  const isFolderTested = existsSync(join(ROOT, `${folder}.ts`)) ? false : tested.has(folder);
  return tested.has(path) || isFolderTested || (path.endsWith('/index') && tested.has(folder));
}

/** Where the test of a file belongs. */
function testOf(source: string): string {
  return `__tests__/${source.replace(/^modules\//, '').replace(/\.tsx?$/, '')}.test.ts`;
}

function withoutDirectTest(): string[] {
  const tested = new Set(testFiles().flatMap((path) => testedBy(`__tests__/${path}`)));
  return SOURCES.flatMap(filesIn)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && !hasDirectTest(path, tested))
    .filter((path) => hasLogic(path, readFileSync(join(ROOT, path), 'utf8')))
    .sort();
}

it('a source file with logic has a test that imports it, or one with its path or its folder in __tests__', () => {
  const problems = withoutDirectTest().map(
    (path) => `${path} has more than ${MOST_BRANCHES} branches and no test: add ${testOf(path)}`,
  );
  expect(problems).toEqual([]);
});

it.each([
  ['', 0],
  ['const a = 1;', 0],
  ['if (a) b(); else c();', 1],
  ['const d = a ? b : c;', 1],
  ['const d = a?.b;', 0],
  ['const d = (a && b) || (c ?? d);', 3],
  ['switch (a) { case 1: case 2: b(); default: c(); }', 2],
  ['for (const a of b) c(); for (;;) d(); while (e) f();', 3],
  ['try { a(); } catch { b(); }', 1],
  ["// if (a) b ? c : d\nconst text = 'if (a) b && c';", 0],
])('the branches in %j: %d', (text, branches) => {
  expect(branchesIn('file.ts', text)).toBe(branches);
});

it.each([
  ['cli/model/a.ts', ['cli/model/a'], true],
  ['cli/model/a.ts', ['cli/model/b'], false],
  ['cli/model/a.ts', ['cli/model'], true],
  ['cli/model/words/a.ts', ['cli/model'], false],
  ['cli/model/words/index.ts', ['cli/model/words'], true],
  ['cli/console/page/a.tsx', ['cli/console/page/a'], true],
  // A test of cli/console.ts is not one of the files in cli/console/.
  ['cli/console/a.ts', ['cli/console'], false],
])('%s with tests of %j: %s', (source, tested, expected) => {
  expect(hasDirectTest(source, new Set(tested))).toBe(expected);
});
