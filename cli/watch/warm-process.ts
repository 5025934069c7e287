import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import { atExit } from '../local/at-exit';
import type { Order, Report } from './check';

const PROGRAM = join(__dirname, `check${extname(__filename)}`);

/** The result of a check. */
export interface Checked extends Report {
  readonly exitCode: number;
}

/** A process that waits for its only check. */
export class WarmProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<Checked>;
  /** A message that comes before the process listens can be lost on a busy machine. */
  private readonly ready: Promise<void>;
  readonly stop: () => void;

  constructor() {
    // Its standard input is that of the terminal.
    this.child = fork(PROGRAM, { execArgv: process.execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    let files: readonly string[] = [];
    let listens = () => {};
    this.ready = new Promise((resolve) => {
      listens = resolve;
    });
    this.child.on('message', (message: Report | 'ready') => {
      if (message === 'ready') listens();
      else files = message.files;
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.on('error', reject).on('exit', (code) => {
        this.stop();
        resolve({ exitCode: code ?? 1, files });
      });
    });
    this.stop = atExit(() => this.child.kill('SIGKILL'));
  }

  /** Starts the check once the process is ready. */
  check(order: Order): Promise<Checked> {
    void this.ready.then(() => this.child.send(order, () => {}));
    return this.ended;
  }
}
