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
