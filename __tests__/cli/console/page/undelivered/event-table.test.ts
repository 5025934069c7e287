/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { listenToKeys } from '../../../../../cli/console/page/keys/keyboard';
import { EventTable } from '../../../../../cli/console/page/undelivered/event-table';
import type { Treatment } from '../../../../../cli/console/page/undelivered/use-treatment';
import type { UndeliveredEvent } from '../../../../../cli/model/deployed';
import { openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
openServer();
const NOW = Date.UTC(2026, 10, 25, 14);
let done: unknown[];

beforeEach(() => {
  jest.useFakeTimers();
  jest.setSystemTime(NOW);
  done = [];
  listenToKeys();
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

function event(id: string, differences: Partial<UndeliveredEvent> = {}): UndeliveredEvent {
  return {
    id,
    queue: 'q',
    jobs: ['report'],
    functions: [],
    source: 'sqs',
    reason: `Reason of ${id}.`,
    givenUpAt: NOW - 60_000,
    expiresAt: NOW + 120_000,
    bytes: 2_000,
    ...differences,
  } as UndeliveredEvent;
}

function show(
  events: readonly UndeliveredEvent[],
  more: { readonly selected?: ReadonlySet<string>; readonly open?: string } = {},
): void {
  browser.show(
    h(EventTable, {
      events,
      ...(more.selected !== undefined && { selected: more.selected }),
      open: more.open ?? '',
      onSelect: (ids) => done.push(['select', ...ids]),
      onOpen: (id) => done.push(['open', id]),
      treatment: { isBusy: false } as unknown as Treatment,
    }),
  );
}

/** The cells of the rows. */
const cells = () => browser.all('.u-row').map(({ children }) => [...children].map(({ textContent }) => textContent));
const focused = () => browser.document.activeElement?.textContent;

it('has a row of each event', () => {
  show([
    event('a'),
    event('b', { jobs: [], expiresAt: NOW }),
    event('c', { expiresAt: undefined, givenUpAt: NOW + 5_000, functions: ['resize'], jobs: [] }),
  ]);
  expect(cells()).toEqual([
    ['', 'Reason of a.', 'sqs', 'report', 'Age 1m 00s', 'Expires in 2m 00s', '2.0 KB', '▾'],
    ['', 'Reason of b.', 'sqs', 'none', 'Age 1m 00s', 'Expires in now', '2.0 KB', '▾'],
    ['', 'Reason of c.', 'sqs', expect.stringContaining('resize'), 'Age 0s', 'Expires in ', '2.0 KB', '▾'],
  ]);
});

it('opens an event, and closes the one that is open', async () => {
  const events = [event('a'), event('b')];
  show(events);
  expect(browser.all('.u-detail')).toEqual([]);
  await browser.click('Reason of b.');
  show(events, { open: 'b' });
  expect(browser.all('.u-row').map(({ classList }) => classList.contains('is-open'))).toEqual([false, true]);
  expect([browser.all('.u-detail').length, cells()[1]?.at(-1)]).toEqual([1, '▴']);
  expect(browser.all('.u-link').map((link) => link.getAttribute('aria-expanded'))).toEqual(['false', 'true']);
  expect(browser.get('.u-detail td').getAttribute('colspan')).toBe(String(browser.all('th').length));
  await browser.click('Reason of b.');
  expect(done).toEqual([
    ['open', 'b'],
    ['open', undefined],
  ]);
});

it('selects events, where something can be done with them', () => {
  show([event('a'), event('b')]);
  expect([browser.all('[type="checkbox"]'), browser.get('.u-check .said, .u-open .said').textContent]).toEqual([
    [],
    'Details',
  ]);
  show([event('a'), event('b')], { selected: new Set(['b']) });
  const boxes = browser.all('[type="checkbox"]');
  expect(boxes.map((box) => [box.getAttribute('aria-label'), (box as unknown as HTMLInputElement).checked])).toEqual([
    ['Select event a', false],
    ['Select event b', true],
  ]);
  for (const box of boxes) browser.fire(box, 'change');
  expect(done).toEqual([['select', 'b', 'a'], ['select']]);
});

it('lets an open event be changed only where something can be done', () => {
  show([event('a')], { open: 'a' });
  expect(browser.texts('.u-acts')).toEqual([]);
  show([event('a')], { open: 'a', selected: new Set() });
  expect(browser.texts('.u-acts')).toHaveLength(1);
});

describe('keys', () => {
  it('go through the events', () => {
    show([event('a'), event('b')]);
    const went = ['k', 'k', 'j', 'ArrowDown', 'ArrowUp'].map((key) => {
      expect(browser.press(key).defaultPrevented).toBe(true);
      return focused();
    });
    expect(went).toEqual(['Reason of a.', 'Reason of a.', 'Reason of b.', 'Reason of b.', 'Reason of a.']);
  });

  it('bring the event into view, no more than they must', () => {
    show([event('a')]);
    const scroll = jest.spyOn(browser.get('.u-link'), 'scrollIntoView');
    browser.press('j');
    expect(scroll).toHaveBeenCalledWith({ block: 'nearest' });
  });

  it('are for the browser where there are no events', () => {
    show([]);
    expect(browser.press('j').defaultPrevented).toBe(false);
  });

  it('Esc closes the event that is open', () => {
    show([event('a')]);
    expect(browser.press('Escape').defaultPrevented).toBe(false);
    show([event('a')], { open: 'a' });
    expect([browser.press('Escape').defaultPrevented, done]).toEqual([true, [['open', undefined]]]);
  });
});
