/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  // Jest leaves one core free, which halves its speed where there are two.
  maxWorkers: '100%',
  testMatch: ['**/*.test.ts'],
  // What needs an engine, and what runs whole programs (compilers, shells, benchmarks), is for `npm run test:e2e`.
  testPathIgnorePatterns: ['/node_modules/', '/__tests__/e2e/', '\\.process\\.test\\.ts$'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
};
