const LAZY = /require\(('[^']+')\) as typeof import\(\1\)/g;

/** @type {import('knip').KnipConfig} */
module.exports = {
  // Public API, programs that run elsewhere, and what is started by its path.
  entry: [
    'main.ts',
    'job/index.ts',
    'triggers/index.ts',
    'cli/console/config/loader.ts',
    'cli/console/page/main.tsx',
    'modules/orchestration/trigger/handler.ts',
    'modules/orchestration/trigger/firing-handler.ts',
    'modules/orchestration/items/handler.ts',
    'modules/container/resolver/function-start.ts',
    'modules/container/resolver/start.ts',
    'modules/container/builder/function/handler.ts',
    'modules/container/connection-strings/function/handler.ts',
    'modules/container/buildpack/javascript/bundler-program.js',
    'modules/container/buildpack/javascript/bundler-watch.js',
    'scripts/*.ts',
    'scripts/bench/console/read-log.ts',
    'scripts/bench/raw-resources.ts',
    '__tests__/**/*.test.ts',
    '__tests__/e2e/package/no-esbuild.cjs',
  ],
  project: ['{index,main}.ts', '{cli,job,modules,triggers,scripts,__tests__}/**/*.{ts,tsx,js,cjs}'],
  // Scripts start these by the paths of their programs.
  ignoreDependencies: ['@arethetypeswrong/cli', 'publint', 'typedoc', 'typedoc-plugin-markdown'],
  ignore: ['__tests__/**/fixtures/**', '__tests__/e2e/package/consumer/**', 'cli/console/page/styles.d.ts'],
  // A second name can have a meaning.
  exclude: ['duplicates'],
  // A type that an exported function or class names is a part of it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Modules that are loaded when they are needed are imports of the kind that knip knows.
  compilers: { ts: (text) => text.replace(LAZY, 'import($1)') },
};
