/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { listenToKeys } from '../../../../../cli/console/page/keys/keyboard';
import { filterOf } from '../../../../../cli/console/page/runs/filter';
import { RunsFilterBar } from '../../../../../cli/console/page/runs/runs-filter-bar';
import type { RunRow } from '../../../../../cli/model/run';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
let changes: unknown[];

beforeEach(() => {
  changes = [];
  listenToKeys();
});

const ROWS = [
  { id: '1', job: 'report', outcome: 'failed', startedAt: 0, source: 'schedule' },
  { id: '2', job: 'import', outcome: 'failed', startedAt: 0 },
] as readonly RunRow[];

function show(search = ''): void {
  const filter = filterOf(Object.fromEntries(new URLSearchParams(search)));
  browser.show(h(RunsFilterBar, { rows: ROWS, filter, onChange: (next) => changes.push(next) }));
}

/** The choices of a select, and which is chosen. */
function choices(label: string): [chosen: string, options: string[]] {
  const select = browser.get(`[aria-label="${label}"]`);
  return [(select as unknown as HTMLSelectElement).value, [...select.children].map(({ textContent }) => textContent)];
}

const NOTHING = { job: undefined, outcome: undefined, source: undefined, q: undefined };
const search = () => browser.get('[aria-label="Search runs"]');

it('offers all, and the values that there are', () => {
  show();
  expect(choices('Job')).toEqual(['', ['All jobs', 'import', 'report']]);
  expect(choices('Started by')).toEqual(['', ['All sources', 'schedule']]);
  const [chosen, [all, ...outcomes]] = choices('Outcome');
  expect([chosen, all, outcomes.includes('Failed')]).toEqual(['', 'All outcomes', true]);
});

it('shows what the address has, also where no run has it', () => {
  show('job=report&source=by+hand&outcome=failed&q=abc');
  expect(choices('Job')).toEqual(['report', ['All jobs', 'import', 'report']]);
  expect(choices('Started by')).toEqual(['by hand', ['All sources', 'schedule', 'by hand']]);
  expect([choices('Outcome')[0], (search() as unknown as HTMLInputElement).value]).toEqual(['failed', 'abc']);
});

it.each([
  ['Job', 'import', { job: 'import' }],
  ['Job', '', { job: '' }],
  ['Outcome', 'running', { outcome: 'running' }],
  ['Started by', 'schedule', { source: 'schedule' }],
])('%s changes to %j, the rest stays', (label, value, change) => {
  show('job=report&q=abc');
  browser.write(`[aria-label="${label}"]`, value, 'change');
  expect(changes).toEqual([{ ...NOTHING, job: 'report', q: 'abc', ...change }]);
});

it('searches for what is written', () => {
  show('job=report');
  browser.write('[aria-label="Search runs"]', 'x');
  expect(changes).toEqual([{ ...NOTHING, job: 'report', q: 'x' }]);
});

it('Esc in the search takes its text away, and then leaves it', () => {
  show('job=report&q=abc');
  const blur = jest.fn();
  Object.assign(search(), { blur });
  browser.press('a', {}, search());
  expect([changes, blur.mock.calls.length]).toEqual([[], 0]);
  browser.press('Escape', {}, search());
  expect([changes, blur.mock.calls.length]).toEqual([[{ ...NOTHING, job: 'report' }], 0]);
  browser.write('[aria-label="Search runs"]', '');
  changes = [];
  browser.press('Escape', {}, search());
  expect([changes, blur.mock.calls.length]).toEqual([[], 1]);
});

it('is cleared by a button and by Esc, if there is something to clear', async () => {
  show();
  expect([browser.texts('button'), browser.press('Escape').defaultPrevented]).toEqual([[], false]);
  show('q=abc');
  await browser.click('Clear');
  expect(browser.press('Escape').defaultPrevented).toBe(true);
  expect(changes).toEqual([NOTHING, NOTHING]);
});

it('/ leads to the search', () => {
  show();
  expect(browser.press('/').defaultPrevented).toBe(true);
  expect(browser.document.activeElement === search()).toBe(true);
});
