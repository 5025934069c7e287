/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { parseRoute, type Route } from '../../../../../cli/console/page/routing/route';
import type { ScreenOf as ScreenOfType } from '../../../../../cli/console/page/shell/screens';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();
const mockFiles = { asked: [] as string[], problem: undefined as string | undefined };

/** A screen that says where it is, in place of its file. */
function mockScreen(name: string, component: string): object {
  mockFiles.asked.push(name);
  if (mockFiles.problem !== undefined) throw new Error(mockFiles.problem);
  return { [component]: ({ route }: { readonly route: Route }) => `${name} ${route.place} ${route.id ?? ''}`.trim() };
}

jest.mock('../../../../../cli/console/page/stack/stack-screen', () => mockScreen('stack', 'StackScreen'));
jest.mock('../../../../../cli/console/page/runs/runs-screen', () => mockScreen('runs', 'RunsScreen'));
jest.mock('../../../../../cli/console/page/run/run-screen', () => mockScreen('run', 'RunScreen'));
jest.mock('../../../../../cli/console/page/send/send-screen', () => mockScreen('send', 'SendScreen'));
jest.mock('../../../../../cli/console/page/undelivered/undelivered-screen', () =>
  mockScreen('undelivered', 'UndeliveredScreen'),
);

/** What the test has loaded already, and its screens must share with it. */
const SHARED = Object.fromEntries(
  ['preact', 'preact/hooks', '../../../../../cli/console/page/shell/console-state'].map((path) => [
    path,
    jest.requireActual<object>(path),
  ]),
);

let ScreenOf: typeof ScreenOfType;

beforeEach(() => {
  jest.useFakeTimers();
  mockFiles.asked = [];
  mockFiles.problem = undefined;
  // No screen is loaded at the beginning of a test.
  jest.resetModules();
  for (const [path, module] of Object.entries(SHARED)) jest.doMock(path, () => module);
  ({ ScreenOf } =
    require('../../../../../cli/console/page/shell/screens') as typeof import('../../../../../cli/console/page/shell/screens'));
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

async function show(address: string): Promise<string> {
  const route = parseRoute(new URL(address, 'http://127.0.0.1'));
  browser.show(h(ScreenOf, { route }));
  await browser.settled();
  return browser.document.body.textContent ?? '';
}

it.each([
  ['/', 'stack local'],
  ['/aws/runs', 'runs aws'],
  ['/runs/a-1', 'run local a-1'],
  ['/send', 'send local'],
  ['/aws/undelivered', 'undelivered aws'],
])('%s shows %s, whose file alone is loaded at first', async (address, text) => {
  expect(await show(address)).toBe(text);
  expect(mockFiles.asked).toEqual([text.split(' ')[0]]);
});

it('loads the other screens after 1.5 seconds: the console can stop', async () => {
  await show('/');
  await browser.pass(1_499);
  expect(mockFiles.asked).toEqual(['stack']);
  await browser.pass(1);
  expect(mockFiles.asked.sort()).toEqual(['run', 'runs', 'send', 'stack', 'undelivered']);
  expect(await show('/runs')).toBe('runs local');
});

it('loads nothing more once the page is gone', async () => {
  await show('/');
  browser.show(null);
  await browser.pass(5_000);
  expect(mockFiles.asked).toEqual(['stack']);
});

it('shows the last screen until the next one is loaded', async () => {
  await show('/');
  browser.show(h(ScreenOf, { route: parseRoute(new URL('http://127.0.0.1/runs')) }));
  expect(browser.document.body.textContent).toBe('stack local');
  await browser.settled();
  expect(browser.document.body.textContent).toBe('runs local');
});

it('says why a screen cannot be loaded, and loads it again', async () => {
  mockFiles.problem = 'The console has stopped.';
  expect(await show('/send')).toBe('The console has stopped.Retry');
  mockFiles.problem = undefined;
  await browser.click('Retry');
  expect(browser.document.body.textContent).toBe('send local');
});

it('bears that the other screens cannot be loaded ahead', async () => {
  await show('/');
  mockFiles.problem = 'The console has stopped.';
  await browser.pass(1_500);
  expect(browser.document.body.textContent).toBe('stack local');
});

it('says that there is no such page, and where to go', async () => {
  expect(await show('/aws/nothing')).toBe('There is no such pageGo to Stack or Runs.');
  expect(browser.all('a').map((link) => link.getAttribute('href'))).toEqual(['/aws', '/aws/runs']);
  expect(mockFiles.asked).toEqual([]);
});
