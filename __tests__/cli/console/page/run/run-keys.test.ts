/** @jest-environment-options {"browser": true} */
import { listenToKeys } from '../../../../../cli/console/page/keys/keyboard';
import { useRunKeys } from '../../../../../cli/console/page/run/run-keys';
import type { Selection } from '../../../../../cli/console/page/run/selection';
import { useTimes } from '../../../../../cli/console/page/run/times';
import type { RunAgain } from '../../../../../cli/console/page/send/run-again';
import type { Run } from '../../../../../cli/model/run';
import type { TimelineRow } from '../../../../../cli/model/timeline/row';
import { run } from '../../../model/told-runs';
import { CONSOLE, openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const mockSaid: string[] = [];

jest.mock('../../../../../cli/console/page/shell/announcement', () => ({
  announce: (text: string) => mockSaid.push(text),
}));

const browser = openBrowser();
const server = openServer();
let done: unknown[];
let times: string;
let tree: HTMLElement;

beforeEach(() => {
  jest.useFakeTimers();
  done = [];
  mockSaid.length = 0;
  listenToKeys();
  const { document } = browser;
  tree = document.createElement('div');
  tree.setAttribute('class', 'tl');
  document.documentElement.append(tree);
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

/** Rows of a run: two attempts, of which the second has two starts. */
const ROWS = [
  { id: 'a1' },
  { id: 'a2', isOpen: true },
  { id: 'a2.1', parent: 'a2' },
  { id: 'a2.2', parent: 'a2' },
  { id: 'f3', isOpen: false },
] as unknown as readonly TimelineRow[];

interface Shown {
  readonly selected?: string;
  readonly rows?: readonly TimelineRow[];
  readonly of?: Partial<Run>;
  readonly isBusy?: boolean;
  readonly state?: typeof CONSOLE;
}

/** A run's screen with its keys, and a drawn row with the focus. */
function show({ selected, rows = ROWS, of = {}, isBusy = false, state = CONSOLE }: Shown = {}, isInTree = true): void {
  const selection = {
    rows,
    selected,
    start: undefined,
    select: (id: string | undefined) => void done.push(['select', id]),
    toggle: (id: string) => void done.push(['toggle', id]),
  } satisfies Selection;
  const again = { isBusy, start: () => done.push(['again']) } as unknown as RunAgain;
  for (const { id } of rows) {
    const row = browser.document.createElement('div');
    row.setAttribute('data-row', id);
    tree.append(row);
    if (isInTree && id === (selected ?? rows[0]?.id)) row.focus();
  }
  browser.hook(() => {
    useRunKeys(run(of), selection, again);
    [times] = useTimes();
  }, state);
}

/** What a key does, and whether the browser does something too. */
function press(key: string): [isOwn: boolean, ...done: unknown[]] {
  const event = browser.press(key);
  browser.frame();
  return [event.defaultPrevented, ...done.splice(0)];
}

const focused = () => browser.document.activeElement?.getAttribute('data-row');

describe('selecting rows', () => {
  it.each<[string, string | undefined, string]>([
    ['j', undefined, 'a1'],
    ['j', 'a1', 'a2'],
    ['j', 'f3', 'f3'],
    ['k', undefined, 'f3'],
    ['k', 'a2', 'a1'],
    ['k', 'a1', 'a1'],
    ['ArrowDown', 'a1', 'a2'],
    ['ArrowUp', 'a2', 'a1'],
    ['Home', 'a2.1', 'a1'],
    ['End', 'a1', 'f3'],
  ])('%s after %s leads to %s', (key, selected, next) => {
    show({ ...(selected !== undefined && { selected }) });
    expect(press(key)).toEqual([true, ['select', next]]);
    expect(focused()).toBe(next);
  });

  it('without rows does nothing', () => {
    show({ rows: [] });
    expect([press('j'), press('k')]).toEqual([[false], [false]]);
  });

  it.each(['ArrowDown', 'ArrowUp', 'Home', 'End', ' ', 'ArrowRight', 'ArrowLeft', 'Enter'])(
    '%j is for the browser where the focus is not in the timeline',
    (key) => {
      show({ selected: 'a2' }, false);
      expect(press(key)).toEqual([false]);
      tree.remove();
      expect(press(key)).toEqual([false]);
    },
  );

  it('Enter selects the row with the focus, which need not be selected', () => {
    show({ selected: 'a1' });
    (tree.children[2] as HTMLElement).focus();
    expect(press('Enter')).toEqual([true, ['select', 'a2.1']]);
    const button = browser.document.createElement('i');
    tree.append(button);
    button.focus();
    expect(press('Enter')).toEqual([false]);
  });

  it('Esc clears the selection', () => {
    show({ selected: 'a1' });
    expect(press('Escape')).toEqual([true, ['select', undefined]]);
    browser.show(null);
    show();
    expect(press('Escape')).toEqual([false]);
  });
});

describe('opening and closing', () => {
  it.each<[string, string, unknown[]]>([
    [' ', 'a2', [true, ['toggle', 'a2']]],
    [' ', 'f3', [true, ['toggle', 'f3']]],
    [' ', 'a1', [true]],
    ['ArrowRight', 'f3', [true, ['toggle', 'f3']]],
    ['ArrowRight', 'a2', [true, ['select', 'a2.1']]],
    ['ArrowRight', 'a1', [false]],
    ['ArrowLeft', 'a2', [true, ['toggle', 'a2']]],
    ['ArrowLeft', 'a2.2', [true, ['select', 'a2']]],
    ['ArrowLeft', 'a1', [false]],
    ['ArrowLeft', 'f3', [false]],
  ])('%j at %s: %j', (key, selected, expected) => {
    show({ selected });
    expect(press(key)).toEqual(expected);
  });

  it('the focus goes with the selection to the parent', () => {
    show({ selected: 'a2.2' });
    press('ArrowLeft');
    expect(focused()).toBe('a2');
  });
});

it('t shows times in another way', () => {
  show();
  const shown = ['t', 't', 't'].map((key) => {
    expect(press(key)).toEqual([true]);
    return times;
  });
  expect(shown).toEqual(['utc', 'local', 'elapsed']);
});

describe('c', () => {
  it('copies the command', async () => {
    show({ of: { command: 'npm run local -- report' } });
    expect(press('c')).toEqual([true]);
    await browser.settled();
    expect(browser.clipboard).toBe('npm run local -- report');
    browser.isClipboardRefused = true;
    browser.clipboard = undefined;
    expect(press('c')).toEqual([true]);
    await browser.settled();
    expect(browser.clipboard).toBeUndefined();
    expect(mockSaid).toEqual(['Copied the command', 'The browser refused to copy']);
  });

  it('does nothing without a command', () => {
    show();
    expect(press('c')).toEqual([false]);
  });
});

describe('r', () => {
  it.each<[string, Shown, unknown[]]>([
    ['repeats the run', {}, [true, ['again']]],
    ['does nothing while the run is being repeated', { isBusy: true }, [false]],
    ['does nothing while the run goes on', { of: { outcome: 'running' } }, [false]],
    ['does nothing in a console that only reads', { state: { ...CONSOLE, isReadOnly: true } }, [false]],
  ])('%s', (_what, shown, expected) => {
    show(shown);
    expect(press('r')).toEqual(expected);
  });
});

describe('[ and ]', () => {
  const list = (...ids: string[]) => ({
    runs: ids.map((id, index) => ({ id, job: id.startsWith('other') ? 'other' : 'nightlyReport', startedAt: index })),
  });
  const openFrom = async (of: Partial<Run>, key: string, ...ids: string[]) => {
    show({ of });
    server.always('/api/runs', list(...ids));
    expect(press(key)).toEqual([true]);
    await browser.settled();
    return browser.address;
  };

  const open = (key: string, ...ids: string[]) => openFrom({ id: 'now' }, key, ...ids);

  it('open the older and the newer run of the job, by when they started', async () => {
    expect(await open('[', 'older', 'other-1', 'now', 'newer')).toBe('/aws/runs/older');
    expect(server.asked()).toEqual(['GET /api/runs?place=aws']);
    browser.show(null);
    expect(await open(']', 'older', 'now', 'other-1', 'newer', 'newest')).toBe('/aws/runs/newer');
  });

  it('open those beside the run of an item', async () => {
    expect(await openFrom({ id: 'now#3', item: 3 }, '[', 'older', 'now', 'newer')).toBe('/aws/runs/older');
    browser.show(null);
    expect(await openFrom({ id: 'now#3', item: 3 }, ']', 'older', 'now', 'newer')).toBe('/aws/runs/newer');
  });

  it.each([
    ['[', 'oldest'],
    [']', 'newest'],
  ])('%s stays at the %s one', async (key, which) => {
    expect(await open(key, 'other-1', 'now', 'other-2')).toBe('/');
    expect(mockSaid).toEqual([`This is the ${which} run of the job`]);
  });
});
