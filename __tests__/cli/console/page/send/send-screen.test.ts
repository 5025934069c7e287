/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { useChangeStream } from '../../../../../cli/console/page/api/changes';
import { navigate, useRoute } from '../../../../../cli/console/page/routing/location';
import type { SendForm as SendFormType } from '../../../../../cli/console/page/send/send-form';
import { SendScreen } from '../../../../../cli/console/page/send/send-screen';
import type { SendJob } from '../../../../../cli/model/send';
import { CONSOLE, openBrowser } from '../browser/browser';
import { openChanges } from '../browser/changes';
import { openServer } from '../browser/server';

type Props = Parameters<typeof SendFormType>[0];

const mockForm = jest.fn<string, [Props]>();
const mockUnmounted = jest.fn();

jest.mock('../../../../../cli/console/page/send/send-form', () => {
  const { useEffect } = jest.requireActual<typeof import('preact/hooks')>('preact/hooks');
  return {
    SendForm: (props: Props) => {
      useEffect(() => mockUnmounted, []);
      return mockForm(props);
    },
  };
});

const browser = openBrowser();
const server = openServer();
const changes = openChanges(browser);

const TRIGGER = { type: 'sqs', place: 1, label: 'orders', isReshaped: false };
const JOBS: readonly SendJob[] = [
  { name: 'report', triggers: [TRIGGER], eventBudget: 7_000 },
  { name: 'import', triggers: [], eventBudget: 7_000 },
];
const SOURCES = { sqs: { kinds: [], keys: [] } };

/** The form as it was drawn last. */
const form = () => mockForm.mock.lastCall?.[0] as Props;

beforeEach(() => {
  jest.useFakeTimers();
  mockUnmounted.mockReset();
  mockForm.mockReset().mockImplementation(({ job, choice }) => `${job.name}, ${choice.kind}`);
});
afterEach(() => {
  browser.show(null);
  jest.useRealTimers();
});

/** The screen at an address. Without an answer, the server has not said which jobs there are. */
async function show(address: string, answer?: object, state?: typeof CONSOLE): Promise<void> {
  browser.go(address);
  const Screen = () => {
    useChangeStream({ place: 'local' });
    return h(SendScreen, { route: useRoute() });
  };
  if (state === undefined) browser.showAlone(h(Screen, {}));
  else browser.show(h(Screen, {}), state);
  if (answer !== undefined) server.questions.find(({ path }) => path === '/api/send')?.answer(answer);
  await browser.settled();
}

const jobs = (...list: readonly SendJob[]) => ({ jobs: list, sources: SOURCES });
const alerts = () => browser.texts('[role="alert"] > div');

// First, because answers are kept for the whole page.
it('is loading, or says why there are no jobs to send to, and where to go then', async () => {
  await show('/aws/send');
  await browser.pass(300);
  expect([browser.texts('h1'), browser.texts('.skeleton .said'), alerts(), browser.texts('a')]).toEqual([
    ['Send event'],
    ['Loading…'],
    [],
    [],
  ]);
  server.questions.find(({ path }) => path === '/api/send')?.answer({ error: 'The config has 2 problems.' }, 500);
  await browser.settled();
  expect([browser.texts('.skeleton'), alerts(), mockForm.mock.calls]).toEqual([[], ['The config has 2 problems.'], []]);
  expect(browser.button('Go to Stack').getAttribute('href')).toBe('/aws');
  browser.show(null);
  await show('/send');
  server.last.answer({ error: 'The config has 2 problems.' }, 500);
  await browser.settled();
  expect(browser.button('Go to Stack').getAttribute('href')).toBe('/');
  await browser.pass(200);
  server.asked();
  await browser.click('Retry');
  expect(server.asked()).toEqual(['GET /api/send']);
});

it('keeps its form where the config has problems later, and says them', async () => {
  await show('/send', jobs(...JOBS));
  await browser.pass(300);
  expect(browser.texts('.skeleton')).toEqual([]);
  changes.say({ type: 'runs' });
  await browser.settled();
  expect(server.asked()).toEqual(['GET /api/send']);
  changes.say({ type: 'stack' });
  await browser.settled();
  server.last.answer({ error: 'The config has 2 problems.' }, 500);
  await browser.settled();
  expect([alerts(), form().job.name]).toEqual([['The config has 2 problems.'], 'report']);
  expect(browser.texts('a')).toEqual([]);
});

it('has a form for the first job, or the one that the address names', async () => {
  await show('/send', jobs(...JOBS));
  expect(form()).toMatchObject({ place: 'local', job: JOBS[0], jobs: JOBS, sources: SOURCES });
  expect([browser.document.body.textContent?.endsWith('report, trigger'), alerts()]).toEqual([true, []]);
  browser.show(null);
  await show('/aws/send?job=import&type=hand', jobs(...JOBS));
  expect([form().place, form().job.name, form().choice, alerts()]).toEqual(['aws', 'import', { kind: 'hand' }, []]);
});

it('says that there is no such job, and has a form for the first one', async () => {
  await show('/send?job=gone', jobs(JOBS[0] as SendJob));
  expect([alerts(), form().job.name]).toEqual([['There is no job "gone" in the config.'], 'report']);
});

it('says what to do where the config has no jobs', async () => {
  await show('/aws/send', jobs(), CONSOLE);
  expect([browser.texts('.empty > div')[0], browser.button('Go to Stack').getAttribute('href')]).toEqual([
    'This config has no jobs. Add one to batch-jobs.config.ts.',
    '/aws',
  ]);
  browser.show(null);
  mockForm.mockClear();
  await show('/send', jobs());
  expect([browser.texts('.empty code'), mockForm.mock.calls]).toEqual([['the config'], []]);
  expect(browser.button('Go to Stack').getAttribute('href')).toBe('/');
});

describe('what is sent', () => {
  it('is chosen by the address, without a step of the history', async () => {
    await show('/send?job=report&type=hand', jobs(...JOBS));
    const go = async (work: () => void) => {
      browser.act(work);
      await browser.settled();
      return [browser.address, browser.entries.length, form().job.name, form().choice.kind];
    };
    expect(await go(() => form().onChoice({ kind: 'file' }))).toEqual([
      '/send?job=report&type=file',
      1,
      'report',
      'file',
    ]);
    expect(await go(() => form().onChoice({ kind: 'run', id: 'a-1' }))).toEqual([
      '/send?job=report&run=a-1',
      1,
      'report',
      'run',
    ]);
    expect(await go(() => form().onJob('import'))).toEqual(['/send?job=import', 1, 'import', 'hand']);
    expect(mockUnmounted).not.toHaveBeenCalled();
  });

  it('is another in AWS, where the screen says what is deployed', async () => {
    server.always('/api/deployment', { isDeployed: false, region: 'eu-central-1', differences: [], missing: [] });
    await show('/send', jobs(...JOBS), CONSOLE);
    expect([browser.texts('.why'), browser.texts('[role="status"]'), server.asked()]).toEqual([
      ['The trigger function, the state machine and the container run on this machine.'],
      [],
      ['GET /api/send'],
    ]);
    browser.act(() => navigate('/aws/send'));
    await browser.settled();
    expect([browser.texts('.why'), browser.texts('[role="status"] > div')]).toEqual([
      ['The trigger function in AWS gets the event, as from the source.'],
      ['Not deployed in eu-central-1. Run npm run deploy.'],
    ]);
    expect([form().place, mockUnmounted.mock.calls.length]).toEqual(['aws', 1]);
    browser.act(() => form().onJob('import'));
    expect(browser.address).toBe('/aws/send?job=import');
  });
});
