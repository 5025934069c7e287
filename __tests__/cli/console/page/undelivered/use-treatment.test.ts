/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { AwsQuestions } from '../../../../../cli/console/page/aws/ask-in-aws';
import { Announcement } from '../../../../../cli/console/page/shell/announcement';
import { type Treatment, useTreatment } from '../../../../../cli/console/page/undelivered/use-treatment';
import type { UndeliveredEvent } from '../../../../../cli/model/deployed';
import { CONSOLE, openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();
const IN_AWS = { ...CONSOLE, aws: { kind: 'on', account: '123456789012', region: 'eu-central-1' } } as typeof CONSOLE;

let treatment: Treatment;
let ended: (readonly string[])[];

function event(id: string): UndeliveredEvent {
  return { id } as UndeliveredEvent;
}

beforeEach(() => {
  jest.useFakeTimers();
  ended = [];
  const Screen = () => {
    treatment = useTreatment((ids) => ended.push(ids));
    return [h(AwsQuestions, {}), h(Announcement, {})];
  };
  browser.show(h(Screen, {}), IN_AWS);
});

afterEach(() => jest.useRealTimers());

/** What a screen reader says in the end: ten seconds after what was said before, also in earlier tests. */
async function said(): Promise<string> {
  await browser.pass(100_000);
  return browser.get('[aria-live="polite"]').textContent;
}

/** Begins, up to the question. */
async function begin(...args: Parameters<Treatment['begin']>): Promise<void> {
  browser.act(() => void treatment.begin(...args));
  await browser.settled();
}

/** Answers in lines. */
async function answer(...lines: object[]): Promise<void> {
  server.last.stream(lines.map((line) => `${JSON.stringify(line)}\n`));
  await browser.settled();
}

const STARTED = { id: 'a', outcome: 'started', run: 'report-1' };

it('does nothing at first', () => {
  expect(treatment).toMatchObject({ progress: undefined, isBusy: false });
  treatment.stop();
  expect(server.questions).toEqual([]);
});

it.each<[string, 'redrive' | 'delete', string[], string, string, RegExp]>([
  ['one event again', 'redrive', ['a'], 'Send this event again', 'Send again', /^Each starts a run, unless/],
  [
    'two events again',
    'redrive',
    ['a', 'b'],
    'Send these 2 events again',
    'Send again',
    /leaves its queue only after that\.$/,
  ],
  ['one event away', 'delete', ['a'], 'Delete this event', 'Delete', /^Nothing is done for what is deleted/],
  [
    '1,000 events away',
    'delete',
    Array(1_000).fill('a'),
    'Delete these 1,000 events',
    'Delete',
    /cannot be had back\.$/,
  ],
])('asks before it sends %s', async (_what, action, ids, question, word, consequence) => {
  await begin(action, ids.map(event));
  expect(browser.get('dialog h2').textContent).toBe(`${question} in AWS account 1234-5678-9012, eu-central-1?`);
  expect(browser.get('dialog .body').textContent.replace('1234-5678-9012eu-central-1', '')).toMatch(consequence);
  expect([...browser.button(word).classList]).toContain(action === 'delete' ? 'danger' : 'primary');
  expect(server.questions).toEqual([]);
});

it('does nothing where a person gives up', async () => {
  await begin('delete', [event('a')]);
  await browser.click('Cancel');
  expect([server.questions, treatment.progress, ended]).toEqual([[], undefined, []]);
});

it('says what became of each event, and the end', async () => {
  await begin('redrive', [event('a'), event('b')], 'report');
  await browser.click('Send again');
  expect(server.last).toMatchObject({
    method: 'POST',
    path: '/api/undelivered/redrive',
    body: { account: '123456789012', region: 'eu-central-1', ids: ['a', 'b'], job: 'report' },
  });
  expect(treatment).toMatchObject({ isBusy: true, progress: { action: 'redrive', count: 2, results: [] } });
  const failed = { id: 'b', outcome: 'failed', reason: 'No.' };
  await answer({ result: STARTED }, { result: failed }, { done: { summary: '1 of 2 sent.', problems: ['b: No.'] } });
  expect(treatment).toMatchObject({
    isBusy: false,
    progress: { results: [STARTED, failed], end: { summary: '1 of 2 sent.', problems: ['b: No.'] } },
  });
  expect(ended).toEqual([['a', 'b']]);
  expect(await said()).toBe('1 of 2 sent.');
  browser.act(() => treatment.dismiss());
  expect(treatment.progress).toBeUndefined();
});

it('deletes without saying for which job', async () => {
  await begin('delete', [event('a')]);
  await browser.click('Delete');
  expect(server.last).toMatchObject({ path: '/api/undelivered/delete' });
  expect(server.last.body).toEqual({ account: '123456789012', region: 'eu-central-1', ids: ['a'] });
  await answer({ done: { summary: 'Deleted 1 event.', problems: [] } });
  expect(await said()).toBe('Deleted 1 event.');
  expect(treatment.progress?.end).toEqual({ summary: 'Deleted 1 event.', problems: [] });
});

it('says why it was not finished: by a line of the answer', async () => {
  await begin('delete', [event('a')]);
  await browser.click('Delete');
  await answer({ result: STARTED }, { error: 'AccessDenied.' });
  expect(treatment.progress).toMatchObject({
    results: [STARTED],
    end: { summary: 'It was not finished.', problems: ['AccessDenied.'] },
  });
  expect([await said(), ended]).toEqual(['It was not finished.', [['a']]]);
});

it('says why it was not finished: the server refuses', async () => {
  await begin('delete', [event('a')]);
  await browser.click('Delete');
  server.last.answer({ error: 'Another account.' }, 409);
  await browser.settled();
  expect(treatment).toMatchObject({
    isBusy: false,
    progress: { end: { summary: 'It was not finished.', problems: ['Another account.'] } },
  });
  expect(ended).toEqual([['a']]);
});

it('is stopped', async () => {
  await begin('redrive', [event('a')]);
  await browser.click('Send again');
  browser.act(() => treatment.stop());
  await browser.settled();
  expect(await said()).toBe('Stopped. The events that are left are in their queues.');
  expect(treatment.progress?.end).toEqual({
    summary: 'Stopped. The events that are left are in their queues.',
    problems: [],
  });
  expect(ended).toEqual([['a']]);
});
