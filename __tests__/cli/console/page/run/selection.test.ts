/** @jest-environment-options {"browser": true} */
import { useRoute } from '../../../../../cli/console/page/routing/location';
import { type Selection, useSelection } from '../../../../../cli/console/page/run/selection';
import type { Run } from '../../../../../cli/model/run';
import { at, attempt, run, SPOT_STORY, start } from '../../../model/told-runs';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();

/** So many starts of one attempt that the middle of them is folded. */
const MANY_STARTS = run({
  attempts: [
    attempt({
      starts: Array.from({ length: 80 }, (_, index) =>
        start({ number: index + 1, queuedAt: at(index), startedAt: at(index), stoppedAt: at(index + 1) }),
      ),
    }),
  ],
});

/** So many attempts, each after a wait, that the middle of them is folded. */
const MANY_ATTEMPTS = run({
  attempts: Array.from({ length: 80 }, (_, index) =>
    attempt({
      number: index + 1,
      starts: [start(), start({ number: 2 })],
    }),
  ),
});

/** A screen of the run at an address. */
function selecting(of: Run, address: string): { readonly current: Selection } {
  browser.go(address);
  return browser.hook(() => useSelection(of, useRoute(), at(2_000)));
}

function ids({ rows }: Selection): string {
  return rows.map(({ id }) => id).join(' ');
}

describe('the hash of the address', () => {
  it.each([
    ['', undefined, undefined],
    ['#a2', 'a2', '2'],
    ['#a2.3', 'a2.3', '2.3'],
    ['#a2.1', 'a2.1', '2.1'],
    // The attempt has one start, which has no row of its own.
    ['#a1.1', 'a1', '1'],
    ['#a1.2', undefined, undefined],
    ['#a9', undefined, undefined],
    ['#w2', 'w2', undefined],
    ['#trigger', 'trigger', undefined],
    ['#anything', undefined, undefined],
  ])('%s selects %s, and its log is %s', (hash, selected, log) => {
    expect(selecting(SPOT_STORY, `/aws/runs/x${hash}`).current).toMatchObject({ selected, start: log });
  });

  it('is changed by a selection, without a step of the history', () => {
    const shown = selecting(SPOT_STORY, '/aws/runs/x?a=1');
    browser.act(() => shown.current.select('a2.3'));
    expect([browser.address, shown.current.selected]).toEqual(['/aws/runs/x?a=1#a2.3', 'a2.3']);
    browser.act(() => shown.current.select(undefined));
    expect([browser.address, shown.current.selected]).toEqual(['/aws/runs/x?a=1', undefined]);
    expect(browser.entries).toHaveLength(1);
  });
});

describe('rows', () => {
  const OPEN = 'trigger a1 w2 a2 a2.1 a2.2 a2.3 w3 a3';
  const CLOSED = 'trigger a1 w2 a2 w3 a3';

  it('are opened and closed', () => {
    const shown = selecting(SPOT_STORY, '/aws/runs/x');
    expect(ids(shown.current)).toBe(OPEN);
    browser.act(() => shown.current.toggle('a2'));
    expect(ids(shown.current)).toBe(CLOSED);
    browser.act(() => shown.current.toggle('a2'));
    expect(ids(shown.current)).toBe(OPEN);
    expect(browser.address).toBe('/aws/runs/x');
  });

  it('that are hidden give their selection to what hides them', () => {
    const shown = selecting(SPOT_STORY, '/aws/runs/x#a2.3');
    browser.act(() => shown.current.toggle('a2'));
    expect([ids(shown.current), shown.current.selected]).toEqual([CLOSED, 'a2']);
    browser.act(() => shown.current.toggle('a2'));
    expect([ids(shown.current), shown.current.selected]).toEqual([OPEN, 'a2']);
  });

  it('are shown again where the selection goes to them: the log has all starts as choices', () => {
    const shown = selecting(SPOT_STORY, '/aws/runs/x');
    browser.act(() => shown.current.toggle('a2'));
    browser.act(() => shown.current.select('a2.1'));
    expect([ids(shown.current), shown.current.selected]).toEqual([OPEN, 'a2.1']);
    browser.act(() => shown.current.toggle('a2'));
    expect([ids(shown.current), shown.current.selected]).toEqual([CLOSED, 'a2']);
  });
});

describe('a fold', () => {
  const folds = ({ rows }: Selection) =>
    rows.filter(({ kind }) => kind === 'fold').map(({ id, isOpen }) => [id, isOpen]);

  it('is closed at first, and open where a link leads into it', () => {
    const closed = selecting(MANY_STARTS, '/aws/runs/x').current;
    const [[fold] = []] = folds(closed);
    expect(folds(closed)).toEqual([[fold, false]]);
    expect(closed.rows.length).toBeLessThan(20);
    browser.show(null);
    const open = selecting(MANY_STARTS, '/aws/runs/x#a1.40').current;
    expect([open.selected, open.rows.some(({ id }) => id === 'a1.40'), folds(open)]).toEqual([
      'a1.40',
      true,
      [[fold, true]],
    ]);
    expect(open.start).toBe('1.40');
  });

  it('that a link opened is closed by the first click, and gets the selection', () => {
    const shown = selecting(MANY_STARTS, '/aws/runs/x#a1.40');
    const [[fold] = []] = folds(shown.current);
    browser.act(() => shown.current.toggle(fold as string));
    expect([folds(shown.current), shown.current.selected]).toEqual([[[fold, false]], fold]);
    browser.act(() => shown.current.toggle(fold as string));
    expect([folds(shown.current), shown.current.selected]).toEqual([[[fold, true]], fold]);
  });

  it('within a fold is opened too, and what a person closed elsewhere stays closed', () => {
    const shown = selecting(MANY_ATTEMPTS, '/aws/runs/x');
    browser.act(() => shown.current.toggle('a1'));
    browser.act(() => shown.current.select('a40.2'));
    expect([shown.current.selected, shown.current.rows.some(({ id }) => id === 'a40.2')]).toEqual(['a40.2', true]);
    expect(shown.current.rows.some(({ id }) => id === 'a1.1')).toBe(false);
  });
});
