/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { LogList } from '../../../../../cli/console/page/log/log-list';
import { LogStore } from '../../../../../cli/console/page/log/log-store';
import type { LogLine } from '../../../../../cli/model/console';
import type { LogPage } from '../../../../../cli/model/log';
import { windowAt } from '../../../../../cli/model/log-scroll';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
const VIEW = 100;

type Props = Parameters<typeof LogList>[0];

let asked: (readonly [from: number, count: number])[];
let followed: boolean[];
let opened: LogLine[];
let shown: Partial<Props>;

beforeEach(() => {
  asked = [];
  followed = [];
  opened = [];
  shown = {};
  // The end of a log is nowhere near, unless a test says so.
  browser.set(browser.window.HTMLElement.prototype, { clientHeight: VIEW, scrollHeight: 1_000_000 });
});

/** Line 1 of the log is a mark. */
function line(number: number): LogLine {
  const mark = number === 1 ? { mark: { kind: 'note', title: 'Note', detail: '' } } : {};
  return { number, at: 0, start: '1.1', stream: 'stdout', text: `line ${number}`, ...mark } as LogLine;
}

/** A log of so many lines, and its list. Without lines in the store, none has been read. */
async function show(total: number, props: Partial<Props> = {}): Promise<LogStore> {
  const store = new LogStore(
    {},
    async (_filter, from, count) => {
      asked.push([from, count]);
      const first = from === -1 ? Math.max(0, total - count) : from;
      const lines = Array.from({ length: Math.min(count, total - first) }, (_, index) => line(first + index));
      return { lines, from: first, total } as unknown as LogPage;
    },
    () => render(),
  );
  store.look();
  await browser.settled();
  render({ store, ...props });
  await browser.settled();
  return store;
}

/** Draws the list with what differs from the last time. */
function render(differences: Partial<Props> = {}): void {
  shown = { ...shown, ...differences };
  if (shown.store === undefined) return;
  const look: Props['look'] = { times: 'elapsed', startedAt: 0, query: '', onOpen: (line) => opened.push(line) };
  browser.show(
    h(LogList, {
      store: shown.store,
      version: 0,
      look,
      isWrapped: false,
      isFollowing: false,
      onFollowing: (isFollowing) => {
        followed.push(isFollowing);
        render({ isFollowing });
      },
      ...shown,
    }),
  );
}

const log = () => browser.get('[role="log"]');
const rows = () => browser.all('[data-row]').map((row) => Number(row.getAttribute('data-row')));

async function scroll(to: number): Promise<void> {
  log().scrollTop = to;
  browser.fire(log(), 'scroll');
  await browser.settled();
}

it('has the lines that are in view and a few more, and asks for them', async () => {
  await show(10_000);
  const { first, last } = windowAt(0, VIEW, 10_000);
  expect(rows()).toEqual(Array.from({ length: last - first }, (_, index) => index));
  expect(asked.splice(0)).toEqual([
    [-1, 300],
    [0, 300],
  ]);
  expect(browser.texts('.log-text').slice(0, 3)).toEqual(['line 0', 'Note ', 'line 2']);
  await scroll(100_000);
  const next = windowAt(5_000, VIEW, 10_000);
  expect([rows()[0], rows().at(-1), asked]).toEqual([next.first, next.last - 1, [[next.first - 50, 300]]]);
  expect(browser.texts('.log-text')[0]).toBe(`line ${next.first}`);
});

it('is a log that is read when a person wants, and scrolled by keys', async () => {
  await show(4);
  const said = ['role', 'aria-live', 'aria-label', 'tabindex'].map((name) => log().getAttribute(name));
  expect(said).toEqual(['log', 'off', 'Log lines', '0']);
});

it('can be made higher where it has more than three rows', async () => {
  await show(3);
  expect(log().getAttribute('class')).toBe('log');
  render({ note: 'No output yet.' });
  expect(log().getAttribute('class')).toBe('log resizable');
});

it('looks as a person has chosen', async () => {
  await show(3);
  const frame = () => browser.get('.log-frame').getAttribute('class')?.split(/\s+/);
  expect(frame()).toEqual(['log-frame', 'times-elapsed']);
  render({ isWrapped: true, look: { times: 'utc', startedAt: 0, query: '', onOpen: () => {} } });
  expect(frame()).toEqual(['log-frame', 'wrapped', 'times-utc']);
});

it('has a note below the last line, and what floats over all lines', async () => {
  await show(2);
  expect([rows(), browser.texts('.log-note')]).toEqual([[0, 1], []]);
  render({ note: 'No output yet.', children: 'Skipped 3 lines' });
  expect([rows(), browser.texts('.log-note'), browser.get('.log-block').lastElementChild?.textContent]).toEqual([
    [0, 1, 2],
    ['No output yet.'],
    'No output yet.',
  ]);
  expect(browser.get('.log-frame').lastChild?.textContent).toBe('Skipped 3 lines');
  expect(asked).toEqual([[-1, 300]]);
});

it('is empty before the first answer', async () => {
  render({
    store: new LogStore(
      {},
      () => new Promise(() => {}),
      () => {},
    ),
    note: 'Reading.',
  });
  expect([rows(), browser.texts('.log-note')]).toEqual([[0], ['Reading.']]);
});

it('has its last line in view while it is followed, and says when a person scrolls', async () => {
  browser.set(browser.window.HTMLElement.prototype, { scrollHeight: 1_000 * 20 });
  await show(1_000, { isFollowing: true });
  expect([rows().at(-1), log().scrollTop]).toEqual([999, 1_000 * 20 - VIEW]);
  await scroll(2_000);
  expect([followed.splice(0), rows()[0]]).toEqual([[false], windowAt(100, VIEW, 1_000).first]);
  const later: boolean[] = [];
  render({ onFollowing: (isAtEnd) => later.push(isAtEnd) });
  await scroll(1_000 * 20 - VIEW);
  expect([followed, later]).toEqual([[], [true]]);
});

it('is left alone by the browser and by timers once it is gone', async () => {
  const disconnect = jest.spyOn(browser.window.ResizeObserver.prototype, 'disconnect');
  await show(10);
  expect(disconnect).not.toHaveBeenCalled();
  browser.show(null);
  expect(disconnect).toHaveBeenCalledTimes(1);
});

describe('a jump', () => {
  const current = () => browser.all('.current').map((row) => row.getAttribute('data-row'));

  it('has its line in the middle of the view, marked', async () => {
    await show(100);
    render({ jump: { position: 50 } });
    await browser.settled();
    expect([log().scrollTop, current()]).toEqual([50 * 20 - (VIEW - 20) / 2, ['50']]);
  });

  it('is another one for each object, and none for the same', async () => {
    const jump = { position: 50 };
    await show(100, { jump });
    await scroll(0);
    render({ jump });
    await browser.settled();
    expect(log().scrollTop).toBe(0);
    render({ jump: { ...jump } });
    await browser.settled();
    expect(log().scrollTop).toBe(50 * 20 - (VIEW - 20) / 2);
    render({ jump: undefined });
    expect([log().scrollTop > 0, current()]).toEqual([true, []]);
  });
});

describe('keys', () => {
  const press = (key: string) => {
    const heard = jest.fn();
    browser.document.body.addEventListener('keydown', heard);
    const { defaultPrevented } = browser.press(key, {}, log());
    browser.document.body.removeEventListener('keydown', heard);
    return [heard.mock.calls.length, defaultPrevented];
  };

  it('that scroll are for the log only, and others for the page too', async () => {
    await show(10);
    const scrolling = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', ' '];
    expect(scrolling.map(press)).toEqual(scrolling.map(() => [0, false]));
    expect(['n', 'f', 'Escape', 'Enter'].map(press)).toEqual(['n', 'f', 'Escape', 'Enter'].map(() => [1, false]));
    expect(opened).toEqual([]);
  });

  it('Home and End lead to the first line and the last, which is followed then', async () => {
    await show(1_000);
    expect([press('End'), followed, rows().at(-1), log().scrollTop]).toEqual([[0, true], [true], 999, 20_000 - VIEW]);
    expect([press('Home'), followed, rows()[0], log().scrollTop]).toEqual([[0, true], [true, false], 0, 0]);
    for (const more of [{ altKey: true }, { metaKey: true }, { shiftKey: true }]) {
      expect([browser.press('End', more, log()).defaultPrevented, followed.length]).toEqual([false, 2]);
    }
    expect(browser.press('End', { ctrlKey: true }, log()).defaultPrevented).toBe(true);
  });

  it('Enter opens the line that is marked, which is no mark of the run and has been read', async () => {
    await show(10, { jump: { position: 2 } });
    expect([press('Enter'), opened]).toEqual([[1, true], [line(2)]]);
    expect([press('n'), opened.length]).toEqual([[1, false], 1]);
    render({ jump: { position: 1 } });
    expect([press('Enter'), opened.length]).toEqual([[1, false], 1]);
    render({ jump: { position: 10 } });
    expect([press('Enter'), opened.length]).toEqual([[1, false], 1]);
  });
});

describe('what is copied', () => {
  const copy = () => {
    const setData = jest.fn();
    const event = browser.fire(log(), 'copy', { clipboardData: { setData } });
    return [setData.mock.calls, event.defaultPrevented];
  };

  it('is the text of the lines that are selected, without their times', async () => {
    await show(4);
    const [from, , to] = browser.all('.log-text').map(({ firstChild }) => firstChild as Node);
    browser.document.getSelection()?.setBaseAndExtent(from as Node, 2, to as Node, 4);
    expect(copy()).toEqual([[['text/plain', 'ne 0\nNote \nline']], true]);
  });

  it('is what the browser copies where nothing of the lines is selected', async () => {
    await show(4);
    expect(copy()).toEqual([[], false]);
  });
});
