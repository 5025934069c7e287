/** @jest-environment-options {"browser": true} */
import { LogScroller } from '../../../../../cli/console/page/log/log-scroller';
import { MAX_HEIGHT, rowInProportion, scrollInProportion, windowAt } from '../../../../../cli/model/log-scroll';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
const VIEW = 600;
/** So many that their heights do not fit into an element. */
const MILLION = 1_000_000;

let resized: (() => void) | undefined;
let observed: number;

beforeEach(() => {
  jest.useFakeTimers();
  observed = 0;
  Object.assign(globalThis, {
    ResizeObserver: class {
      constructor(listener: () => void) {
        resized = listener;
      }
      observe(): void {
        observed += 1;
      }
      disconnect(): void {
        observed -= 1;
      }
    },
  });
});
afterEach(() => {
  jest.useRealTimers();
  Reflect.deleteProperty(globalThis, 'ResizeObserver');
});

/** A log of so many rows in a box of 600 pixels: 30 rows. Wrapped rows are 50 pixels high. */
function log(
  rows: number,
  more: { readonly isWrapped?: boolean; readonly isFollowing?: boolean; readonly view?: number } = {},
) {
  const { view = VIEW, ...others } = more;
  const content = { rows, isWrapped: false, isFollowing: false, ...others };
  const box = browser.add('div');
  const canvas = browser.add('div', {}, box);
  const block = browser.add('div', {}, canvas);
  browser.set(box, { clientHeight: view, scrollTop: 0, scrollLeft: 0, scrollHeight: rows * 20 });
  browser.set(canvas, { offsetWidth: 300 });
  let windows = 0;
  const followed: boolean[] = [];
  const scroller = new LogScroller(() => {
    windows += 1;
  });
  scroller.onFollowing = (isFollowing) => followed.push(isFollowing);
  /** As the list renders: it takes the content, draws the rows of the window, and has them put where they belong. */
  const render = (change: Partial<typeof content> = {}) => {
    Object.assign(content, change);
    scroller.update({ ...content });
    block.replaceChildren();
    const height = content.isWrapped ? 50 : 20;
    const { first, last } = scroller.window;
    for (let row = first; row < last; row += 1) {
      const line = browser.add('div', { 'data-row': String(row) }, block);
      browser.set(line, { offsetTop: (row - first) * height, offsetHeight: height });
    }
    browser.set(block, { offsetHeight: (last - first) * height, offsetWidth: 500 });
    scroller.place();
  };
  scroller.update({ ...content });
  scroller.attach({ box, canvas, block });
  render();
  return {
    scroller,
    box,
    canvas,
    block,
    followed,
    render,
    /** How often other rows were asked for since the last call. */
    windows: () => {
      const count = windows;
      windows = 0;
      return count;
    },
    scroll: (to: number) => {
      box.scrollTop = to;
      scroller.onScroll();
    },
  };
}

describe('rows of a fixed height', () => {
  it('each have their place', () => {
    const { scroller, box, canvas, block, windows } = log(10_000);
    expect(scroller.window).toEqual(windowAt(0, VIEW, 10_000));
    expect([canvas.style.height, canvas.style.minWidth, block.style.transform]).toEqual([
      '200000px',
      '500px',
      'translateY(0px)',
    ]);
    expect([box.style.getPropertyValue('--lines'), windows()]).toEqual(['2000px', 0]);
  });

  it('of a short log make it as high as they are', () => {
    const { box, scroller } = log(5);
    expect([box.style.getPropertyValue('--lines'), scroller.window]).toEqual(['100px', { first: 0, last: 5 }]);
  });

  it('are asked for when they come near the view, and not before', () => {
    const { scroller, block, scroll, render, windows } = log(10_000);
    scroll(1_000);
    expect(windows()).toBe(0);
    scroll(4_000);
    expect(windows()).toBe(1);
    render();
    expect([scroller.window, block.style.transform]).toEqual([windowAt(200, VIEW, 10_000), 'translateY(3200px)']);
    scroll(4_000);
    expect([windows(), jest.getTimerCount()]).toEqual([0, 0]);
  });

  it('stay in view when there are more, and the last ones when there are fewer', () => {
    const { box, scroll, render } = log(10_000);
    scroll(4_000);
    render({ rows: 20_000 });
    expect(box.scrollTop).toBe(4_000);
    render({ rows: 100 });
    expect(box.scrollTop).toBe(99 * 20);
    render({ rows: 0 });
    expect(box.scrollTop).toBe(0);
  });

  it('are as many as the box shows', () => {
    const high = log(10_000, { view: 3_000 });
    expect(high.scroller.window).toEqual(windowAt(0, 3_000, 10_000));
    const { scroller, box, render, windows } = log(10_000);
    browser.set(box, { clientHeight: 3_000 });
    resized?.();
    expect(windows()).toBe(1);
    render();
    expect(scroller.window).toEqual(windowAt(0, 3_000, 10_000));
  });
});

describe('following', () => {
  it('keeps the end in view', () => {
    const { scroller, box, render } = log(1_000, { isFollowing: true });
    expect([box.scrollTop, scroller.window.last]).toEqual([20_000 - VIEW, 1_000]);
    render({ rows: 2_000 });
    expect([box.scrollTop, scroller.window.last]).toEqual([40_000 - VIEW, 2_000]);
  });

  it('keeps the end in view of a box that changes its height', () => {
    const { box } = log(1_000, { isFollowing: true });
    browser.set(box, { clientHeight: 400 });
    resized?.();
    expect(box.scrollTop).toBe(20_000 - 400);
  });

  it('is turned off by scrolling away, and on by scrolling to four pixels from the end', () => {
    const { followed, scroll, render } = log(1_000, { isFollowing: true });
    scroll(10_000);
    expect(followed).toEqual([false]);
    render({ isFollowing: false });
    scroll(20_000 - VIEW - 5);
    expect(followed).toEqual([false]);
    scroll(20_000 - VIEW - 4);
    expect(followed).toEqual([false, true]);
  });

  it('shows all of a log that is shorter than its box', () => {
    expect(log(3, { isFollowing: true }).box.scrollTop).toBe(0);
  });
});

describe('a jump', () => {
  it.each([
    [500, 500 * 20 - 290],
    [0, 0],
    [14, 0],
    [15, 10],
  ])('to row %d has it in the middle of the view', (row, scroll) => {
    const { scroller, box } = log(10_000);
    scroller.jumpTo(row);
    expect(box.scrollTop).toBe(scroll);
  });

  it('in a log that does not fit goes by proportion, and the row is drawn', () => {
    const { scroller, box, render, windows } = log(MILLION);
    scroller.jumpTo(500_000);
    expect(box.scrollTop).toBeCloseTo(scrollInProportion(500_000 - 14.5, MILLION, MAX_HEIGHT, VIEW), 3);
    expect(windows()).toBe(1);
    render();
    expect([scroller.window.first < 500_000, scroller.window.last > 500_000]).toEqual([true, true]);
  });

  it('scrolls sideways to what was found, if it is not in view', () => {
    const { scroller, box, block, render } = log(10_000);
    render();
    const mark = browser.add('mark', {}, block.children[5] as HTMLElement);
    const reveal = (left: number, right: number) => {
      browser.set(box, { scrollLeft: 0, getBoundingClientRect: () => ({ left: 100, right: 400, width: 300 }) });
      browser.set(mark, { getBoundingClientRect: () => ({ left, right }) });
      scroller.jumpTo(5);
      browser.frame();
      return box.scrollLeft;
    };
    expect([reveal(100, 400), reveal(450, 500), reveal(50, 80), reveal(390, 401)]).toEqual([0, 250, -150, 190]);
    scroller.jumpTo(6);
    scroller.detach();
    browser.frame();
    expect(box.scrollLeft).toBe(190);
  });
});

describe('a log that does not fit', () => {
  it('is scrolled by pixels for a wheel, and by proportion for the scroll bar', () => {
    const { scroller, scroll, render } = log(MILLION);
    scroll(4 * VIEW);
    render();
    expect(scroller.window).toEqual(windowAt(120, VIEW, MILLION));
    scroll(4_000_000);
    render();
    expect(scroller.window).toEqual(
      windowAt(Math.floor(rowInProportion(4_000_000, MILLION, MAX_HEIGHT, VIEW)), VIEW, MILLION),
    );
  });

  it('has its scroll bar put where it belongs after 150 ms of rest', () => {
    const { box, scroll, render } = log(MILLION);
    scroll(1_000);
    render();
    scroll(2_000);
    render();
    jest.advanceTimersByTime(149);
    expect(box.scrollTop).toBe(2_000);
    jest.advanceTimersByTime(1);
    expect(box.scrollTop).toBeCloseTo(scrollInProportion(100, MILLION, MAX_HEIGHT, VIEW), 3);
  });

  it('is at its first row, or its last, where the scroll bar was dragged to an end', () => {
    const { scroller, box, scroll, render } = log(MILLION);
    browser.set(box, { scrollHeight: MAX_HEIGHT });
    scroll(4_000_000);
    render();
    scroll(3);
    render();
    jest.advanceTimersByTime(150);
    render();
    expect([box.scrollTop, scroller.window.first]).toEqual([0, 0]);
    scroll(MAX_HEIGHT - VIEW - 3);
    render();
    jest.advanceTimersByTime(150);
    expect([box.scrollTop, scroller.window.last]).toEqual([MAX_HEIGHT, MILLION]);
  });

  it('is left alone while its end is followed, or once it is gone', () => {
    const { scroller, box, scroll, render } = log(MILLION);
    scroll(1_000);
    render({ isFollowing: true });
    const { scrollTop } = box;
    jest.advanceTimersByTime(150);
    expect(box.scrollTop).toBe(scrollTop);
    scroll(2_000);
    scroller.detach();
    expect([jest.getTimerCount(), observed]).toEqual([0, 0]);
    scroller.place();
    scroller.jumpTo(3);
    scroll(9_000);
    expect([box.scrollTop, jest.getTimerCount()]).toEqual([9_000, 0]);
  });
});

describe('wrapped rows', () => {
  it('have the height on average that they have in the view, and no width of their own', () => {
    const { canvas } = log(1_000, { isWrapped: true });
    expect([canvas.style.height, canvas.style.minWidth]).toEqual(['50000px', '']);
  });

  it('keep the row at the top when they are wrapped and unwrapped', () => {
    const { scroller, box, block, scroll, render } = log(10_000);
    scroll(4_000);
    render();
    render({ isWrapped: true });
    expect([scroller.window, box.scrollTop]).toEqual([windowAt(200, VIEW, 10_000), 4_000]);
    // 40 rows of 50 pixels are above the one that is at the top of the view.
    expect(block.style.transform).toBe('translateY(2000px)');
    scroll(4_500);
    render();
    // Ten wrapped rows further.
    render({ isWrapped: false });
    expect([scroller.window, box.scrollTop]).toEqual([windowAt(210, VIEW, 10_000), 4_200]);
  });

  it('are drawn around the one at the top of the view', () => {
    const { scroller, scroll, render, windows } = log(1_000, { isWrapped: true });
    scroll(50 * 60);
    render();
    expect(windows()).toBeGreaterThan(0);
    expect([scroller.window.first <= 60, scroller.window.last > 60 + VIEW / 20]).toEqual([true, true]);
  });
});

describe('what is selected', () => {
  it('stays in the page while it is scrolled away', () => {
    const { scroller, block, scroll, render } = log(10_000);
    const [from, to] = [block.children[3], block.children[5]];
    const selection = { isCollapsed: false, anchorNode: from, focusNode: to };
    jest.spyOn(browser.document, 'getSelection').mockReturnValue(selection as unknown as Selection);
    scroll(1_500);
    scroll(4_000);
    render();
    expect([scroller.window.first, scroller.window.last]).toEqual([3, windowAt(200, VIEW, 10_000).last]);
  });

  it.each<[string, object | null]>([
    ['nothing', null],
    ['a cursor', { isCollapsed: true }],
    ['something outside of the log', { isCollapsed: false, anchorNode: null, focusNode: null }],
  ])('is %s', (_what, selection) => {
    const { scroller, scroll, render } = log(10_000);
    jest.spyOn(browser.document, 'getSelection').mockReturnValue(selection as unknown as Selection);
    scroll(4_000);
    render();
    expect(scroller.window).toEqual(windowAt(200, VIEW, 10_000));
  });
});

/** A log as a browser lays it out: rows of different heights, and a box that scrolls as far as its content reaches. */
function laidOut(rows: number, heightOf: (row: number) => number, isWrapped: boolean) {
  const content = { rows, isWrapped, isFollowing: false };
  const view = { height: VIEW };
  let scrollTop = 0;
  let children: { readonly offsetTop: number; readonly offsetHeight: number }[] = [];
  const style = { transform: '', height: '0px', minWidth: '', setProperty: () => {} };
  const block = {
    style,
    offsetWidth: 500,
    get children() {
      return children;
    },
    get offsetHeight() {
      return children.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);
    },
  };
  const canvas = { style: { height: '0px', minWidth: '' }, offsetWidth: 300 };
  const top = () => Number(/translateY\((.*)px\)/.exec(style.transform)?.[1]);
  const box = {
    style,
    get clientHeight() {
      return view.height;
    },
    get scrollHeight() {
      return Math.max(view.height, Number.parseFloat(canvas.style.height), top() + block.offsetHeight);
    },
    get scrollTop() {
      return scrollTop;
    },
    set scrollTop(to: number) {
      scrollTop = Math.max(0, Math.min(to, this.scrollHeight - view.height));
    },
  };
  let isStale = false;
  const scroller = new LogScroller(() => {
    isStale = true;
  });
  scroller.onFollowing = (isFollowing) => {
    content.isFollowing = isFollowing;
    isStale = true;
  };
  const render = (change: Partial<typeof content> = {}) => {
    Object.assign(content, change);
    scroller.update({ ...content });
    const { first, last } = scroller.window;
    let offsetTop = 0;
    children = Array.from({ length: last - first }, (_, index) => {
      const offsetHeight = content.isWrapped ? heightOf(first + index) : 20;
      const child = { offsetTop, offsetHeight };
      offsetTop += offsetHeight;
      return child;
    });
    scroller.place();
    // The browser doesn't scroll beyond the end of what is there.
    box.scrollTop = scrollTop;
    isStale = false;
  };
  const settle = () => {
    for (let round = 0; isStale && round < 5; round += 1) render();
  };
  scroller.update({ ...content });
  scroller.attach({ box, canvas, block } as unknown as Parameters<LogScroller['attach']>[0]);
  render();
  return {
    box,
    view,
    content,
    render: (change: Partial<typeof content>) => {
      render(change);
      settle();
    },
    /** Scrolls by as much as the browser can. */
    scrollBy: (pixels: number) => {
      const before = scrollTop;
      box.scrollTop += pixels;
      if (scrollTop !== before) scroller.onScroll();
      settle();
      return scrollTop - before;
    },
    press: (key: 'toStart' | 'toEnd') => {
      scroller[key]();
      settle();
    },
    jump: (row: number) => {
      scroller.jumpTo(row);
      settle();
    },
    rest: () => {
      jest.advanceTimersByTime(150);
      settle();
    },
    resize: (height: number) => {
      view.height = height;
      box.scrollTop = scrollTop;
      resized?.();
      settle();
    },
    /** The rows in view, and where their tops are in it. */
    visible: () => {
      const { first } = scroller.window;
      return children.flatMap(({ offsetTop, offsetHeight }, index) => {
        const y = top() + offsetTop - scrollTop;
        return y + offsetHeight <= 0 || y >= view.height ? [] : [{ row: first + index, y, end: y + offsetHeight }];
      });
    },
  };
}

/** Numbers from 0 to 1, the same each time. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const UNEVEN = (row: number) => 20 + 20 * ((row * 7) % 5);

describe('what is in view', () => {
  type Log = ReturnType<typeof laidOut>;

  /** Does something, and says how far the rows that stay in view have moved, at most and at least. */
  const moved = (log: Log, work: () => void): readonly number[] => {
    const before = new Map(log.visible().map(({ row, y }) => [row, y]));
    work();
    const both = log.visible().filter(({ row }) => before.has(row));
    return [...new Set(both.map(({ row, y }) => Math.round((y - (before.get(row) ?? 0)) * 100) / 100))];
  };

  /** Rows cover the view from its top to its bottom. */
  const isFilled = (log: Log) => {
    const rows = log.visible();
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return false;
    return first.y <= 0 && (last.end >= log.view.height || last.row === log.content.rows - 1);
  };

  const LOGS: readonly (readonly [string, number, boolean])[] = [
    ['of a fixed height', 10_000, false],
    ['that do not fit', MILLION, false],
    ['that are wrapped', 20_000, true],
    ['that are wrapped and do not fit', MILLION, true],
  ];

  it.each(LOGS)('moves as far as it is scrolled, and else stays: rows %s', (_what, rows, isWrapped) => {
    const wrong: unknown[] = [];
    for (let seed = 1; seed < 6; seed += 1) {
      const chance = chances(seed);
      const log = laidOut(rows, UNEVEN, isWrapped);
      log.jump(Math.floor(rows * chance()));
      log.rest();
      for (let step = 0; step < 60; step += 1) {
        const kind = Math.floor(chance() * 8);
        const by = Math.round((chance() - 0.5) * 3 * VIEW);
        let scrolled = 0;
        const distances = moved(log, () => {
          if (kind < 5) scrolled = log.scrollBy(by);
          else if (kind < 6) log.rest();
          else if (kind < 7) log.render({ rows: log.content.rows + 10 });
          else log.resize(VIEW + Math.round(chance() * 300));
        });
        const isRight = distances.every((distance) => distance + scrolled === 0) && isFilled(log);
        if (!isRight) wrong.push([seed, step, kind, scrolled, distances, log.visible()]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(LOGS)('has the row that is jumped to, whatever was there before: rows %s', (_what, rows, isWrapped) => {
    const chance = chances(9);
    const log = laidOut(rows, UNEVEN, isWrapped);
    for (let step = 0; step < 20; step += 1) {
      const row = 20 + Math.floor((rows - 40) * chance());
      log.jump(row);
      const found = log.visible().find((each) => each.row === row);
      expect([row, found !== undefined, isFilled(log)]).toEqual([row, true, true]);
      expect(found?.y).toBeCloseTo((VIEW - 20) / 2, 3);
      expect(moved(log, () => log.rest())).toEqual([0]);
      log.scrollBy(Math.round((chance() - 0.5) * VIEW));
    }
  });

  it.each(LOGS)('reaches the first row and the last, by jumps and by scrolling: rows %s', (_what, rows, isWrapped) => {
    const log = laidOut(rows, UNEVEN, isWrapped);
    const first = () => log.visible().map(({ row, y }) => [row, Math.round(y) + 0])[0];
    const last = () =>
      log
        .visible()
        .map(({ row, end }) => [row, Math.round(end)])
        .at(-1);
    const scroll = (by: number) => {
      for (let step = 0; step < 200; step += 1) {
        log.scrollBy(by);
        log.rest();
      }
    };
    log.jump(100);
    scroll(-VIEW);
    expect([first(), Math.round(log.box.scrollTop)]).toEqual([[0, 0], 0]);
    log.jump(rows - 100);
    scroll(VIEW);
    expect(last()).toEqual([rows - 1, VIEW]);
    log.render({ isFollowing: false });
    for (const row of [0, 1, 5, 14, 15]) {
      log.jump(row);
      expect([row, log.visible().some((each) => each.row === row), isFilled(log)]).toEqual([row, true, true]);
      log.jump(rows - 1 - row);
      expect([row, log.visible().some((each) => each.row === rows - 1 - row), isFilled(log)]).toEqual([
        row,
        true,
        true,
      ]);
    }
    log.jump(0);
    expect(first()).toEqual([0, 0]);
  });

  it.each(LOGS)('reaches the first row and the last by one key, from anywhere: rows %s', (_what, rows, isWrapped) => {
    const log = laidOut(rows, UNEVEN, isWrapped);
    for (const row of [30, 60, rows - 60, rows - 30]) {
      log.jump(row);
      log.press('toStart');
      expect([log.visible()[0], log.content.isFollowing]).toMatchObject([{ row: 0, y: 0 }, false]);
      log.jump(row);
      log.press('toEnd');
      expect([log.visible().at(-1), log.content.isFollowing]).toMatchObject([{ row: rows - 1, end: VIEW }, true]);
      log.press('toStart');
      expect([log.visible()[0], log.content.isFollowing]).toMatchObject([{ row: 0, y: 0 }, false]);
      expect(moved(log, () => log.rest())).toEqual([0]);
    }
  });

  it.each(LOGS)('is the end while it is followed: rows %s', (_what, rows, isWrapped) => {
    const log = laidOut(rows, UNEVEN, isWrapped);
    const end = () => log.visible().at(-1);
    log.render({ isFollowing: true });
    expect([end(), isFilled(log)]).toEqual([expect.objectContaining({ row: rows - 1, end: VIEW }), true]);
    log.render({ rows: rows + 500 });
    expect([end(), isFilled(log)]).toEqual([expect.objectContaining({ row: rows + 499, end: VIEW }), true]);
    log.rest();
    log.resize(400);
    expect([end(), isFilled(log)]).toEqual([expect.objectContaining({ row: rows + 499, end: 400 }), true]);
    log.render({ isWrapped: !isWrapped });
    expect(end()).toMatchObject({ row: rows + 499, end: 400 });
    log.scrollBy(-300);
    expect([log.content.isFollowing, isFilled(log)]).toEqual([false, true]);
    expect(moved(log, () => log.render({ rows: rows + 1_000 }))).toEqual([0]);
  });

  it.each(LOGS)('has the same row at its top once lines are wrapped, or not: rows %s', (_what, rows, isWrapped) => {
    const chance = chances(5);
    const log = laidOut(rows, UNEVEN, isWrapped);
    for (let step = 0; step < 10; step += 1) {
      log.jump(Math.floor((rows - 200) * chance()) + 100);
      log.scrollBy(Math.round(chance() * VIEW));
      const [top] = log.visible();
      log.render({ isWrapped: !log.content.isWrapped });
      expect([log.visible()[0]?.row, isFilled(log)]).toEqual([top?.row, true]);
      expect(moved(log, () => log.rest())).toEqual([0]);
    }
  });

  it.each(LOGS.slice(1))('is where the scroll bar is, which is dragged: rows %s', (_what, rows, isWrapped) => {
    const log = laidOut(rows, UNEVEN, isWrapped);
    const drag = (part: number) => {
      const way = log.box.scrollHeight - VIEW;
      log.scrollBy(Math.round(way * part) - log.box.scrollTop);
      return (log.visible()[0]?.row ?? 0) / rows;
    };
    for (const part of [0.5, 0.9, 0.2]) {
      expect(drag(part)).toBeCloseTo(part, 2);
      expect(moved(log, () => log.rest())).toEqual([0]);
      expect(log.box.scrollTop / (log.box.scrollHeight - VIEW)).toBeCloseTo(part, 2);
    }
    drag(1);
    log.rest();
    expect(log.visible().at(-1)).toMatchObject({ row: rows - 1, end: VIEW });
    log.render({ isFollowing: false });
    drag(0);
    log.rest();
    expect(log.visible()[0]).toMatchObject({ row: 0, y: 0 });
  });
});
