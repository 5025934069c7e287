/** @jest-environment-options {"browser": true} */
import type { LogStore } from '../../../../../cli/console/page/log/log-store';
import { useFollowing } from '../../../../../cli/console/page/log/use-following';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A log of so many lines. */
function storeOf(total: number | undefined, isComplete = false): LogStore {
  return { ...(total !== undefined && { totals: { total, isComplete } }) } as LogStore;
}

/** A panel that shows the log of a run. `show` renders it with another length. */
function panel(first: { readonly total?: number; readonly isLive?: boolean; readonly run?: string } = {}) {
  const { total, isLive = true, run = 'local a' } = first;
  const store = storeOf(total) as { totals?: unknown };
  const shown = browser.hook(() => useFollowing(store as LogStore, run, isLive));
  const show = (
    length: number,
    more: { readonly isLive?: boolean; readonly isComplete?: boolean; readonly run?: string } = {},
  ) => {
    store.totals = { total: length, isComplete: more.isComplete ?? false };
    shown.again(() => useFollowing(store as LogStore, more.run ?? run, more.isLive ?? isLive));
  };
  const act = (work: (following: typeof shown.current) => void) => browser.act(() => work(shown.current));
  return { shown, show, act };
}

describe('following', () => {
  it('is on while the run lives, and off for one that has ended', () => {
    expect(panel().shown.current.isOn).toBe(true);
    browser.show(null);
    expect(panel({ isLive: false, total: 5 }).shown.current).toMatchObject({ isOn: false, newLines: 0, skipped: 0 });
  });

  it('goes on after the end of the run, until its last line has been shown', () => {
    const { shown, show } = panel({ total: 5 });
    show(8, { isLive: false });
    expect(shown.current.isOn).toBe(true);
    show(9, { isLive: false, isComplete: true });
    expect(shown.current.isOn).toBe(true);
    show(9, { isLive: false, isComplete: true });
    expect(shown.current.isOn).toBe(false);
  });

  it('is of one run: another that has ended is not followed', () => {
    const { shown, show } = panel({ total: 5 });
    show(9, { run: 'local b', isLive: false });
    expect(shown.current.isOn).toBe(false);
  });

  it('is turned off and on, and new lines are counted from then', () => {
    const { shown, show, act } = panel({ total: 5 });
    act(({ set }) => set(false));
    expect(shown.current).toMatchObject({ isOn: false, newLines: 0 });
    show(12);
    expect(shown.current.newLines).toBe(7);
    show(3);
    expect(shown.current.newLines).toBe(0);
    show(12);
    act(({ set }) => set(true));
    expect(shown.current).toMatchObject({ isOn: true, newLines: 0 });
  });

  it('counts all lines as new where it was turned off before the first answer', () => {
    const { shown, show, act } = panel();
    act(({ set }) => set(false));
    show(5);
    expect(shown.current.newLines).toBe(5);
  });

  it('is turned off and on by scrolling, as long as the run lives', () => {
    const { shown, act } = panel({ total: 5 });
    act(({ scrolled }) => scrolled(false));
    expect(shown.current.isOn).toBe(false);
    act(({ scrolled }) => scrolled(true));
    expect(shown.current.isOn).toBe(true);
  });

  it('is not turned on by scrolling to the end of a log that is complete', () => {
    const { shown, show, act } = panel({ total: 5 });
    act(({ scrolled }) => scrolled(false));
    show(9, { isLive: false });
    expect(shown.current).toMatchObject({ isOn: false, newLines: 0 });
    act(({ scrolled }) => scrolled(true));
    show(9, { isLive: true });
    expect(shown.current.isOn).toBe(false);
  });

  it('is turned off by scrolling while the last lines are followed', () => {
    const { shown, show, act } = panel({ total: 5 });
    show(9, { isLive: false });
    act(({ scrolled }) => scrolled(false));
    expect(shown.current.isOn).toBe(false);
  });
});

describe('lines that come too fast', () => {
  it('are skipped from more than 5,000 within a second', () => {
    const { shown, show } = panel({ total: 100 });
    jest.advanceTimersByTime(1_000);
    show(5_100);
    expect(shown.current.skipped).toBe(0);
    show(5_101);
    expect(shown.current.skipped).toBe(5_001);
    jest.advanceTimersByTime(500);
    show(20_000);
    expect(shown.current.skipped).toBe(19_900);
  });

  it('are not more than 5,000 where they took longer', () => {
    const { shown, show } = panel({ total: 100 });
    jest.advanceTimersByTime(1_001);
    show(5_101);
    expect(shown.current.skipped).toBe(0);
  });

  it('are none any more after a quiet second', async () => {
    const { shown, show } = panel({ total: 100 });
    show(9_000);
    expect(shown.current.skipped).toBe(8_900);
    await browser.pass(999);
    expect(shown.current.skipped).toBe(8_900);
    await browser.pass(2);
    await browser.pass(1_000);
    expect(shown.current.skipped).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('are none of a log whose end is not followed, and are counted anew after it', () => {
    const { shown, show, act } = panel({ total: 100 });
    show(9_000);
    act(({ set }) => set(false));
    expect([shown.current.skipped, jest.getTimerCount()]).toEqual([0, 0]);
    show(30_000);
    expect(shown.current.skipped).toBe(0);
    act(({ set }) => set(true));
    expect(shown.current.skipped).toBe(0);
    show(36_000);
    expect(shown.current.skipped).toBe(6_000);
  });

  it('are none of another log, and then its own', () => {
    const { shown } = panel({ total: 100 });
    const other = storeOf(50_000);
    shown.again(() => useFollowing(other, 'local a', true));
    expect(shown.current.skipped).toBe(0);
    Object.assign(other, storeOf(60_000));
    shown.again(() => useFollowing(other, 'local a', true));
    expect(shown.current.skipped).toBe(10_000);
    shown.again(() => useFollowing(storeOf(undefined), 'local a', true));
    expect(shown.current).toMatchObject({ skipped: 0, newLines: 0, isOn: true });
  });
});
