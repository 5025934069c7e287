import fc from 'fast-check';
import {
  canvasHeight,
  isExact,
  MAX_HEIGHT,
  MAX_ROWS,
  rowInProportion,
  scrollInProportion,
  windowAt,
} from '../../../cli/model/log-scroll';

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

test('a canvas is as high as its rows, up to what browsers can have', () => {
  expect(MAX_HEIGHT).toBe(8_000_000);
  expect(canvasHeight(3)).toBe(60);
  expect(canvasHeight(3, 20.5)).toBe(62);
  expect(canvasHeight(400_000)).toBe(8_000_000);
  expect(canvasHeight(400_001)).toBe(8_000_000);
});

test('rows have a place of their own if they are not wrapped, and all fit', () => {
  expect(isExact(400_000, false)).toBe(true);
  expect(isExact(400_001, false)).toBe(false);
  expect(isExact(3, true)).toBe(false);
});

describe('the scroll bar', () => {
  test('is on its way in proportion', () => {
    // 100 rows of 20 pixels in a view of 10 rows: 90 rows and 1,800 pixels to go.
    expect(rowInProportion(900, 100, 2000, 200)).toBe(45);
    expect(scrollInProportion(45, 100, 2000, 200)).toBe(900);
  });

  test('does not leave its way', () => {
    expect(rowInProportion(-5, 100, 2000, 200)).toBe(0);
    expect(rowInProportion(5000, 100, 2000, 200)).toBe(90);
    expect(scrollInProportion(-5, 100, 2000, 200)).toBe(0);
    expect(scrollInProportion(500, 100, 2000, 200)).toBe(1800);
  });

  test('has no way where everything is visible', () => {
    expect(rowInProportion(5, 10, 200, 200)).toBe(0);
    expect(rowInProportion(0, 10, 200, 200)).toBe(0);
    expect(rowInProportion(0, 30, 200, 200)).toBe(0);
    expect(rowInProportion(5, 2, 300, 200)).toBe(0);
    expect(scrollInProportion(0, 10, 400, 200)).toBe(0);
    expect(scrollInProportion(5, 10, 200, 200)).toBe(0);
    expect(scrollInProportion(5, 5, 200, 200)).toBe(0);
    expect(scrollInProportion(5, 20, 100, 200)).toBe(0);
  });
});

describe('the rows in the page', () => {
  test('are 40 more on both sides of those that are visible', () => {
    expect(windowAt(500, 600, 10_000)).toEqual({ first: 460, last: 571 });
    expect(windowAt(500.9, 590, 10_000)).toEqual({ first: 460, last: 571 });
    expect(windowAt(500, 601, 10_000)).toEqual({ first: 460, last: 572 });
  });

  test('are as many at the ends', () => {
    expect(windowAt(0, 600, 10_000)).toEqual({ first: 0, last: 111 });
    expect(windowAt(9_990, 600, 10_000)).toEqual({ first: 9_889, last: 10_000 });
    expect(windowAt(0, 600, 20)).toEqual({ first: 0, last: 20 });
  });

  test('are at most 400, however high the view is', () => {
    expect(windowAt(1_000, 100_000, 10_000)).toEqual({ first: 960, last: 1_360 });
  });

  test('keep rows below too, and no more than there are', () => {
    expect(windowAt(500, 600, 10_000, { first: 600, last: 700 })).toEqual({ first: 460, last: 700 });
    expect(windowAt(500, 600, 650, { first: 600, last: 900 })).toEqual({ first: 460, last: 650 });
    expect(windowAt(500, 600, 10_000, { first: 460, last: 860 })).toEqual({ first: 460, last: 860 });
    expect(windowAt(500, 600, 10_000, { first: 460, last: 861 })).toEqual({ first: 460, last: 571 });
  });
});
