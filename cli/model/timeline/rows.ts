import { capitalized, counted } from '../../../modules/problems/phrases';
import { durationText } from '../duration';
import { outcomeLook } from '../outcome';
import type { Attempt, Run, Start, Wait } from '../run';
import { isEnded } from '../words/activity';
import { countsText } from '../words/items';
import { numberInLine } from '../words/number-in-line';
import { foldedAttempts, foldedStarts } from './fold';
import { endOf, type Interval, isLiveStart, startDrawing, submissionDrawing } from './intervals';
import { spokenDuration, type TimelineRow } from './row';
import { attemptRowId, startRowId } from './row-id';

/**
 * The rows of a run's timeline, from the trigger function to the last attempt.
 *
 * @param toggled IDs of rows that a person opened or closed. An attempt with several starts is open at first, a fold is closed.
 */
export function timelineRows(run: Run, now: number, toggled: ReadonlySet<string> = new Set()): TimelineRow[] {
  const groups = run.attempts.map((attempt) => ({
    attempt,
    rows: [
      ...run.waits
        .filter(({ kind, before }) => kind !== 'throttled' && before === attempt.number)
        .map((wait) => waitRow(run, wait, now)),
      ...attemptRows(run, attempt, now, toggled),
    ],
  }));
  const last = run.attempts.at(-1)?.number ?? 0;
  const coming = run.waits.filter(({ kind, before }) => kind !== 'throttled' && before > last);
  return [...triggerRows(run), ...foldedAttempts(groups, toggled), ...coming.map((wait) => waitRow(run, wait, now))];
}

function triggerRows({ trigger, source, event }: Run): TimelineRow[] {
  if (trigger === undefined) return [];
  const { at, endedAt, duplicates } = trigger;
  const duplicateText = counted(duplicates, 'duplicate');
  const detail = [source ?? event.source ?? 'event', duplicates === 0 ? 'started this run' : duplicateText].join(', ');
  const nothing = duplicates === 0 ? [] : ['which started nothing'];
  const took = endedAt === undefined ? [] : [spokenDuration(endedAt - at)];
  return [
    {
      id: 'trigger',
      kind: 'trigger',
      level: 1,
      label: 'Trigger function',
      detail,
      onDemand: false,
      from: at,
      to: endedAt,
      isLive: false,
      intervals: [],
      marks: [],
      name: ['Trigger function', detail, ...nothing, ...took].join(', '),
    },
  ];
}

function waitRow(run: Run, { kind, from, to, seconds, waited, before, ahead }: Wait, now: number): TimelineRow {
  const isLive = to === undefined && run.outcome === 'running';
  const end = Math.max(from, to ?? (isLive ? now : (run.endedAt ?? from)));
  const isShortened = seconds !== undefined && waited !== undefined && waited < seconds;
  const label = isShortened
    ? `Wait ${durationText(seconds * 1000)}, shortened to ${durationText(waited * 1000)}`
    : kind === 'place'
      ? `Wait for a place${isLive && ahead !== undefined ? `, ${numberInLine(ahead)}` : ''}`
      : `Wait before attempt ${before}`;
  return {
    id: kind === 'place' ? 'place' : `w${before}`,
    kind: 'wait',
    level: 1,
    label,
    detail: '',
    onDemand: false,
    from,
    to: end,
    isLive,
    intervals: [{ kind: 'wait', from, to: end, ...(isLive && { isLive }) }],
    marks: [],
    name: `${label}, ${spokenDuration(end - from)}${isLive ? ' so far' : ''}`,
  };
}

function attemptRows(run: Run, attempt: Attempt, now: number, toggled: ReadonlySet<string>): TimelineRow[] {
  const { number, starts, outcome, begunAt } = attempt;
  const id = attemptRowId(number);
  const isLive = run.outcome === 'running' && !isEnded(attempt);
  const to = Math.max(begunAt, isLive ? now : endOf(run, attempt, now));
  const submission = submissionDrawing(run, attempt, now);
  const only = starts[0];
  const base = {
    id,
    kind: 'attempt' as const,
    level: 1 as const,
    label: `Attempt ${number}`,
    outcome,
    outcomeWord: outcomeWord(run, starts.at(-1)),
    exitCode: starts.at(-1)?.exitCode,
    from: begunAt,
    to,
    isLive,
  };
  if (only === undefined || starts.length === 1) {
    const own = only === undefined ? { intervals: [], marks: [] } : startDrawing(run, attempt, only, now);
    const detail =
      attempt.children !== undefined
        ? countsText(attempt.children, !isLive)
        : only === undefined
          ? unstartedDetail(attempt, isLive)
          : startDetail(run, only);
    return [
      {
        ...base,
        detail: withRefusals(detail, attempt),
        onDemand: only?.onDemand ?? false,
        intervals: [...submission.intervals, ...own.intervals],
        marks: [...submission.marks, ...own.marks],
        name: rowName(
          [`Attempt ${number}`, ...(attempt.children === undefined ? [] : [detail])],
          run,
          outcome,
          only,
          to - begunAt,
          isLive,
        ),
      },
    ];
  }
  const isOpen = !toggled.has(id);
  const drawings = starts.map((start) => startDrawing(run, attempt, start, now));
  const bracket: Interval = { kind: 'bracket', from: begunAt, to, ...(isLive && { isLive }) };
  const row: TimelineRow = {
    ...base,
    detail: withRefusals(bracketDetail(attempt, isLive), attempt),
    onDemand: false,
    intervals: isOpen ? [bracket] : [...submission.intervals, ...drawings.flatMap(({ intervals }) => intervals)],
    marks: isOpen ? [] : [...submission.marks, ...drawings.flatMap(({ marks }) => marks)],
    isOpen,
    name: rowName(
      [`Attempt ${number}`, `${starts.length} starts`],
      run,
      outcome,
      wholeOf(starts),
      to - begunAt,
      isLive,
    ),
  };
  if (!isOpen) return [row];
  const children = starts.map((start, index): TimelineRow => {
    const drawing = drawings[index] ?? { intervals: [], marks: [] };
    // The refused submissions are before the first start.
    const [intervals, marks] = [index === 0 ? submission.intervals : [], index === 0 ? submission.marks : []];
    return startRow(run, attempt, start, index, now, {
      intervals: [...intervals, ...drawing.intervals],
      marks: [...marks, ...drawing.marks],
    });
  });
  return [row, ...foldedStarts(id, children, toggled)];
}

/** What an attempt's name says of its last start, which alone was restarted or left Spot capacity. */
function wholeOf(starts: readonly Start[]): Start | undefined {
  const last = starts.at(-1);
  return last && { ...last, restart: undefined, onDemand: false };
}

function startRow(
  run: Run,
  attempt: Attempt,
  start: Start,
  index: number,
  now: number,
  drawing: Pick<TimelineRow, 'intervals' | 'marks'>,
): TimelineRow {
  const before = attempt.starts[index - 1];
  const from = drawing.intervals[0]?.from ?? attempt.begunAt;
  const isLive = isLiveStart(run, start);
  const end = start.stoppedAt ?? (isLive ? now : undefined);
  const to = end === undefined ? undefined : Math.max(from, end);
  const name = [`Attempt ${attempt.number}`, `start ${start.number}`];
  return {
    id: startRowId(attempt.number, start.number),
    kind: 'start',
    level: 2,
    label: `Start ${start.number}`,
    detail: startDetail(run, start),
    outcome: start.outcome,
    outcomeWord: outcomeWord(run, start),
    exitCode: start.exitCode,
    onDemand: start.onDemand,
    from,
    to,
    isLive,
    ...drawing,
    ...(before !== undefined && {
      connector: {
        kind: start.onDemand && !before.onDemand ? ('on-demand' as const) : ('restart' as const),
        at: before.stoppedAt ?? from,
      },
    }),
    parent: attemptRowId(attempt.number),
    name: rowName(name, run, start.outcome, start, to === undefined ? undefined : to - from, isLive),
  };
}

/** AWS Batch was not asked what the job does. */
function outcomeWord({ place }: Run, start: Start | undefined): string | undefined {
  return place === 'aws' && start?.outcome === 'queued' && start.batchStatus === undefined ? 'Submitted' : undefined;
}

/** `Spot c6i.large, exit code 1` */
function startDetail(run: Run, start: Start): string {
  const { onDemand, restart, exitCode, instanceType } = start;
  const spot = run.place === 'aws' && run.policy.isSpot && !onDemand ? 'Spot' : undefined;
  const engine = run.by === undefined ? undefined : capitalized(run.by);
  const where = run.place === 'local' ? engine : [spot, instanceType].filter(Boolean).join(' ');
  const free = Math.max(run.policy.freeRestarts, restart ?? 0);
  const what = [
    where,
    restart !== undefined && `free restart ${restart} of ${free}`,
    start.isMadeToFail && '--fail-attempts',
    // A restart and on-demand leave little room, and the bar says it.
    exitCode !== undefined && restart === undefined && `${onDemand ? 'exit' : 'exit code'} ${exitCode}`,
  ];
  return what.filter(Boolean).join(', ');
}

function unstartedDetail({ outcome }: Attempt, isLive: boolean): string {
  if (isLive) return 'not yet submitted';
  if (outcome === 'refused') return 'not submitted';
  return outcome === 'canceled' ? 'canceled in the queue' : 'no start recorded';
}

function bracketDetail({ starts }: Attempt, isLive: boolean): string {
  const exitCode = starts.at(-1)?.exitCode;
  const count = `${starts.length} starts${isLive ? ' so far' : ''}`;
  return exitCode === undefined ? count : `${count}, exit code ${exitCode}`;
}

function withRefusals(detail: string, { refusals, outcome }: Attempt): string {
  const count = refusals.length;
  if (count === 0) return detail;
  const verb = outcome === 'refused' ? 'refused' : 'throttled';
  return `${counted(count, 'submission')} ${verb}, ${detail}`;
}

function rowName(
  begin: readonly string[],
  run: Run,
  outcome: Start['outcome'],
  start: Start | undefined,
  length: number | undefined,
  isLive: boolean,
): string {
  const word = outcomeWord(run, start) ?? outcomeLook(outcome).word;
  const parts = [
    ...begin,
    start?.onDemand && 'on-demand',
    start?.restart !== undefined && `free restart ${start.restart}`,
    word.toLowerCase(),
    start?.exitCode !== undefined && `exit code ${start.exitCode}`,
    length !== undefined && `${spokenDuration(length)}${isLive ? ' so far' : ''}`,
  ];
  return parts.filter(Boolean).join(', ');
}
