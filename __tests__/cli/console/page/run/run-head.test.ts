/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { Crumbs, RunActions } from '../../../../../cli/console/page/run/run-head';
import type { RunAgain } from '../../../../../cli/console/page/send/run-again';
import type { Run } from '../../../../../cli/model/run';
import { run } from '../../../model/told-runs';
import { CONSOLE, openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();

describe('the path to a run', () => {
  const crumbs = (differences: Partial<Run>) => browser.show(h(Crumbs, { run: run(differences) })).textContent;
  const hash = '67cd5321'.repeat(4);

  it('leads to the runs, and to those of the job', () => {
    expect(crumbs({})).toBe('Runs / nightlyReport / 67cd5321');
    expect(browser.all('a').map((link) => link.getAttribute('href'))).toEqual([
      '/aws/runs',
      '/aws/runs?job=nightlyReport',
    ]);
    crumbs({ place: 'local' });
    expect(browser.all('a')[0]?.getAttribute('href')).toBe('/runs');
  });

  it.each([
    [`nightlyReport-${hash}`, '67cd5321'],
    [`nightlyReport-${hash}0`, `${hash}0`],
    [`nightlyReport-x${hash.slice(1)}`, `x${hash.slice(1)}`],
    ['nightlyReport-by-hand', 'by-hand'],
    ['other-1', 'other-1'],
    [hash, '67cd5321'],
    [`${hash.slice(1)}X`, `${hash.slice(1)}X`],
  ])('calls the run %s %s', (id, text) => {
    expect(crumbs({ id })).toBe(`Runs / nightlyReport / ${text}`);
  });

  it('leads from an item to its run', () => {
    expect(crumbs({ id: `nightlyReport-${hash}#1234`, item: 1_234 })).toBe(
      'Runs / nightlyReport / 67cd5321 / item 1,234',
    );
    expect(browser.all('a').at(-1)?.getAttribute('href')).toBe(`/aws/runs/nightlyReport-${hash}`);
  });
});

describe('what can be done with a run', () => {
  const start = jest.fn();
  const actions = (differences: Partial<Run>, state: Partial<typeof CONSOLE> = {}, isBusy = false) => {
    const again = { isBusy, start } as unknown as RunAgain;
    browser.show(h(RunActions, { run: run(differences), again }), { ...CONSOLE, ...state });
    return browser.texts('button');
  };
  const LOCAL = { place: 'local', command: 'npm run local -- nightlyReport' } as const;

  it.each<[string, Partial<Run>, string[]]>([
    ['on this machine', LOCAL, ['Copy as command', 'Run again']],
    ['that goes on here', { ...LOCAL, outcome: 'running' }, ['Copy as command', 'Stop run']],
    ['in AWS', { event: { bytes: 2, text: '{}' } }, ['Copy as local command', 'Run again']],
    ['in AWS, whose event is not known', {}, ['Run again']],
    ['that goes on in AWS', { outcome: 'running' }, ['Stop run']],
    // It is stopped and repeated with its run.
    ['that is an item', { item: 3 }, []],
    ['that is an item and goes on', { item: 3, outcome: 'running' }, []],
  ])('%s', (_what, differences, buttons) => {
    expect(actions(differences)).toEqual(buttons);
    expect(actions(differences, { isReadOnly: true })).toEqual(buttons.filter((text) => text.startsWith('Copy')));
  });

  it('is nothing that changes anything before the console has said that it may', () => {
    browser.showAlone(h(RunActions, { run: run(LOCAL), again: { isBusy: false, start } as unknown as RunAgain }));
    expect(browser.texts('button')).toEqual(['Copy as command']);
  });

  it('copies the command', async () => {
    actions(LOCAL);
    await browser.click('Copy as command');
    expect(browser.clipboard).toBe('npm run local -- nightlyReport');
  });

  it('repeats the run, once', async () => {
    actions({});
    await browser.click('Run again');
    expect(start).toHaveBeenCalledTimes(1);
    actions({}, {}, true);
    expect(browser.button('Run again').hasAttribute('disabled')).toBe(true);
  });

  it('stops a run on this machine, and says why it could not', async () => {
    actions({ ...LOCAL, outcome: 'running' });
    await browser.click('Stop run');
    expect(server.last).toMatchObject({ path: '/api/local/stop', body: { id: 'nightlyReport-67cd5321' } });
    expect(browser.button('Stopping…').hasAttribute('disabled')).toBe(true);
    server.last.answer({ error: 'It is gone.' }, 404);
    await browser.settled();
    expect(browser.get('[role="alert"]').textContent).toBe('It is gone.');
    await browser.click('Stop run');
    server.last.answer({});
    await browser.settled();
    // It waits for the run to end.
    expect([browser.texts('button').at(-1), browser.texts('[role="alert"]')]).toEqual(['Stopping…', []]);
  });
});
