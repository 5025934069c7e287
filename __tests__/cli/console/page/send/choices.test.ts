/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { useChangeStream } from '../../../../../cli/console/page/api/changes';
import type { Choice } from '../../../../../cli/console/page/send/choice';
import { Choices } from '../../../../../cli/console/page/send/choices';
import type { RunRow } from '../../../../../cli/model/run';
import type { SendJob, SendTrigger } from '../../../../../cli/model/send';
import { openBrowser } from '../browser/browser';
import { openChanges } from '../browser/changes';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();
const changes = openChanges(browser);
let done: unknown[];

beforeEach(() => {
  done = [];
});

const SCHEDULE: SendTrigger = { type: 'schedule', place: 1, label: 'rate(1 hour)', isReshaped: false };
const QUEUE: SendTrigger = { type: 'sqs', place: 2, label: 'orders', isReshaped: false };

function job(name: string, ...triggers: SendTrigger[]): SendJob {
  return { name, triggers, eventBudget: 7_000 };
}

const REPORT = job('report', SCHEDULE, QUEUE);

const Stream = () => {
  useChangeStream({ place: 'local' });
  return null;
};

async function show(
  choice: Choice,
  more: { readonly of?: SendJob; readonly fileName?: string; readonly runs?: readonly Partial<RunRow>[] } = {},
): Promise<void> {
  server.always('/api/runs', { runs: more.runs ?? [] });
  const of = more.of ?? REPORT;
  browser.show(null);
  browser.show([
    h(Stream, {}),
    h(Choices, {
      place: 'local',
      jobs: [REPORT, job('import')],
      job: of,
      choice,
      ...(more.fileName !== undefined && { fileName: more.fileName }),
      onJob: (name) => done.push(['job', name]),
      onChoice: (next) => done.push(['choice', next]),
      onFile: (file) => done.push(['file', file]),
    }),
  ]);
  await browser.settled();
}

/** The events that can be chosen, and which is. */
const radios = () =>
  browser.all('.radio').map((radio) => [radio.textContent, (radio.querySelector('input') as HTMLInputElement).checked]);
const earlier = () => browser.all('select')[1] as HTMLSelectElement | undefined;

/** The select that a label names. */
const labelled = (text: string) => {
  const label = browser.all('label').find(({ textContent }) => textContent === text);
  return browser.get<HTMLSelectElement>(`[id="${label?.getAttribute('for')}"]`);
};

it('offers the jobs', async () => {
  await show({ kind: 'hand' });
  expect([browser.texts('h2'), labelled('Job')]).toEqual([['Job and event'], browser.all('select')[0]]);
  const [select] = browser.all('select') as HTMLSelectElement[];
  expect([select?.value, [...(select?.children ?? [])].map(({ textContent }) => textContent)]).toEqual([
    'report',
    ['report', 'import'],
  ]);
  if (select) select.value = 'import';
  browser.fire(select as HTMLSelectElement, 'change');
  expect(done).toEqual([['job', 'import']]);
});

describe('the event', () => {
  it.each<[Choice, number]>([
    [{ kind: 'trigger', trigger: SCHEDULE }, 0],
    [{ kind: 'trigger', trigger: QUEUE }, 1],
    [{ kind: 'hand' }, 2],
    [{ kind: 'file' }, 3],
    [{ kind: 'run', id: 'x' }, -1],
  ])('%j is chosen', async (choice, index) => {
    await show(choice, { fileName: 'event.json' });
    const texts = ['schedulerate(1 hour)', 'sqs:2orders', 'By handAny JSON', 'Fileevent.json'];
    expect(radios()).toEqual(texts.map((text, at) => [text, at === index]));
  });

  it('is one of a group', async () => {
    await show({ kind: 'hand' });
    expect(browser.texts('fieldset legend')).toEqual(['Event']);
    expect(browser.all('fieldset input').map((input) => input.getAttribute('name'))).toEqual([
      'event',
      'event',
      'event',
    ]);
  });

  it('of a file is there only once a file was opened', async () => {
    await show({ kind: 'hand' });
    expect(radios().map(([text]) => text)).not.toContain('File');
    expect(radios()).toHaveLength(3);
  });

  it('of a job without triggers is written by hand', async () => {
    await show({ kind: 'hand' }, { of: job('import') });
    expect(radios()).toEqual([['By handThe job has no triggers', true]]);
  });

  it('is chosen by a click', async () => {
    await show({ kind: 'hand' }, { fileName: 'event.json' });
    for (const input of browser.all('.radio input')) browser.fire(input, 'change');
    expect(done).toEqual([
      ['choice', { kind: 'trigger', trigger: SCHEDULE }],
      ['choice', { kind: 'trigger', trigger: QUEUE }],
      ['choice', { kind: 'hand' }],
      ['choice', { kind: 'file' }],
    ]);
  });
});

describe('earlier runs', () => {
  const row = (id: string, differences: Partial<RunRow> = {}): Partial<RunRow> => ({
    id,
    job: 'report',
    outcome: 'failed',
    startedAt: Date.UTC(2026, 1, 3),
    ...differences,
  });
  const options = () =>
    [...(earlier()?.children ?? [])].map((option) => [(option as HTMLOptionElement).value, option.textContent]);

  it('are not offered where there are none of the job', async () => {
    await show({ kind: 'hand' }, { runs: [row('a', { job: 'import' })] });
    expect(earlier()).toBeUndefined();
  });

  it('are offered by when, how and by what', async () => {
    await show({ kind: 'hand' }, { runs: [row('a', { source: 'schedule' }), row('b'), row('c', { job: 'import' })] });
    expect([labelled('Event of an earlier run'), earlier()?.selectedIndex]).toEqual([earlier(), 0]);
    expect([earlier()?.value, options()]).toEqual([
      '',
      [
        ['', 'Choose a run'],
        ['a', expect.stringMatching(/, Failed, schedule$/)],
        ['b', expect.stringMatching(/, Failed$/)],
      ],
    ]);
  });

  it('are the newest 30, and the one that is chosen', async () => {
    const runs = Array.from({ length: 40 }, (_, index) => row(`r${index}`));
    await show({ kind: 'hand' }, { runs });
    expect([options().length, options().at(-1)?.[0]]).toEqual([31, 'r29']);
    await show({ kind: 'run', id: 'r35' }, { runs });
    expect([options().length, options().at(-1), earlier()?.value]).toEqual([32, ['r35', 'r35'], 'r35']);
    await show({ kind: 'run', id: 'r5' }, { runs });
    expect([options().length, earlier()?.value]).toEqual([31, 'r5']);
  });

  it('are asked for again when there are others', async () => {
    jest.useFakeTimers();
    await show({ kind: 'hand' });
    await browser.pass(200);
    server.asked();
    changes.say({ type: 'run' });
    changes.say({ type: 'runs' });
    expect(server.asked()).toEqual(['GET /api/runs?place=local']);
    jest.useRealTimers();
  });

  it('have events that can be chosen', async () => {
    await show({ kind: 'hand' }, { runs: [row('a')] });
    for (const value of ['a', '']) {
      const select = earlier() as HTMLSelectElement;
      select.value = value;
      browser.fire(select, 'change');
    }
    expect(done).toEqual([['choice', { kind: 'run', id: 'a' }]]);
  });
});

it('a file is chosen by the dialog of the browser', async () => {
  await show({ kind: 'hand' });
  const create = jest.spyOn(browser.document, 'createElement');
  const open = jest.spyOn(browser.window.HTMLInputElement.prototype, 'click');
  await browser.click('Choose a file');
  const input = create.mock.results.map(({ value }) => value as HTMLInputElement).find(({ type }) => type === 'file');
  expect([input?.accept, open.mock.contexts]).toEqual(['.json,.txt,application/json', [input]]);
  if (input === undefined) return;
  browser.set(input, { files: [] });
  browser.fire(input, 'change');
  expect(done).toEqual([]);
  browser.set(input, { files: ['event.json'] });
  browser.fire(input, 'change');
  expect(done).toEqual([['file', 'event.json']]);
});
