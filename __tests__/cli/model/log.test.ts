import fc from 'fast-check';
import {
  canvasHeight,
  MAX_HEIGHT,
  MAX_ROWS,
  rowInProportion,
  scrollInProportion,
  windowAt,
} from '../../../cli/model/log-scroll';
import { styledText } from '../../../cli/model/log-text';
import { lineTime } from '../../../cli/model/log-time';
import { chosenStart, logNote, startChoices } from '../../../cli/model/log-words';
import type { Attempt, StartOutcome } from '../../../cli/model/run';

describe('scrolling', () => {
  const views = fc.record({
    rows: fc.integer({ min: 1, max: 50_000_000 }),
    view: fc.integer({ min: 20, max: 4_000 }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  test('has what is visible in the page, and at most 400 rows', () => {
    const held = fc.option(fc.tuple(fc.nat(1_000), fc.nat(1_000)), { nil: undefined });
    fc.assert(
      fc.property(views, held, ({ rows, view, at }, selected) => {
        const top = at * Math.max(0, rows - view / 20);
        const { first, last } = windowAt(
          top,
          view,
          rows,
          selected && { first: selected[0], last: selected[0] + selected[1] },
        );
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThanOrEqual(rows);
        expect(last - first).toBeLessThanOrEqual(MAX_ROWS);
        expect(first).toBeLessThanOrEqual(top);
        expect(last).toBeGreaterThanOrEqual(Math.min(rows, Math.floor(top + view / 20)));
      }),
    );
  });

  test('by proportion leads from the first row to the last one and back', () => {
    fc.assert(
      fc.property(views, ({ rows, view, at }) => {
        const height = canvasHeight(rows);
        expect(height).toBeLessThanOrEqual(MAX_HEIGHT);
        const last = Math.max(0, rows - view / 20);
        const scroll = scrollInProportion(at * last, rows, height, view);
        expect(rowInProportion(scroll, rows, height, view)).toBeCloseTo(height > view ? at * last : 0, 3);
        expect(rowInProportion(Math.max(0, height - view), rows, height, view)).toBeCloseTo(
          height > view ? last : 0,
          3,
        );
      }),
    );
  });

  test('keeps selected rows, as far as they fit', () => {
    expect(windowAt(500, 600, 10_000, { first: 300, last: 301 })).toEqual({ first: 300, last: 571 });
    expect(windowAt(900, 600, 10_000, { first: 300, last: 301 })).toEqual({ first: 860, last: 971 });
  });
});

describe('the text of a line', () => {
  test('has colors as classes, and no other control sequence', () => {
    const text =
      'a\u001b[31mred\u001b[1;94mbold\u001b[22mblue\u001b[38;5;1mx\u001b[0m\u001b[2K\u001b]0;title\u0007z\u001b';
    expect(styledText(text)).toEqual([
      { text: 'a', style: '' },
      { text: 'red', style: 'log-red' },
      { text: 'bold', style: 'log-blue log-bold' },
      { text: 'blue', style: 'log-blue' },
      { text: 'x', style: '' },
      { text: 'z^[', style: '' },
    ]);
  });

  test('shows characters that would be invisible, or change those that follow', () => {
    const [{ text = '' } = {}] = styledText('tab\t nul\0 cr\r \u202eright\u2028line');
    expect(text).toBe('tab\t nul^@ cr^M \\u202eright\\u2028line');
  });
});

test.each([
  [1_001_949, 'elapsed', '16:41.9'],
  [0, 'elapsed', '00:00.0'],
  [4_601_900, 'elapsed', '1:16:41.9'],
  [1_001_949, 'utc', '14:16:43.9'],
] as const)('%i ms as %s are %s', (at, style, text) => {
  expect(lineTime(at, Date.UTC(2026, 10, 25, 14, 0, 2), style)).toBe(text);
});

describe('the filter by start', () => {
  const attempts = [attempt(1, 'failed'), attempt(2, 'interrupted', 'failed'), attempt(3, 'succeeded')];
  const choices = startChoices({ attempts });

  test('has all, each attempt, and the starts of those with several', () => {
    expect(choices.map(({ value, label }) => `${value}: ${label}`)).toEqual([
      ': All attempts',
      '1: Attempt 1',
      '2: Attempt 2',
      '2.1: Attempt 2, start 1',
      '2.2: Attempt 2, start 2',
      '3: Attempt 3',
    ]);
  });

  test.each([
    [undefined, ''],
    ['2.2', '2.2'],
    ['1.1', '1'],
    ['9', ''],
  ])('%s selects "%s"', (selected, value) => expect(chosenStart(choices, selected)).toBe(value));
});

describe('the note below the lines', () => {
  const ended = { outcome: 'failed', attempts: [attempt(1, 'failed', 'failed')] } as const;
  const empty = { written: 0, isComplete: true };
  const live = (outcome: StartOutcome) =>
    ({ outcome: 'running', attempts: [attempt(1, 'failed'), attempt(2, outcome)] }) as const;

  test.each([
    ['an ended run', ended, '', empty, 'This run wrote no output.'],
    ['an attempt', ended, '1', empty, 'This attempt wrote no output.'],
    ['a start', ended, '1.2', empty, 'This start wrote no output.'],
    ['a stream', ended, '', { ...empty, stream: 'stderr' }, 'Nothing was written to stderr.'],
    ['what is still being read', ended, '', { written: 0, isComplete: false }, undefined],
    ['what was written', ended, '', { written: 3, isComplete: true }, undefined],
    [
      'a job in the queue',
      live('queued'),
      '',
      { written: 3, isComplete: false },
      'No output while the job is in the queue.',
    ],
    ['an earlier start', live('queued'), '1', { written: 3, isComplete: false }, undefined],
    ['a container that is silent', live('running'), '2', { written: 0, isComplete: false }, 'No output yet.'],
    [
      'an earlier start that was',
      live('running'),
      '1',
      { written: 0, isComplete: false },
      'This start wrote no output.',
    ],
  ])('of %s', (_, run, chosen, log, text) => expect(logNote(run, chosen, log)).toBe(text));
});

function attempt(number: number, ...outcomes: StartOutcome[]): Attempt {
  const starts = outcomes.map((outcome, index) => ({ number: index + 1, outcome, onDemand: false }));
  return { number, outcome: outcomes.at(-1) as StartOutcome, begunAt: 0, refusals: [], starts };
}
