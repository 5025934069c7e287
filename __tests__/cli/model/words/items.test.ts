import type { Run, RunItems } from '../../../../cli/model/run';
import { detailsOf } from '../../../../cli/model/run-details';
import { timelineRows } from '../../../../cli/model/timeline/rows';
import { activityOf } from '../../../../cli/model/words/activity';
import { causeLine } from '../../../../cli/model/words/cause-line';
import { countsText } from '../../../../cli/model/words/items';
import { nextStep } from '../../../../cli/model/words/next-step';
import { verdict } from '../../../../cli/model/words/verdict';
import { at, attempt, run, T0 } from '../told-runs';

const items = (more: Partial<RunItems> = {}): RunItems => ({
  count: 10_000,
  counts: { waiting: 0, running: 0, succeeded: 9_998, failed: 2 },
  failures: [{ index: 17, reason: 'Exit code 1', exitCode: 1 }],
  ...more,
});

const FIRST = attempt({ starts: [], children: { waiting: 0, running: 0, succeeded: 9_995, failed: 5 } });
const SECOND = attempt({
  number: 2,
  begunAt: at(310),
  endedAt: at(600),
  starts: [],
  children: { waiting: 0, running: 0, succeeded: 3, failed: 2 },
});
const FAILED: Run = run({
  attempts: [FIRST, SECOND],
  items: items(),
  maximum: 2,
  error: 'ItemsFailed',
  reason: '2 of 10,000 items failed: item 17 (Exit code 1) and 1 more',
});
const LIVE: Run = run({
  outcome: 'running',
  endedAt: undefined,
  maximum: 2,
  attempts: [
    attempt({
      outcome: 'running',
      endedAt: undefined,
      starts: [],
      children: { waiting: 80, running: 12, succeeded: 5, failed: 3 },
    }),
  ],
  items: items({ count: 100, counts: { waiting: 80, running: 12, succeeded: 5, failed: 3 } }),
});

describe('counts of items', () => {
  it('begin with what needs attention, and leave out what there is none of', () => {
    expect(countsText({ waiting: 80, running: 12, succeeded: 5, failed: 3 })).toBe(
      '3 failed, 12 running, 80 waiting, 5 succeeded',
    );
    expect(countsText({ waiting: 0, running: 0, succeeded: 10_000, failed: 0 })).toBe('10,000 succeeded');
    expect(countsText({ waiting: 0, running: 0, succeeded: 0, failed: 0 })).toBe('none');
  });

  it('of a run that has ended have no items that wait: they were stopped', () => {
    expect(countsText({ waiting: 80, running: 12, succeeded: 5, failed: 3 }, true)).toBe(
      '3 failed, 92 stopped, 5 succeeded',
    );
  });
});

describe('a run with items', () => {
  it('that failed says how many, and why the first did', () => {
    expect(verdict(FAILED).text).toBe('2 of 10,000 items failed');
    expect(causeLine(FAILED, at(600))).toBe(
      'Item 17 failed: Exit code 1. Attempt 2 ended with 2 of 5 children failed. ' +
        'Attempt 1 ended with 5 of 10,000 children failed.',
    );
  });

  it('that succeeded says so if some failed nevertheless', () => {
    const well = { ...FAILED, outcome: 'succeeded' as const };
    expect(verdict(well).text).toBe('Succeeded on attempt 2 of 2, though 2 of 10,000 items failed');
    const none = items({ counts: { waiting: 0, running: 0, succeeded: 10_000, failed: 0 }, failures: [] });
    expect(verdict({ ...well, items: none }).text).toBe('Succeeded on attempt 2 of 2');
  });

  it('in progress says how far it is, what has failed, and what the next attempt does', () => {
    expect(activityOf(LIVE)).toMatchObject({ kind: 'items', attempt: 1 });
    expect(verdict(LIVE).text).toBe('5 of 100 items done, attempt 1 of 2');
    expect(causeLine(LIVE, at(60))).toBe('3 failed, 12 running, 80 waiting, 5 succeeded. Item 17 failed: Exit code 1.');
    const next = nextStep(LIVE, at(60)).map((paragraph) => paragraph.map(({ text }) => text).join(''));
    expect(next.at(-1)).toBe('Attempt 2 of 2 runs only the items that fail in this one.');
    const last = nextStep({ ...LIVE, maximum: 1 }, at(60)).map((paragraph) =>
      paragraph.map(({ text }) => text).join(''),
    );
    expect(last.at(-1)).toBe('It is the last attempt: an item that fails now has failed for good.');
  });

  it('that was stopped says what was done', () => {
    const stopped = run({
      outcome: 'stopped',
      attempts: [{ ...FIRST, outcome: 'stopped' }],
      items: items({ count: 100, counts: { waiting: 80, running: 12, succeeded: 5, failed: 3 } }),
    });
    expect(causeLine(stopped, at(600))).toBe('3 failed, 92 stopped, 5 succeeded.');
  });

  it('has one bar for the children of an attempt, with their counts', () => {
    const [first, second] = timelineRows(FAILED, at(600)).filter(({ kind }) => kind === 'attempt');
    expect(first).toMatchObject({
      label: 'Attempt 1',
      detail: '5 failed, 9,995 succeeded',
      intervals: [{ kind: 'failed', from: T0, to: at(300), text: '5 failed' }],
    });
    expect(first?.name).toBe('Attempt 1, 5 failed, 9,995 succeeded, failed, 5 minutes');
    expect(second?.intervals).toHaveLength(1);
    const [live] = timelineRows(LIVE, at(60)).filter(({ kind }) => kind === 'attempt');
    expect(live).toMatchObject({
      detail: '3 failed, 12 running, 80 waiting, 5 succeeded',
      intervals: [{ kind: 'running', from: T0, to: at(60), isLive: true }],
    });
  });

  it('waits in the queue until the first child runs', () => {
    const waiting = { waiting: 100, running: 0, succeeded: 0, failed: 0 };
    const queued = attempt({ outcome: 'queued', endedAt: undefined, starts: [], children: waiting });
    const told = { ...LIVE, attempts: [queued], items: items({ count: 100, counts: waiting, failures: [] }) };
    const [row] = timelineRows(told, at(60)).filter(({ kind }) => kind === 'attempt');
    expect(row?.intervals).toEqual([{ kind: 'queue', from: T0, to: at(60), isLive: true }]);
  });

  it('has the children among the details of an attempt, and no starts', () => {
    const [row] = timelineRows(FAILED, at(600)).filter(({ kind }) => kind === 'attempt');
    const facts = detailsOf(FAILED, row, at(600))?.facts ?? [];
    expect(facts.find(({ label }) => label === 'Children')?.value).toBe('5 failed, 9,995 succeeded');
    expect(facts.map(({ label }) => label)).not.toContain('Starts');
  });
});
