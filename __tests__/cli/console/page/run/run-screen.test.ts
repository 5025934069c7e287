/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { useChangeStream } from '../../../../../cli/console/page/api/changes';
import { listenToKeys } from '../../../../../cli/console/page/keys/keyboard';
import type { LogPanel as LogPanelType } from '../../../../../cli/console/page/log/log-panel';
import { useRoute } from '../../../../../cli/console/page/routing/location';
import { RunScreen } from '../../../../../cli/console/page/run/run-screen';
import type { TimelineCard as TimelineCardType } from '../../../../../cli/console/page/run/timeline-card';
import { useTimes } from '../../../../../cli/console/page/run/times';
import type { Run } from '../../../../../cli/model/run';
import { at, live, run, SPOT_STORY } from '../../../model/told-runs';
import { CONSOLE, openBrowser } from '../browser/browser';
import { openChanges } from '../browser/changes';
import { openServer } from '../browser/server';

type LogProps = Parameters<typeof LogPanelType>[0];

type TimelineProps = Parameters<typeof TimelineCardType>[0];

const mockLog = jest.fn<string, [LogProps]>();
const mockTimeline = jest.fn<string, [TimelineProps]>();
const mockSaid: string[] = [];

jest.mock('../../../../../cli/console/page/log/log-panel', () => ({ LogPanel: (props: LogProps) => mockLog(props) }));
jest.mock('../../../../../cli/console/page/run/timeline-card', () => ({
  TimelineCard: (props: TimelineProps) => mockTimeline(props),
}));
jest.mock('../../../../../cli/console/page/shell/announcement', () => ({
  announce: (text: string) => mockSaid.push(text),
}));

const browser = openBrowser();
const server = openServer();
const changes = openChanges(browser);

beforeEach(() => {
  jest.useFakeTimers({ now: at(420) });
  mockSaid.length = 0;
  mockLog.mockReset().mockReturnValue('LOG');
  mockTimeline.mockReset().mockReturnValue('TIMELINE ');
  listenToKeys();
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

const ITEMS: NonNullable<Run['items']> = {
  count: 2,
  counts: { succeeded: 1, failed: 1, running: 0, waiting: 0 } as NonNullable<Run['items']>['counts'],
  failures: [],
};

/** Answers the question for the run. */
async function answer(value: unknown, status?: number): Promise<void> {
  server.questions
    .filter(({ path }) => path.startsWith('/api/run?'))
    .at(-1)
    ?.answer(value, status);
  await browser.settled();
}

/** The screen of a run at its address. Without a run, the server has not answered. */
async function show(shown: Run | undefined, hash = '', state = CONSOLE): Promise<void> {
  const { place, id } = shown ?? run();
  browser.show(null);
  browser.go(`${place === 'aws' ? '/aws' : ''}/runs/${id}${hash}`);
  const Screen = () => {
    useChangeStream({ place });
    return h(RunScreen, { route: useRoute() });
  };
  browser.show(h(Screen, {}), state);
  if (shown !== undefined) await answer(shown);
}

/** The questions for the run. */
const asked = () => server.asked().filter((question) => question.includes('/api/run?'));
const alerts = () => browser.texts('[role="alert"] > div');
const log = () => mockLog.mock.lastCall?.[0];
const timeline = () => mockTimeline.mock.lastCall?.[0] as TimelineProps;
const cards = () => browser.texts('aside h2');

// First, because answers are kept for the whole page.
it('is loading, or says why it cannot be had, under the name of the run', async () => {
  await show(undefined);
  await browser.pass(300);
  expect([browser.texts('h1'), browser.button('Runs').getAttribute('href'), browser.all('.skeleton i').length]).toEqual(
    [['nightlyReport-67cd5321'], '/aws/runs', 10],
  );
  await answer({ error: 'There is no such run.' }, 404);
  expect([alerts(), browser.texts('.skeleton')]).toEqual([['There is no such run.'], []]);
  await browser.pass(200);
  asked();
  await browser.click('Retry');
  expect(asked()).toEqual(['GET /api/run?place=aws&id=nightlyReport-67cd5321']);
});

it('begins with what happened, and why', async () => {
  await show(SPOT_STORY);
  const icon = browser.get('h1').firstElementChild;
  expect([browser.texts('h1'), icon?.getAttribute('class'), icon?.firstElementChild?.getAttribute('width')]).toEqual([
    ['Succeeded on attempt 3 of 3'],
    'tone-ok',
    '24',
  ]);
  expect([browser.texts('.why')[0], browser.document.title]).toEqual([
    expect.stringMatching(/^Attempts 1 and 2 exited with code 1\./),
    'Succeeded on attempt 3 of 3: nightlyReport, reports',
  ]);
  expect([browser.get('.crumb').textContent, browser.texts('.acts button')]).toEqual([
    'Runs / nightlyReport / 67cd5321',
    ['Run again'],
  ]);
  expect(browser.texts('.run-facts dd')[1]).toBe('27m 41s');
});

it('has no second sentence where there is nothing to add', async () => {
  await show(run({ outcome: 'succeeded' }));
  expect(browser.texts('.why')).toEqual([]);
});

describe('its parts', () => {
  const FAULTS = { place: 'local', words: ['nightlyReport', '--fast'] } as const;

  it.each<[string, Run, string, string[]]>([
    ['in AWS', SPOT_STORY, 'TIMELINE LOG', ['Attempt 3', 'Where the time went', 'Event']],
    ['in AWS that goes on', live({}), 'TIMELINE LOG', ['Attempt 1', 'What happens next', 'Event']],
    ['on this machine', run(FAULTS), 'TIMELINE LOG', ['Run again with', 'Where the time went', 'Event']],
    // What is repeated is not yet what a person looks for.
    [
      'on this machine that goes on',
      live({}, FAULTS),
      'TIMELINE LOG',
      ['Attempt 1', 'What happens next', 'Event', 'Run again with'],
    ],
    [
      'of items in AWS, which have the logs',
      run({ items: ITEMS }),
      'Items TIMELINE ',
      ['Where the time went', 'Event'],
    ],
    [
      'of items on this machine',
      run({ ...FAULTS, items: ITEMS }),
      'Items TIMELINE LOG',
      ['Run again with', 'Where the time went', 'Event'],
    ],
    [
      'whose cause and notes are known',
      run({ ...FAULTS, error: 'JobFailed', notes: ['The queue is not simulated.'] }),
      'TIMELINE LOG',
      ['Run again with', 'Error and cause', 'Where the time went', 'Notes', 'Event'],
    ],
  ])('of a run %s', async (_what, shown, main, aside) => {
    await show(shown);
    const parts = [...browser.get('.cols > div').childNodes].map((part) =>
      part.nodeType === 3 ? part.textContent : `${(part as Element).querySelector('h2')?.textContent} `,
    );
    expect([parts.join(''), cards(), browser.get('aside').getAttribute('aria-label')]).toEqual([
      main,
      aside,
      'Details',
    ]);
  });
});

describe('what is selected', () => {
  it('is in the address: its details are told, and its log is shown', async () => {
    await show(SPOT_STORY, '#a2.3');
    expect([cards()[0], log()?.selected, timeline().selected]).toEqual(['Attempt 2, start 3', '2.3', 'a2.3']);
    await show(SPOT_STORY);
    expect([cards()[0], log()?.selected]).toEqual(['Attempt 3', undefined]);
  });

  it('is what the log is chosen to show', async () => {
    await show(SPOT_STORY);
    browser.act(() => log()?.onSelect('2.1'));
    await browser.settled();
    expect([browser.address, log()?.selected]).toEqual(['/aws/runs/nightlyReport-67cd5321#a2.1', '2.1']);
    browser.act(() => log()?.onSelect(undefined));
    await browser.settled();
    expect([browser.address, log()?.selected]).toEqual(['/aws/runs/nightlyReport-67cd5321', undefined]);
  });

  it('is a row of the timeline, which can be closed, or another by a key', async () => {
    await show(SPOT_STORY);
    browser.act(() => timeline().onSelect('a1'));
    await browser.settled();
    expect([browser.address, timeline().selected]).toEqual(['/aws/runs/nightlyReport-67cd5321#a1', 'a1']);
    browser.press('j');
    await browser.settled();
    expect(browser.address).toBe('/aws/runs/nightlyReport-67cd5321#w2');
    const { length } = timeline().rows;
    browser.act(() => timeline().onToggle('a2'));
    expect(timeline().rows).toHaveLength(length - 3);
  });

  it('has its times as a person wants them, in the log too', async () => {
    await show(SPOT_STORY);
    expect(log()?.times).toBe('elapsed');
    const setTimes = browser.hook(useTimes).current[1];
    browser.act(() => setTimes('utc'));
    await show(SPOT_STORY);
    expect(log()?.times).toBe('utc');
    setTimes('elapsed');
  });
});

describe('time', () => {
  const duration = () => browser.texts('.run-facts dd')[1];

  it('goes on while the run does', async () => {
    await show(live({}));
    expect([duration(), log()?.now, timeline().now]).toEqual(['7m 00s', at(420), at(420)]);
    await browser.pass(1_000);
    expect([duration(), log()?.now]).toEqual(['7m 01s', at(421)]);
    // An answer can be newer than the last tick.
    await browser.pass(500);
    changes.say({ type: 'run' });
    await answer(live({}));
    expect(log()?.now).toBe(at(421.5));
  });

  it('ends with the run, and is the present if nobody knows when that was', async () => {
    await show(SPOT_STORY);
    expect(log()?.now).toBe(at(1661));
    await show(run({ endedAt: undefined }));
    expect(log()?.now).toBe(at(420));
  });
});

describe('what changes', () => {
  it('has the run asked again, if it is of this run or of all', async () => {
    await show(run());
    const count = async (change: object) => {
      await browser.pass(200);
      asked();
      changes.say(change);
      await browser.settled();
      return asked().length;
    };
    expect(await count({ type: 'run', id: 'other' })).toBe(0);
    expect(await count({ type: 'runs' })).toBe(0);
    expect(await count({ type: 'run', id: run().id })).toBe(1);
    await show(run());
    expect(await count({ type: 'run' })).toBe(1);
  });

  it('is said to people who do not see it: another verdict, not the first', async () => {
    const change = async (next: Run) => {
      await browser.pass(200);
      changes.say({ type: 'run' });
      await answer(next);
    };
    const id = 'said';
    await show(live({}, { id }));
    await change(live({}, { id }));
    expect(mockSaid).toEqual([]);
    await change(run({ id, outcome: 'succeeded' }));
    await change(run({ id, outcome: 'succeeded' }));
    expect(mockSaid).toEqual(['Succeeded']);
    await change(live({}, { id }));
    expect(mockSaid).toHaveLength(2);
  });

  it('cannot be had: the run stays, with why', async () => {
    await show(SPOT_STORY);
    await browser.pass(200);
    changes.say({ type: 'run' });
    await answer({ error: 'Throttled.' }, 500);
    expect([alerts(), browser.texts('h1')]).toEqual([['Throttled.'], ['Succeeded on attempt 3 of 3']]);
    await browser.pass(200);
    asked();
    await browser.click('Retry');
    expect(asked()).toHaveLength(1);
  });
});

it('repeats the run, and says once why it could not', async () => {
  for (const shown of [run({ place: 'local' }), run({ place: 'local', item: undefined })]) {
    await show(shown);
    await browser.click('Run again');
    expect(server.last).toMatchObject({ path: '/api/local/start', body: { again: 'nightlyReport-67cd5321' } });
    server.last.answer({ error: 'No engine.' }, 500);
    await browser.settled();
    expect(alerts()).toEqual(['No engine.']);
  }
});
