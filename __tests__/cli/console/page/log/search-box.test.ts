/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { SearchBox } from '../../../../../cli/console/page/log/search-box';
import type { Found } from '../../../../../cli/console/page/log/use-search';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
let done: unknown[] = [];

beforeEach(() => {
  done = [];
});

type Props = Parameters<typeof SearchBox>[0];

function show(props: Partial<Props> = {}): void {
  browser.show(
    h(SearchBox, {
      query: undefined,
      found: undefined,
      current: -1,
      onQuery: (query) => done.push(['query', query]),
      onStep: (by) => done.push(['step', by]),
      onLeave: () => done.push(['leave']),
      ...props,
    }),
  );
}

function found(differences: Partial<Found> = {}): Found {
  return { hits: [1, 2, 3], count: 3, isComplete: true, ...differences };
}

const input = () => browser.get('input') as unknown as HTMLInputElement;

it('has the text that is searched for', () => {
  show({ query: { text: 'abc' } });
  expect([input().value, browser.get('input').getAttribute('placeholder')]).toEqual(['abc', 'Search']);
});

it('has no text while errors are searched for, and says so', () => {
  show({ query: 'errors' });
  expect([input().value, browser.get('input').getAttribute('placeholder')]).toEqual(['', 'Errors']);
});

it('says which key leads to it until something is searched for', () => {
  show();
  expect([browser.texts('kbd'), browser.texts('button'), browser.get('[role="status"]').textContent]).toEqual([
    ['/'],
    [],
    '',
  ]);
});

it('searches for what is written, and for nothing where it is empty', () => {
  show();
  browser.write('input', 'a');
  browser.write('input', '');
  expect(done).toEqual([
    ['query', { text: 'a' }],
    ['query', undefined],
  ]);
});

it.each([
  ['Enter', {}, true, [['step', 1]]],
  ['Enter', { shiftKey: true }, true, [['step', -1]]],
  ['Escape', {}, true, [['query', undefined], ['leave']]],
  ['a', {}, false, []],
])('%s with %j', (key, more, isHandled, expected) => {
  show();
  expect(browser.press(key, more, browser.get('input')).defaultPrevented).toBe(isHandled);
  expect(done).toEqual(expected);
});

it('leads to the previous and the next match', () => {
  show({ found: found() });
  for (const button of browser.all('button')) button.click();
  expect(done).toEqual([
    ['step', -1],
    ['step', 1],
  ]);
  expect(browser.all('button').map((button) => button.getAttribute('aria-label'))).toEqual([
    'Previous match',
    'Next match',
  ]);
});

it.each<[string, Found, number]>([
  ['3', found(), -1],
  ['1 of 3', found(), 0],
  ['3 of 3', found(), 2],
  ['2 of 3…', found({ isComplete: false }), 1],
  ['None', found({ hits: [], count: 0 }), -1],
  ['…', found({ hits: [], count: 0, isComplete: false }), -1],
  ['Failed', found({ problem: 'Broken.' }), 0],
  ['1,000', found({ hits: Array(1_000).fill(1), count: 1_000 }), -1],
  ['1,000 of 1,000 (12,345)', found({ hits: Array(1_000).fill(1), count: 12_345 }), 999],
])('counts: %s', (text, result, current) => {
  show({ found: result, current });
  expect(browser.get('.log-count').textContent).toBe(text);
  expect(browser.texts('kbd')).toEqual([]);
});

it.each<[string, Found]>([
  ['3 lines found', found()],
  ['1 line found', found({ hits: [1], count: 1 })],
  ['12,345 lines found', found({ count: 12_345 })],
  ['', found({ isComplete: false })],
  ['Broken.', found({ problem: 'Broken.' })],
])('has a screen reader say: %s', (text, result) => {
  show({ found: result });
  expect(browser.get('[role="status"]').textContent).toBe(text);
});
