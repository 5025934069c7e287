/** @jest-environment-options {"browser": true} */
import { listenToKeys } from '../../../../../cli/console/page/keys/keyboard';
import { useRowKeys } from '../../../../../cli/console/page/runs/row-keys';
import type { RunRow } from '../../../../../cli/model/run';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
let list: HTMLElement;
let again: string[];

beforeEach(() => {
  listenToKeys();
  again = [];
  list = element('div', {}, browser.document.documentElement);
});

function element(name: string, attributes: Readonly<Record<string, string>>, parent: HTMLElement): HTMLElement {
  const added = browser.document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) added.setAttribute(key, value);
  parent.append(added);
  return added;
}

/** Draws rows, and a link in each. */
function draw(...ids: string[]): HTMLElement[] {
  for (const row of [...list.children]) row.remove();
  return ids.map((id) => element('a', { 'data-run': id }, element('div', { class: 'run' }, list)));
}

/** A list of these runs, of which only some may be drawn. */
function keysOf(ids: readonly string[], more: { readonly isOn?: boolean; readonly isGone?: boolean } = {}) {
  const rows = ids.map((id): RunRow => ({ id, job: 'report', outcome: 'failed', startedAt: 0 }));
  const call = () =>
    useRowKeys({
      list: { current: more.isGone ? null : (list as unknown as HTMLElement) },
      rows,
      height: 40,
      isOn: more.isOn ?? true,
      onAgain: ({ id }) => again.push(id),
    });
  const shown = browser.hook(call);
  return { render: () => shown.again(call) };
}

/** The run whose link has the focus. */
function focused(): string | undefined {
  return browser.document.activeElement?.getAttribute('data-run') ?? undefined;
}

it('j and k, and the arrows, go through the rows, from the first to the last', () => {
  draw('a', 'b', 'c');
  keysOf(['a', 'b', 'c']);
  const went = ['j', 'j', 'ArrowDown', 'j', 'k', 'ArrowUp', 'k'].map((key) => {
    expect(browser.press(key).defaultPrevented).toBe(true);
    return focused();
  });
  expect(went).toEqual(['a', 'b', 'c', 'c', 'b', 'a', 'a']);
  expect(browser.scrolled).toEqual([]);
});

it('the row with the focus comes into view, no more than it must', () => {
  const [link] = draw('a');
  const scroll = jest.spyOn(link as HTMLElement, 'scrollIntoView');
  keysOf(['a']);
  browser.press('j');
  expect(scroll).toHaveBeenCalledWith({ block: 'nearest' });
});

it('any element of a row is in its row, none elsewhere is', () => {
  const [, second] = draw('a', 'b', 'c');
  const button = element('button', {}, second?.parentElement as HTMLElement);
  const elsewhere = element('div', { class: 'run' }, browser.document.body);
  element('a', { 'data-run': 'b' }, elsewhere).focus();
  keysOf(['a', 'b', 'c']);
  browser.press('j');
  expect(focused()).toBe('a');
  button.focus();
  browser.press('j');
  expect(focused()).toBe('c');
});

it('a row that is not drawn is scrolled to the middle of the window, and gets the focus once it is drawn', () => {
  browser.set(list, { getBoundingClientRect: () => ({ top: -60 }) });
  browser.set(browser.window, { innerHeight: 600, scrollY: 100 });
  const { render } = keysOf(['a', 'b', 'c', 'd']);
  (draw('a', 'b')[1] as HTMLElement).focus();
  expect(browser.press('j').defaultPrevented).toBe(true);
  expect(browser.scrolled).toEqual([[0, -60 + 100 + 2 * 40 - 300]]);
  render();
  expect(focused()).toBe('b');
  draw('b', 'c', 'd');
  render();
  expect(focused()).toBe('c');
  (draw('b', 'c', 'd')[2] as HTMLElement).focus();
  render();
  expect(focused()).toBe('d');
});

it('r runs the run of the row again, and is for the browser where no row has the focus', () => {
  const [, second] = draw('a', 'b');
  keysOf(['a', 'b']);
  expect(browser.press('r').defaultPrevented).toBe(false);
  second?.focus();
  expect(browser.press('r').defaultPrevented).toBe(true);
  expect(again).toEqual(['b']);
});

it('does nothing without rows, without a list, or where another list has the keys', () => {
  draw('a');
  keysOf([]);
  expect(browser.press('j').defaultPrevented).toBe(false);
  browser.show(null);
  keysOf(['a'], { isGone: true });
  expect(browser.press('j').defaultPrevented).toBe(false);
  browser.show(null);
  keysOf(['a'], { isOn: false });
  expect(['j', 'k', 'r', 'ArrowDown'].map((key) => browser.press(key).defaultPrevented)).toEqual(Array(4).fill(false));
});
