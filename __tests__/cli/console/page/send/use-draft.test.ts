/** @jest-environment-options {"browser": true} */
import type { Choice } from '../../../../../cli/console/page/send/choice';
import type { Draft } from '../../../../../cli/console/page/send/draft';
import { useDraft } from '../../../../../cli/console/page/send/use-draft';
import type { Faults } from '../../../../../cli/model/faults';
import type { RunLocation } from '../../../../../cli/model/run';
import type { SendJob } from '../../../../../cli/model/send';
import { openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const mockDrafts = new Map<string, Draft>();
const mockFaults = new Map<string, Faults>();

/** What the browser keeps, without a browser. */
jest.mock('../../../../../cli/console/page/send/draft', () => ({
  draftOf: (key: string) => mockDrafts.get(key),
  keepDraft: (key: string, draft: Draft) => mockDrafts.set(key, draft),
  faultsOf: (job: string) => mockFaults.get(job),
  keepFaults: (job: string, faults: Faults) => mockFaults.set(job, faults),
}));

const browser = openBrowser();
const server = openServer();

beforeEach(() => {
  mockDrafts.clear();
  mockFaults.clear();
});

const TRIGGER: Choice = { kind: 'trigger', trigger: { type: 'sqs', place: 2, label: '', isReshaped: false } };
const SAMPLE = { text: '{\n  "a": 1\n}', source: 'sample of sqs' };
const SAMPLE_DRAFT = { text: SAMPLE.text, original: SAMPLE.text, source: 'sample of sqs' };
const BY_HAND = { text: '{}', original: '{}', source: 'by hand' };

/** The form for a choice. */
function form(choice: Choice, place: RunLocation = 'local', name = 'report') {
  const call = (of: Choice, job: string) => () => useDraft(place, { name: job } as SendJob, of);
  const shown = browser.hook(call(choice, name));
  return {
    get state() {
      return shown.current;
    },
    again: (next: Choice, job = name) => shown.again(call(next, job)),
  };
}

async function answer(value: unknown, status?: number): Promise<void> {
  server.last.answer(value, status);
  await browser.settled();
}

describe('the event of a trigger', () => {
  it('is a sample, which is kept', async () => {
    const shown = form(TRIGGER);
    expect([shown.state.draft, shown.state.problem]).toEqual([undefined, undefined]);
    expect(server.last.path).toBe('/api/sample?place=local&job=report&type=sqs&number=2');
    await answer({ ...SAMPLE, note: 'Of the queue reports.' });
    expect(shown.state.draft).toEqual({ ...SAMPLE_DRAFT, note: 'Of the queue reports.' });
    expect([...mockDrafts.keys()]).toEqual(['local/report/type/sqs:2']);
  });

  it('has no note where there is none', async () => {
    const shown = form(TRIGGER);
    await answer(SAMPLE);
    expect(Object.keys(shown.state.draft ?? {})).toEqual(['text', 'original', 'source']);
  });

  it('cannot be had', async () => {
    const shown = form(TRIGGER);
    await answer({ error: 'No trigger.' }, 404);
    expect([shown.state.draft, shown.state.problem]).toEqual([undefined, 'No trigger.']);
  });

  it('is a new one where a person asks', async () => {
    const shown = form(TRIGGER);
    await answer(SAMPLE);
    const reset = shown.state.reset();
    await answer({ ...SAMPLE, text: '{"b":2}' });
    expect(await reset).toMatchObject({ text: '{"b":2}', original: '{"b":2}' });
    expect(shown.state.draft).toEqual(SAMPLE_DRAFT);
    const failed = shown.state.reset();
    await answer({ error: 'Broken.' }, 500);
    expect(await failed).toBeUndefined();
    expect(shown.state).toMatchObject({ draft: SAMPLE_DRAFT, problem: 'Broken.' });
  });

  it('is not shown for another choice that was made meanwhile', async () => {
    const shown = form(TRIGGER);
    const first = server.last;
    shown.again({ kind: 'hand' });
    await browser.settled();
    expect([first.signal?.aborted, shown.state.draft, shown.state.problem]).toEqual([true, BY_HAND, undefined]);
    const reset = shown.state.reset();
    shown.again(TRIGGER);
    expect(await reset).toBeUndefined();
  });
});

describe('what a person writes', () => {
  it('is kept for its choice, and there again', async () => {
    const shown = form({ kind: 'hand' });
    await browser.settled();
    browser.act(() => shown.state.setText('{"x":1}'));
    expect(shown.state.draft).toEqual({ ...BY_HAND, text: '{"x":1}' });
    shown.again({ kind: 'file' });
    await browser.settled();
    expect(shown.state.draft).toEqual(BY_HAND);
    shown.again({ kind: 'hand' });
    await browser.settled();
    expect(shown.state.draft).toEqual({ ...BY_HAND, text: '{"x":1}' });
    expect(server.asked()).toEqual([]);
  });

  it('before there is a sample, is by hand', () => {
    const shown = form(TRIGGER);
    browser.act(() => shown.state.setText('x'));
    expect(shown.state.draft).toEqual({ ...BY_HAND, text: 'x' });
  });

  it('is another event altogether', async () => {
    const shown = form({ kind: 'file' });
    browser.act(() => shown.state.setDraft(SAMPLE_DRAFT));
    expect([shown.state.draft, mockDrafts.get('local/report/type/file')]).toEqual([SAMPLE_DRAFT, SAMPLE_DRAFT]);
  });
});

describe('the event of an earlier run', () => {
  const choice: Choice = { kind: 'run', id: 'r 1' };

  it('is laid out, with the faults of the run', async () => {
    const shown = form(choice);
    expect(server.last.path).toBe('/api/run?place=local&id=r+1');
    await answer({ event: { text: '{"a":1}', source: 'sample of sqs' }, words: ['report', '--fast'] });
    expect(shown.state).toMatchObject({ draft: SAMPLE_DRAFT, faults: { fast: true } });
    expect([...mockDrafts.keys(), mockFaults.get('report')]).toEqual(['local/report/run/r 1', { fast: true }]);
  });

  it('is as it was where it is no JSON, and keeps the faults that were chosen', async () => {
    mockFaults.set('report', { plain: true });
    const shown = form(choice);
    await answer({ event: { text: 'no {JSON' } });
    expect(shown.state).toMatchObject({
      draft: { text: 'no {JSON', original: 'no {JSON', source: BY_HAND.source },
      faults: { plain: true },
    });
  });

  it('is asked for where it is too large for the answer', async () => {
    const shown = form(choice, 'aws');
    server.always('/api/event', { a: 1 });
    await answer({ event: { source: 'schedule' } });
    expect(server.asked()).toEqual(['GET /api/run?place=aws&id=r+1', 'GET /api/event?place=aws&id=r+1']);
    expect(shown.state.draft).toMatchObject({ text: SAMPLE.text, source: 'schedule' });
  });
});

describe('faults', () => {
  it('are those that were last chosen for the job', () => {
    mockFaults.set('import', { fast: true });
    const shown = form({ kind: 'hand' });
    expect(shown.state.faults).toEqual({});
    browser.act(() => shown.state.setFaults({ plain: true }));
    expect([shown.state.faults, mockFaults.get('report')]).toEqual([{ plain: true }, { plain: true }]);
    shown.again({ kind: 'hand' }, 'import');
    expect(shown.state.faults).toEqual({ fast: true });
    shown.again({ kind: 'hand' }, 'other');
    expect(shown.state.faults).toEqual({});
    shown.again({ kind: 'hand' }, 'report');
    expect(shown.state.faults).toEqual({ plain: true });
  });
});
