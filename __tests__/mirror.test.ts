import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { testFiles } from './test-files';

const ROOT = join(__dirname, '..');

/** Folders whose tests have the same path below `__tests__`. The tests of `modules/` have the path inside of it. */
const FOLDERS = ['cli', 'job', 'scripts', 'triggers'];

/** Tests of more than one part, and why no source is where they are. */
const WITHOUT_SOURCE: { readonly [test: string]: string } = {
  'account-settings': 'the roles, keys and names of whole stacks',
  ci: '.ci/ is no folder of sources',
  'direct-tests': 'the tests themselves',
  'construct-misuse': 'wrong properties of every construct',
  docs: 'the documentation as a whole',
  'docs-created': 'the documentation of what a stack creates',
  'docs-prices': 'the prices in the documentation',
  'docs-properties': 'the documentation of the properties of a config',
  'environment-variables': 'the variables that all sources read',
  examples: 'the folder examples/',
  house: 'the rules of the linter about imports',
  'job/installed': 'the package as npm installs it',
  'least-privilege': 'the policies of whole stacks',
  'library-use': 'what index.ts exports, in a stack of somebody else',
  lint: 'the rules of the linter',
  mirror: 'the tests themselves',
  'new-parts': 'the steps to add an event source or a companion resource',
  'public-api': 'what the package exports',
  'reference-coverage': 'the documentation of the schema',
  'referenceable-params': 'the parameters of all resources, in synthesized stacks',
  'stacktape-corpus': 'whole configs in the form of Stacktape',
  stability: 'the synthesized examples of the whole project',
  'time-limits': 'the tests themselves',
  wording: 'the words of all texts',
};

/** The paths of the tests, without what says that they are tests. */
function tests(): string[] {
  return testFiles().map((path) => path.replace(/(\.process)?\.test\.ts$/, ''));
}

/** Whether a folder or file is at a path, with or without its ending. */
function isThere(path: string): boolean {
  const folder = dirname(path);
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((name) => name === basename(path) || name.startsWith(`${basename(path)}.`));
}

/** Whether a test is where its source is: a file, or the folder whose files it tests together. */
function hasSource(test: string): boolean {
  const [folder = ''] = test.split('/');
  // What the tests themselves run in is beside its tests.
  if (folder === 'environment') return ['.ts', '.js'].some((ending) => existsSync(join(__dirname, test + ending)));
  if (FOLDERS.includes(folder)) return isThere(join(ROOT, test));
  return isThere(join(ROOT, 'modules', test)) || (folder === test && existsSync(join(ROOT, `${test}.ts`)));
}

it('each test has the path of its source', () => {
  const found = tests();
  expect(found.length).toBeGreaterThan(200);
  expect(found.filter((test) => !hasSource(test) && !(test in WITHOUT_SOURCE))).toEqual([]);
});

it('each exception is a test, and one is needed', () => {
  const found = tests();
  expect(Object.keys(WITHOUT_SOURCE).filter((test) => !found.includes(test) || hasSource(test))).toEqual([]);
});

it.each([
  ['triggers/sqs/schema', true],
  ['triggers/sqs/none', false],
  ['sqs/schema', false],
  ['rules/naming', true],
  ['modules/rules/naming', false],
  ['rules', true],
  ['compute/spot-watcher', true],
  ['compute/spot', false],
  ['main', true],
  ['environment/compiled', true],
  ['environment/none', false],
])('the source of %s: %s', (test, expected) => {
  expect(hasSource(test)).toBe(expected);
});
