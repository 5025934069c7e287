const unit = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  testMatch: ['**/__tests__/e2e/**/*.test.ts', '**/*.process.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 600_000,
};
