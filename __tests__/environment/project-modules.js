const { readFileSync } = require('node:fs');
const { join, sep } = require('node:path');

const PROJECT = join(__dirname, '../..') + sep;

/** Other folders are programs, whose modules know the process that they run in. */
const FOLDERS = ['modules', 'triggers'].map((folder) => PROJECT + folder + sep);

/**
 * A module keeps something of one test file for the next if it has a variable, a collection or an object that begins empty, or an object of
 * a class that can change. What it knows of objects, in a `WeakMap`, ends with them. `createRequire` requires modules for one test file.
 */
const STATE = [
  /^(export )?(let|var) /m,
  /^(export )?const \w+[^=\n]* = (new (Map|Set)(<.*>)?\(\)|\[\];)/m,
  /^const \w+[^=\n]* = \{\};/m,
  /^(export )?const \w+[^=\n]* = new (?!(Map|Set|WeakMap|WeakSet|RegExp|Proxy|AcceptedFix|BundledProgram)\b)/m,
  /^\s.*\bstatic ((?!readonly\b)\w+[^(\n]*[=;]|.* = new (Map|Set)(<.*>)?\(\))/m,
  /^import .*\bcreateRequire\b/m,
];

/** What these keep is the same for all test files: parts of tables, and what Node.js knows of time zones. */
const ALIKE = new Set(
  ['modules/rules/instance-families.ts', 'modules/rules/instance-offerings.ts', 'triggers/schedule/time-zone.ts'].map(
    (path) => join(PROJECT, path),
  ),
);

const MOCKS = /\bjest\s*\.\s*(mock|unmock|doMock|dontMock|deepUnmock|setMock|enableAutomock|unstable_mockModule)\b/;

/** Whether the text of a module says that it keeps something. */
function hasState(text) {
  return STATE.some((form) => form.test(text));
}

/** Whether the text of a test file says that it replaces modules: those that import them must be its own then. */
function hasMocks(text) {
  return MOCKS.test(text);
}

/** Whether it is an object of no class, or an array. Those of classes, such as schemas, know what they have read. */
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A test that changes it, and so the tests of other files, fails. */
function freeze(value) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || Object.isFrozen(value)) return;
  if (typeof value === 'function') Object.freeze(value.prototype);
  else if (!isPlain(value)) return;
  Object.freeze(value);
  for (const part of Object.values(Object.getOwnPropertyDescriptors(value))) freeze(part.value);
}

/**
 * Modules of this project that the test files of a worker share: those without state, which import only such modules. Their constants and
 * classes are frozen, and Jest restores what a file spied on. Loading all modules for each test file took a quarter of the tests' time.
 */
class ProjectModules {
  modules = new Map();
  sourceMaps = new Map();
  stateless = new Map();
  /** What each module has loaded to be loaded itself. What it loads when it is called, it asks of the file that calls it. */
  imports = new WeakMap();

  has(path) {
    return this.modules.has(path);
  }

  /** Begins a test file with what earlier ones have loaded. */
  lend(registry, sourceMaps) {
    for (const [path, module] of this.modules) registry.set(path, module);
    for (const [path, map] of this.sourceMaps) sourceMaps.set(path, map);
  }

  /** A module was loaded in a file that shares its modules. */
  loaded(module) {
    if (!this.isStateless(module.filename)) return;
    this.imports.set(module, [...module.children]);
    freeze(module.exports);
    for (const exported of Object.values(module.exports)) freeze(exported);
  }

  /** Ends a test file. */
  keep(registry, sourceMaps) {
    const found = new Map();
    for (const [path, module] of registry) {
      if (this.imports.has(module)) found.set(path, module);
    }
    for (let size; size !== found.size; ) {
      size = found.size;
      for (const [path, module] of found) {
        if (!this.imports.get(module).every((imported) => this.isShared(imported, found))) found.delete(path);
      }
    }
    for (const [path, { id, filename, exports }] of found) {
      // Without `children`, where Jest would note what it requires later: modules of one file.
      this.modules.set(path, { id, filename, exports, loaded: true });
      if (sourceMaps.has(path)) this.sourceMaps.set(path, sourceMaps.get(path));
    }
  }

  isShared(module, found) {
    const { filename } = module;
    if (filename.includes(`${sep}node_modules${sep}`)) return true;
    return this.modules.get(filename) === module || found.get(filename) === module;
  }

  isStateless(path) {
    const known = this.stateless.get(path);
    if (known !== undefined) return known;
    const isOne =
      FOLDERS.some((folder) => path.startsWith(folder)) && (ALIKE.has(path) || !hasState(readFileSync(path, 'utf8')));
    this.stateless.set(path, isOne);
    return isOne;
  }
}

module.exports = { ProjectModules, hasMocks, hasState };
