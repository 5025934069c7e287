import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { PATIENCE_MS } from './until';

/** How a command ended. */
export interface CommandEnd {
  /** Exit code, or the name of the signal that ended it. */
  readonly code: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PROGRAM = resolve(__dirname, '../../../cli/batch-jobs.ts');
const LOADER = resolve(__dirname, '../../../node_modules/tsx/dist/loader.mjs');

/** `batch-jobs` as a person runs it: a process, with pipes for its output. */
export class SpawnedCommand {
  stdout = '';
  stderr = '';
  /** How it ends. */
  readonly end: Promise<CommandEnd>;
  private readonly child: ChildProcess;
  private readonly listeners = new Set<() => void>();

  constructor(
    args: readonly string[],
    options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly input?: string },
  ) {
    this.child = spawn(process.execPath, ['--import', LOADER, PROGRAM, ...args], {
      cwd: options.cwd,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child.stdin?.on('error', () => undefined);
    this.child.stdin?.end(options.input ?? '');
    this.child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stdout += chunk;
      this.changed();
    });
    this.child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stderr += chunk;
      this.changed();
    });
    this.end = new Promise((done) => {
      this.child.on('close', (code, signal) => {
        done({ code: code ?? signal, stdout: this.stdout, stderr: this.stderr });
        this.changed();
      });
    });
  }

  /** Whether it still runs. */
  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Waits until its output contains something. */
  async until(pattern: string | RegExp, timeoutMs = PATIENCE_MS): Promise<void> {
    const holds = () => {
      const output = this.stdout + this.stderr;
      return typeof pattern === 'string' ? output.includes(pattern) : pattern.test(output);
    };
    const failed = (reason: string) =>
      new Error(`${reason} it wrote ${String(pattern)}:\n${this.stdout}\n${this.stderr}`);
    await new Promise<void>((done, fail) => {
      const timer = setTimeout(() => settle(() => fail(failed(`After ${timeoutMs} ms, and before`))), timeoutMs);
      const settle = (how: () => void) => {
        clearTimeout(timer);
        this.listeners.delete(look);
        how();
      };
      const look = () => {
        if (holds()) settle(done);
        else if (!this.isRunning) settle(() => fail(failed('It ended before')));
      };
      this.listeners.add(look);
      look();
    });
  }

  /** Sends it a signal, Ctrl-C by default. */
  signal(signal: NodeJS.Signals = 'SIGINT'): void {
    this.child.kill(signal);
  }

  /** Closes its standard output, as `head` does when it has enough. */
  closeOutput(): void {
    this.child.stdout?.destroy();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
