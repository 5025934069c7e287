/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { Overview } from '../../../../../cli/console/page/run/overview';
import type { Span } from '../../../../../cli/model/timeline/axis';
import type { TimelineRow } from '../../../../../cli/model/timeline/row';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
const WHOLE: Span = { from: 1_000, to: 101_000 };
let parts: (Span | 'all')[];

beforeEach(() => {
  parts = [];
});

function show(part?: Span, rows: readonly TimelineRow[] = []): void {
  browser.show(h(Overview, { rows, whole: WHOLE, part, onPart: (next) => parts.push(next ?? 'all') }));
}

/** The parts that were chosen, in whole milliseconds. */
const rounded = () =>
  parts.map((part) => (part === 'all' ? part : { from: Math.round(part.from), to: Math.round(part.to) }));

const box = () => browser.get('[role="slider"]');
const window = () => {
  const { left, width } = browser.get('.overview-part').style;
  return [left, width];
};

it('shows which part is selected', () => {
  show();
  expect([window(), box().getAttribute('aria-valuenow'), box().getAttribute('aria-valuetext')]).toEqual([
    ['0%', '100%'],
    '0',
    'All of it',
  ]);
  show({ from: 26_000, to: 76_000 });
  expect([window(), box().getAttribute('aria-valuenow'), box().getAttribute('aria-valuetext')]).toEqual([
    ['25%', '50%'],
    '25',
    'From 25s to 1m 15s',
  ]);
});

it('is a slider with a name, its ends, and what it is used with', () => {
  show({ from: 26_700, to: 76_700 });
  const said = ['tabindex', 'aria-label', 'aria-valuemin', 'aria-valuemax', 'aria-valuenow', 'title'];
  expect(said.map((name) => box().getAttribute(name))).toEqual([
    '0',
    'Part of the run that the timeline shows',
    '0',
    '100',
    '26',
    'Drag to zoom. Arrow keys move, + and - zoom, Esc shows all.',
  ]);
});

it('shows all again', async () => {
  show();
  expect(browser.texts('button')).toEqual([]);
  show({ from: 26_000, to: 76_000 });
  await browser.click('Show all');
  expect(parts).toEqual(['all']);
});

describe('keys', () => {
  const MIDDLE = { from: 41_000, to: 61_000 };

  it.each<[string, Span | undefined, Span | 'all']>([
    ['ArrowLeft', MIDDLE, { from: 36_000, to: 56_000 }],
    ['ArrowRight', MIDDLE, { from: 46_000, to: 66_000 }],
    ['ArrowLeft', { from: 2_000, to: 22_000 }, { from: 1_000, to: 21_000 }],
    ['ArrowRight', { from: 80_000, to: 100_000 }, { from: 81_000, to: 101_000 }],
    ['+', MIDDLE, { from: 46_000, to: 56_000 }],
    ['=', MIDDLE, { from: 46_000, to: 56_000 }],
    ['-', MIDDLE, { from: 31_000, to: 71_000 }],
    ['-', { from: 1_000, to: 21_000 }, { from: 1_000, to: 31_000 }],
    ['-', { from: 81_000, to: 101_000 }, { from: 71_000, to: 101_000 }],
    ['-', { from: 11_000, to: 91_000 }, 'all'],
    ['+', undefined, { from: 26_000, to: 76_000 }],
    ['ArrowLeft', undefined, 'all'],
    // Half of it would be less than a five-hundredth of the whole.
    ['+', { from: 41_000, to: 41_399 }, 'all'],
    ['Escape', MIDDLE, 'all'],
  ])('%s changes %j to %j', (key, part, next) => {
    show(part);
    expect(browser.press(key, {}, box()).defaultPrevented).toBe(true);
    expect(rounded()).toEqual([next]);
  });

  it('are not those of the page, and others are', () => {
    const heard = jest.fn();
    show();
    browser.document.addEventListener('keydown', heard);
    browser.press('+', {}, box());
    expect(heard).not.toHaveBeenCalled();
    expect(browser.press('x', {}, box()).defaultPrevented).toBe(false);
    expect([heard.mock.calls.length, parts.length]).toEqual([1, 1]);
  });
});

describe('a drag', () => {
  const captured: unknown[] = [];
  const drag = (...xs: number[]) => {
    const [first = 0, ...rest] = xs;
    browser.set(box(), {
      clientWidth: 200,
      setPointerCapture: (id: unknown) => captured.push(id),
      getBoundingClientRect: () => ({ left: 100, width: 200 }),
    });
    browser.fire(box(), 'pointerdown', { pointerId: 7, clientX: first });
    for (const clientX of rest) browser.fire(box(), 'pointermove', { clientX });
  };

  it('selects a part, in either direction', () => {
    show();
    drag(150, 170, 200);
    expect([captured, window(), parts]).toEqual([[7], ['25%', '25%'], []]);
    browser.fire(box(), 'pointerup');
    drag(200, 150);
    expect(window()).toEqual(['25%', '25%']);
    browser.fire(box(), 'pointerup');
    expect(parts).toEqual([
      { from: 26_000, to: 51_000 },
      { from: 26_000, to: 51_000 },
    ]);
    expect(window()).toEqual(['0%', '100%']);
  });

  it('ends at the ends', () => {
    show();
    drag(250, 900);
    expect(window()).toEqual(['75%', '25%']);
    browser.fire(box(), 'pointerup');
    drag(0, 150);
    browser.fire(box(), 'pointerup');
    expect(parts).toEqual([
      { from: 76_000, to: 101_000 },
      { from: 1_000, to: 26_000 },
    ]);
  });

  it('of all of it shows all', () => {
    show();
    drag(0, 900);
    browser.fire(box(), 'pointerup');
    expect(parts).toEqual(['all']);
  });

  it.each([
    [3, []],
    [4.5, [{ from: 26_000, to: 28_250 }]],
  ])('of %s pixels selects %j', (pixels, expected) => {
    show();
    drag(150, 150 + pixels);
    browser.fire(box(), 'pointerup');
    expect(rounded()).toEqual(expected);
  });

  it('that the browser takes back selects nothing', () => {
    show();
    drag(150, 250);
    browser.fire(box(), 'pointercancel');
    expect(window()).toEqual(['0%', '100%']);
    browser.fire(box(), 'pointerup');
    expect(parts).toEqual([]);
  });

  it('begins with the button: before, nothing moves', () => {
    show();
    browser.fire(box(), 'pointermove', { clientX: 150 });
    browser.fire(box(), 'pointerup');
    expect([window(), parts]).toEqual([['0%', '100%'], []]);
  });
});

describe('the rows', () => {
  const row = (
    id: string,
    kind: string,
    ...intervals: readonly [kind: string, from: number, to: number][]
  ): TimelineRow =>
    ({ id, kind, intervals: intervals.map(([of, from, to]) => ({ kind: of, from, to })) }) as unknown as TimelineRow;

  it('are above each other, without triggers, waits, and what does not run', () => {
    show(undefined, [
      row('trigger', 'trigger', ['running', 1_000, 2_000]),
      row(
        'a1',
        'attempt',
        ['queue', 1_000, 2_000],
        ['bracket', 1_000, 2_000],
        ['unknown', 1_000, 2_000],
        ['failed', 11_000, 31_000],
      ),
      row('w2', 'wait', ['wait', 31_000, 41_000]),
      row('a2', 'attempt', ['starting', 41_000, 51_000], ['running', 51_000, 101_000]),
    ]);
    const bars = browser
      .all('.interval')
      .map(({ classList, style }) => [classList[1], style.left, style.width, style.top]);
    expect(bars).toEqual([
      ['failed', '10%', '20%', '25%'],
      ['starting', '40%', '10%', '75%'],
      ['running', '50%', '50%', '75%'],
    ]);
  });
});
