import { type KeyBinding, KeyMap, type KeyPress } from '../../../cli/console/page/keys/key-map';
import { href, hrefElsewhere, parseRoute, runHref } from '../../../cli/console/page/routing/route';
import { filteredRuns, filterOf, valuesOf } from '../../../cli/console/page/runs/filter';
import { liveBars } from '../../../cli/console/page/runs/live-bars';
import { rowWindow } from '../../../cli/console/page/runs/row-window';
import type { RunRow } from '../../../cli/model/run';

function route(address: string) {
  return parseRoute(new URL(address, 'http://127.0.0.1'));
}

describe('addresses', () => {
  it.each([
    ['/', 'local', 'stack'],
    ['/runs', 'local', 'runs'],
    ['/runs/', 'local', 'runs'],
    ['/send?job=a', 'local', 'send'],
    ['/undelivered', 'local', 'undelivered'],
    ['/aws', 'aws', 'stack'],
    ['/aws/', 'aws', 'stack'],
    ['/aws/runs', 'aws', 'runs'],
    ['/runs/x', 'local', 'run'],
    ['/aws/runs/x', 'aws', 'run'],
    ['/awsome', 'local', undefined],
    ['/aws/nothing', 'aws', undefined],
    ['/runs/x/y', 'local', undefined],
    ['/constructor', 'local', undefined],
    ['/runs/%E0%A4%A', 'local', undefined],
  ])('%s is of %s and shows %s', (address, place, screen) => {
    expect(route(address)).toMatchObject({ place, screen });
  });

  it('an ID with any characters comes back as it was', () => {
    for (const id of ['job:name', 'a/b', 'a%b', 'ä ?#&', '..'.concat('x')]) {
      expect(route(runHref('aws', id, 'a2.3'))).toMatchObject({ place: 'aws', screen: 'run', id, hash: 'a2.3' });
    }
  });

  it('leaves empty values out of the query', () => {
    expect(href('local', '/runs', { job: 'a b', outcome: '', q: undefined })).toBe('/runs?job=a+b');
    expect(href('aws', '/')).toBe('/aws');
    expect(route('/runs?job=a+b&q=').query).toEqual({ job: 'a b', q: '' });
  });

  it.each([
    ['/runs?job=a&q=x', '/aws/runs?job=a&q=x'],
    ['/runs/1', '/aws/runs'],
    ['/send?job=a&again=1', '/aws/send?job=a'],
    ['/', '/aws'],
    ['/nothing', '/aws'],
  ])('the switch leads from %s to %s', (from, to) => {
    expect(hrefElsewhere(route(from), 'aws')).toBe(to);
  });
});

describe('keys', () => {
  const pressed: string[] = [];
  let areOn = true;
  let map: KeyMap;

  beforeEach(() => {
    pressed.length = 0;
    areOn = true;
    map = new KeyMap(() => areOn);
  });

  function binding(keys: string, name = keys, result?: false): KeyBinding {
    return {
      keys,
      label: name,
      run: () => {
        pressed.push(name);
        return result;
      },
    };
  }

  function press(key: string, more: Partial<KeyPress> = {}): boolean {
    const modifiers = { ctrlKey: false, metaKey: false, altKey: false, isInField: false, isForFocus: false };
    return map.press({ key, ...modifiers, at: 0, ...more });
  }

  it('two keys after another are a sequence, within 1.5 seconds', () => {
    map.add([binding('g s'), binding('s')]);
    expect(press('g', { at: 0 })).toBe(true);
    expect(press('s', { at: 1500 })).toBe(true);
    press('g', { at: 5000 });
    press('s', { at: 6501 });
    press('s');
    press('g');
    press('x');
    press('s');
    expect(pressed).toEqual(['g s', 's', 's', 's']);
  });

  it('the newest binding has a key, unless it passes it on', () => {
    map.add([binding('j', 'page')]);
    const screen = map.add([binding('j', 'screen', false)]);
    const dialog = map.add([binding('j', 'dialog')]);
    press('j');
    dialog.remove();
    press('j');
    screen.replace([binding('j', 'other')]);
    press('j');
    screen.remove();
    press('j');
    expect(pressed).toEqual(['dialog', 'screen', 'page', 'other', 'page']);
    expect(press('k')).toBe(false);
  });

  it.each(['ctrlKey', 'metaKey', 'altKey', 'isInField', 'isForFocus'] as const)(
    '%s leaves a key to the browser',
    (name) => {
      map.add([binding('j'), binding('Enter')]);
      expect([press('j', { [name]: true }), press('Enter', { [name]: true })]).toEqual([false, false]);
      expect(pressed).toEqual([]);
    },
  );

  it('characters can be turned off, other keys stay', () => {
    map.add([binding('j'), binding('g s'), binding('Escape')]);
    areOn = false;
    expect([press('j'), press('g'), press('s'), press('Escape')]).toEqual([false, false, false, true]);
    expect(pressed).toEqual(['Escape']);
  });

  it('the list has each key once, and none without a label', () => {
    map.add([binding('?'), { keys: 'ArrowDown', run: () => undefined }]);
    map.add([binding('j'), binding('?', 'again')]);
    expect(map.listed().map(({ label }) => label)).toEqual(['?', 'j']);
  });
});

describe('the list of runs', () => {
  const ROWS: readonly RunRow[] = [
    { id: 'a-1', job: 'report', outcome: 'succeeded', startedAt: 10, source: 'schedule' },
    { id: 'b-2', job: 'import', outcome: 'running', startedAt: 5, source: 'by hand' },
    { id: 'c-3', job: 'report', outcome: 'timed-out', startedAt: 30 },
    { id: 'd-4', job: 'report', outcome: 'running', startedAt: 20, source: 'schedule' },
  ];

  it.each([
    ['', 'd-4 b-2 c-3 a-1'],
    ['job=report', 'd-4 c-3 a-1'],
    ['outcome=running', 'd-4 b-2'],
    ['outcome=nonsense', 'd-4 b-2 c-3 a-1'],
    ['source=schedule', 'd-4 a-1'],
    ['job=report&source=schedule&outcome=succeeded', 'a-1'],
    ['q=REPORT+sched', 'd-4 a-1'],
    ['q=timed', 'c-3'],
    ['q=b-2', 'b-2'],
    ['q=+', 'd-4 b-2 c-3 a-1'],
    ['job=none', ''],
  ])('?%s shows %s', (search, ids) => {
    const filter = filterOf(Object.fromEntries(new URLSearchParams(search)));
    expect(
      filteredRuns(ROWS, filter)
        .map(({ id }) => id)
        .join(' '),
    ).toBe(ids);
  });

  it('offers the values that there are', () => {
    expect(valuesOf(ROWS, 'job')).toEqual(['import', 'report']);
    expect(valuesOf(ROWS, 'source')).toEqual(['by hand', 'schedule']);
  });

  it('renders what is visible and a margin, at most 60 rows unless more are visible', () => {
    expect(rowWindow(-100, 900, 40, 2000)).toEqual({ from: 0, to: 30 });
    expect(rowWindow(4000, 800, 40, 2000)).toEqual({ from: 90, to: 130 });
    expect(rowWindow(4000, 2160, 40, 2000)).toEqual({ from: 97, to: 157 });
    expect(rowWindow(0, 4000, 40, 2000)).toEqual({ from: 0, to: 100 });
    expect(rowWindow(79_600, 900, 40, 2000)).toEqual({ from: 1980, to: 2000 });
    expect(rowWindow(0, 900, 40, 3)).toEqual({ from: 0, to: 3 });
    // The list has become shorter, and the browser has not scrolled yet.
    expect(rowWindow(40_000, 900, 40, 5)).toEqual({ from: 5, to: 5 });
    expect(rowWindow(-5000, 900, 40, 2000)).toEqual({ from: 0, to: 10 });
  });

  it('what is in progress goes on to now', () => {
    const bars = [
      { kind: 'queue', from: 0, to: 5 },
      { kind: 'running', from: 5, to: 6 },
    ] as const;
    const run = { id: 'x', job: 'j', startedAt: 100, bars } as const;
    expect(liveBars({ ...run, outcome: 'running' }, 150).at(-1)).toEqual({ kind: 'running', from: 5, to: 50 });
    expect(liveBars({ ...run, outcome: 'running' }, 90).at(-1)?.to).toBe(6);
    expect(liveBars({ ...run, outcome: 'failed' }, 150)).toBe(bars);
  });
});
