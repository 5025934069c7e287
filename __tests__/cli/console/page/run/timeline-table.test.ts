/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { TimelineTable } from '../../../../../cli/console/page/run/timeline-table';
import type { TimelineRow } from '../../../../../cli/model/timeline/row';
import { timelineRows } from '../../../../../cli/model/timeline/rows';
import { at, run, SPOT_STORY, T0 } from '../../../model/told-runs';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();

/** The cells of each row. */
function table(rows: readonly TimelineRow[], times: 'elapsed' | 'utc' = 'elapsed'): string[][] {
  browser.show(h(TimelineTable, { run: run(), rows, times }));
  return browser.all('tbody tr').map(({ children }) => [...children].map(({ textContent }) => textContent));
}

function row(differences: Partial<TimelineRow> = {}): TimelineRow {
  return {
    id: 'a2',
    kind: 'attempt',
    level: 1,
    label: 'Attempt 2',
    detail: 'exit code 1',
    onDemand: false,
    from: at(60),
    to: at(90),
    isLive: false,
    intervals: [],
    marks: [],
    name: '',
    ...differences,
  };
}

it.each<[string, Partial<TimelineRow>, string[]]>([
  ['an attempt', { outcome: 'failed' }, ['Attempt 2', 'Failed', 'exit code 1', '1:00.0', '1:30.0', '30s']],
  [
    'one with its own word',
    { outcome: 'failed', outcomeWord: 'Gone' },
    ['Attempt 2', 'Gone', 'exit code 1', '1:00.0', '1:30.0', '30s'],
  ],
  ['one on demand', { onDemand: true }, ['Attempt 2', '', 'On-demand, exit code 1', '1:00.0', '1:30.0', '30s']],
  [
    'one on demand of which no more is known',
    { onDemand: true, detail: '' },
    ['Attempt 2', '', 'On-demand', '1:00.0', '1:30.0', '30s'],
  ],
  ['one that goes on', { isLive: true }, ['Attempt 2', '', 'exit code 1', '1:00.0', 'now', '30s']],
  [
    'one whose end is not known',
    { to: undefined, isLive: true },
    ['Attempt 2', '', 'exit code 1', '1:00.0', 'unknown', 'unknown'],
  ],
  [
    'a start',
    { level: 2, label: 'Start 3', parent: 'a2' },
    ['Attempt 2, Start 3', '', 'exit code 1', '1:00.0', '1:30.0', '30s'],
  ],
])('says of %s', (_what, differences, cells) => {
  expect(table([row(differences)])).toEqual([cells]);
});

it('indents starts, and has times by a clock', () => {
  const cells = table([row({ from: T0 }), row({ id: 'a2.3', level: 2, parent: 'a2' })], 'utc');
  expect(browser.all('tbody th').map((cell) => cell.getAttribute('class'))).toEqual(['', 'below']);
  expect(cells[0]?.slice(3)).toEqual(['14:00:02', '14:01:32', '1m 30s']);
});

it('has all rows of a run', () => {
  const rows = timelineRows(SPOT_STORY, at(2_000));
  expect(table(rows)).toHaveLength(rows.length);
});
