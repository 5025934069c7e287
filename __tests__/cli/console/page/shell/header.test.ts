/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { parseRoute } from '../../../../../cli/console/page/routing/route';
import { AwsBar, BottomBar, Header } from '../../../../../cli/console/page/shell/header';
import type { ConsoleState } from '../../../../../cli/model/console';
import { CONSOLE, openBrowser } from '../browser/browser';

const browser = openBrowser();
const onHelp = jest.fn();

function inAws(differences: object = {}): ConsoleState {
  return {
    ...CONSOLE,
    aws: { kind: 'on', account: '123456789012', region: 'eu-central-1', ...differences },
  } as ConsoleState;
}

function show(
  address: string,
  state: ConsoleState | undefined = CONSOLE,
  what: typeof BottomBar | typeof Header = Header,
): void {
  const route = parseRoute(new URL(address, 'http://127.0.0.1'));
  browser.show(h(what as typeof Header, { route, state, onHelp }));
}

/** The links of a part: what they say, where they lead, and whether they are where the page is. */
function links(part: string): (string | null)[][] {
  return browser
    .all(`${part} a`)
    .map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('aria-current')]);
}

const current = (part: string) => links(part).flatMap(([text, , is]) => (is === null ? [] : [[text, is]]));

it('has a tab for each screen of the place', () => {
  show('/');
  expect(links('.tabs')).toEqual([
    ['Stack', '/', 'page'],
    ['Runs', '/runs', null],
    ['Send event', '/send', null],
    ['Undelivered', '/undelivered', null],
  ]);
  show('/aws/send');
  expect(links('.tabs').map(([, href]) => href)).toEqual(['/aws', '/aws/runs', '/aws/send', '/aws/undelivered']);
});

it.each([
  ['/runs', 'Runs'],
  ['/runs/a-1', 'Runs'],
  ['/send', 'Send event'],
  ['/aws/undelivered', 'Undelivered'],
  ['/nothing', undefined],
])('%s is in the tab %s, at the bottom too', (address, tab) => {
  const expected = tab === undefined ? [] : [[tab, 'page']];
  show(address);
  expect(current('.tabs')).toEqual(expected);
  show(address, CONSOLE, BottomBar);
  expect(current('.bnav')).toEqual(expected);
});

it.each<[string, ConsoleState, string]>([
  ['many', inAws({ undelivered: 12 }), 'Undelivered12 events'],
  ['one', inAws({ undelivered: 1 }), 'Undelivered1 event'],
  ['none', inAws({ undelivered: 0 }), 'Undelivered'],
  ['not counted', inAws(), 'Undelivered'],
  ['not asked', CONSOLE, 'Undelivered'],
])('says how many events are undelivered: %s', (_what, state, text) => {
  show('/', state);
  expect(browser.texts('.tabs a').at(-1)).toBe(text);
});

it('switches between this machine and AWS', () => {
  show('/runs?job=a');
  expect(links('.seg2')).toEqual([
    ['Local', '/runs?job=a', 'true'],
    ['AWS', '/aws/runs?job=a', null],
  ]);
  show('/aws', inAws());
  expect(links('.seg2')).toEqual([
    ['Local', '/', null],
    ['AWS eu-central-1', '/aws', 'true'],
  ]);
});

it('names the stack as soon as it is known', async () => {
  show('/aws');
  expect(links('header').at(0)).toEqual(['reportsbatch-jobs console', '/aws', null]);
  expect(browser.get('small').getAttribute('class')).toBe('hide-s');
  const route = parseRoute(new URL('http://127.0.0.1/'));
  browser.show(h(Header, { route, state: undefined, onHelp }));
  expect([browser.texts('.brand'), browser.get('small').getAttribute('class'), browser.texts('.seg2 a')]).toEqual([
    ['batch-jobs console'],
    null,
    ['Local', 'AWS'],
  ]);
  await browser.click('?');
  expect(onHelp).toHaveBeenCalledTimes(1);
});

describe('the bar in AWS', () => {
  const bar = (state?: ConsoleState) => browser.show(h(AwsBar, { state })).textContent;

  it('says where what is done costs money', () => {
    expect(bar(inAws())).toBe('AWS account 1234-5678-9012eu-central-1');
    expect(bar({ ...inAws(), isReadOnly: true })).toBe('AWS account 1234-5678-9012eu-central-1Read-only');
  });

  it('is nothing before that is known', () => {
    expect([bar(), bar(CONSOLE), bar({ ...CONSOLE, aws: { kind: 'opening', region: 'x' } })]).toEqual(['', '', '']);
  });
});
