/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { EventDetail } from '../../../../../cli/console/page/undelivered/event-detail';
import type { Treatment } from '../../../../../cli/console/page/undelivered/use-treatment';
import type { UndeliveredDetail, UndeliveredEvent } from '../../../../../cli/model/deployed';
import { openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();
const begin = jest.fn();

beforeEach(() => begin.mockReset());

let count = 0;

/** The detail of an event, another one in each test, and what the server tells of it. */
async function show(
  differences: Partial<UndeliveredEvent> = {},
  detail: Partial<UndeliveredDetail> = {},
  more: { readonly canChange?: boolean; readonly isBusy?: boolean } = {},
): Promise<UndeliveredEvent> {
  count += 1;
  const event = {
    id: `${count}-23456789`,
    queue: 'reports-undelivered',
    jobs: ['report'],
    functions: [],
    source: 'sqs',
    reason: 'The function failed.',
    givenUpAt: Date.UTC(2026, 10, 25, 14),
    bytes: 100,
    ...differences,
  } as UndeliveredEvent;
  const treatment = { begin, isBusy: more.isBusy ?? false } as unknown as Treatment;
  server.always('/api/undelivered/event', { ...event, text: '{"a":1}', isEvent: true, ...detail });
  browser.show(h(EventDetail, { key: event.id, event, canChange: more.canChange ?? true, treatment }));
  await browser.settled();
  return event;
}

const facts = () => Object.fromEntries(browser.texts('dt').map((label, index) => [label, browser.texts('dd')[index]]));
const isOff = (text: string) => browser.button(text).hasAttribute('disabled');

it('says what is known of the event, and asks for its content', async () => {
  const { id } = await show();
  expect(server.asked()).toEqual([`GET /api/undelivered/event?id=${id}`]);
  expect([browser.get('.u-why').textContent, facts()]).toEqual([
    'The function failed.',
    { Event: id, Queue: 'reports-undelivered', For: 'report', Source: 'sqs', 'Given up': '25 Nov 2026, 14:00:00 UTC' },
  ]);
  const day = Date.UTC(2026, 10, 26);
  await show({ tries: 3, happenedAt: day, expiresAt: day + 1_000, jobs: [] });
  expect(facts()).toMatchObject({
    For: 'none of this config',
    Tries: '3',
    Happened: '26 Nov 2026, 00:00:00 UTC',
    Expires: '26 Nov 2026, 00:00:01 UTC',
  });
});

describe('the content', () => {
  const contents = () =>
    browser.all('.u-json').map((part) => [part.getAttribute('aria-label'), part.querySelector('pre')?.textContent]);

  it('is the event, laid out', async () => {
    await show();
    expect(contents()).toEqual([['Event', '{\n  "a": 1\n}']]);
  });

  it('is the message where the event is not known, and the error of its sender', async () => {
    await show({}, { isEvent: false, text: 'no json', error: '{"code":"X"}' });
    expect(contents()).toEqual([
      ['Message', 'no json'],
      ['Error', '{\n  "code": "X"\n}'],
    ]);
  });

  it('is copied as it was sent', async () => {
    await show();
    await browser.click('Copy');
    expect(browser.clipboard).toBe('{"a":1}');
  });

  it('is cut after 100,000 characters', async () => {
    await show({}, { text: 'x'.repeat(100_000) });
    expect([contents()[0]?.[1]?.length, browser.texts('.u-json p')]).toEqual([100_000, []]);
    await show({}, { text: 'x'.repeat(100_001) });
    expect(contents()[0]?.[1]).toBe(`${'x'.repeat(100_000)}\n…`);
    expect(browser.texts('.u-json p')).toEqual(['The beginning is shown. Copy it to get all.']);
  });

  it('cannot be had', async () => {
    await show();
    browser.show(null);
    const event = { id: 'x', jobs: [], functions: [], reason: 'r', queue: 'q', source: 's', givenUpAt: 0 };
    server.always('/api/undelivered/event', undefined);
    globalThis.fetch = (async () => ({
      ok: false,
      status: 404,
      json: async () => ({ error: 'It is gone.' }),
    })) as unknown as typeof fetch;
    const props = { event: event as unknown as UndeliveredEvent, canChange: false, treatment: {} as Treatment };
    browser.show(h(EventDetail, props));
    await browser.settled();
    expect([browser.get('[role="alert"] div').textContent, contents()]).toEqual(['It is gone.', []]);
  });
});

describe('what can be done', () => {
  it('is nothing in a console that only reads', async () => {
    await show({}, {}, { canChange: false });
    expect(browser.texts('button')).toEqual(['Copy']);
  });

  it('is to send it again and to delete it', async () => {
    const event = await show();
    await browser.click('Send again');
    await browser.click('Delete');
    expect(begin.mock.calls).toEqual([
      ['redrive', [event], undefined],
      ['delete', [event]],
    ]);
  });

  it('is nothing else while something is done', async () => {
    await show({}, {}, { isBusy: true });
    expect([isOff('Send again'), isOff('Delete')]).toEqual([true, true]);
  });

  it('is copied as a command', async () => {
    const { id } = await show();
    await browser.click('Copy as command');
    expect(browser.clipboard).toBe(`npm run undelivered redrive ${id.slice(0, 8)}`);
  });

  it('does not include to send it where something is in the way, of which the server may know later', async () => {
    await show({ obstacle: 'No job.' } as Partial<UndeliveredEvent>);
    expect([browser.texts('.u-obstacle'), isOff('Send again'), isOff('Delete')]).toEqual([['No job.'], true, false]);
    await show({}, { obstacle: 'Too old.' } as Partial<UndeliveredDetail>);
    expect([browser.texts('.u-obstacle'), isOff('Send again')]).toEqual([['Too old.'], true]);
  });

  it('is for one of several jobs, the first unless a person chooses', async () => {
    const event = await show({ jobs: ['report', 'import'], obstacle: 'Which job?' } as Partial<UndeliveredEvent>);
    expect([browser.texts('.u-obstacle'), browser.texts('option'), isOff('Send again')]).toEqual([
      [],
      ['for report', 'for import'],
      false,
    ]);
    await browser.click('Send again');
    browser.write('select', 'import', 'change');
    await browser.click('Send again');
    expect(begin.mock.calls).toEqual([
      ['redrive', [event], 'report'],
      ['redrive', [event], 'import'],
    ]);
  });

  it('is for no job where a function could get it too', async () => {
    const event = await show({ jobs: ['report', 'import'], functions: ['resize'] });
    expect(browser.texts('select')).toEqual([]);
    await browser.click('Send again');
    expect(begin).toHaveBeenCalledWith('redrive', [event], undefined);
  });
});
