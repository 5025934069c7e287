/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { TimelineCard } from '../../../../../cli/console/page/run/timeline-card';
import type { Run } from '../../../../../cli/model/run';
import { timelineRows } from '../../../../../cli/model/timeline/rows';
import { at, attempt, live, NOW, run, SPOT_STORY, start } from '../../../model/told-runs';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
const done: unknown[] = [];

function show(of: Run, now = at(2_000)): void {
  browser.show(
    h(TimelineCard, {
      run: of,
      rows: timelineRows(of, now),
      now,
      selected: undefined,
      onSelect: (id) => done.push(['select', id]),
      onToggle: (id) => done.push(['toggle', id]),
    }),
  );
}

/** A container of a second in a run of an hour: too short to be seen. */
const LONG = run({
  endedAt: at(3_600),
  attempts: [
    attempt({ endedAt: at(1), starts: [start({ startedAt: at(0), stoppedAt: at(1) })] }),
    attempt({
      number: 2,
      begunAt: at(1),
      endedAt: at(3_600),
      starts: [start({ queuedAt: at(1), startedAt: at(1), stoppedAt: at(3_600) })],
    }),
  ],
});

it('is a chart with a legend, or a table without', async () => {
  show(SPOT_STORY);
  expect([browser.all('.tl').length, browser.all('.legend').length, browser.all('table').length]).toEqual([1, 1, 0]);
  await browser.click('Show as table');
  expect([browser.all('.tl').length, browser.all('.legend').length, browser.all('table').length]).toEqual([0, 0, 1]);
  await browser.click('Show as chart');
  expect([browser.all('.tl').length, browser.all('table').length]).toEqual([1, 0]);
});

it.each<[string, Run, number, string[]]>([
  ['a run in AWS', SPOT_STORY, at(2_000), []],
  ['a run that goes on', live({ outcome: 'running' }), NOW, ['Live']],
  ['a run on this machine', run({ place: 'local' }), NOW, ['Queue and instance start are not simulated']],
])('says of %s what is special', (_what, of, now, texts) => {
  show(of, now);
  expect(browser.texts('header .chip, header .muted')).toEqual(texts);
});

it('shows times in the way that is chosen, also as a table', async () => {
  show(SPOT_STORY);
  await browser.click('UTC');
  expect(browser.get('.axis').className).toContain('utc');
  await browser.click('Show as table');
  expect(browser.texts('tbody td.num')[0]).toMatch(/^14:00:02/);
  await browser.click('Elapsed');
  expect(browser.texts('tbody td.num')[0]).not.toMatch(/^14:/);
});

it('has an overview where something is too short to be seen, in which a part is selected', async () => {
  show(SPOT_STORY);
  expect(browser.all('.overview')).toEqual([]);
  show(LONG);
  const bar = () => browser.all('.tl .interval').at(-1)?.style.left;
  const before = bar();
  browser.press('+', {}, browser.get('[role="slider"]'));
  expect(bar()).not.toBe(before);
  await browser.click('Show all');
  expect(bar()).toBe(before);
  await browser.click('Show as table');
  expect(browser.all('.overview')).toEqual([]);
});

it('tells which row is selected or folded', () => {
  show(SPOT_STORY);
  browser.fire('[data-row="a2"]', 'click');
  browser.fire('[data-row="a2"] .fold', 'click');
  expect(done).toEqual([
    ['select', 'a2'],
    ['toggle', 'a2'],
  ]);
});
