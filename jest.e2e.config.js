const unit = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  // Workspaces of Terraform hold providers of hundreds of megabytes.
  testEnvironmentOptions: {},
  // Terraform and the emulators wait more than they compute, so six workers are faster than two, also on two cores.
  maxWorkers: 6,
  testSequencer: '<rootDir>/__tests__/environment/heaviest-first.js',
  testMatch: ['**/__tests__/e2e/**/*.test.ts', '**/*.process.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Deployments take minutes, on busy machines many. What waits for something has a limit that says what it waits for.
  testTimeout: 2_000_000,
};
