/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { Legend } from '../../../../../cli/console/page/run/legend';
import type { TimelineRow } from '../../../../../cli/model/timeline/row';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();

/** A row with these shapes. */
function row(shapes: {
  readonly intervals?: readonly string[];
  readonly marks?: readonly string[];
  readonly connector?: string;
}): TimelineRow {
  const { intervals = [], marks = [], connector } = shapes;
  return {
    intervals: intervals.map((kind) => ({ kind })),
    marks: marks.map((kind) => ({ kind })),
    ...(connector !== undefined && { connector: { kind: connector } }),
  } as unknown as TimelineRow;
}

/** The entries: how each shape is drawn, and what it is called. */
function legend(...rows: TimelineRow[]): (readonly [shape: string, word: string])[] {
  browser.show(h(Legend, { rows }));
  return browser.all('li').map((item) => {
    const [icon] = item.children;
    return [icon?.innerHTML.replaceAll('</b>', '') ?? '', item.textContent] as const;
  });
}

it('is nothing where nothing needs to be explained', () => {
  expect(browser.show(h(Legend, { rows: [row({ intervals: ['bracket'] })] })).innerHTML).toBe('');
});

it.each([
  ['queue', '<b class="interval part queue">', 'In queue'],
  ['starting', '<b class="interval part starting">', 'Starting'],
  ['running', '<b class="interval part running">', 'Running now'],
  ['interrupted', '<b class="mark notice"><b class="interval low interrupted">', 'Spot interruption'],
  ['tail', '<b class="interval part tail">', 'SIGTERM to exit'],
  ['stopped', '<b class="interval part stopped">', 'Stopped'],
  ['wait', '<b class="interval part wait">', 'Wait'],
  ['unknown', '<b class="interval part unknown">', 'Not recorded'],
])('explains the interval %s', (kind, shape, word) => {
  expect(legend(row({ intervals: [kind] }))).toEqual([[shape, word]]);
});

it.each([
  ['notice', '<b class="mark notice"><b class="interval low interrupted">', 'Spot interruption'],
  ['limit', '<b class="mark limit">', 'Timeout'],
  ['refusal', '<b class="interval queue"><b class="mark refusal">', 'Submission refused'],
  ['end', '<b class="mark end">', 'Ended without a container'],
])('explains the mark %s', (kind, shape, word) => {
  expect(legend(row({ marks: [kind] }))).toEqual([[shape, word]]);
});

it('explains what leads from a row to the next one', () => {
  expect(legend(row({ connector: 'restart' }))).toEqual([['<b class="dash">', 'Free restart']]);
  const [[shape, word] = ['', '']] = legend(row({ connector: 'on-demand' }));
  expect([shape.startsWith('<span class="tone-od"><svg'), word]).toEqual([true, 'Moved to on-demand']);
});

it('draws the outcomes that occur as one entry, in the order of their weight', () => {
  const running = (...kinds: string[]) =>
    legend(...kinds.map((kind) => row({ intervals: [kind] }))).map(([shape, word]) => [
      shape.replace(/<b class="interval part ([\w-]+)">/g, '$1 '),
      word,
    ]);
  const word = 'Running, by outcome';
  expect(running('failed')).toEqual([['failed ', word]]);
  expect(running('timed-out', 'failed', 'succeeded', 'failed')).toEqual([['succeeded failed timed-out ', word]]);
});

it('is a list with a name, whose shapes nobody needs to hear', () => {
  legend(row({ intervals: ['queue'] }));
  expect(browser.get('ul').getAttribute('aria-label')).toBe('Legend');
  expect(browser.get('li i').getAttribute('aria-hidden')).toBe('true');
});
