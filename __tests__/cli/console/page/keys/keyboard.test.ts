/** @jest-environment-options {"browser": true} */
import type { KeyBinding } from '../../../../../cli/console/page/keys/key-map';
import {
  areSingleKeysOn,
  keyMap,
  listenToKeys,
  setSingleKeys,
  useKeys,
} from '../../../../../cli/console/page/keys/keyboard';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
let done: string[] = [];

beforeEach(() => {
  done = [];
  listenToKeys();
});

function binding(keys: string, name = keys): KeyBinding {
  return { keys, label: name, run: () => done.push(name) };
}

describe('keys that are characters', () => {
  it('work until a person turns them off', () => {
    browser.hook(() => useKeys([binding('j'), binding('Escape')]));
    expect(areSingleKeysOn()).toBe(true);
    setSingleKeys(false);
    expect([areSingleKeysOn(), browser.window.localStorage.getItem('batch-jobs.single-keys')]).toEqual([false, 'off']);
    browser.press('j');
    browser.press('Escape');
    setSingleKeys(true);
    expect([areSingleKeysOn(), browser.window.localStorage.getItem('batch-jobs.single-keys')]).toEqual([true, 'on']);
    browser.press('j');
    expect(done).toEqual(['Escape', 'j']);
  });

  it('work in a browser that stores nothing', () => {
    browser.isStorageRefused = true;
    setSingleKeys(false);
    expect(areSingleKeysOn()).toBe(true);
  });
});

it('keys are there as long as their component, as they were said last', () => {
  const shown = browser.hook(() => useKeys([binding('j', 'first')]));
  browser.press('j');
  shown.again(() => useKeys([binding('j', 'second'), binding('k')]));
  browser.press('j');
  browser.press('k');
  expect(keyMap.listed().map(({ label }) => label)).toEqual(['second', 'k']);
  browser.show(null);
  expect(browser.press('j').defaultPrevented).toBe(false);
  expect(done).toEqual(['first', 'second', 'k']);
  expect(keyMap.listed()).toEqual([]);
});

describe('a key of the page', () => {
  beforeEach(() => void browser.hook(() => useKeys([binding('j'), binding('g s'), binding('Enter'), binding(' ')])));

  it('is not for the browser too, unless it does nothing', () => {
    expect([browser.press('j').defaultPrevented, browser.press('x').defaultPrevented]).toEqual([true, false]);
  });

  it('is the second of a sequence within 1.5 seconds by the time of the events', () => {
    browser.press('g', { timeStamp: 1_000 });
    browser.press('s', { timeStamp: 2_500 });
    browser.press('g', { timeStamp: 3_000 });
    browser.press('s', { timeStamp: 4_501 });
    expect(done).toEqual(['g s']);
  });

  it.each(['ctrlKey', 'metaKey', 'altKey', 'isComposing', 'defaultPrevented'])('is none with %s', (name) => {
    browser.press('j', { [name]: true });
    expect(done).toEqual([]);
  });

  it('is none while a dialog is open', () => {
    const dialog = browser.add('dialog', { open: '' });
    browser.press('j');
    dialog.removeAttribute('open');
    browser.press('j');
    expect(done).toEqual(['j']);
  });

  it.each<[string, Readonly<Record<string, string>>, boolean]>([
    ['input', {}, false],
    ['input', { type: 'search' }, false],
    ['input', { type: 'checkbox' }, true],
    ['input', { type: 'radio' }, true],
    ['textarea', {}, false],
    ['select', {}, false],
    ['div', { contenteditable: 'true' }, false],
    ['button', {}, true],
    ['div', {}, true],
  ])('in <%s> with %j: %s', (name, attributes, isOfPage) => {
    browser.press('j', {}, browser.add('span', {}, browser.add(name, attributes)).parentElement as HTMLElement);
    expect(done).toEqual(isOfPage ? ['j'] : []);
  });

  it('is none in what is within a field', () => {
    browser.press('j', {}, browser.add('b', {}, browser.add('div', { contenteditable: '' })));
    expect(done).toEqual([]);
  });

  it('is of the page where the event is of no element', () => {
    browser.press('j', {}, browser.document);
    browser.press('Enter', {}, browser.document);
    expect(done).toEqual(['j', 'Enter']);
  });

  it.each([
    ['Enter', 'a', false],
    [' ', 'button', false],
    ['Enter', 'summary', false],
    ['Enter', 'div', true],
    [' ', 'div', true],
    ['j', 'a', true],
  ])('%j within <%s>: %s', (key, name, isOfPage) => {
    browser.press(key, {}, browser.add('b', {}, browser.add(name)));
    expect(done).toEqual(isOfPage ? [key] : []);
  });
});
