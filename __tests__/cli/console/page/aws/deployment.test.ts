/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import type { Answer } from '../../../../../cli/console/page/api/answer';
import { DeployedLine, DeploymentBanner, useDeployment } from '../../../../../cli/console/page/aws/deployment';
import type { DeployedDifference, DeploymentState } from '../../../../../cli/model/deployed';
import { openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();
const reload = jest.fn();

function state(differences: Partial<DeploymentState> = {}): DeploymentState {
  return {
    isDeployed: true,
    account: '123456789012',
    region: 'eu-central-1',
    deployedAt: Date.UTC(2026, 10, 24, 9, 12, 59),
    differences: [],
    missing: [],
    ...differences,
  } as DeploymentState;
}

function line(deployment?: DeploymentState): string {
  return browser.show(h(DeployedLine, { deployment })).textContent;
}

/** The text of the banner for an answer. */
function banner(answer: Partial<Answer<DeploymentState>>): string {
  const whole = { isLoading: false, reload, ...answer };
  return browser.show(h(DeploymentBanner, { answer: whole })).textContent;
}

it('is asked for only where it is shown', () => {
  browser.hook(() => useDeployment(false));
  expect(server.asked()).toEqual([]);
  browser.hook(() => useDeployment(true));
  expect(server.asked()).toEqual(['GET /api/deployment']);
});

describe('the line', () => {
  it('says when and where', () => {
    expect(line(state())).toBe(' Deployed 24 Nov 2026, 09:12 UTC to account 1234-5678-9012.');
    expect(line(state({ deployedAt: undefined }))).toBe(' Deployed to account 1234-5678-9012.');
  });

  it('is nothing where nothing is deployed or known', () => {
    expect([line(), line(state({ isDeployed: false }))]).toEqual(['', '']);
  });
});

describe('the banner', () => {
  it('is nothing where all is well, or nothing known yet', () => {
    expect([banner({}), banner({ data: state() })]).toEqual(['', '']);
  });

  it('says why nothing is known, and asks again', async () => {
    expect(banner({ problem: 'Broken.' })).toBe('Broken.Retry');
    await browser.click('Retry');
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('says that nothing is deployed, and the command', () => {
    expect(banner({ data: state({ isDeployed: false }) })).toBe('Not deployed in eu-central-1. Run npm run deploy.');
    const answer = { data: state({ isDeployed: false }), isLoading: false, reload };
    expect(browser.showAlone(h(DeploymentBanner, { answer })).textContent).toBe(
      'Not deployed in eu-central-1. Run npx batch-jobs deploy.',
    );
  });

  it('says what could not be read of what is deployed, besides what has changed', async () => {
    reload.mockClear();
    expect(banner({ data: state({ problem: 'No access.', missing: ['a'] }) })).toBe(
      'No access.RetryThe config has changed since the last deployment. a is not deployed. Run npm run diff to see what would change.',
    );
    await browser.click('Retry');
    expect(reload).toHaveBeenCalledTimes(1);
  });

  const difference = (more: Partial<DeployedDifference> = {}): DeployedDifference =>
    ({ job: 'report', property: 'resources.memory', deployed: '1800', config: '2048', ...more }) as DeployedDifference;
  const changes = (differences: DeployedDifference[], missing: string[] = []) =>
    /deployment\. (.*) Run npm run diff to see what would change\.$/.exec(
      banner({ data: state({ differences, missing }) }),
    )?.[1];

  it.each<[string, DeployedDifference]>([
    ['report: memory 1800 to 2048.', difference()],
    ['report: memory not set to 2048.', difference({ deployed: undefined })],
    ['report: memory 1800, not in the config.', difference({ config: undefined })],
    ['report: image is another.', difference({ property: 'image', deployed: undefined, config: undefined })],
    ['report: a.resources.b 1800 to 2048.', difference({ property: 'a.resources.b' })],
  ])('says: %s', (text, one) => {
    expect(changes([one])).toBe(text);
  });

  it('names three differences, and all jobs that are missing', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((job) => difference({ job, deployed: '1', config: '2' }));
    expect(changes(many.slice(0, 3))).toBe('a: memory 1 to 2. b: memory 1 to 2. c: memory 1 to 2.');
    expect(changes(many.slice(0, 4))).toMatch(/ And 1 more\.$/);
    expect(changes(many, ['x', 'y'])).toBe(
      'a: memory 1 to 2. b: memory 1 to 2. c: memory 1 to 2. And 2 more. x is not deployed. y is not deployed.',
    );
  });

  it('has the commands of the package where the console has said none yet', () => {
    const answer = { data: state({ missing: ['a'] }), isLoading: false, reload };
    expect(browser.showAlone(h(DeploymentBanner, { answer })).textContent).toContain('Run npx batch-jobs diff to');
  });
});
