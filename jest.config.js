/** Compiles to CommonJS. */
function swc(parser, transform = {}) {
  return ['@swc/jest', { jsc: { parser, transform, target: 'es2022' }, module: { type: 'commonjs' } }];
}

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/__tests__/environment/environment.ts',
  // A third of the tests' processor time.
  runtime: '<rootDir>/__tests__/environment/runtime.js',
  testEnvironmentOptions: { filesInMemory: true },
  globalSetup: '<rootDir>/__tests__/environment/set-up.ts',
  setupFilesAfterEnv: ['<rootDir>/__tests__/environment/finding-texts.ts'],
  roots: ['<rootDir>/__tests__'],
  // Jest leaves one core free, which halves its speed where there are two.
  maxWorkers: '100%',
  // By default it lies in the temporary folder.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  testMatch: ['**/*.test.ts'],
  // The package by its own name, from source: as `paths` in tsconfig.json.
  moduleNameMapper: {
    '^cdktf-batch-jobs$': '<rootDir>/index.ts',
    '^cdktf-batch-jobs/resources$': '<rootDir>/modules/resources/index.ts',
    '^cdktf-batch-jobs/(job|triggers)$': '<rootDir>/$1/index.ts',
  },
  // Other people's projects: their package.json files are not this one's modules.
  modulePathIgnorePatterns: ['<rootDir>/__tests__/fixtures/', '<rootDir>/dist/'],
  // What needs an engine, and what runs whole programs (compilers, shells, benchmarks), is for `npm run test:e2e`.
  testPathIgnorePatterns: ['/node_modules/', '/__tests__/e2e/', '\\.process\\.test\\.ts$'],
  // A test that computes for a second takes many where others use the machine too. No test says a limit below this one.
  testTimeout: 120_000,
  transformIgnorePatterns: [],
  transform: {
    // The console's page: its framework has ES modules only, and its style sheets are for a browser.
    '/node_modules/preact/.+\\.mjs$': swc({ syntax: 'ecmascript' }),
    '\\.css$': '<rootDir>/__tests__/environment/no-style.js',
    '/node_modules/': '<rootDir>/__tests__/environment/shared-module.js',
    '^.+\\.ts$': swc({ syntax: 'typescript' }),
    '^.+\\.tsx$': swc({ syntax: 'typescript', tsx: true }, { react: { runtime: 'automatic', importSource: 'preact' } }),
  },
};
