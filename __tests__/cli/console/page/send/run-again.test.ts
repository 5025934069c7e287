/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { AwsQuestions } from '../../../../../cli/console/page/aws/ask-in-aws';
import { type RunAgain, RunAgainCard, useRunAgain } from '../../../../../cli/console/page/send/run-again';
import type { Run } from '../../../../../cli/model/run';
import { run } from '../../../model/told-runs';
import { CONSOLE, openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();
const IN_AWS = { ...CONSOLE, aws: { kind: 'on', account: '123456789012', region: 'eu-central-1' } } as typeof CONSOLE;
let again: RunAgain;

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

/** A run's screen, with what repeats it. */
function show(differences: Partial<Run> = {}, state = IN_AWS): void {
  const of = run(differences);
  const Screen = () => {
    again = useRunAgain(of);
    return [h(RunAgainCard, { again }), h(AwsQuestions, {})];
  };
  browser.show(h(Screen, {}), state);
}

const LOCAL = { place: 'local', words: ['nightlyReport', '--fail-attempts', '1', '--fast'] } as const;
const FAULTS = { failAttempts: '1', fast: true };

/** Repeats the run, up to the question or the answer. */
async function start(): Promise<void> {
  browser.act(() => void again.start());
  await browser.settled();
}

it('has at first the faults of the run, and asks for the command with them', async () => {
  show(LOCAL);
  expect(again).toMatchObject({ faults: FAULTS, problems: {}, isBusy: false, run: { id: 'nightlyReport-67cd5321' } });
  expect(again).not.toHaveProperty('command');
  expect(again).not.toHaveProperty('problem');
  expect(server.last).toMatchObject({
    path: '/api/send/check',
    body: { job: 'nightlyReport', place: 'local', faults: FAULTS, from: 'nightlyReport-67cd5321' },
  });
  server.last.answer({ command: 'npm run local', problems: { grace: 'No.' } });
  await browser.settled();
  expect(again).toMatchObject({ command: 'npm run local', problems: { grace: 'No.' } });
});

it('has no faults where the run had none, and checks others', async () => {
  show({ place: 'local' });
  expect(again.faults).toEqual({});
  browser.act(() => again.setFaults({ fast: true }));
  await browser.pass(200);
  expect(server.last.body).toMatchObject({ faults: { fast: true } });
});

it('repeats a run on this machine with the faults, and goes to the new one', async () => {
  show(LOCAL);
  await start();
  expect(again.isBusy).toBe(true);
  expect(server.last).toMatchObject({
    path: '/api/local/start',
    body: { job: 'nightlyReport', place: 'local', again: 'nightlyReport-67cd5321', faults: FAULTS },
  });
  server.last.answer({ id: 'new' });
  await browser.settled();
  expect([browser.address, again.isBusy]).toEqual(['/runs/new', false]);
});

it('says why it was not repeated, until it is tried again', async () => {
  show(LOCAL);
  await start();
  server.last.answer({ error: 'No engine.' }, 500);
  await browser.settled();
  expect([again.problem, again.isBusy, browser.get('[role="alert"]').textContent]).toEqual([
    'No engine.',
    false,
    'No engine.',
  ]);
  await start();
  expect(again.problem).toBeUndefined();
});

it('asks before it repeats a run in AWS, whose event stays', async () => {
  show();
  expect(server.last.body).toEqual({ job: 'nightlyReport', place: 'aws', faults: {} });
  server.asked();
  await start();
  expect([server.questions, browser.get('dialog h2').textContent]).toEqual([
    [],
    'Run nightlyReport again in AWS account 1234-5678-9012, eu-central-1?',
  ]);
  browser.all('dialog .btn').at(-1)?.click();
  await browser.settled();
  expect(server.last.body).toEqual({ id: 'nightlyReport-67cd5321', account: '123456789012', region: 'eu-central-1' });
  server.last.answer({ id: 'new' });
  await browser.settled();
  expect(browser.address).toBe('/aws/runs/new');
});

describe('the card', () => {
  it('has the faults of a run on this machine', () => {
    show(LOCAL);
    expect(browser.texts('h2')).toEqual(['Run again with']);
    expect(browser.all('.fault-row.on')).toHaveLength(2);
  });

  it('has nothing for a run in AWS, nor in a console that only reads', () => {
    show();
    expect(browser.document.body.textContent).toBe('');
    browser.show(null);
    show(LOCAL, { ...IN_AWS, isReadOnly: true });
    expect(browser.document.body.textContent).toBe('');
  });

  it('is there before the console has said anything', () => {
    show(LOCAL);
    browser.showAlone(h(RunAgainCard, { again }));
    expect(browser.texts('h2')).toEqual(['Run again with']);
  });
});
