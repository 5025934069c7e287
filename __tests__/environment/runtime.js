const { createRequire, isBuiltin } = require('node:module');
const { readFileSync } = require('node:fs');
const { dirname, join, sep } = require('node:path');
const { ProjectModules, hasMocks } = require('./project-modules');

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
const projectModules = new ProjectModules();
let latest;

/**
 * For each test file, Jest reads the project's modules and loads `expect` and some 30 more modules of its own. The test files of a worker have
 * one context: here they have one text of each module, and one of each of Jest's. What has the state of a file, Jest loads by its path alone.
 */
class SharedRuntime extends Runtime {
  constructor(...words) {
    const [, , , , , { collectCoverage }, path, { watch, watchAll }] = words;
    const filesChange = watch || watchAll;
    // In the place of the texts of this file, unless files change while Jest runs.
    if (!filesChange) words[4] = texts;
    super(...words);
    latest = this;
    this.shares = !filesChange && !collectCoverage && !hasMocks(readFileSync(path, 'utf8'));
    if (this.shares) this.shareModules();
  }

  shareModules() {
    projectModules.lend(this.registries.getActiveCjsRegistry(), this.getSourceMaps());
    const { cjsLoader, mockState } = this;
    const load = cjsLoader.loadModule;
    cjsLoader.loadModule = (module, ...words) => {
      load.call(cjsLoader, module, ...words);
      projectModules.loaded(module);
    };
    for (const name of ['setMock', 'markExplicitCjsMock']) {
      mockState[name] = () => {
        throw new Error('Call jest.mock in the test file itself: its modules are shared otherwise.');
      };
    }
  }

  requireModuleOrMock(from, to) {
    // What a shared module loads when it is called is for the file that calls it.
    if (latest !== this && projectModules.has(from)) return latest.requireModuleOrMock(from, to);
    return super.requireModuleOrMock(from, to);
  }

  resetModules() {
    // What is loaded from now on is another module than the shared one.
    this.shares = false;
    super.resetModules();
  }

  teardown() {
    if (this.shares) projectModules.keep(this.registries.getActiveCjsRegistry(), this.getSourceMaps());
    super.teardown();
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
