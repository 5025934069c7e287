import { StringDecoder } from 'node:string_decoder';
import pc from 'picocolors';
import type { FailedBuild } from './build-output';
import { visibleText } from './visible-text';

/** What happens in a local run, in the words of its JSON. */
export type Happening =
  | {
      readonly type: 'image';
      readonly image: string;
      readonly by: string;
      readonly action: 'build' | 'built' | 'kept' | 'pull' | 'pulled';
      readonly seconds?: number;
    }
  | { readonly type: 'build-step'; readonly place: string; readonly instruction: string }
  | ({ readonly type: 'build-failed'; readonly image: string } & FailedBuild)
  | { readonly type: 'images-removed'; readonly count: number }
  | { readonly type: 'engine'; readonly by: string; readonly text: string }
  | {
      readonly type: 'engine-fault';
      readonly engine: string;
      readonly kind: string;
      readonly problem: string;
      readonly fix: string;
    }
  | { readonly type: 'event'; readonly source: string; readonly bytes: number }
  | { readonly type: 'started'; readonly executionName: string; readonly claimCheck: boolean }
  | { readonly type: 'duplicate'; readonly executionName: string }
  | { readonly type: 'state'; readonly state: string; readonly kind: string }
  | {
      readonly type: 'wait';
      readonly state: string;
      readonly of: 'Wait' | 'Retry';
      readonly seconds: number;
      readonly waited: number;
    }
  | { readonly type: 'refused'; readonly error: string }
  | { readonly type: 'container'; readonly attempt: string; readonly run: number; readonly by: string }
  | { readonly type: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'signal'; readonly signal: string; readonly reason: string }
  | { readonly type: 'made-to-fail'; readonly attempt: string }
  | {
      readonly type: 'exit';
      readonly exitCode: number | null;
      readonly reason: string;
      readonly seconds: number;
      readonly hint?: string;
    }
  | { readonly type: 'restart'; readonly run: number }
  | { readonly type: 'unused'; readonly option: string }
  | ({ readonly type: 'result' } & Result);

/** How a run ended. */
export interface Result {
  readonly executionName: string;
  readonly status: 'SUCCEEDED' | 'FAILED';
  /** Containers' attempts, restarts by AWS Batch not counted. */
  readonly attempts: number;
  readonly seconds: number;
  readonly error?: string;
  readonly cause?: string;
}

/** Most characters of a line without an end that are kept before they are shown. */
const MAX_PARTIAL = 65_536;

/** Tells what happens: to a person line by line, or to a program as one JSON document a line. */
export class Report {
  private readonly begin = performance.now();
  private readonly partial = { stdout: '', stderr: '' };
  private decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };

  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly json: boolean,
  ) {}

  /** Seconds since the run began. */
  get seconds(): number {
    return Math.round(performance.now() - this.begin) / 1000;
  }

  tell(happening: Happening): void {
    if (this.json) this.out.write(this.document(happening));
    else this.out.write(this.line(describe(happening)));
  }

  /** Shows output as it comes. It waits while whoever reads is slower than the job. */
  async output(stream: 'stdout' | 'stderr', chunk: Buffer): Promise<void> {
    // A carriage return alone is how progress bars begin again; one at the end may be half of a line's end.
    const lines = (this.partial[stream] + this.decoders[stream].write(chunk)).split(/\r?\n|\r(?!$)/);
    this.partial[stream] = lines.pop() ?? '';
    if (this.partial[stream].length > MAX_PARTIAL) {
      lines.push(this.partial[stream]);
      this.partial[stream] = '';
    }
    await this.show(stream, lines);
  }

  /** Shows what came without an end of its line; the next container begins anew. */
  async outputEnded(): Promise<void> {
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.partial[stream] + this.decoders[stream].end();
      this.partial[stream] = '';
      if (rest !== '') await this.show(stream, [rest]);
    }
    this.decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  }

  /** Tells which step of a Dockerfile is built: on a terminal in the line of the one before. */
  step(place: string, instruction: string): void {
    if (this.json || !this.out.isTTY) this.tell({ type: 'build-step', place, instruction });
    else this.countDown(stepText(place, instruction));
  }

  /** Shows what is left of a wait on a terminal, in one line that goes. */
  countDown(text: string | undefined): void {
    if (this.json || !this.out.isTTY) return;
    const time = clock(this.seconds);
    // A longer one would break, and its first part stay.
    const room = (this.out.columns || COLUMNS) - time.length - 3;
    this.out.write(text === undefined ? '\r\u001B[K' : `\r\u001B[K${pc.dim(`${time}  ${cut(text, room)}`)}`);
  }

  private async show(stream: 'stdout' | 'stderr', lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    const mark = stream === 'stdout' ? pc.dim('|') : pc.yellow('|');
    const text = this.json
      ? lines.map((text) => this.document({ type: 'output', stream, text })).join('')
      : `${lines.map((line) => outputLine(line, mark)).join('\n')}\n`;
    if (!this.out.write(text)) await new Promise((resolve) => this.out.once('drain', resolve));
  }

  private document(happening: Happening): string {
    return `${JSON.stringify({ time: new Date().toISOString(), ...happening })}\n`;
  }

  private line(text: string): string {
    return `${pc.dim(clock(this.seconds))}  ${text}\n`;
  }
}

function outputLine(line: string, mark: string): string {
  return `          ${mark} ${visibleText(line.replace(/\r$/, ''), pc.isColorSupported)}`;
}

function stepText(place: string, instruction: string): string {
  return visibleText(`  step ${place}: ${instruction}`, false);
}

function cut(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, Math.max(0, room - 1))}…` : text;
}

/** Columns before a hint, which then stands below what it is about, and those of a terminal. */
const [HINT_INDENT, COLUMNS] = [11, 80];

/** A hint's text as lines that a terminal does not break. */
function folded(text: string): string[] {
  return text.match(new RegExp(`\\S.{0,${COLUMNS - HINT_INDENT - 2}}(?= |$)`, 'g')) ?? [];
}

/** `00:05.3` */
function clock(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const minutes = Math.floor(tenths / 600);
  return `${String(minutes).padStart(2, '0')}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`;
}

function describe(happening: Happening): string {
  switch (happening.type) {
    case 'image':
      return describeImage(happening);
    case 'build-step':
      return cut(stepText(happening.place, happening.instruction), COLUMNS - HINT_INDENT + 2);
    case 'build-failed': {
      const { step, lines } = happening;
      const head =
        step === undefined ? 'The build failed' : `Step ${step.place} failed: ${visibleText(step.instruction, false)}`;
      return [pc.red(head), ...lines.map((line) => outputLine(line, pc.dim('|')))].join('\n');
    }
    case 'images-removed':
      return `Removed ${happening.count} image${happening.count === 1 ? '' : 's'} of earlier runs`;
    case 'engine':
      return pc.yellow(`  ${happening.by}: ${visibleText(happening.text, false)}`);
    case 'engine-fault':
      return pc.red(`${happening.problem}. ${happening.fix}.`);
    case 'event':
      return `Event: ${happening.source}, ${happening.bytes} bytes`;
    case 'started': {
      const large = happening.claimCheck ? '; the event is large and lies in the payload bucket' : '';
      return `Trigger function started ${pc.bold(happening.executionName)}${large}`;
    }
    case 'duplicate':
      return `Delivered again: ${happening.executionName} is there already, nothing was started`;
    case 'state':
      return pc.cyan(`${happening.state} (${happening.kind})`);
    case 'wait': {
      const shortened = happening.waited === happening.seconds ? '' : `, shortened to ${happening.waited} s`;
      return `  waits ${Math.round(happening.seconds * 10) / 10} s${shortened}`;
    }
    case 'refused':
      return pc.yellow(`  AWS Batch refused the submission: ${happening.error}`);
    case 'container':
      return `  container starts (${happening.by}), attempt ${happening.attempt}${happening.run === 1 ? '' : `, run ${happening.run}`}`;
    case 'output':
      return happening.text;
    case 'signal':
      return pc.yellow(`  ${happening.signal}: ${happening.reason}`);
    case 'made-to-fail':
      return pc.yellow(`  attempt ${happening.attempt} is made to fail with exit code 1 (--fail-attempts)`);
    case 'exit': {
      const text = `  ended after ${happening.seconds.toFixed(1)} s: exit code ${happening.exitCode ?? 'none'}, ${happening.reason}`;
      if (happening.exitCode === 0) return pc.green(text);
      return [pc.red(text), ...folded(happening.hint ?? '').map((line) => pc.yellow(line))].join(
        `\n${' '.repeat(HINT_INDENT)}`,
      );
    }
    case 'restart':
      return `  AWS Batch restarts the job, which costs no attempt (run ${happening.run})`;
    case 'unused':
      return pc.yellow(`${happening.option} made no difference: the run ended before it could`);
    case 'result':
      return describeResult(happening);
  }
}

function describeImage({ action, image, by, seconds }: Extract<Happening, { type: 'image' }>): string {
  switch (action) {
    case 'build':
      return `${by} builds the image ${image}`;
    case 'built':
      return `Image built in ${seconds} s`;
    case 'kept':
      return `Image ${image} is there already`;
    case 'pull':
      return `${by} pulls the image ${image}`;
    case 'pulled':
      return `Image pulled in ${seconds} s`;
  }
}

function describeResult({ executionName, status, attempts, seconds, error, cause }: Result): string {
  const colour = status === 'SUCCEEDED' ? pc.green : pc.red;
  const tail = [
    error === undefined ? [] : ['Error', error],
    cause === undefined ? [] : ['Cause', readableCause(cause)],
  ];
  const rows = [['Execution', executionName], ['Attempts', String(attempts)], ['Seconds', String(seconds)], ...tail];
  const list = rows.flatMap(([name, value]) => (name === undefined ? [] : [`  ${name.padEnd(10)} ${value}`]));
  return [colour(pc.bold(status)), ...list].join('\n');
}

/** Of a job's whole detail, why it failed; `--json` has it whole. */
function readableCause(cause: string): string {
  const { StatusReason, Container } = detailIn(cause);
  if (StatusReason === undefined) return cause;
  const { ExitCode, Reason } = Container ?? {};
  return [ExitCode === undefined ? [] : `exit code ${ExitCode}`, StatusReason, Reason ?? []].flat().join(', ');
}

/** The parts that are read here of a job's detail. */
interface FailedJob {
  readonly StatusReason?: string;
  readonly Container?: { readonly ExitCode?: number; readonly Reason?: string };
}

function detailIn(cause: string): FailedJob {
  try {
    return JSON.parse(cause) ?? {};
  } catch {
    return {};
  }
}
