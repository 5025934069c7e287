/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { setConnection } from '../../../../../cli/console/page/api/connection';
import { askInAws } from '../../../../../cli/console/page/aws/ask-in-aws';
import { listenToKeys } from '../../../../../cli/console/page/keys/keyboard';
import type { Route } from '../../../../../cli/console/page/routing/route';
import { announce } from '../../../../../cli/console/page/shell/announcement';
import { App } from '../../../../../cli/console/page/shell/app';
import { useConsole } from '../../../../../cli/console/page/shell/console-state';
import type { ConsoleState } from '../../../../../cli/model/console';
import { CONSOLE, openBrowser } from '../browser/browser';
import { openChanges } from '../browser/changes';
import { openServer } from '../browser/server';

const mockScreen = jest.fn<string, [Route]>();

jest.mock('../../../../../cli/console/page/shell/screens', () => ({
  ScreenOf: ({ route }: { readonly route: Route }) => mockScreen(route),
}));

const browser = openBrowser();
const server = openServer();
const changes = openChanges(browser);

const STATE: ConsoleState = {
  ...CONSOLE,
  commands: { ...CONSOLE.commands, console: 'npm run console', 'console --aws': 'npm run console -- --aws' },
} as ConsoleState;
const IN_AWS: ConsoleState = { ...STATE, aws: { kind: 'on', account: '123456789012', region: 'eu-central-1' } };

beforeEach(() => {
  jest.useFakeTimers();
  setConnection('open');
  listenToKeys();
  mockScreen.mockReset().mockImplementation(({ place, screen, id = '' }) => {
    return `${useConsole()?.stackName}: ${place} ${screen} ${id}`.trim();
  });
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

/** The page at an address. `answer` is what the console says of itself; without one, it has not answered. */
async function show(address: string, answer?: ConsoleState): Promise<void> {
  browser.go(address);
  browser.showAlone(h(App, {}));
  if (answer !== undefined) server.last.answer(answer);
  await browser.settled();
}

const main = () => browser.get('main');
const focusable = () => [main().getAttribute('id'), main().getAttribute('tabindex')];

// First, because answers are kept for the whole page.
describe('before the console has said what it is', () => {
  it('the page has its header, and gray lines after 300 ms', async () => {
    await show('/runs');
    expect(server.asked()).toEqual(['GET /api/console']);
    expect([browser.texts('.brand'), browser.texts('.tabs [aria-current]'), main().textContent]).toEqual([
      ['batch-jobs console'],
      ['Runs'],
      '',
    ]);
    await browser.pass(300);
    expect([main().textContent, browser.texts('[role="alert"]'), mockScreen.mock.calls]).toEqual(['Loading…', [], []]);
  });

  it('it says why it cannot, and asks again', async () => {
    await show('/');
    server.last.answer({ error: 'No such config.' }, 500);
    await browser.settled();
    await browser.pass(300);
    expect(main().textContent).toBe('No such config.Retry');
    server.asked();
    await browser.click('Retry');
    expect(server.asked()).toEqual(['GET /api/console']);
  });

  it('the banner says how a console that has stopped is started', async () => {
    await show('/');
    server.last.refuse();
    await browser.settled();
    expect(browser.texts('.banner[role="alert"]')).toEqual([
      'Console stopped. Start it again with npx batch-jobs console.',
    ]);
  });
});

it.each<[string, ConsoleState, string]>([
  ['/', STATE, 'reports: local stack'],
  ['/runs/a-1', STATE, 'reports: local run a-1'],
  ['/aws/runs', IN_AWS, 'reports: aws runs'],
])('%s has its screen, which knows the console', async (address, state, text) => {
  await show(address, state);
  expect([main().textContent, browser.texts('.brand .cut')]).toEqual([text, ['reports']]);
});

it('keeps its screen where the console fails later', async () => {
  await show('/', STATE);
  changes.begin();
  await browser.pass(200);
  server.last.answer({ error: 'Broken.' }, 500);
  await browser.settled();
  expect([main().textContent, browser.texts('[role="alert"]')]).toEqual(['reports: local stack', []]);
});

it('can be read from its content on, which takes the focus', async () => {
  await show('/', STATE);
  expect([browser.button('Skip to content').getAttribute('href'), focusable()]).toEqual(['#main', ['main', '-1']]);
  expect(browser.document.body.firstElementChild).toBe(browser.button('Skip to content'));
});

describe('AWS', () => {
  it('is closed to a console without access, and the page says how to start one with it', async () => {
    await show('/aws', STATE);
    expect([browser.texts('h1'), browser.texts('pre'), mockScreen.mock.calls, browser.texts('.aws-bar')]).toEqual([
      ['AWS is not connected'],
      ['npm run console -- --aws'],
      [],
      [],
    ]);
  });

  it('has a bar with account and region, which runs on this machine have not', async () => {
    await show('/aws', IN_AWS);
    expect(browser.texts('.aws-bar')).toEqual(['AWS account 1234-5678-9012eu-central-1']);
    browser.show(null);
    await show('/', IN_AWS);
    expect([browser.texts('.aws-bar'), main().textContent]).toEqual([[], 'reports: local stack']);
  });

  it('is asked about in a dialog', async () => {
    await show('/aws', IN_AWS);
    browser.act(() => void askInAws({ question: 'Stop report', action: 'Stop run', work: async () => {} }));
    await browser.settled();
    expect(browser.texts('dialog h2')).toEqual(['Stop report in AWS account 1234-5678-9012, eu-central-1?']);
  });
});

describe('the banner', () => {
  const banner = () => browser.all('.banner').map((each) => [each.getAttribute('role'), each.textContent]);

  it('has the command that starts the console, until it answers again', async () => {
    await show('/', STATE);
    expect(banner()).toEqual([]);
    browser.act(() => setConnection('stopped'));
    expect(banner()).toEqual([['alert', 'Console stopped. Start it again with npm run console.']]);
    expect(browser.texts('.banner code')).toEqual(['npm run console']);
    browser.act(() => setConnection('open'));
    expect(banner()).toEqual([]);
  });

  it('says that another console was started at the address', async () => {
    await show('/', STATE);
    browser.act(() => setConnection('refused'));
    expect(banner()).toEqual([['alert', 'The console was started again. Open the address that it printed.']]);
  });
});

describe('keys', () => {
  const press = (keys: string) => {
    for (const key of keys.split(' ')) browser.press(key);
  };

  it('go to the screens of the place', async () => {
    const go = async (address: string, ...keys: readonly string[]) => {
      await show(address, IN_AWS);
      const addresses = [];
      for (const key of keys) {
        press(`g ${key}`);
        await browser.settled();
        addresses.push([browser.address, main().textContent]);
      }
      browser.show(null);
      return addresses;
    };
    expect(await go('/runs', 's', 'r', 'e', 'u')).toEqual([
      ['/', 'reports: local stack'],
      ['/runs', 'reports: local runs'],
      ['/send', 'reports: local send'],
      ['/undelivered', 'reports: local undelivered'],
    ]);
    expect([browser.entries.length, await go('/aws/runs', 's', 'u')]).toEqual([
      5,
      [
        ['/aws', 'reports: aws stack'],
        ['/aws/undelivered', 'reports: aws undelivered'],
      ],
    ]);
  });

  it('are listed by "?" and by the button, with what they do', async () => {
    await show('/', STATE);
    expect(browser.texts('dialog')).toEqual([]);
    press('?');
    expect([browser.texts('dialog h3')[0], browser.texts('dialog dl > div')]).toEqual([
      'Everywhere',
      ['gsGo to Stack', 'grGo to Runs', 'geGo to Send event', 'guGo to Undelivered', '?Show this list'],
    ]);
    await browser.click('Close');
    expect(browser.texts('dialog')).toEqual([]);
    await browser.click('?');
    expect(browser.texts('dialog h2')).toEqual(['Keys and colors']);
  });
});

describe('what changes', () => {
  it('is told by a stream for what is shown', async () => {
    await show('/aws/runs/a-1', IN_AWS);
    expect(changes.open.map(({ address }) => address)).toEqual(['/api/events?place=aws&run=a-1']);
    browser.press('g');
    browser.press('r');
    await browser.settled();
    expect(changes.open.map(({ address }) => address)).toEqual(['/api/events?place=aws']);
  });

  it('has the console asked again, if it is of the console', async () => {
    await show('/', STATE);
    const asked = async (type: string) => {
      await browser.pass(200);
      server.asked();
      changes.say({ type });
      await browser.settled();
      server.questions.at(-1)?.answer(STATE);
      await browser.settled();
      return server.asked().length;
    };
    const counts = [];
    for (const type of ['console', 'stack', 'undelivered', 'runs', 'run', 'log', 'deployed']) {
      counts.push(await asked(type));
    }
    expect(counts).toEqual([1, 1, 1, 0, 0, 0, 0]);
  });

  it('is said by the only live region', async () => {
    await show('/', STATE);
    announce('The run failed');
    await browser.pass(0);
    expect(browser.texts('[aria-live="polite"]')).toEqual(['The run failed']);
  });
});
