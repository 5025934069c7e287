const { createRequire } = require('node:module');
const { join, relative } = require('node:path');

const core = createRequire(require.resolve('jest')).resolve('@jest/core');
const { default: Sequencer } = createRequire(core)('@jest/test-sequencer');

/**
 * The files of `npm run test:e2e` that take longest, from minutes to one. They begin in this order: else one worker runs them alone at the end.
 * A deployment mostly sleeps, and what builds images mostly computes: they alternate, so that they run side by side.
 */
const HEAVIEST = [
  'e2e/deployments/changes.test.ts',
  'e2e/corpus/go-java.test.ts',
  'e2e/function-network.test.ts',
  'e2e/corpus/javascript.test.ts',
  'e2e/account-changes.test.ts',
  'e2e/corpus/python.test.ts',
  'e2e/deploy-command.test.ts',
  'e2e/examples.test.ts',
  'e2e/deployments/diff.test.ts',
  'e2e/local-containers.test.ts',
  'e2e/triggers.test.ts',
  'e2e/package/consumers.test.ts',
  'e2e/two-regions.test.ts',
  'e2e/corpus/ruby-php-dotnet.test.ts',
  'e2e/deployments/failed-build.test.ts',
  'e2e/package/first-minutes.test.ts',
  'e2e/access-apply.test.ts',
  'e2e/local.test.ts',
  'e2e/engines/terraform.test.ts',
  'cli/local/engine-fault.process.test.ts',
  'e2e/local-aws.test.ts',
  'cli/local/image-build.process.test.ts',
  'e2e/operate/start-and-follow.test.ts',
  'e2e/item-images.test.ts',
  'e2e/whole-life.test.ts',
  'e2e/operate/whole-life.test.ts',
  'e2e/apply.test.ts',
  'e2e/items.test.ts',
  'e2e/storage.test.ts',
  'cli/local/items.process.test.ts',
  'e2e/stacks.test.ts',
  'e2e/run-limits.test.ts',
  'e2e/notifications.test.ts',
  'e2e/local-command.test.ts',
  'e2e/stacktape/take-over.test.ts',
  'e2e/operate/undelivered.test.ts',
  'e2e/image-builds.test.ts',
  'e2e/schedules.test.ts',
  'e2e/function-url.test.ts',
  'e2e/operate/logs.test.ts',
  'e2e/state-machine.test.ts',
  'e2e/operate/runs.test.ts',
  'e2e/source-settings.test.ts',
  'e2e/instance-settings.test.ts',
  'e2e/function-events.test.ts',
  'e2e/deployments/forgotten.test.ts',
  'e2e/deployments/zones.test.ts',
  'e2e/account-settings.test.ts',
  'e2e/http-api.test.ts',
  'e2e/reference-cycles.test.ts',
  'e2e/corpus/dockerfile.test.ts',
];

const TESTS = join(__dirname, '..');

/**
 * Jest sorts by the times that its cache has, and by size without one, as in CI: a corpus is a file of three lines that takes ten minutes.
 * The other files are spread among the heaviest, so that a run that ends early, at its time limit, has seen something of everything.
 */
class HeaviestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => HEAVIEST.indexOf(relative(TESTS, path).replaceAll('\\', '/'));
    const heavy = tests.filter((test) => place(test) >= 0).sort((one, other) => place(one) - place(other));
    const others = super.sort(tests.filter((test) => place(test) < 0));
    const share = others.length / heavy.length;
    return heavy.length === 0
      ? others
      : heavy.flatMap((test, index) => [
          test,
          ...others.slice(Math.round(index * share), Math.round((index + 1) * share)),
        ]);
  }
}

module.exports = HeaviestFirst;
module.exports.HEAVIEST = HEAVIEST;
