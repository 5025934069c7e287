/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { Announcement, announce } from '../../../../../cli/console/page/shell/announcement';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
const said = () => browser.texts('[aria-live="polite"]');

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('is the newest of ten seconds', async () => {
  browser.show(h(Announcement, {}));
  announce('one');
  await browser.pass(0);
  expect(said()).toEqual(['one']);
  announce('two');
  announce('three');
  await browser.pass(9_000);
  expect(said()).toEqual(['one']);
  await browser.pass(1_000);
  expect(said()).toEqual(['three']);
});

it('needs no timer where nobody hears it, and is shown later', () => {
  announce('early');
  expect(jest.getTimerCount()).toBe(0);
  browser.show(h(Announcement, {}));
  expect(said()).toEqual(['early']);
});

it('leaves no timer behind', () => {
  browser.show(h(Announcement, {}));
  announce('late');
  expect(jest.getTimerCount()).toBe(1);
  browser.show(null);
  expect(jest.getTimerCount()).toBe(0);
});
