/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { Timeline } from '../../../../../cli/console/page/run/timeline';
import type { TimelineProps } from '../../../../../cli/console/page/run/timeline-props';
import { timelineRows } from '../../../../../cli/model/timeline/rows';
import { at, run, SPOT_STORY, T0 } from '../../../model/told-runs';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
const ROWS = timelineRows(SPOT_STORY, at(2_000));

/** The first 100 seconds of a run. */
function show(props: Partial<TimelineProps> = {}): void {
  browser.show(
    h(Timeline, {
      run: run(),
      rows: ROWS,
      span: { from: T0, to: at(100) },
      now: at(200),
      times: 'elapsed',
      selected: undefined,
      onSelect: () => undefined,
      onToggle: () => undefined,
      ...props,
    }),
  );
}

const ticks = () =>
  browser.all('.tick').map(({ textContent, style, className }) => [style.left, textContent, className.trim()]);
const reached = () => browser.all('.tl [tabindex="0"]').map((row) => row.getAttribute('data-row'));

it('has all rows, of which Tab reaches the selected one, or else the first', () => {
  show();
  expect(browser.all('[data-row]').map((row) => row.getAttribute('data-row'))).toEqual(ROWS.map(({ id }) => id));
  expect([reached(), browser.all('[aria-selected="true"]')]).toEqual([['trigger'], []]);
  show({ selected: 'a2' });
  expect([reached(), browser.get('[aria-selected="true"]').getAttribute('data-row')]).toEqual([['a2'], 'a2']);
  show({ selected: 'gone' });
  expect([reached(), browser.all('[aria-selected="true"]')]).toEqual([['trigger'], []]);
  show({ rows: [] });
  expect(reached()).toEqual([]);
});

it('has an axis, with a line below each of its times', () => {
  show();
  const elapsed = ticks();
  expect(elapsed.length).toBeGreaterThan(2);
  expect(elapsed[0]?.[0]).toBe('0%');
  expect(browser.all('.tl-grid i').map(({ style }) => style.left)).toEqual(elapsed.map(([left]) => left));
  show({ times: 'utc' });
  const utc = ticks();
  expect(utc.map(([left]) => left)).toEqual(elapsed.map(([left]) => left));
  expect(utc[0]?.[1]).toMatch(/^14:00:02/);
  expect(browser.get('.axis').className).toContain('utc');
});

it('keeps a time at the end within the chart', () => {
  show({ span: { from: T0, to: at(100) } });
  const last = ticks().filter(([, , look]) => look?.includes('last'));
  expect(last.every(([left]) => Number.parseFloat(left ?? '') > 95.5)).toBe(true);
  expect(ticks().filter(([left]) => Number.parseFloat(left ?? '') > 95.5)).toEqual(last);
  expect(last).toHaveLength(1);
});

describe('now', () => {
  const live = run({ outcome: 'running', endedAt: undefined });
  const now = () =>
    [browser.all('.now-word'), browser.all('.tl-grid .now')].map((all) => all.map(({ style }) => style.left));

  it.each([
    [0, ['0%']],
    [52, ['52%']],
    [100, ['100%']],
    [-1, []],
    [101, []],
  ])('at second %d is at %j', (second, places) => {
    show({ run: live, now: at(second) });
    expect(now()).toEqual([places, places]);
  });

  it('is nothing for a run that has ended', () => {
    show({ now: at(50) });
    expect(now()).toEqual([[], []]);
    expect(ticks().filter(([, , look]) => look?.includes('behind'))).toEqual([]);
  });

  it('hides the time that it would be written over', () => {
    show({ run: live, now: at(100) });
    const [left = '0%'] = ticks()[1] ?? [];
    const place = Number.parseFloat(left);
    const behind = (second: number) => {
      show({ run: live, now: at(second) });
      return ticks().flatMap(([where, , look]) => (look?.includes('behind') ? [where] : []));
    };
    expect([behind(place - 4.4), behind(place + 4.4)]).toEqual([[left], [left]]);
    expect([behind(place - 4.6), behind(place + 4.6)]).toEqual([[], []]);
  });
});
