const { createRequire, isBuiltin } = require('node:module');
const { dirname, join, sep } = require('node:path');

const core = createRequire(require.resolve('jest')).resolve('@jest/core');
const { default: Runtime } = createRequire(core)('jest-runtime');

const PROJECT = join(__dirname, '../..') + sep;

/** The texts of the project's files. What tests write elsewhere can change. */
class Texts extends Map {
  set(file, text) {
    return file.startsWith(PROJECT) ? super.set(file, text) : this;
  }

  /** Jest forgets them after each file. */
  clear() {}
}

const texts = new Texts();
const internals = new Map();
let latest;

/**
 * For each test file, Jest reads the project's modules and loads `expect` and some 30 more modules of its own. The test files of a worker have
 * one context: here they have one text of each module, and one of each of Jest's. What has the state of a file, Jest loads by its path alone.
 */
class SharedRuntime extends Runtime {
  constructor(...words) {
    const { watch, watchAll } = words[7];
    // In the place of the texts of this file, unless files change while Jest runs.
    if (!watch && !watchAll) words[4] = texts;
    super(...words);
    latest = this;
  }

  requireInternalModule(from, to) {
    // What a shared module loads when it is called, it asks of the file that it was loaded for, which is over.
    if (latest !== this) return latest.requireInternalModule(from, to);
    if (to === undefined || isBuiltin(to)) return super.requireInternalModule(from, to);
    const name = `${dirname(from)}:${to}`;
    if (!internals.has(name)) internals.set(name, super.requireInternalModule(from, to));
    return internals.get(name);
  }
}

module.exports = SharedRuntime;
