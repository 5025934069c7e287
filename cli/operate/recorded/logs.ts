import { colors } from '../../command/colors';
import { DONE, FAILED } from '../../command/exit-code';
import { nextCommand } from '../../command/next-command';
import { UsageError } from '../../command/usage-error';
import { markOf, rowHead } from '../../local/recording/log-row';
import type { LogMark } from '../../model/console';
import type { Run } from '../../model/run';
import type { LogLines } from '../logs/filter';
import type { LogOutput } from '../logs/log-output';
import { attemptTitle } from '../logs/run-texts';
import { statusText } from '../run-label';
import { duration, localTime, secondsBetween } from '../time-text';
import { logRows } from './log-rows';
import { RecordedStack, STATUSES } from './recorded-stack';

/** Milliseconds of a job's log without `--since`: a day. */
const USUAL_PERIOD_MS = 86_400_000;

/** Prints the log of a run on this machine, or the logs of all runs of a job. */
export async function recordedLogs(target: string, lines: LogLines, output: LogOutput): Promise<number> {
  const stack = await RecordedStack.open();
  const name = target.trim();
  if (!stack.jobs.includes(name)) return new RecordedLogOf(stack, await stack.find(target), lines, output).print();
  if (lines.follow || lines.attempt !== undefined) {
    const option = lines.follow ? '--follow' : '--attempt';
    throw new UsageError(
      `${option} with --local needs a run, and ${name} is a job. Name a run, such as ${name}@latest.`,
    );
  }
  const since = lines.since ?? new Date(Date.now() - USUAL_PERIOD_MS);
  const rows = (await stack.store.list()).filter(({ job, endedAt = Date.now() }) => job === name && endedAt >= +since);
  for (const { id } of rows.reverse()) {
    const run = await stack.store.run(id);
    if (run !== undefined) await new RecordedLogOf(stack, run, { ...lines, since }, output).print();
  }
  if (rows.length === 0) {
    const period = lines.since === undefined ? 'in the last day' : `since ${localTime(since)}`;
    output.note(`Job ${name} has had no runs on this machine ${period}. Start one: ${nextCommand('local', [name])}`);
  }
  return DONE;
}

/** Prints the log of one run. */
class RecordedLogOf {
  private start = '';

  constructor(
    private readonly stack: RecordedStack,
    private readonly run: Run,
    private readonly lines: LogLines,
    private readonly output: LogOutput,
  ) {}

  /** @returns the exit code: of a run that is followed 0 if it succeeds, 1 if it does not */
  async print(): Promise<number> {
    const { id, attempts, outcome } = this.run;
    const { attempt, follow } = this.lines;
    if (attempt !== undefined && outcome !== 'running' && attempts.every(({ number }) => number !== attempt)) {
      throw new UsageError(`Run ${id} has no attempt ${attempt}: it has had ${attempts.length}.`);
    }
    await this.title();
    for await (const row of logRows(() => this.stack.store.log(id), follow)) await this.row(row);
    if (!follow) {
      if (outcome === 'running')
        this.output.note(`The run goes on. Follow it: ${nextCommand('logs', [id, '--local', '--follow'])}`);
      return DONE;
    }
    const ended = await this.stack.store.run(id);
    return ended?.outcome === 'succeeded' ? DONE : FAILED;
  }

  private async title(): Promise<void> {
    const { id, job, outcome, startedAt, endedAt } = this.run;
    const started = new Date(startedAt);
    const status = STATUSES[outcome];
    const took = duration(secondsBetween(started, new Date(endedAt ?? Date.now())));
    const state = outcome === 'running' ? `running for ${took}` : `${statusText(status)} after ${took}`;
    const document = { type: 'run', run: id, job, status, started: started.toISOString() };
    await this.output.tell(`${id}: ${state}, started ${localTime(started)}`, document);
    this.output.dayIsTold(started);
  }

  private async row(row: string): Promise<void> {
    const { at, start, stream, length, item } = rowHead(row);
    const [attempt = 0, number = 0] = start === '' ? [] : start.split('.').map(Number);
    const time = new Date(this.run.startedAt + at);
    const { filter, since, attempt: wanted } = this.lines;
    if ((wanted !== undefined && attempt !== wanted) || (since !== undefined && time < since)) return;
    const text = row.slice(length);
    if (stream === 'mark') return this.mark(markOf(text), { attempt, start: number, time });
    if (filter !== undefined && !text.includes(filter)) return;
    if (this.lines.item !== undefined && item !== this.lines.item) return;
    if (start !== this.start) await this.heading(attempt, number);
    this.start = start;
    const line = { run: this.run.id, attempt, start: number, stream, time, text };
    if (item === undefined) await this.output.line(line);
    else await this.output.line({ ...line, item }, `#${item}`);
  }

  private async heading(number: number, start: number): Promise<void> {
    const maximum = this.run.policy.attempts;
    const known = this.run.attempts.find((attempt) => attempt.number === number)?.starts[start - 1];
    const onDemand = known?.onDemand ?? false;
    const title = attemptTitle(
      { number, maximum, onDemand, refusals: 0, begun: new Date(0), starts: [] },
      { number: start, isReclaim: false },
    );
    const document = { type: 'attempt', run: this.run.id, attempt: number, maximumAttempts: maximum, onDemand, start };
    await this.output.tell(title, document);
  }

  private mark(mark: LogMark, place: { readonly attempt: number; readonly start: number; readonly time: Date }) {
    const { kind, title, detail } = mark;
    const document = { type: 'mark', run: this.run.id, ...place, time: place.time.toISOString(), kind, title, detail };
    return this.output.tell(detail === '' ? title : `${title}: ${detail}`, document, colorOf(kind));
  }
}

function colorOf(kind: LogMark['kind']): (text: string) => string {
  switch (kind) {
    case 'succeeded':
      return colors.green;
    case 'failed':
    case 'timed-out':
      return colors.red;
    case 'note':
      return colors.dim;
    default:
      return colors.yellow;
  }
}
