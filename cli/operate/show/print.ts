import { capitalized, counted, formatCount } from '../../../modules/problems/phrases';
import { wrapped } from '../../../modules/problems/wrapped';
import { colors } from '../../command/colors';
import { nextCommand } from '../../command/next-command';
import { type Row, twoColumns } from '../../command/two-columns';
import { visibleText } from '../../command/visible-text';
import { retryPolicy } from '../../local/retry-policy';
import { shortName } from '../../model/earlier-run';
import { mibText } from '../../model/price-text';
import { causeLine } from '../../model/words/cause-line';
import { countsText } from '../../model/words/items';
import { numberInLine } from '../../model/words/number-in-line';
import { isOutOfMemory } from '../../model/words/reason';
import { duration } from '../../run-report/report-lines';
import { activityOf } from '../activity';
import type { Deployment } from '../deployment';
import { asOneArray, type Round, roundsOf } from '../items/rounds';
import { byText, statusColor, statusText } from '../run-label';
import { runOfStory } from '../run-of-story';
import type { ContainerStart, RunAttempt, RunEvent, RunStory, RunWait } from '../run-story';
import { age, clockTime, localTime, secondsBetween } from '../time-text';
import { priceLines } from './price-text';
import type { ShownRun } from './shown-run';

/** `Attempt 10 of 10` is a wide one. */
const LABEL_WIDTH = 14;

/** Width of lines for a file or a pipe, which are not wrapped. */
const UNLIMITED = 1_000_000;

/** What a page of a run has besides its timeline. */
export interface StoryParts {
  /** Lines below its name: how it is or ended. */
  readonly head: readonly string[];
  readonly general: readonly Row[];
  readonly ends: readonly Row[];
}

/** The whole story of a run in AWS, as a page of text. */
export function page(deployment: Deployment, run: ShownRun, width: number | undefined, now: Date): string[] {
  return storyPage(run.story, partsOf(deployment, run, now), width, now);
}

/** The whole story of a run, as a page of text. */
export function storyPage(
  story: RunStory,
  { head, general, ends }: StoryParts,
  width: number | undefined,
  now: Date,
): string[] {
  const sections = [general, ...timeline(story, now), ends];
  return [
    `${story.item === undefined ? 'Run' : `Item ${story.item} of run`} ${colors.bold(visibleText(story.name, false))}`,
    ...head.flatMap((line) => wrapped(visibleText(line, colors.isColorSupported), width ?? UNLIMITED)),
    ...sections.flatMap((rows) => ['', ...twoColumns(rows.map(aligned), width ?? UNLIMITED)]),
  ];
}

function headline(story: RunStory, now: Date): string {
  const { status, ended, reason, error } = story;
  // An item begins with its first child.
  const started = (story.item === undefined ? undefined : story.attempts[0]?.begun) ?? story.started;
  const color = statusColor(status);
  const took = duration(secondsBetween(started, ended ?? now));
  const activity = activityOf(story);
  const state =
    activity === undefined
      ? `${story.isSkipped ? 'skipped' : statusText(status)} after ${took}`
      : `${activity.text}, for ${took} in all`;
  const why = story.isSkipped
    ? 'a limit of the job was reached'
    : status === 'SUCCEEDED'
      ? undefined
      : (reason ?? error);
  return color(visibleText(why === undefined ? capitalized(state) : `${capitalized(state)}: ${why}`, false));
}

function partsOf(deployment: Deployment, run: ShownRun, now: Date): StoryParts {
  const { story, job } = run;
  const { stackName, region } = deployment;
  const general: Row[] = [
    ['Job', `${job.name} of stack ${stackName}, in ${region}`],
    ['Started', `${timeText(story.started)} (${age(story.started, now)}), ${byText(story.event)}`],
    ...(story.ended === undefined ? [] : [['Ended', timeText(story.ended)] as const]),
    ['Event', eventText(story.event)],
    ...itemRows(story),
    ...(story.error === undefined ? [] : [['Error', story.error] as const]),
  ];
  const ends: Row[] = [
    ...(run.price === undefined ? [] : [['Price', ...priceLines(run.price)] as const]),
    ...(job.logGroupName === undefined ? [] : [['Logs', nextCommand('logs', logWords(story))] as const]),
    ...rerunRow(story),
    ...Object.entries(run.links).map(([name, link]) => [name, link] as const),
  ];
  const console = runOfStory(story, { job: job.name, policy: retryPolicy(job.properties) }, now.getTime());
  const cause = causeLine(console, now.getTime());
  return { head: [headline(story, now), ...(cause === '' ? [] : [cause])], general, ends };
}

/** The words of `logs` for a run, or for the first of its items that failed. */
function logWords({ name, item, items }: RunStory): string[] {
  const index = item ?? items?.failures[0]?.index ?? (items && 0);
  return [shortName(name), ...(index === undefined ? [] : ['--item', String(index)])];
}

/** What repeats only what failed, once the run is over. */
function rerunRow({ name, items, ended }: RunStory): Row[] {
  if (ended === undefined || items === undefined || items.counts.failed === 0) return [];
  return [['Rerun', nextCommand('rerun', [shortName(name), '--failed'])]];
}

/** Items that a page lists. Programs get all that are known. */
const LISTED_ITEMS = 15;

/** The items of a run, the failed ones first. */
export function itemRows({ items, ended }: Pick<RunStory, 'items' | 'ended'>): Row[] {
  if (items === undefined) return [];
  const { count, counts, failures, failuresUri } = items;
  const listed = failures.slice(0, LISTED_ITEMS);
  const width = Math.max(0, ...listed.map(({ index }) => String(index).length));
  const lines = listed.map(({ index, reason }) => `${String(index).padStart(width)}  ${reason}`);
  const more = counts.failed - listed.length;
  const where = failuresUri === undefined ? '' : `: ${failuresUri}`;
  return [
    ['Items', `${formatCount(count)}: ${countsText(counts, ended !== undefined)}`],
    ...(lines.length === 0
      ? []
      : [['Failed', ...lines, ...(more > 0 ? [`and ${formatCount(more)} more${where}`] : [])] as const]),
  ];
}

/** Attempts and waits in the order of their beginnings. */
function timeline({ attempts, waits }: RunStory, now: Date): Row[][] {
  const rounds = roundsOf(attempts);
  const items = [
    ...rounds.map((round, index) => ({ from: round[0].begun, rows: roundRows(round, now, memoryRow(rounds, index)) })),
    // A wait for a retry is between two attempts. One of a throttled submission belongs to its attempt.
    ...waits
      .filter(({ kind }) => kind !== 'throttled')
      .map((wait) => ({ from: wait.from, rows: [waitRow(wait, now)] })),
  ].sort((a, b) => a.from.getTime() - b.from.getTime());
  const throttled = throttledRow(waits, attempts, now);
  return [...items.map(({ rows }) => rows), ...(throttled === undefined ? [] : [[throttled]])];
}

/** Jobs of arrays that are named. */
const NAMED_JOBS = 3;

function roundRows(round: Round, now: Date, memory: Row | undefined): Row[] {
  const ids = round.flatMap(({ jobId }) => jobId ?? []);
  const more = ids.length - NAMED_JOBS;
  const named = [...ids.slice(0, NAMED_JOBS), ...(more > 0 ? [`and ${more} more`] : [])];
  return attemptRows(asOneArray(round), named, now, memory);
}

function attemptRows(attempt: RunAttempt, jobIds: readonly string[], now: Date, memory: Row | undefined): Row[] {
  const { number, maximum, onDemand, queueArn, starts, refusals, array } = attempt;
  const rows: (Row | false)[] = [
    [`Attempt ${number} of ${maximum}`, (onDemand ? 'on-demand, ' : '') + endText(attempt)],
    queueArn !== undefined && ['  Queue', resourceName(queueArn)],
    jobIds.length > 0 && ['  Batch job', ...jobIds],
    memory ?? false,
    array?.counts !== undefined && ['  Children', countsText(array.counts, attempt.outcome !== undefined)],
    refusals > 0 && ['  Refused', `${counted(refusals, 'submission')} by AWS Batch`],
    ...starts.map((start): Row => [`  Start ${start.number}`, ...startLines(start, now)]),
    waitsInQueue(attempt) && ['  In the queue', `${since(queuedSince(attempt), now)} so far`],
  ];
  return rows.filter((row) => row !== false);
}

/** Of a run whose attempts have different memory: what the attempt had, and what the next got if it was killed for it. */
function memoryRow(rounds: readonly Round[], index: number): Row | undefined {
  const memoryOf = (attempt: RunAttempt | undefined) => attempt?.resources?.memory ?? attempt?.memory;
  // The arrays of a round can have different memory.
  const [[attempt, ...others] = [], [next] = []] = [rounds[index], rounds[index + 1]];
  const memory = memoryOf(attempt);
  if (memory === undefined || others.length > 0) return undefined;
  if (!rounds.flat().some((other) => other.memory !== undefined)) return undefined;
  const more = memoryOf(next);
  const isKilled = isOutOfMemory(attempt?.reason, attempt?.starts.at(-1)?.reason);
  const raised =
    isKilled && more !== undefined && more > memory ? `, too little: ${mibText(more)} in attempt ${next?.number}` : '';
  return ['  Memory', `${mibText(memory)}${raised}`];
}

/** How an attempt ended, or what it does. */
function endText({ outcome, reason, batchStatus, jobId, array }: RunAttempt): string {
  switch (outcome) {
    case undefined:
      // An array waits for its children, whose states are told.
      if (array !== undefined && jobId !== undefined) return colors.cyan('in progress');
      return colors.cyan(batchStatus ?? (jobId === undefined ? 'being submitted' : 'submitted'));
    case 'succeeded':
      return colors.green('succeeded');
    case 'interrupted':
      // Its last start has the reason.
      return colors.yellow('Spot interruption');
    case 'stopped':
      return colors.yellow(withReason('stopped', reason));
    default:
      return colors.red(withReason(outcome.replace('-', ' '), reason));
  }
}

function withReason(text: string, reason: string | undefined): string {
  return reason === undefined ? text : `${text}: ${visibleText(reason, false)}`;
}

function waitsInQueue({ outcome, batchStatus, submitted, array }: RunAttempt): boolean {
  if (array !== undefined || outcome !== undefined || submitted === undefined || batchStatus === undefined)
    return false;
  return batchStatus !== 'RUNNING' && batchStatus !== 'STARTING';
}

function queuedSince({ starts, submitted }: RunAttempt): Date | undefined {
  return starts.at(-1)?.stopped ?? submitted;
}

function startLines(start: ContainerStart, now: Date): string[] {
  const { queued, started, stopped, exitCode, isReclaim, instanceType, zone, reason } = start;
  const waited = queued !== undefined && started !== undefined && `waited ${since(queued, started)}`;
  const ran =
    started !== undefined &&
    (stopped === undefined ? `runs for ${since(started, now)}` : `ran ${since(started, stopped)}`);
  const exit = exitCode !== undefined && `exit code ${exitCode}`;
  const place = instanceType !== undefined && `on ${instanceType}${zone === undefined ? '' : ` in ${zone}`}`;
  const line = [waited, ran, exit, place].filter(Boolean).join(', ');
  const end = isReclaim ? [colors.yellow(withReason('Spot interruption', reasonOf(reason)))] : [];
  return [line === '' ? 'did not start' : line, ...end];
}

/** AWS Batch says it of every container. */
function reasonOf(reason: string | undefined): string | undefined {
  return reason === undefined || reason.startsWith('Essential container') ? undefined : reason;
}

function waitRow({ kind, from, to, before, ahead }: RunWait, now: Date): Row {
  if (kind === 'place') {
    const where = ahead === undefined ? '' : `, ${numberInLine(ahead)}`;
    return ['Place', colors.dim(`waited ${since(from, to ?? now)}${to === undefined ? ' so far' : ''}${where}`)];
  }
  const text =
    to === undefined
      ? `${since(from, now)} so far, before attempt ${before}`
      : `${since(from, to)} before attempt ${before}`;
  return ['Wait', colors.dim(text)];
}

/** All waits of throttled submissions in one row: there can be hundreds. */
function throttledRow(waits: readonly RunWait[], attempts: readonly RunAttempt[], now: Date): Row | undefined {
  const throttled = waits.filter(({ kind }) => kind === 'throttled');
  if (throttled.length === 0) return undefined;
  const seconds = throttled.reduce((sum, { from, to }) => sum + secondsBetween(from, to ?? now), 0);
  const count = attempts.reduce((sum, { refusals }) => sum + refusals, 0);
  return ['Throttled', `${duration(seconds)} of waits, because AWS Batch refused ${count} of the submissions`];
}

function eventText({ bytes, s3Uri, failedItemsOf }: RunEvent): string {
  const size = `${formatCount(bytes)} bytes`;
  const only = failedItemsOf === undefined ? '' : `; only the items that failed in ${failedItemsOf}`;
  return `${size}, in ${s3Uri ?? "the execution's input"}${only}`;
}

export function timeText(date: Date): string {
  return `${localTime(date).slice(0, 10)} ${clockTime(date)}`;
}

function since(from: Date | undefined, to: Date): string {
  return duration(secondsBetween(from ?? to, to));
}

/** The name at the end of an ARN. */
function resourceName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** A row with a label as wide as those of all sections, and values in which only this page's colors control the terminal. */
function aligned([label, ...texts]: Row): Row {
  return [label.padEnd(LABEL_WIDTH), ...texts.map((text) => visibleText(text, colors.isColorSupported))];
}
