/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { AwsQuestions } from '../../../../../cli/console/page/aws/ask-in-aws';
import { SendButton } from '../../../../../cli/console/page/send/send-button';
import { CONSOLE, openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();
const IN_AWS = { ...CONSOLE, aws: { kind: 'on', account: '123456789012', region: 'eu-central-1' } } as typeof CONSOLE;

type Props = Parameters<typeof SendButton>[0];
const REQUEST = { job: 'report', place: 'local', eventText: '{"a":1}', faults: {} } as unknown as Props['request'];

function show(props: Partial<Props> = {}, state = IN_AWS): void {
  const all: Props = { place: 'local', request: REQUEST, isReady: true, isJson: true, hasProblems: false, ...props };
  browser.show([h(SendButton, all), h(AwsQuestions, {})], state);
}

/** The button, whether it can be pressed, and why not. */
const button = () => {
  const primary = browser.get('.send-button .primary');
  return [primary.textContent, !primary.hasAttribute('disabled'), browser.texts('p')[0]];
};

/** Confirms what is asked. */
async function confirm(): Promise<void> {
  browser.all('dialog .btn').at(-1)?.click();
  await browser.settled();
}

it.each<[string, Partial<Props>, typeof CONSOLE]>([
  ['Run locally', {}, IN_AWS],
  ['Start in AWS, eu-central-1', { place: 'aws' }, IN_AWS],
  ['Start in AWS', { place: 'aws' }, CONSOLE],
])('says where the run will be: %s', (text, props, state) => {
  show(props, state);
  expect(button()).toEqual([text, true, undefined]);
});

it.each<[string, Partial<Props>, string | undefined]>([
  ['no JSON', { isJson: false }, 'Correct the JSON first.'],
  ['options that are wrong', { hasProblems: true }, 'Correct the options first.'],
  ['both', { isJson: false, hasProblems: true }, 'Correct the JSON first.'],
  ['what is not checked yet', { isReady: false }, undefined],
  ['no JSON, not checked yet', { isReady: false, isJson: false }, undefined],
])('is off for %s', (_what, props, why) => {
  show(props);
  expect(button()).toEqual(['Run locally', false, why]);
});

it('starts nothing in a console that only reads', () => {
  show({}, { ...IN_AWS, isReadOnly: true });
  expect([browser.texts('button'), browser.get('[role="status"]').textContent]).toEqual([
    [],
    'The console was started with --read-only, so it starts no runs. Use the command.',
  ]);
});

it('starts a run on this machine, once, and goes to it', async () => {
  show();
  await browser.click('Run locally');
  expect(server.last).toMatchObject({ path: '/api/local/start', body: REQUEST });
  expect(button()).toEqual(['Starting…', false, undefined]);
  server.last.answer({ id: 'report-1' });
  await browser.settled();
  expect([browser.address, button()[0]]).toEqual(['/runs/report-1', 'Run locally']);
});

it('says why it started none, until it is tried again', async () => {
  show();
  await browser.click('Run locally');
  server.last.answer({ error: 'No engine.' }, 500);
  await browser.settled();
  expect([browser.get('[role="alert"]').textContent, button()]).toEqual([
    'No engine.',
    ['Run locally', true, undefined],
  ]);
  await browser.click('Run locally');
  expect(browser.texts('[role="alert"]')).toEqual([]);
});

describe('in AWS', () => {
  const start = async (request: object = {}) => {
    show({ place: 'aws', request: { ...REQUEST, ...request } });
    await browser.click('Start in AWS, eu-central-1');
  };

  it('asks, starts a run with the event, and goes to it', async () => {
    await start();
    expect([browser.get('dialog h2').textContent, server.questions]).toEqual([
      'Start report in AWS account 1234-5678-9012, eu-central-1?',
      [],
    ]);
    await confirm();
    expect(server.last).toMatchObject({
      path: '/api/aws/start',
      body: { job: 'report', eventText: '{"a":1}', account: '123456789012' },
    });
    server.last.answer({ id: 'report-2' });
    await browser.settled();
    expect([browser.address, browser.texts('dialog')]).toEqual(['/aws/runs/report-2', []]);
  });

  it('takes an event of an earlier run for a new one', async () => {
    await start({ from: 'report-0', eventText: undefined });
    await confirm();
    expect(server.last).toMatchObject({ path: '/api/aws/rerun', body: { id: 'report-0', eventText: '' } });
  });

  it('does nothing where a person gives up', async () => {
    await start();
    await browser.click('Cancel');
    expect([server.questions, button()[1], browser.address]).toEqual([[], true, '/']);
  });

  it('leads to the run that the event had started before', async () => {
    await start();
    await confirm();
    server.last.answer({ id: 'report-1', isDuplicate: true });
    await browser.settled();
    expect(browser.address).toBe('/');
    expect(browser.get('.send-button [role="status"]').textContent).toBe(
      'This event had already started report-1. Nothing was started.',
    );
    expect(browser.button('report-1').getAttribute('href')).toBe('/aws/runs/report-1');
    await browser.click('Start in AWS, eu-central-1');
    expect(browser.texts('.send-button [role="status"]')).toEqual([]);
  });
});
