/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { useState } from 'preact/hooks';
import { Editor, type EditorHandle } from '../../../../../../cli/console/page/send/editor/editor';
import { keys } from '../../../../../../triggers/event-facts';
import { openBrowser } from '../../browser/browser';

const browser = openBrowser();

type Props = Parameters<typeof Editor>[0];

/** Events of a source that sends an object with four keys, and another with a mark. */
const FACTS: NonNullable<Props['facts']> = {
  kinds: [{ kind: 'invocation', noun: '', names: { one: '' } }],
  keys: keys(
    ['id', 'string', 'ID of the event'],
    ['detail', 'object', 'What the sender says'],
    ['detail-type', ['string', 'null'], 'What the event is'],
    ['detail.kind', 'string', 'Kind of the detail'],
  ),
  variants: [{ marks: ['mark'], keys: keys(['marked', 'string', 'Only with a mark']) }],
};
const NO_MARKS: Props['marks'] = new Map();

let handle: { current: EditorHandle | null };
let written: string[];
let cursors: number[];

/** An editor whose text is what is written in it. */
function show(text: string, props: Partial<Props> = {}): void {
  handle = { current: null };
  written = [];
  cursors = [];
  const Screen = () => {
    const [shown, setShown] = useState(text);
    const onText = (next: string) => {
      written.push(next);
      setShown(next);
    };
    return h(Editor, {
      handle,
      text: shown,
      onText,
      onCursor: (offset) => cursors.push(offset),
      marks: NO_MARKS,
      isInvalid: false,
      facts: FACTS,
      rootKeys: [],
      describedBy: 'help status',
      ...props,
    });
  };
  browser.show(null);
  browser.show(h(Screen, {}));
}

const area = () => browser.get<HTMLTextAreaElement>('textarea');

/** Puts the cursor, which `|` marks, or what is selected, between two of them, into the editor. */
function start(text: string, props?: Partial<Props>): void {
  const [before = '', selected = '', after] = text.split('|');
  show(text.replaceAll('|', ''), props);
  area().focus();
  area().setSelectionRange(before.length, before.length + (after === undefined ? 0 : selected.length));
}

/** The text of the editor with its cursor. */
function now(): string {
  const { value, selectionStart: from, selectionEnd: to } = area();
  return `${value.slice(0, from)}|${from === to ? '' : `${value.slice(from, to)}|`}${value.slice(to)}`;
}

const hints = () => browser.texts('[role="option"] b');
/** The hint that Enter takes. */
const chosen = () => browser.texts('[aria-selected="true"] b')[0];
/** Whether the page takes a key. */
const takes = (key: string, more: object = {}) => browser.press(key, more).defaultPrevented;

describe('the editor', () => {
  it('is a field with a name, and with what is said of it', () => {
    show('{}');
    const said = ['aria-label', 'aria-describedby', 'aria-invalid', 'aria-autocomplete', 'aria-controls'];
    expect([area().value, ...said.map((name) => area().getAttribute(name))]).toEqual([
      '{}',
      'Event as JSON',
      'help status',
      'false',
      'list',
      null,
    ]);
    // A browser that corrects JSON breaks it.
    const own = ['wrap', 'autocomplete', 'autocapitalize'];
    expect(own.map((name) => area().getAttribute(name))).toEqual(['off', 'off', 'off']);
    browser.set(browser.window.HTMLTextAreaElement.prototype, { spellcheck: true });
    show('{', { isInvalid: true });
    expect(area().spellcheck).toBe(false);
    expect(area().getAttribute('aria-invalid')).toBe('true');
  });

  it('has the numbers of its lines, and the marks of those that need attention', () => {
    show('{\n}\n', {
      marks: new Map([
        [2, 'bad'],
        [3, 'warn'],
      ]),
    });
    const gutter = browser.all('.gutter span').map((line) => [line.textContent, line.getAttribute('class')]);
    expect(gutter).toEqual([
      ['1', null],
      ['2', 'bad'],
      ['3', 'warn'],
    ]);
  });

  it('has its numbers beside the lines where it is scrolled', () => {
    show('\n'.repeat(200));
    const gutter = () => [browser.texts('.gutter span')[0], browser.get('.gutter div').style.transform];
    expect(gutter()).toEqual(['1', 'translateY(0px)']);
    area().scrollTop = 50;
    browser.fire(area(), 'scroll');
    expect(gutter()).toEqual(['3', 'translateY(-10px)']);
  });

  it('tells what is written, and where the cursor is', () => {
    start('{|}');
    browser.type(' 1');
    expect([written, cursors]).toEqual([
      ['{ }', '{ 1}'],
      [2, 2, 3, 3],
    ]);
    area().setSelectionRange(1, 1);
    browser.fire(area(), 'keyup', { key: 'ArrowLeft' });
    area().setSelectionRange(4, 4);
    browser.fire(area(), 'click');
    expect(cursors.splice(4)).toEqual([1, 4]);
  });

  it('shows another text, and does not set what is written in it: a browser would forget what undo takes back', () => {
    const render = (text: string) =>
      browser.show(
        h(Editor, {
          handle: null,
          text,
          onText: () => {},
          onCursor: () => {},
          marks: NO_MARKS,
          isInvalid: false,
          rootKeys: [],
          describedBy: '',
        }),
      );
    render('{}');
    const set = jest.fn();
    let value = '{}';
    Object.defineProperty(area(), 'value', { get: () => value, set, configurable: true });
    value = '{ }';
    render('{ }');
    expect(set).not.toHaveBeenCalled();
    render('[]');
    expect(set.mock.calls).toEqual([['[]']]);
  });
});

describe('keys', () => {
  const press = (text: string, key: string, more: object = {}) => {
    start(text);
    const isTaken = takes(key, more);
    expect(written).toEqual(isTaken && now() !== text ? [area().value] : []);
    return [isTaken, now()];
  };

  it('indent: Tab to the next stop, or all lines that are selected; with Shift they take the indent back', () => {
    expect(press('{|}', 'Tab')).toEqual([true, '{ |}']);
    expect(press('|a\nb|', 'Tab')).toEqual([true, '  |a\n  b|']);
    expect(press('    a|', 'Tab', { shiftKey: true })).toEqual([true, '  a|']);
    expect(press('a|', 'Tab', { shiftKey: true })).toEqual([true, 'a|']);
  });

  it('begin a line: Enter keeps the indent and opens brackets', () => {
    expect(press('  1,|', 'Enter')).toEqual([true, '  1,\n  |']);
    expect(press('{|}', 'Enter')).toEqual([true, '{\n  |\n}']);
  });

  it('are otherwise for the browser', () => {
    const modifiers = ['shiftKey', 'ctrlKey', 'metaKey', 'altKey', 'isComposing'];
    for (const more of modifiers) expect(press('{|}', 'Enter', { [more]: true })).toEqual([false, '{|}']);
    expect(press('{|}', 'Tab', { altKey: true })).toEqual([false, '{|}']);
    for (const key of ['a', 'ArrowDown', 'ArrowUp']) expect(press('{|}', key)).toEqual([false, '{|}']);
  });
});

describe('Esc, and then Tab, leaves the editor', () => {
  it('in both directions', () => {
    start('{|}');
    expect([takes('Escape'), takes('Tab')]).toEqual([false, false]);
    start('{|}');
    takes('Escape');
    expect([takes('Shift', { shiftKey: true }), takes('Tab', { shiftKey: true }), now()]).toEqual([
      false,
      false,
      '{|}',
    ]);
  });

  it('until another key, or until the focus is there again', () => {
    start('{|}');
    takes('Escape');
    takes('ArrowLeft');
    expect(takes('Tab')).toBe(true);
    start('{|}');
    takes('Escape');
    area().blur();
    area().focus();
    expect(takes('Tab')).toBe(true);
    expect(takes('Tab')).toBe(true);
  });
});

describe('keys of the source', () => {
  it('are suggested where a key is written, with type and meaning', () => {
    start('{|}');
    browser.type('"');
    expect(browser.texts('[role="option"]')).toEqual([
      'id stringID of the event',
      'detail objectWhat the sender says',
      'detail-type string or nullWhat the event is',
    ]);
    expect(['aria-controls', 'aria-activedescendant'].map((name) => area().getAttribute(name))).toEqual([
      browser.get('[role="listbox"]').getAttribute('id'),
      browser.get('[aria-selected="true"]').getAttribute('id'),
    ]);
    browser.type('de');
    expect(hints()).toEqual(['detail', 'detail-type']);
    browser.type('x');
    expect([hints(), area().getAttribute('aria-controls'), area().getAttribute('aria-activedescendant')]).toEqual([
      [],
      null,
      null,
    ]);
  });

  it('are those of the object that the cursor is in, and of the keys that the event has', () => {
    start('{"detail":{|}}');
    browser.type('"');
    expect(hints()).toEqual(['kind']);
    start('{|}', { rootKeys: ['mark'] });
    browser.type('"m');
    expect(hints()).toEqual(['marked']);
  });

  it.each<[string, string, string, ...Partial<Props>[]]>([
    ['for a value', '{"id":|}', '"'],
    ['where the whole key is written', '{|}', '"id'],
    ['without a source', '{|}', '"', { facts: undefined }],
    ['in a text of more than 200,000 characters', `{|}${' '.repeat(199_998)}`, '"'],
  ])('are not suggested %s', (_what, text, typed, ...[more]) => {
    start(text, more);
    browser.type(typed);
    expect(hints()).toEqual([]);
  });

  it('are suggested in a text of 200,000 characters, and while a key can go on', () => {
    start(`{|}${' '.repeat(199_997)}`);
    browser.type('"');
    expect(hints()).toHaveLength(3);
    start('{|}');
    browser.type('"detail');
    expect(hints()).toEqual(['detail', 'detail-type']);
  });

  it('are chosen with arrows, round and round', () => {
    start('{|}');
    browser.type('"');
    const walked = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp'].map((key) => [takes(key), chosen()]);
    expect(walked).toEqual(['detail', 'detail-type', 'id', 'detail-type', 'detail'].map((key) => [true, key]));
    expect(area().getAttribute('aria-activedescendant')).toBe(browser.get('[aria-selected="true"]').getAttribute('id'));
  });

  it.each(['Enter', 'Tab'])('are taken by %s, with their colon', (key) => {
    start('{|}');
    browser.type('"d');
    expect([takes(key), now(), hints(), browser.document.activeElement]).toEqual([true, '{"detail": |}', [], area()]);
    expect(written.at(-1)).toBe('{"detail": }');
  });

  it('are taken by a click, which does not take the focus', () => {
    start('{|}');
    browser.type('"');
    const [, , third] = browser.all('[role="option"]');
    expect(browser.fire(third as HTMLElement, 'mousedown').defaultPrevented).toBe(true);
    browser.act(() => third?.click());
    expect([now(), hints(), browser.document.activeElement]).toEqual(['{"detail-type": |}', [], area()]);
  });

  it('Shift and Tab take the indent back, not a key', () => {
    start('  {|}');
    browser.type('"');
    takes('Tab', { shiftKey: true });
    expect(now()).toBe('{"|}');
  });

  it('Esc closes the list first: Enter is then a new line', () => {
    start('{|}');
    browser.type('"');
    expect([takes('Escape'), hints()]).toEqual([false, []]);
    expect([takes('Enter'), now()]).toEqual([true, '{"\n|}']);
  });

  it.each<[string, () => void]>([
    ['a click into the text', () => browser.fire(area(), 'click')],
    ['leaving the editor', () => browser.fire(area(), 'blur')],
    ['scrolling', () => browser.fire(area(), 'scroll')],
    ['the end of the key', () => browser.type('x"')],
  ])('%s closes the list', (_what, work) => {
    start('{|}');
    browser.type('"');
    expect(hints()).toHaveLength(3);
    work();
    expect(hints()).toEqual([]);
  });

  it('another source closes the list', () => {
    const render = (facts: Props['facts']) =>
      browser.show(
        h(Editor, {
          handle: null,
          text: '{}',
          onText: () => {},
          onCursor: () => {},
          marks: NO_MARKS,
          isInvalid: false,
          facts,
          rootKeys: [],
          describedBy: '',
        }),
      );
    render(FACTS);
    area().focus();
    area().setSelectionRange(1, 1);
    browser.type('"');
    render(FACTS);
    expect(hints()).toHaveLength(3);
    render({ ...FACTS });
    expect(hints()).toEqual([]);
  });
});

describe('a screen', () => {
  it('replaces the text, which is then shown from its beginning', () => {
    start('{"a":1}|');
    area().scrollTop = 30;
    browser.act(() => handle.current?.replace('{"b":2}'));
    expect([now(), written, area().scrollTop, browser.document.activeElement]).toEqual([
      '|{"b":2}',
      ['{"b":2}'],
      0,
      area(),
    ]);
  });

  it('moves the cursor to a place, and has it in the middle of the view', () => {
    start(`|${'\n'.repeat(100)}`);
    area().blur();
    browser.set(area(), { clientHeight: 300 });
    browser.act(() => handle.current?.goTo(50));
    expect([area().selectionStart, area().selectionEnd, area().scrollTop]).toEqual([50, 50, 51 * 20 - 150]);
    expect(browser.document.activeElement).toBe(area());
    browser.act(() => handle.current?.goTo(2));
    expect(area().scrollTop).toBe(0);
  });
});
