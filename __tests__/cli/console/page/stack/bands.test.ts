/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { Bands } from '../../../../../cli/console/page/stack/bands';
import type { BandPicture, JobPicture, PictureItem, StackPicture } from '../../../../../cli/model/stack';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();

function item(id: string, kind: string, text = ''): PictureItem {
  const none = { settings: [], permissions: [], costs: [], addresses: [] };
  return { id, kind, title: id.split('/').at(-1) ?? id, detail: text === '' ? [] : [{ text }], ...none };
}

function band(name: string, kind: 'job' | 'function', more: Partial<BandPicture> = {}): BandPicture {
  const runsOn = [item(`${name}/on`, kind === 'job' ? 'spot' : 'lambda')];
  return { item: item(name, kind), name, lines: ['one line'], startedBy: [], runsOn, uses: [], ...more };
}

function show(functions: readonly BandPicture[], jobs: readonly BandPicture[] = [band('report', 'job')]): void {
  const file = { stackName: 'reports', configFile: 'c.ts', resourceCount: 1, shared: [] };
  const picture: StackPicture = { ...file, jobs: jobs as JobPicture[], functions };
  const route = { place: 'local', screen: 'stack', query: {}, hash: '' } as const;
  browser.show(h(Bands, { picture, runs: [], route, selected: 'tally/events/0' }));
}

const labels = () => browser.all('section').map((section) => section.getAttribute('aria-label'));

it('draws functions with the bands of jobs, with their words and without runs', () => {
  const startedBy = [item('tally/events/0', 'sqs', 'up to 10 messages an invocation')];
  show([band('tally', 'function', { startedBy, uses: [item('tally/uses/orders', 'dynamo-db-table')] })]);
  expect(labels()).toEqual(['Jobs', 'Functions']);
  expect(browser.texts('.colh')).toEqual(['Started byJobRuns onUses', 'Invoked byFunctionRuns onUses']);
  expect(browser.texts('article[aria-label="tally"] .lbl')).toEqual(['Invoked by', 'Runs on', 'Uses']);
  expect(browser.all('article[aria-label="report"] .strip')).toHaveLength(1);
  expect(browser.all('article[aria-label="tally"] .strip')).toHaveLength(0);
  const event = browser.get('article[aria-label="tally"] .kind-sqs');
  expect([event.getAttribute('href'), event.getAttribute('aria-current')]).toEqual(['/#tally/events/0', 'true']);
});

it('says what invokes a function without events', () => {
  show([band('guard', 'function', { invokedBy: ['report'] })]);
  expect(browser.texts('.by-hand')).toEqual(['By handnpm run local -- report', 'No eventsreport can invoke it']);
  show([band('guard', 'function')], []);
  expect(labels()).toEqual(['Functions']);
});

it('filters jobs and functions together', () => {
  show(Array.from({ length: 7 }, (_, index) => band(`tally${index}`, 'function')));
  expect(browser.all('.compact-band')).toHaveLength(8);
  expect(browser.texts('.compact-band .from')).toEqual(['by hand', ...Array(7).fill('no events')]);
  browser.write('input[aria-label="Filter jobs and functions"]', 'tally3');
  expect(browser.texts('[role="status"]')).toEqual(['1 of 8 jobs and functions']);
  expect(labels()).toEqual(['Functions']);
  browser.write('input[aria-label="Filter jobs and functions"]', 'nothing');
  expect(browser.texts('.empty')).toEqual(['No job or function matches. Clear the filter']);
});
