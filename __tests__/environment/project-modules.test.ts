import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { ProjectModules, hasMocks, hasState } = require('./project-modules');

const ROOT = join(__dirname, '../..');
const at = (path: string) => join(ROOT, path);

interface Module {
  readonly filename: string;
  readonly loaded: boolean;
  readonly exports: { readonly [name: string]: unknown };
  readonly children: Module[];
}

function loaded(path: string, children: Module[] = [], exports: Module['exports'] = {}): Module {
  return { filename: at(path), loaded: true, exports, children };
}

/** Runs a test file that loads modules, and returns those that the next one begins with. */
function lentAfter(modules: InstanceType<typeof ProjectModules>, ...ofFile: Module[]): ReadonlyMap<string, Module> {
  const registry = new Map<string, Module>();
  modules.lend(registry, new Map());
  for (const module of ofFile) {
    registry.set(module.filename, module);
    modules.loaded(module);
  }
  modules.keep(registry, new Map(ofFile.map(({ filename }) => [filename, `${filename}.map`])));
  const next = new Map<string, Module>();
  modules.lend(next, new Map());
  return next;
}

const FIX = 'modules/problems/fix.ts';
const FOUND = 'modules/problems/found.ts';
const STATEFUL = 'modules/orchestration/items/s3-request.ts';

describe('a later test file', () => {
  it('begins with the modules without state that an earlier one loaded, and their source maps', () => {
    const modules = new ProjectModules();
    const found = loaded(FOUND);
    const next = lentAfter(modules, found, loaded(FIX, [found]));
    expect([...next.keys()]).toEqual([at(FOUND), at(FIX)]);
    expect(next.get(at(FOUND))?.exports).toBe(found.exports);
    const maps = new Map();
    modules.lend(new Map(), maps);
    expect([...maps.keys()]).toEqual([at(FOUND), at(FIX)]);
  });

  it.each([STATEFUL, 'cli/check.ts', '__tests__/synthesis.ts', 'job/event.ts'])('loads %s itself', (path) => {
    expect([...lentAfter(new ProjectModules(), loaded(path)).keys()]).toEqual([]);
  });

  it('loads what imports such a module itself, at any distance', () => {
    const state = loaded(STATEFUL);
    const between = loaded(FOUND, [state]);
    expect(lentAfter(new ProjectModules(), state, between, loaded(FIX, [between])).size).toBe(0);
  });

  it('loads what imports another module of the same path than the shared one', () => {
    const modules = new ProjectModules();
    lentAfter(modules, loaded(FOUND));
    expect([...lentAfter(modules, loaded(FIX, [loaded(FOUND)])).keys()]).toEqual([at(FOUND)]);
  });

  it('shares what required a module with state when it was called, and what imports packages', () => {
    const modules = new ProjectModules();
    const module = loaded(FOUND, [loaded('node_modules/zod/index.js')]);
    const registry = new Map([[module.filename, module]]);
    modules.loaded(module);
    module.children.push(loaded(STATEFUL));
    modules.keep(registry, new Map());
    expect(modules.has(at(FOUND))).toBe(true);
    modules.lend(registry, new Map());
    // Jest adds to it what the module requires: modules of the file.
    expect(registry.get(at(FOUND))).not.toHaveProperty('children');
  });
});

describe('what a module exports', () => {
  class Parent {
    read(): number {
      return 1;
    }
  }
  class Thing extends Parent {
    static readonly all: readonly Parent[] = [new Parent()];
    kept = 1;
  }

  it('is frozen with all its parts', () => {
    const exports = { table: { rows: [{ size: 1 }] }, Thing, make: () => 1 };
    new ProjectModules().loaded(loaded(FIX, [], exports));
    const all = [
      exports,
      exports.table,
      exports.table.rows,
      exports.table.rows[0],
      Thing,
      Thing.prototype,
      exports.make,
    ];
    expect(all.map((part) => Object.isFrozen(part))).toEqual(all.map(() => true));
    expect(Object.isFrozen(Thing.all)).toBe(true);
  });

  it('can still change if it is an object of a class', () => {
    const thing = new Thing();
    new ProjectModules().loaded(loaded(FIX, [], { thing }));
    thing.kept = 2;
    expect(thing.kept).toBe(2);
  });

  it('stays as it is in a module that each file loads itself', () => {
    const table = {};
    new ProjectModules().loaded(loaded(STATEFUL, [], { table }));
    expect(Object.isFrozen(table)).toBe(false);
  });
});

describe('state', () => {
  it.each([
    'let count = 0;',
    'export let count: number | undefined;',
    'var count;',
    'const known = new Map<string, Set<string>>();',
    'export const known = new Set();',
    'const known: string[] = [];',
    'const known: { [name: string]: string } = {};',
    'const reader = new Reader();',
    'class A {\n  private static known?: A;\n}',
    'class A {\n  static readonly known = new Map<string, A>();\n}',
    "import { createRequire } from 'node:module';",
  ])('is in: %s', (text) => {
    expect(hasState(`import a from 'a';\n${text}\n`)).toBe(true);
  });

  it.each([
    'const known = new WeakMap<object, string>();',
    "const NAMES: ReadonlySet<string> = new Set(['a']);",
    'const FORM = new RegExp(`^${A}$`);',
    "const NAMES: readonly string[] = ['a'];",
    'function count() {\n  let all = 0;\n  const known = new Map();\n}',
    'class A {\n  static of(): A {\n    return new A();\n  }\n  static readonly TYPE = 1;\n  private readonly known = new Map();\n}',
    'const code = "import{createRequire}from";',
  ])('is not in: %s', (text) => {
    expect(hasState(text)).toBe(false);
  });

  it('is in few modules: what imports one is loaded for each test file', () => {
    const paths = ['modules', 'triggers'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
    );
    const sources = paths.filter((path) => path.endsWith('.ts'));
    expect(sources.filter((path) => hasState(readFileSync(join(ROOT, path), 'utf8'))).sort()).toEqual([
      'modules/config/module-loader.ts',
      'modules/container/buildpack/javascript/bundler.ts',
      'modules/container/buildpack/javascript/decorator-metadata.ts',
      'modules/orchestration/items/s3-request.ts',
      // What these keep is the same for all test files.
      'modules/rules/instance-families.ts',
      'modules/rules/instance-offerings.ts',
      'triggers/schedule/time-zone.ts',
    ]);
  });
});

it.each([
  ["jest.mock('./a');", true],
  ['jest\n  .doMock(name)', true],
  ["jest.unmock('./a')", true],
  ['jest.mocked(send)', false],
  ['jest.spyOn(Math, "random")', false],
])('a file with %j replaces modules: %s', (text, is) => {
  expect(hasMocks(text)).toBe(is);
});
