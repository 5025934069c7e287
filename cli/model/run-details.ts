import { durationText } from './duration';
import { earlierText } from './earlier-run';
import type { Attempt, Fact, Run, Start } from './run';
import { isLiveStart } from './timeline/intervals';
import type { TimelineRow } from './timeline/row';
import { parseRowId } from './timeline/row-id';
import { interruptions, passedText } from './words/attempt-end';
import { countsText } from './words/items';
import { memoryFact } from './words/memory';
import { plainReason } from './words/reason';

/** What the details panel shows of a row. */
export interface RowDetails {
  /** `Attempt 2, start 3` */
  readonly title: string;
  readonly attempt?: Attempt;
  readonly start?: Start;
  readonly facts: readonly Fact[];
}

/** Details of the row, or without one of the last start. Undefined if the run has none. */
export function detailsOf(run: Run, row: TimelineRow | undefined, now: number): RowDetails | undefined {
  if (row?.kind === 'trigger') return { title: row.label, facts: triggerFacts(run) };
  if (row?.kind === 'wait' || row?.kind === 'fold') return { title: row.label, facts: spanFacts(row) };
  const { attempt: number, start: startNumber } = parseRowId(row?.id ?? '') ?? {};
  const attempt = number === undefined ? run.attempts.at(-1) : run.attempts.find((one) => one.number === number);
  if (attempt === undefined) return undefined;
  const isWhole = row !== undefined && startNumber === undefined && attempt.starts.length > 1;
  const start = startNumber === undefined ? attempt.starts.at(-1) : attempt.starts[startNumber - 1];
  if (isWhole || start === undefined) {
    return { title: `Attempt ${attempt.number}`, attempt, facts: attemptFacts(run, attempt, now) };
  }
  const title =
    attempt.starts.length > 1 ? `Attempt ${attempt.number}, start ${start.number}` : `Attempt ${attempt.number}`;
  return { title, attempt, start, facts: startFacts(run, attempt, start, now) };
}

function triggerFacts({ trigger, event, source, earlier }: Run): Fact[] {
  if (trigger === undefined) return [];
  return known([
    ['Event', source ?? event.source],
    ['Started by', earlier === undefined ? undefined : earlierText(earlier)],
    ['Took', trigger.endedAt === undefined ? undefined : durationText(trigger.endedAt - trigger.at)],
    ['Duplicates', trigger.duplicates > 0 ? `${trigger.duplicates}, started nothing` : undefined],
  ]);
}

function spanFacts({ from, to, isLive }: TimelineRow): Fact[] {
  return known([[isLive ? 'So far' : 'Duration', to === undefined ? undefined : durationText(to - from)]]);
}

function attemptFacts(run: Run, attempt: Attempt, now: number): Fact[] {
  const { starts, refusals, reason, begunAt, endedAt, outcome, children } = attempt;
  const end = endedAt ?? (run.outcome === 'running' ? now : run.endedAt);
  const errors = [...new Set(refusals.flatMap(({ error }) => error ?? []))];
  return known([
    ['Reason', outcome === 'succeeded' ? undefined : reason],
    ['Memory', memoryFact(run, attempt)],
    ['Starts', children === undefined ? String(starts.length) : undefined],
    ['Children', children === undefined ? undefined : countsText(children, endedAt !== undefined)],
    ['Spot interruptions', interruptions(attempt) > 0 ? String(interruptions(attempt)) : undefined],
    ['Refused submissions', refusals.length > 0 ? String(refusals.length) : undefined],
    ['Refused because', errors.length > 0 && outcome !== 'refused' ? errors.join(', ') : undefined],
    ['Duration', end === undefined ? undefined : durationText(end - begunAt)],
  ]);
}

function startFacts(run: Run, attempt: Attempt, start: Start, now: number): Fact[] {
  const { queuedAt, startingAt, startedAt, stoppedAt, signalAt, grace, exitCode, outcome } = start;
  const end = stoppedAt ?? (isLiveStart(run, start) ? now : undefined);
  const length = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? undefined : to === now ? passedText(to - from) : durationText(to - from);
  const isAlone = attempt.starts.length === 1;
  const freeLeft = run.policy.freeRestarts - (start.restart ?? 0);
  const tail = length(signalAt, signalAt === undefined ? undefined : end);
  return [
    ...known([['Status', start.batchStatus]]).map((fact) => ({ ...fact, isCode: true })),
    ...known([
      ['Exit code', exitCode === undefined ? undefined : String(exitCode)],
      ['Reason', reasonOf(run, attempt, start)],
      ['Memory', isAlone ? memoryFact(run, attempt) : undefined],
      ['What it means', start.hint],
      ['Injected', start.isMadeToFail ? '--fail-attempts' : undefined],
      ['Refused submissions', isAlone && attempt.refusals.length > 0 ? String(attempt.refusals.length) : undefined],
      ['Capacity', run.place === 'local' ? undefined : start.onDemand || !run.policy.isSpot ? 'On-demand' : 'Spot'],
      ['Instance', [start.instanceType, start.zone].filter(Boolean).join(', ') || undefined],
      ['In queue', length(queuedAt, startingAt ?? startedAt ?? end)],
      ['Starting', length(startingAt, startedAt ?? end)],
      ['Running', length(startedAt, end)],
      ['SIGTERM', start.signalReason],
      [
        'SIGTERM to exit',
        tail === undefined || grace === undefined ? tail : `${tail} of ${durationText(grace * 1000)}`,
      ],
      [
        'Free restarts left',
        isLiveStart(run, start) && run.policy.isSpot && !start.onDemand && run.place === 'aws' && outcome !== 'running'
          ? `${Math.max(0, freeLeft)} of ${run.policy.freeRestarts}`
          : undefined,
      ],
    ]),
    ...known([['Queue', start.queue]]),
    ...known([
      ['Log stream', start.logStream, run.links?.['Last log']],
      ['AWS Batch job', run.place === 'aws' ? start.jobId : undefined, run.links?.['Last job']],
    ]).map((fact) => linked(run, attempt, start, fact)),
  ];
}

/** The container's own reason, or that of the job in AWS Batch for its last start. */
function reasonOf(run: Run, attempt: Attempt, start: Start): string | undefined {
  const isLast = start === attempt.starts.at(-1);
  const own = start.reason ?? (isLast && start.outcome !== 'succeeded' ? attempt.reason : undefined);
  return run.place === 'local' ? plainReason(own) : own;
}

/** Links lead to the last start only: AWS Batch forgets earlier jobs first. */
function linked(run: Run, attempt: Attempt, start: Start, fact: Fact): Fact {
  const isLast = attempt === run.attempts.at(-1) && start === attempt.starts.at(-1);
  return { ...fact, isCode: true, href: isLast ? fact.href : undefined };
}

function known(rows: readonly (readonly [label: string, value: string | undefined, href?: string])[]): Fact[] {
  return rows.flatMap(([label, value, href]) => (value === undefined ? [] : [{ label, value, href }]));
}
