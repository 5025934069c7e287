/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { EventTree } from '../../../../../cli/console/page/event/event-tree';
import { parsedJson } from '../../../../../cli/model/json-text';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();

function show(value: unknown): void {
  const text = JSON.stringify(value);
  const { root } = parsedJson(text);
  if (root === undefined) throw new Error('no JSON');
  browser.show(h(EventTree, { text, root }));
}

const lines = () => browser.texts('.tree-text');
const selected = () => browser.get('[aria-selected="true"]').textContent;
const place = () => browser.get('.tree-place code').textContent;

/** Clicks on the line with this text. */
function clickOn(text: string): void {
  const line = browser.all('.tree-line').find(({ textContent }) => textContent === text);
  if (line === undefined) throw new Error(`${text} is none of ${lines().join(', ')}`);
  browser.fire(line, 'click');
}

/** Presses keys in the tree, and says which line is selected after each. */
function press(...keys: string[]): string[] {
  return keys.map((key) => {
    expect(browser.press(key, {}, browser.get('[role="tree"]')).defaultPrevented).toBe(true);
    return selected();
  });
}

/** Copies by one of the buttons below the tree. */
async function copy(button: string): Promise<string | undefined> {
  await browser.click(button);
  return browser.clipboard;
}

const VALUE = { name: 'a', list: [1, { deep: true }], none: null };

it('has a line of each value, which says its place to a screen reader', () => {
  show(VALUE);
  const [, name] = browser.all('.tree-line');
  const attributes = ['aria-level', 'aria-posinset', 'aria-setsize', 'aria-selected', 'aria-expanded', 'tabindex'];
  expect(attributes.map((attribute) => name?.getAttribute(attribute))).toEqual(['2', '1', '3', 'false', null, '-1']);
  expect(name?.textContent).toBe('name: "a"');
  expect([name?.getAttribute('class'), name?.style.paddingLeft]).toEqual(['tree-line kind-string', '14px']);
});

it('selects its root at first, the only line that Tab reaches', () => {
  show(VALUE);
  const reached = browser.all('[tabindex="0"]');
  expect(reached.map((line) => [line.getAttribute('data-id'), line.style.paddingLeft])).toEqual([['0', '0px']]);
  expect(reached[0]?.getAttribute('aria-expanded')).toBe('true');
});

it('folds and unfolds what is clicked, and selects it', () => {
  show(VALUE);
  const all = lines();
  const root = all[0] as string;
  clickOn(root);
  expect(lines()).toHaveLength(1);
  clickOn(lines()[0] as string);
  expect(lines()).toEqual(all);
  clickOn('none: null');
  expect([selected(), lines()]).toEqual(['none: null', all]);
});

describe('keys', () => {
  it('go through the lines', () => {
    show({ a: 1, b: 2 });
    const [root, a, b] = lines();
    expect(press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'ArrowUp', 'End')).toEqual([
      a,
      b,
      b,
      a,
      root,
      root,
      b,
    ]);
    expect(browser.document.activeElement?.textContent).toBe(b);
  });

  it('go in and out, and unfold and fold on their way', () => {
    show({ a: { b: 1 } });
    expect(lines()).toHaveLength(3);
    const [root, a, b] = lines();
    expect(press('ArrowRight', 'ArrowRight', 'ArrowRight')).toEqual([a, b, b]);
    expect(press('ArrowLeft')).toEqual([a]);
    press('ArrowLeft');
    expect(lines()).toHaveLength(2);
    press('ArrowRight');
    expect(lines()).toHaveLength(3);
    press('ArrowLeft', 'ArrowLeft');
    expect(selected()).toBe(root);
    press('ArrowLeft');
    expect(lines()).toHaveLength(1);
    press('ArrowLeft');
    expect(lines()).toHaveLength(1);
  });

  it('Enter and Space fold and unfold', () => {
    show({ a: 1 });
    press('Enter');
    expect(lines()).toHaveLength(1);
    press(' ');
    expect(lines()).toHaveLength(2);
    press('End', 'Enter');
    expect(lines()).toHaveLength(2);
  });

  it.each([
    ['x', {}],
    ['toString', {}],
    ['ArrowDown', { ctrlKey: true }],
    ['ArrowDown', { metaKey: true }],
    ['ArrowDown', { altKey: true }],
  ])('%s with %j are for the browser', (key, more) => {
    show({ a: 1 });
    const event = browser.press(key, more, browser.get('[role="tree"]'));
    expect([event.defaultPrevented, place()]).toEqual([false, '$']);
  });

  it('of the tree are not those of the page', () => {
    show({ a: 1 });
    const heard = jest.fn();
    browser.document.addEventListener('keydown', heard);
    press('ArrowDown');
    expect(heard).not.toHaveBeenCalled();
    browser.press('x', {}, browser.get('[role="tree"]'));
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe('a long list', () => {
  it('shows more where it is asked to, and selects the first of them', () => {
    show(Array.from({ length: 250 }, (_, index) => index));
    expect(lines()).toHaveLength(102);
    press('End', 'Enter');
    expect([lines().length, selected()]).toEqual([202, '100: 100']);
    press('End', 'Enter');
    expect([lines().length, selected(), lines().at(-1)]).toEqual([251, '200: 200', '249: 249']);
  });
});

describe('what is copied', () => {
  it.each([
    ['name: "a"', '$.name', 'a'],
    ['none: null', '$.none', 'null'],
  ])('of %s', async (line, path, value) => {
    show(VALUE);
    clickOn(line);
    expect(place()).toBe(path);
    expect(await copy('Copy path')).toBe(path);
    expect(await copy('Copy value')).toBe(value);
  });

  it('of the whole', async () => {
    show({ a: 1 });
    expect(JSON.parse((await copy('Copy value')) as string)).toEqual({ a: 1 });
  });
});
