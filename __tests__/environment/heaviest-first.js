const { createRequire } = require('node:module');
const { join, relative } = require('node:path');

const core = createRequire(require.resolve('jest')).resolve('@jest/core');
const { default: Sequencer } = createRequire(core)('@jest/test-sequencer');

/** The files of `npm run test:e2e` that take longest, from minutes to one. They begin first: else one worker runs them alone at the end. */
const HEAVIEST = [
  'e2e/corpus/go-java.test.ts',
  'e2e/deployments/changes.test.ts',
  'e2e/deployments/diff.test.ts',
  'e2e/function-network.test.ts',
  'e2e/corpus/python.test.ts',
  'e2e/corpus/javascript.test.ts',
  'e2e/examples.test.ts',
  'e2e/triggers.test.ts',
  'e2e/two-regions.test.ts',
  'e2e/corpus/ruby-php-dotnet.test.ts',
  'e2e/item-images.test.ts',
  'e2e/items.test.ts',
  'e2e/stacks.test.ts',
  'e2e/local-containers.test.ts',
  'e2e/engines/terraform.test.ts',
  'e2e/deployments/failed-build.test.ts',
  'e2e/local-aws.test.ts',
  'e2e/access-apply.test.ts',
  'e2e/account-changes.test.ts',
  'e2e/deploy-command.test.ts',
  'e2e/operate/whole-life.test.ts',
  'e2e/apply.test.ts',
  'e2e/stacktape/take-over.test.ts',
  'e2e/whole-life.test.ts',
  'cli/local/image-build.process.test.ts',
  'e2e/package/consumers.test.ts',
  'e2e/package/first-minutes.test.ts',
  'cli/local/engine-fault.process.test.ts',
  'e2e/local.test.ts',
  'e2e/notifications.test.ts',
  'e2e/http-api.test.ts',
  'e2e/local-command.test.ts',
  'e2e/operate/logs.test.ts',
  'e2e/reference-cycles.test.ts',
  'e2e/corpus/dockerfile.test.ts',
  'e2e/state-machine.test.ts',
  'e2e/image-builds.test.ts',
];

const TESTS = join(__dirname, '..');

/** Jest sorts by the times that its cache has, and by size without one, as in CI: a corpus is a file of three lines that takes ten minutes. */
class HeaviestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const index = HEAVIEST.indexOf(relative(TESTS, path).replaceAll('\\', '/'));
      return index < 0 ? HEAVIEST.length : index;
    };
    return super.sort(tests).sort((one, other) => place(one) - place(other));
  }
}

module.exports = HeaviestFirst;
module.exports.HEAVIEST = HEAVIEST;
