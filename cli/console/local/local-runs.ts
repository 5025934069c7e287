import { type ChildProcess, spawn } from 'node:child_process';
import { extname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { atExit } from '../../command/at-exit';
import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { signalProcess } from '../../local/child-container';
import { isAlive } from '../../local/recording/process-identity';
import type { RunStore } from '../../local/recording/run-store';
import { RunStart } from './run-start';

const PROGRAM = join(__dirname, `../../batch-jobs${extname(__filename)}`);

/** Milliseconds that a run gets to remove its containers. */
const STOP_MS = 20_000;
const LOOK_MS = 50;

/** A run that a page starts. */
export interface StartedRun {
  /** Words after `batch-jobs local`, without `--event`. */
  readonly words: readonly string[];
  /** The event. @default as the words say */
  readonly eventText?: string;
  /** What the run calls the source of the event. @default `standard input` */
  readonly source?: string;
  /** Trigger whose sample the event is, as `--event-type` has it. */
  readonly eventType?: string;
}

/** Runs on this machine that the console starts: each is a separate process, which records itself. */
export class LocalRuns {
  private readonly children = new Set<ChildProcess>();

  /** @param program with its first arguments, which runs `batch-jobs` */
  constructor(
    private readonly program: readonly string[] = [process.execPath, ...inheritedOptions(), PROGRAM],
    private readonly folder = process.cwd(),
  ) {}

  /**
   * Starts a run. Its image can be built first.
   *
   * @returns once it has its recording
   * @throws UsageError or CommandFailure with the words of the command if it doesn't start
   */
  async start({ words, eventText, source = '', eventType }: StartedRun): Promise<{ readonly id: string }> {
    const event = eventText === undefined ? [] : ['--event', '-'];
    const child = this.spawn([...words, ...event, '--json'], {
      BATCH_JOBS_EVENT_SOURCE: source,
      ...(eventType !== undefined && { BATCH_JOBS_EVENT_TYPE: eventType }),
    });
    const start = new RunStart();
    child.stdout?.setEncoding('utf8').on('data', (text: string) => start.output(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => start.error(text));
    // It can end before it has read the event.
    child.stdin?.on('error', () => {});
    child.stdin?.end(eventText ?? '');
    child.once('error', (error) => start.fail(new CommandFailure(`The run cannot be started: ${error.message}.`)));
    child.once('close', (code) => start.ended(code));
    try {
      return { id: await start.recorded };
    } catch (error) {
      // It goes on, where nobody could follow it.
      this.terminate(child);
      throw error;
    }
  }

  /**
   * Stops a run that this console, another one or a terminal has started.
   *
   * @returns once it has ended, with its containers
   * @throws UsageError if it does not go on, CommandFailure if it doesn't stop
   */
  async stop(store: Pick<RunStore, 'read'>, id: string): Promise<void> {
    const read = await store.read(id);
    if (read === undefined) throw new UsageError(`There is no run ${id} on this machine. It may have been deleted.`);
    if (!read.isRunning) throw new UsageError('The run has ended already.');
    const { process } = read.run;
    try {
      signalProcess(process.pid, 'SIGTERM');
    } catch (error) {
      throw new CommandFailure(`The run cannot be stopped: ${(error as Error).message}.`);
    }
    for (let waited = 0; waited < STOP_MS; waited += LOOK_MS) {
      if (!isAlive(process)) return;
      await delay(LOOK_MS);
    }
    throw new CommandFailure(
      `The run has not stopped after ${STOP_MS / 1000} seconds. End its process: ${process.pid}.`,
    );
  }

  /** Stops all runs that this console has started. */
  async close(): Promise<void> {
    const ends = [...this.children].map((child) => {
      const end = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      this.terminate(child);
      return end;
    });
    await Promise.race([Promise.all(ends), delay(STOP_MS, undefined, { ref: false })]);
  }

  private spawn(words: readonly string[], event: Readonly<Record<string, string>>): ChildProcess {
    const [command = '', ...first] = this.program;
    const { BATCH_JOBS_ERROR_FILE: _, ...variables } = process.env;
    const child = spawn(command, [...first, 'local', ...words], {
      cwd: this.folder,
      env: { ...variables, ...event },
      stdio: 'pipe',
      // Ctrl-C in the terminal reaches only the console, which stops its runs in order.
      detached: true,
    });
    this.children.add(child);
    const undo = atExit(() => this.terminate(child));
    child.once('exit', () => {
      this.children.delete(child);
      undo();
    });
    child.once('error', () => this.children.delete(child));
    return child;
  }

  private terminate(child: ChildProcess): void {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  }
}

/** Options of Node.js with which this program was started, except those that two processes can't share. */
function inheritedOptions(): string[] {
  return process.execArgv.filter((option) => !option.startsWith('--inspect'));
}
