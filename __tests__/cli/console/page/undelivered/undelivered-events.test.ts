/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { AwsQuestions } from '../../../../../cli/console/page/aws/ask-in-aws';
import { useRoute } from '../../../../../cli/console/page/routing/location';
import { UndeliveredEvents } from '../../../../../cli/console/page/undelivered/undelivered-events';
import type { UndeliveredEvent, UndeliveredState } from '../../../../../cli/model/deployed';
import { CONSOLE, openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();
const IN_AWS = { ...CONSOLE, aws: { kind: 'on', account: '123456789012', region: 'eu-central-1' } } as typeof CONSOLE;

beforeEach(() => {
  jest.useFakeTimers();
  browser.go('/aws/undelivered');
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

function events(count: number): UndeliveredEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `event-${index}`,
    queue: 'q',
    jobs: ['report'],
    functions: [],
    source: 'sqs',
    reason: `Reason ${index}.`,
    givenUpAt: 0,
    bytes: 2,
  }));
}

/** The screen, with what the server answers. */
async function show(differences: Partial<UndeliveredState> | undefined, state = IN_AWS): Promise<void> {
  const Screen = () => [h(UndeliveredEvents, { route: useRoute() }), h(AwsQuestions, {})];
  browser.show(h(Screen, {}), state);
  if (differences === undefined) server.last.answer({ error: 'No access.' }, 500);
  else server.last.answer({ events: [], isComplete: true, about: 0, notes: [], problems: [], ...differences });
  await browser.settled();
}

const why = () => browser.texts('.why')[0];

it('is loading, or says why not, and looks again', async () => {
  browser.show(h(UndeliveredEvents, { route: { place: 'aws', screen: 'undelivered', query: {}, hash: '' } }), IN_AWS);
  await browser.pass(300);
  expect(browser.texts('.skeleton .said')).toEqual(['Loading…']);
  browser.show(null);
  await show(undefined);
  expect(browser.texts('[role="alert"] div')).toEqual(['No access.']);
  await browser.pass(200);
  server.asked();
  await browser.click('Look again');
  expect(server.asked()).toEqual(['GET /api/undelivered']);
});

it.each<[string, Partial<UndeliveredState>]>([
  ['1 event could not start a run.', { events: events(1) }],
  ['2 events could not start a run. The oldest is first.', { events: events(2) }],
  [
    '2 events could not be delivered. The oldest is first.',
    { events: events(2).map((event, index) => (index === 0 ? event : { ...event, jobs: [], functions: ['tally'] })) },
  ],
  [
    'The first 2 of about 5,000 events could not start a run. The oldest is first.',
    { events: events(2), isComplete: false, about: 5_000 },
  ],
  ['The first 1 of about 2 events could not start a run.', { events: events(1), isComplete: false, about: 2 }],
])('says: %s', async (text, state) => {
  await show(state);
  expect(why()).toBe(text);
  expect(browser.texts('.und-note')).toEqual(['Each look hides the events from others for some seconds.']);
});

describe('the filter', () => {
  const mixed = events(3).map((event, index) => (index === 0 ? event : { ...event, jobs: [], functions: ['tally'] }));
  const shown = () => browser.all('tr.u-row').length;

  it('shows the events of a function or a job, and is the query of the address', async () => {
    await show({ events: mixed });
    expect(browser.texts('.und-filter option')).toEqual(['All jobs and functions', 'report', 'function tally']);
    expect(shown()).toBe(3);
    browser.write('.und-filter select', 'function:tally', 'change');
    expect([browser.address, shown()]).toEqual(['/aws/undelivered?function=tally', 2]);
    expect(why()).toBe('2 events for function tally could not be delivered. The oldest is first.');
    browser.write('.und-filter select', 'job:report', 'change');
    expect([browser.address, shown()]).toEqual(['/aws/undelivered?job=report', 1]);
    expect(why()).toBe('1 event for job report could not start a run.');
    browser.write('.und-filter select', '', 'change');
    expect([browser.address, shown()]).toEqual(['/aws/undelivered', 3]);
    expect(why()).toBe('3 events could not be delivered. The oldest is first.');
  });

  it('counts among the events that were read, if there are more', async () => {
    browser.go('/aws/undelivered?function=tally');
    await show({ events: mixed, isComplete: false, about: 5_000 });
    expect(why()).toBe(
      '2 events for function tally, among the first 3 of about 5,000 events, could not be delivered. The oldest is first.',
    );
    browser.show(null);
    browser.go('/aws/undelivered?function=other');
    await show({ events: mixed, isComplete: false, about: 5_000 });
    expect(why()).toBeUndefined();
    expect(browser.texts('.empty')).toEqual([
      'No undelivered events for function other among the first 3 of about 5,000 events.',
    ]);
  });

  it('says that a function has none, and can be left', async () => {
    browser.go('/aws/undelivered?function=other');
    await show({ events: mixed });
    expect(browser.texts('.empty')).toEqual(['No undelivered events for function other.']);
    expect(browser.texts('.und-filter option')).toContain('function other');
  });

  it('is not there where all events are for one', async () => {
    await show({ events: events(2) });
    expect(browser.all('.und-filter')).toEqual([]);
  });
});

it('says that there are none', async () => {
  await show({ notes: ['Run `npm run deploy`.'] });
  expect([why(), browser.texts('.empty')]).toEqual([
    undefined,
    ['No undelivered events. Events that cannot start a run are kept here for 14 days.'],
  ]);
  expect([browser.texts('table'), browser.texts('.und-note'), browser.texts('.und-note code')]).toEqual([
    [],
    ['Run npm run deploy.'],
    ['npm run deploy'],
  ]);
});

it('says what could not be looked at, and then not that there are none', async () => {
  await show({ problems: ['Queue a: no access.', 'Queue b: no access.'] });
  expect([browser.texts('[role="alert"] div'), browser.texts('.empty')]).toEqual([
    ['Queue a: no access.', 'Queue b: no access.'],
    [],
  ]);
});

describe('the address', () => {
  it('has the event that is open, without a step of the history', async () => {
    await show({ events: events(2) });
    await browser.click('Reason 1.');
    expect([browser.address, browser.texts('.is-open .u-link')]).toEqual(['/aws/undelivered#event-1', ['Reason 1.']]);
    expect(browser.entries).toHaveLength(1);
    const link = browser.all('.u-link').at(-1);
    if (link) browser.fire(link, 'click');
    expect(browser.address).toBe('/aws/undelivered');
  });
});

describe('selected events', () => {
  const boxes = () => browser.all('tbody [type="checkbox"]') as unknown as HTMLInputElement[];

  it('are none in a console that only reads', async () => {
    await show({ events: events(1) }, { ...IN_AWS, isReadOnly: true });
    expect(boxes()).toEqual([]);
  });

  it('are unselected when something was done with them, and the list is asked for again', async () => {
    await show({ events: events(3) });
    for (const index of [0, 2]) {
      const box = browser.all('tbody [type="checkbox"]')[index];
      if (box) browser.fire(box, 'change');
    }
    expect(boxes().map(({ checked }) => checked)).toEqual([true, false, true]);
    const [remove] = browser.all('button').filter(({ textContent }) => textContent.startsWith('Delete'));
    browser.act(() => remove?.click());
    await browser.settled();
    expect(browser.get('dialog h2').textContent).toContain('Delete these 2 events');
    browser.all('dialog .btn').at(-1)?.click();
    await browser.settled();
    expect(server.last.body).toMatchObject({ ids: ['event-0', 'event-2'] });
    await browser.pass(200);
    server.last.stream([
      '{"result":{"id":"event-0","outcome":"deleted"}}\n{"done":{"summary":"Deleted 1.","problems":[]}}\n',
    ]);
    await browser.settled();
    expect(boxes().map(({ checked }) => checked)).toEqual([false, false, false]);
    expect([browser.get('.und-progress h2').textContent, server.asked().at(-1)]).toEqual([
      'Deleted 1.',
      'GET /api/undelivered',
    ]);
  });
});
