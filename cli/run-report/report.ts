import { colors } from '../command/colors';
import { leaveOutError } from '../command/error-document';
import { visibleText } from '../command/visible-text';
import { ContainerOutput } from './container-output';
import type { ProgressEvent } from './progress-event';
import { ProgressText, stepText } from './progress-text';
import { BELOW, clock, cut, folded, itemLabel } from './report-lines';

export interface ReportOptions {
  /** One JSON document a line, for programs. */
  readonly json: boolean;
  /** Also what the state machine does between attempts. @default false */
  readonly verbose?: boolean;
  /** When the run began, for progress events that are told with their time. @default now */
  readonly began?: Date;
}

/** Width of a terminal that doesn't report one. */
const COLUMNS = 80;

/** Keeps what a report shows. */
export interface ReportRecorder {
  tell(progressEvent: ProgressEvent): void;
  /**
   * @param isCut whether the last line goes on
   * @param item of the container, for a job with `forEach`
   * @returns set if the reader of the output has to wait
   */
  lines(
    stream: 'stdout' | 'stderr',
    lines: readonly string[],
    isCut: boolean,
    item?: number,
  ): Promise<void> | undefined;
}

/** Writes what happens in a run: for a person line by line, or for a program as JSON. */
export class Report {
  private readonly begin = performance.now();
  private readonly container = this.containerOutput();
  private readonly progressText: ProgressText;
  private readonly json: boolean;
  private readonly began: Date;
  private recorder?: ReportRecorder;
  /** Whether the last line on the terminal will be replaced. */
  private isPassing = false;
  /** The line that stays below all others on a terminal. */
  private bar?: string;

  constructor(
    private readonly out: NodeJS.WriteStream,
    { json, verbose = false, began = new Date() }: ReportOptions,
  ) {
    this.json = json;
    this.began = began;
    this.progressText = new ProgressText(verbose);
  }

  /** Seconds since the run began. */
  get seconds(): number {
    return Math.round(performance.now() - this.begin) / 1000;
  }

  /** Also keeps what is told from now on. */
  recordTo(recorder: ReportRecorder): void {
    this.recorder = recorder;
  }

  /** @param at when it happened, if that is not now */
  tell(progressEvent: ProgressEvent, at?: Date): void {
    this.recorder?.tell(progressEvent);
    if (this.json) {
      if (progressEvent.type === 'build-failed' || progressEvent.type === 'engine-fault') leaveOutError();
      this.write(this.document(progressEvent, at));
      return;
    }
    for (const { text, colour = plain, isTimed = true, isCut = false, indent } of this.progressText.lines(
      progressEvent,
    )) {
      const time = clock(at === undefined ? this.seconds : Math.max(0, at.getTime() - this.began.getTime()) / 1000);
      const lines = isCut ? [cut(text, this.width ?? text.length)] : folded(text, this.width, indent);
      const [first = '', ...rest] = lines.map((line) => (line === '' ? '' : colour(line)));
      const head = isTimed ? `${colors.dim(time)}${BELOW.slice(time.length)}` : text === '' ? '' : BELOW;
      this.write([head + first, ...rest.map((line) => BELOW + line)].map((line) => `${line}\n`).join(''));
    }
  }

  /** Shows an event of a log in AWS, which has one line or several. */
  lines(text: string, at: Date): Promise<void> {
    return this.show('log', text.replace(/\r?\n$/, '').split(/\r?\n/), { at });
  }

  /** Shows output as it comes, and waits while the reader is slower than the job. */
  output(stream: 'stdout' | 'stderr', chunk: Buffer): Promise<void> {
    return this.container.add(stream, chunk);
  }

  /** Shows the last line of a container if it has no end, so the next container starts on a new one. */
  outputEnded(): Promise<void> {
    return this.container.end();
  }

  /** The output of one of several containers at the same time. Its lines are shown whole, with the item. */
  outputOf(item: number): ContainerOutput {
    return this.containerOutput(item);
  }

  private containerOutput(item?: number): ContainerOutput {
    return new ContainerOutput(async (stream, lines, isCut) => {
      await Promise.all([this.show(stream, lines, { item }), this.recorded(stream, lines, isCut, item)]);
    });
  }

  /** Shows which step of a Dockerfile is built. On a terminal it replaces the step before. */
  step(place: string, instruction: string): void {
    if (this.json || !this.out.isTTY) this.tell({ type: 'build-step', place, instruction });
    else this.countDown(stepText(place, instruction));
  }

  /** Shows a line on a terminal that the next one replaces; undefined removes it. */
  countDown(text: string | undefined): void {
    if (this.json || !this.out.isTTY) return;
    this.clear();
    if (text === undefined) return;
    // The terminal would break a longer line, and its first part could not be removed.
    this.out.write(colors.dim(BELOW + cut(text, this.columns - BELOW.length - 1)));
    this.isPassing = true;
  }

  /** Shows a line on a terminal that stays below what is written; undefined removes it. */
  progress(text: string | undefined): void {
    if (this.json || !this.out.isTTY || text === this.bar) return;
    this.bar = text;
    this.clear();
    this.showBar();
  }

  /** Characters of a line of {@link progress}. Undefined if it isn't shown. */
  get room(): number | undefined {
    return this.json || !this.out.isTTY ? undefined : this.columns - BELOW.length - 1;
  }

  private showBar(): void {
    if (this.bar === undefined) return;
    this.out.write(BELOW + this.bar);
    this.isPassing = true;
  }

  private get columns(): number {
    return this.out.columns || COLUMNS;
  }

  /** Width of the text after the time; undefined where lines stay whole. */
  private get width(): number | undefined {
    const columns = this.out.isTTY ? this.columns : Number(process.env.COLUMNS);
    return columns > BELOW.length ? columns - BELOW.length : undefined;
  }

  private clear(): void {
    if (this.isPassing) this.out.write('\r\u001B[K');
    this.isPassing = false;
  }

  private write(text: string): boolean {
    this.clear();
    const isTaken = this.out.write(text);
    this.showBar();
    return isTaken;
  }

  private async show(
    stream: 'stdout' | 'stderr' | 'log',
    lines: readonly string[],
    { at, item }: { readonly at?: Date; readonly item?: number } = {},
  ): Promise<void> {
    if (lines.length === 0) return;
    const mark = stream === 'stderr' ? colors.yellow('|') : colors.dim('|');
    const head = item === undefined ? BELOW : colors.dim(itemLabel(item));
    const of = item === undefined ? {} : { item };
    const text = this.json
      ? lines.map((text) => this.document({ type: 'output', stream, text, ...of }, at)).join('')
      : lines
          .map((line) => `${head}${mark} ${visibleText(line.replace(/\r$/, ''), colors.isColorSupported)}\n`)
          .join('');
    if (!this.write(text)) await new Promise((resolve) => this.out.once('drain', resolve));
  }

  private recorded(
    stream: 'stdout' | 'stderr',
    lines: readonly string[],
    isCut: boolean,
    item: number | undefined,
  ): Promise<void> | undefined {
    if (lines.length === 0) return undefined;
    // Lines of other containers come between two pieces of one.
    return this.recorder?.lines(stream, lines, isCut && item === undefined, item);
  }

  private document(progressEvent: ProgressEvent, at = new Date()): string {
    return `${JSON.stringify({ time: at.toISOString(), ...progressEvent })}\n`;
  }
}

function plain(text: string): string {
  return text;
}
