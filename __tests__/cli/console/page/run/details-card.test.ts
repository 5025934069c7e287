/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { DetailsCard } from '../../../../../cli/console/page/run/details-card';
import type { Run } from '../../../../../cli/model/run';
import { timelineRows } from '../../../../../cli/model/timeline/rows';
import { at, ended, run, SPOT_STORY } from '../../../model/told-runs';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
const NOW = at(2_000);

/** The card for a row of a run, or for none. */
function show(of: Run, id?: string): void {
  const row = timelineRows(of, NOW).find((one) => one.id === id);
  browser.show(h(DetailsCard, { run: of, now: NOW, ...(row !== undefined && { row }) }));
}

/** The facts, by their labels. */
const facts = () => Object.fromEntries(browser.texts('dt').map((label, index) => [label, browser.texts('dd')[index]]));

it('is nothing for a run of which nothing is known', () => {
  show(run());
  expect(browser.document.body.innerHTML).toBe('');
});

it('has the facts of a run without attempts', () => {
  show(run({ facts: [{ label: 'Price', value: '$0.02' }] }));
  expect([browser.texts('h2'), facts(), browser.texts('header .chip')]).toEqual([['Details'], { Price: '$0.02' }, []]);
});

it.each([
  ['a2.3', 'Attempt 2, start 3', 'Failed'],
  ['a2.1', 'Attempt 2, start 1', 'Interrupted'],
  ['a2', 'Attempt 2', 'Failed'],
  ['a3', 'Attempt 3', 'Succeeded'],
  [undefined, 'Attempt 3', 'Succeeded'],
  ['trigger', 'Trigger function', undefined],
  ['w2', 'Wait before attempt 2', undefined],
])('of the row %s is about %s, which %s', (id, title, outcome) => {
  show(SPOT_STORY, id);
  expect([browser.texts('h2'), browser.texts('header .chip')]).toEqual([
    [title],
    outcome === undefined ? [] : [outcome],
  ]);
});

it('says the outcome as the row does', () => {
  const row = timelineRows(SPOT_STORY, NOW).find(({ id }) => id === 'a1');
  browser.show(
    h(DetailsCard, { run: SPOT_STORY, now: NOW, row: { ...row, outcomeWord: 'Submitted' } as NonNullable<typeof row> }),
  );
  expect(browser.texts('header .chip')).toEqual(['Submitted']);
});

it("has the run's own fact of a label rather than the row's: it has a link", () => {
  show(SPOT_STORY, 'a2.3');
  const [label = ''] = browser.texts('dt');
  const before = browser.texts('dt');
  show({ ...SPOT_STORY, facts: [{ label, value: 'x', href: 'https://console.aws.amazon.com/' }] }, 'a2.3');
  expect(browser.texts('dt')).toEqual([...before.slice(1), label]);
  expect(browser.button('x').getAttribute('href')).toBe('https://console.aws.amazon.com/');
});

it('marks on-demand capacity of a job that is on Spot capacity', () => {
  show(SPOT_STORY, 'a2.3');
  expect(browser.texts('dd .chip')).toEqual(['On-demand']);
  show({ ...SPOT_STORY, policy: { ...SPOT_STORY.policy, isSpot: false } }, 'a2.3');
  expect(browser.texts('dd .chip')).toEqual([]);
  show(SPOT_STORY, 'a2.1');
  expect([facts().Capacity, browser.texts('dd .chip')]).toEqual(['Spot', []]);
});

it('has the notes of a run in AWS', () => {
  show(ended({}, {}, { notes: ['Logs are kept for 30 days.'] }));
  expect(browser.texts('.note')).toEqual(['Logs are kept for 30 days.']);
  show(ended({}, {}, { notes: ['a'], place: 'local' }));
  expect(browser.texts('.note')).toEqual([]);
});
