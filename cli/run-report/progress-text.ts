import { stateMeaning } from '../../modules/orchestration/state-names';
import { capitalized, counted, formatCount } from '../../modules/problems/phrases';
import { colors } from '../command/colors';
import { visibleText } from '../command/visible-text';
import { mibText } from '../model/price-text';
import { jobDetailIn } from './batch-job';
import { countsText, itemsResult } from './items-text';
import type { ProgressEvent, QueueStatus, Result } from './progress-event';
import { cut, duration, LABEL_WIDTH, type LogLine, labelled, shown } from './report-lines';

type EventOf<Type extends ProgressEvent['type']> = Extract<ProgressEvent, { type: Type }>;

/** Failed items of an attempt that are shown when they fail. */
const SHOWN_FAILURES = 10;

/** Most characters of a build step that is not replaced by the next one. */
const STEP_CHARACTERS = 71;

/** Statuses of a job that waits, in words. */
const QUEUE_TEXTS: { readonly [Status in QueueStatus]: string } = {
  SUBMITTED: 'In the queue, not yet examined',
  PENDING: 'In the queue, not yet examined',
  RUNNABLE: 'In the queue, waiting for an instance',
  STARTING: 'Starting: the instance pulls the image',
};

/**
 * What happens in a run, in words. Red is an attempt that failed, yellow an interruption or an injected fault, green a success; times and
 * ids are dim.
 */
export class ProgressText {
  private hasContainer = false;
  private maximumAttempts: string | undefined;
  private lastAttempt: string | undefined;
  /** MiB of the container before. */
  private memory: number | undefined;
  /** Whether the next exit is that of an attempt that was made to fail. */
  private madeToFail = false;
  /** Of the attempt that runs. */
  private failedChildren = 0;

  /** @param verbose whether to print the state machine's own states */
  constructor(private readonly verbose: boolean) {}

  lines(progressEvent: ProgressEvent): LogLine[] {
    switch (progressEvent.type) {
      case 'note':
        return [{ ...labelled('Note', progressEvent.text), colour: colors.yellow }];
      case 'resource':
        return [labelled('Resource', `${progressEvent.kind} ${progressEvent.name}`)];
      case 'image':
        return [labelled('Image', imageText(progressEvent))];
      case 'build-step': {
        const { place, instruction } = progressEvent;
        return [{ text: cut(stepText(place, instruction), STEP_CHARACTERS), indent: LABEL_WIDTH, colour: colors.dim }];
      }
      case 'build-failed':
        return buildFailed(progressEvent);
      case 'images-removed': {
        const { count } = progressEvent;
        return [labelled('Image', `removed ${counted(count, 'image')} of earlier runs`)];
      }
      case 'engine':
        return [
          { ...labelled('Engine', `${capitalized(progressEvent.by)}: ${progressEvent.text}`), colour: colors.yellow },
        ];
      case 'engine-fault':
        return [{ text: shown(`${progressEvent.problem}. ${progressEvent.fix}.`), colour: colors.red }];
      case 'recorded':
        return [];
      case 'next': {
        const { job, after, status } = progressEvent;
        const verb = { SUCCEEDED: 'succeeded', FAILED: 'failed', TIMED_OUT: 'timed out', ABORTED: 'stopped' }[status];
        return [{ ...labelled('Next', `${job}, after ${after} ${verb}`), colour: colors.bold }];
      }
      case 'event':
        return [labelled('Event', `${progressEvent.source}, ${formatCount(progressEvent.bytes)} bytes`)];
      case 'started':
        return started(progressEvent);
      case 'duplicate':
        return [{ text: `Duplicate event: ${progressEvent.executionName} already exists. Nothing started.` }];
      case 'state':
        return this.verbose ? [{ text: `${progressEvent.state} (${progressEvent.kind})`, colour: colors.dim }] : [];
      case 'wait':
        return [waitLine(progressEvent)];
      case 'waiting':
        return [{ text: waitingText(progressEvent), isTimed: false }];
      case 'refused':
        return [{ text: shown(refusedText(progressEvent)), colour: colors.yellow }];
      case 'submitted':
        return [this.submitted(progressEvent)];
      case 'queue':
        return [{ text: QUEUE_TEXTS[progressEvent.status], colour: colors.dim }];
      case 'container':
        return [this.container(progressEvent)];
      case 'items':
        return [this.items(progressEvent)];
      case 'child':
        return this.child(progressEvent);
      case 'items-end':
        return [];
      case 'items-progress':
        return [{ text: countsText(progressEvent), colour: colors.dim }];
      case 'output':
        return [{ text: progressEvent.text, isTimed: false }];
      case 'signal':
        return [{ text: signalText(progressEvent), colour: colors.yellow }];
      case 'made-to-fail':
        this.madeToFail = true;
        return [];
      case 'exit':
        return this.exit(progressEvent);
      case 'restart':
        return [{ text: 'AWS Batch restarts the job without using up an attempt', isTimed: false }];
      case 'unused':
        return [{ text: `${progressEvent.option} had no effect: the run ended first`, colour: colors.yellow }];
      case 'result':
        return this.result(progressEvent);
    }
  }

  private submitted({ attempt, maximumAttempts, onDemand, queue }: EventOf<'submitted'>): LogLine {
    this.maximumAttempts = maximumAttempts;
    this.lastAttempt = attempt;
    const where = queue === undefined ? 'submitted' : `submitted to ${queue}`;
    return { text: [`Attempt ${attempt}${this.ofAll}`, onDemand && 'on-demand', where].filter(Boolean).join(', ') };
  }

  private container(container: EventOf<'container'>): LogLine {
    const { attempt, maximumAttempts, run, onDemand, by, memory } = container;
    const hasOther = memory !== undefined && this.memory !== undefined && memory !== this.memory;
    this.maximumAttempts = maximumAttempts;
    this.lastAttempt = attempt;
    this.memory = memory;
    const parts = [
      `Attempt ${attempt}${this.ofAll}`,
      run > 1 && `start ${run}`,
      onDemand && 'on-demand',
      hasOther && `with ${mibText(memory)}`,
      // The same for each container of a run.
      (this.verbose || !this.hasContainer || by === AWS_BATCH) && placeText(container),
    ];
    this.hasContainer = true;
    return { text: parts.filter(Boolean).join(', ') };
  }

  private items({ attempt, maximumAttempts, items, children, jobs, onDemand, by }: EventOf<'items'>): LogLine {
    this.maximumAttempts = maximumAttempts;
    this.lastAttempt = attempt;
    this.failedChildren = 0;
    const some = children === items ? counted(items, 'item') : `${formatCount(children)} of ${counted(items, 'item')}`;
    const where = by === 'plain process' ? 'as plain processes' : placeText({ by });
    const parts = [
      `Attempt ${attempt}${this.ofAll}`,
      onDemand && 'on-demand',
      some,
      children > 1 && `${formatCount(Math.min(jobs, children))} at a time`,
      !this.hasContainer && where,
    ];
    this.hasContainer = true;
    return { text: parts.filter(Boolean).join(', ') };
  }

  /** The end of the run lists failures in a table, so only the first are shown when they happen. */
  private child(child: EventOf<'child'>): LogLine[] {
    const { item, outcome, hint } = child;
    if (outcome === 'succeeded') return [];
    this.failedChildren++;
    if (this.failedChildren > SHOWN_FAILURES && !this.verbose) {
      if (this.failedChildren > SHOWN_FAILURES + 1) return [];
      return [{ text: 'More items fail. The table at the end lists them', colour: colors.red, isTimed: false }];
    }
    return [
      {
        text: shown(
          `Item ${formatCount(item)} ${outcome === 'interrupted' ? 'interrupted' : 'failed'}: ${exitText(child)}`,
        ),
        colour: colors.red,
      },
      ...(hint === undefined ? [] : [{ text: hint, colour: colors.yellow, isTimed: false }]),
    ];
  }

  private get ofAll(): string {
    return this.maximumAttempts === undefined ? '' : ` of ${this.maximumAttempts}`;
  }

  private exit(exit: EventOf<'exit'>): LogLine[] {
    const fault = this.madeToFail ? ' (--fail-attempts)' : '';
    this.madeToFail = false;
    const { attempt, outcome, seconds, hint } = exit;
    if (outcome === 'succeeded') {
      const text = `Attempt ${attempt} ended after ${duration(seconds)}: exit code 0`;
      return this.verbose ? [{ text, colour: colors.green }] : [];
    }
    const verb = outcome === 'interrupted' || outcome === 'canceled' || outcome === 'stopped' ? outcome : 'failed';
    const colour = outcome === 'interrupted' || outcome === 'stopped' ? colors.yellow : colors.red;
    return [
      { text: shown(`Attempt ${attempt} ${verb}: ${exitText(exit)}${fault}`), colour },
      ...(hint === undefined ? [] : [{ text: hint, colour: colors.yellow, isTimed: false }]),
    ];
  }

  private result(result: Result): LogLine[] {
    const { executionName, status, attempts, seconds, error, cause, items } = result;
    if (items !== undefined) return itemsResult(result, items);
    const at = `${this.lastAttempt ?? attempts}${this.ofAll}`;
    if (status === 'SUCCEEDED') {
      return [
        { text: `Succeeded on attempt ${at}, ${duration(seconds)}`, colour: (text) => colors.green(colors.bold(text)) },
      ];
    }
    const rows = [
      ['Execution', executionName],
      ['Duration', duration(seconds)],
      ...(error === undefined ? [] : [['Error', error]]),
      ...(cause === undefined ? [] : [['Cause', readableCause(cause)]]),
    ];
    const verb = { FAILED: 'Failed', TIMED_OUT: 'Timed out', ABORTED: 'Stopped' }[status];
    const head = attempts === 0 ? `${verb} before an attempt started` : `${verb} on attempt ${at}`;
    return [
      { text: head, colour: (text) => colors.red(colors.bold(text)) },
      ...rows.map(([name = '', value = '']) => ({ ...labelled(name, value), isTimed: false })),
    ];
  }
}

/** The progress event `container`, of a run in AWS. */
export const AWS_BATCH = 'AWS Batch';

function placeText({ by, instanceType, zone }: Pick<EventOf<'container'>, 'by' | 'instanceType' | 'zone'>): string {
  if (by === 'plain process') return 'as a plain process';
  if (by !== AWS_BATCH) return `in ${capitalized(by)}`;
  return ['running', instanceType && `on ${instanceType}`, zone && `in ${zone}`].filter(Boolean).join(' ');
}

function waitingText({ of, attempt }: EventOf<'waiting'>): string {
  if (of === 'place') return 'waiting for a place: a limit of the job is reached';
  return of === 'attempt' ? `waiting before attempt ${attempt}` : 'waiting before the next submission';
}

function refusedText({ error, injected }: EventOf<'refused'>): string {
  const why = [error === undefined ? '' : `: ${error}`, injected ? ' (--throttle)' : ''].join('');
  return `AWS Batch refused the submission${why}`;
}

export function stepText(place: string, instruction: string): string {
  return labelled('Step', `${place}: ${instruction}`).text;
}

function imageText({ action, image, by, seconds = 0 }: EventOf<'image'>): string {
  switch (action) {
    case 'build':
      return `${capitalized(by)} builds ${image}`;
    case 'built':
      return `built in ${duration(seconds)}`;
    case 'kept':
      return `${image}, built before`;
    case 'pull':
      return `${capitalized(by)} pulls ${image}`;
    case 'pulled':
      return `pulled in ${duration(seconds)}`;
  }
}

function buildFailed({ step, lines }: EventOf<'build-failed'>): LogLine[] {
  const head = step === undefined ? 'The build failed' : `Step ${step.place} failed: ${step.instruction}`;
  return [
    { text: shown(head), colour: colors.red },
    ...lines.map((line) => ({ text: `| ${visibleText(line, false)}`, isTimed: false })),
  ];
}

function started({ executionName, claimCheck }: EventOf<'started'>): LogLine[] {
  const name = { ...labelled('Started', executionName), colour: dimValue };
  const large = 'The event is larger than 8,192 characters, so the job reads it from the payload bucket';
  return claimCheck ? [name, { text: large, isTimed: false }] : [name];
}

function dimValue(text: string): string {
  return text.slice(0, LABEL_WIDTH) + colors.dim(text.slice(LABEL_WIDTH));
}

function waitLine({ state, seconds, waited }: EventOf<'wait'>): LogLine {
  const what = stateMeaning(state)?.kind === 'wait' ? 'next attempt' : 'next submission';
  const shortened = waited === seconds ? '' : ` (${duration(seconds)}, shortened by --fast)`;
  return { text: `${what} in ${duration(waited)}${shortened}`, isTimed: false };
}

function signalText({ signal, reason, grace, item }: EventOf<'signal'>): string {
  const of = item === undefined ? '' : `Item ${formatCount(item)}: `;
  return signal === 'SIGTERM'
    ? `${of}${reason}: SIGTERM sent, SIGKILL in ${duration(grace)}`
    : `${of}SIGKILL sent: still running ${duration(grace)} after SIGTERM`;
}

function exitText({
  outcome,
  exitCode,
  reason,
  seconds,
  sinceSignal,
}: Pick<EventOf<'exit'>, 'outcome' | 'exitCode' | 'reason' | 'seconds' | 'sinceSignal'>): string {
  const code = exitCode === null ? [] : [`exit code ${exitCode}`];
  const since = sinceSignal === undefined ? [] : [`${duration(sinceSignal)} after SIGTERM`];
  if (outcome === 'timed-out') return [`timeout after ${duration(seconds)}`, ...code].join(', ');
  if (outcome === 'interrupted' && exitCode === null && since.length > 0) return `killed ${since.join('')}`;
  // What AWS Batch says of each container that ends by itself adds nothing.
  const why = reason.replace(/^Essential container in task exited(: )?/, '');
  return [...code, ...(why === '' ? [] : [why]), ...since].join(', ');
}

/** Why a job failed, out of its whole detail; `--json` has it whole. */
function readableCause(cause: string): string {
  const { statusReason, container } = jobDetailIn(cause);
  if (statusReason === undefined) return cause;
  const { exitCode, reason } = container ?? {};
  return [exitCode === undefined ? [] : `exit code ${exitCode}`, statusReason, reason ?? []].flat().join(', ');
}
