/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { Line, type LineLook } from '../../../../../cli/console/page/log/log-line';
import type { LogLine } from '../../../../../cli/model/console';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
const onOpen = jest.fn();
const START = Date.UTC(2026, 10, 25, 14);

beforeEach(() => onOpen.mockReset());

/** A line as the server tells it, 61 seconds after the run started. */
function line(differences: Partial<LogLine> = {}): LogLine {
  return { number: 7, at: 61_000, start: '2.1', stream: 'stdout', text: 'Read 12 rows', ...differences } as LogLine;
}

/** How a line is drawn. */
function drawn(what: LogLine | undefined, look: Partial<LineLook> = {}, isCurrent = false): HTMLElement {
  const whole: LineLook = { times: 'elapsed', startedAt: START, query: '', onOpen, ...look };
  const body = browser.show(h(Line, { row: 7, line: what, isCurrent, look: whole }));
  return body.children[0] as HTMLElement;
}

it('has its row, when it was written, the start that wrote it, and what it says', () => {
  expect(drawn(line()).outerHTML).toBe(
    '<div class="log-line" data-row="7"><time>01:01.0</time><span class="log-start">2.1</span><span class="log-text">Read 12 rows</span></div>',
  );
  expect(drawn(line(), { times: 'utc' }).querySelector('time')?.textContent).toBe('14:01:01.0');
});

it('is a place as long as it is being read', () => {
  expect(drawn(undefined).outerHTML).toBe('<div class="log-line" data-row="7"></div>');
  expect(drawn(undefined, {}, true).outerHTML).toBe('<div class="log-line current" data-row="7"></div>');
});

it.each<[string, Partial<LogLine>, boolean]>([
  ['log-line', {}, false],
  ['log-line current', {}, true],
  ['log-line stderr', { stream: 'stderr' }, false],
  ['log-line', { stream: 'log' } as Partial<LogLine>, false],
  ['log-line bad', { text: 'ERROR: no rows' }, false],
  ['log-line bad current', { text: '    at read (/app/index.js:1:2)', stream: 'stderr' }, true],
  ['log-line bad', { text: '\u001b[31mERROR\u001b[0m: no rows' }, false],
])('looks like %s', (look, differences, isCurrent) => {
  expect(drawn(line(differences), {}, isCurrent).getAttribute('class')).toBe(look);
});

it('an empty line is as high as another', () => {
  expect(drawn(line({ text: '' })).querySelector('.log-text')?.textContent).toBe('\u200b');
});

it('has the colors that it was written with', () => {
  const text = drawn(line({ text: 'a \u001b[31mb\u001b[0m c' })).querySelector('.log-text');
  expect(text?.textContent).toBe('a b c');
  expect([...(text?.children ?? [])].map(({ textContent, classList }) => [textContent, classList.length > 0])).toEqual([
    ['b', true],
  ]);
});

describe('what is searched for', () => {
  /** The line with marks as brackets. */
  const marked = (text: string, query: string) =>
    drawn(line({ text }), { query })
      .querySelector('.log-text')
      ?.innerHTML.replaceAll('<mark>', '[')
      .replaceAll('</mark>', ']');

  it.each([
    ['Read 12 rows', 'rows', 'Read 12 [rows]'],
    ['rows, Rows, ROWS', 'rows', '[rows], [Rows], [ROWS]'],
    ['aaaa', 'aa', '[aa][aa]'],
    ['Read', 'x', 'Read'],
    ['Read', '', 'Read'],
    // In lower case it has two letters.
    ['İ rows', 'rows', 'İ rows'],
  ])('in %j is %j', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });
});

describe('what a line can be opened for', () => {
  it('the rest of a long one', () => {
    const long = line({ bytes: 70_000 } as Partial<LogLine>);
    const button = drawn(long).querySelector('button') as HTMLElement;
    expect([button.textContent, button.getAttribute('class')]).toEqual(['Show all, 70.0 KB', 'log-more']);
    button.click();
    expect(onOpen).toHaveBeenCalledWith(long);
  });

  it.each([
    ['{"a":1}', true],
    ['  {"a":{"b":2}}  ', true],
    ['{ "a": 1 }', true],
    ['{}', false],
    ['x {"a":1}', false],
    ['{"a":1} x', false],
    ['[1]', false],
  ])('%s as JSON: %s', (text, isJson) => {
    const json = line({ text });
    const button = drawn(json).querySelector('button');
    expect([button?.textContent, button?.getAttribute('class')]).toEqual(
      isJson ? ['Show as JSON', 'log-more json'] : [undefined, undefined],
    );
    button?.click();
    expect(onOpen.mock.calls).toEqual(isJson ? [[json]] : []);
  });
});

describe('a mark', () => {
  const mark = (kind: string) =>
    line({ mark: { kind, title: 'Spot interruption', detail: 'of start 2' } } as Partial<LogLine>);

  it.each([
    ['interrupted', 'warn'],
    ['restart', 'acc'],
    ['on-demand', 'od'],
    ['failed', 'bad'],
    ['timed-out', 'bad'],
    ['succeeded', 'ok'],
    ['stopped', 'muted'],
    ['note', 'muted'],
    // Of a newer server.
    ['other', 'muted'],
  ])('%s has the color %s', (kind, tone) => {
    const element = drawn(mark(kind));
    expect(element.querySelector('b')?.getAttribute('class')).toBe(`chip tone-${tone}`);
    expect(element.textContent).toBe('01:01.0Spot interruption of start 2');
  });

  it('has a shape of its own', () => {
    const shape = (kind: string) => drawn(mark(kind)).querySelector('svg')?.outerHTML;
    const kinds = ['interrupted', 'restart', 'on-demand', 'failed', 'succeeded', 'stopped', 'note'];
    expect(new Set(kinds.map(shape)).size).toBe(kinds.length);
    expect(kinds.filter((kind) => !/<(path|circle|rect)/.test(shape(kind) ?? ''))).toEqual([]);
    expect([shape('timed-out'), shape('other')]).toEqual([shape('failed'), shape('note')]);
  });

  it('is found in its title and detail, and can be the current line', () => {
    const element = drawn(mark('note'), { query: 'o' }, true);
    expect(element.getAttribute('class')).toBe('log-mark current');
    expect([...element.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['o', 'o', 'o']);
    expect(element.getAttribute('data-row')).toBe('7');
  });
});
