import { NOT_STARTED } from '../../command/exit-code';
import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';

/** Most characters that are kept of what a command says before its run has started. */
const MOST_TEXT = 65_536;

const ONLY_RECORDED =
  'The console can show only recorded runs: make .batch-jobs a folder that you can write to, with space on its disk.';

/** What is read of the documents of a run. */
interface RunDocument {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly text?: unknown;
  readonly isRecorded?: unknown;
  readonly error?: unknown;
  readonly problem?: unknown;
  readonly fix?: unknown;
  readonly lines?: unknown;
}

/** Reads the output of `batch-jobs local --json` until the run has its recording, or the command has failed. */
export class RunStart {
  /** The recording's id. Rejected if the run does not start. */
  readonly recorded: Promise<string>;
  private resolve!: (id: string) => void;
  private reject!: (error: Error) => void;
  private isDone = false;
  private rest = '';
  private errors = '';
  private said?: string;
  private built: readonly string[] = [];

  constructor() {
    this.recorded = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** A part of standard output. */
  output(text: string): void {
    if (this.isDone) return;
    const lines = (this.rest + text).split('\n');
    this.rest = (lines.pop() ?? '').slice(-MOST_TEXT);
    for (const line of lines) this.document(parsed(line));
  }

  /** A part of standard error. */
  error(text: string): void {
    if (!this.isDone) this.errors = (this.errors + text).slice(-MOST_TEXT);
  }

  /** The command has ended. */
  ended(code: number | null): void {
    const end = code === null ? 'A signal ended the command' : `The command ended with exit code ${code}`;
    const text = this.said ?? (this.errors.trim() || `${end} before the run started.`);
    const message = [text, ...this.built].join('\n');
    this.fail(code === NOT_STARTED ? new UsageError(message) : new CommandFailure(message));
  }

  fail(error: Error): void {
    if (this.isDone) return;
    this.isDone = true;
    this.reject(error);
  }

  private document({ type, id, text, isRecorded, error, problem, fix, lines }: RunDocument): void {
    if (type === 'recorded' && typeof id === 'string' && !this.isDone) {
      this.isDone = true;
      this.resolve(id);
    } else if (type === 'note' && isRecorded === false) {
      this.fail(new CommandFailure(`${text}. ${ONLY_RECORDED}`));
    } else if (type === 'error' && typeof error === 'string') {
      this.said = error;
    } else if (type === 'engine-fault') {
      this.said = `${problem}. ${fix}.`;
    } else if (type === 'build-failed' && Array.isArray(lines)) {
      this.built = lines.map(String);
    }
  }
}

function parsed(line: string): RunDocument {
  try {
    return Object(JSON.parse(line));
  } catch {
    // The config can print too.
    return {};
  }
}
