import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import { atExit } from '../local/at-exit';
import type { Order, Report } from './check';

const PROGRAM = join(__dirname, `check${extname(__filename)}`);

/** How a check ended. */
export interface Checked extends Report {
  readonly exitCode: number;
}

/** A process that waits for its one check. */
export class WarmProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<Checked>;
  readonly stop: () => void;

  constructor() {
    // Its standard input stays the terminal's.
    this.child = fork(PROGRAM, { execArgv: process.execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    let files: readonly string[] = [];
    this.child.on('message', (message: Report | 'ready') => {
      if (message !== 'ready') files = message.files;
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.on('error', reject).on('exit', (code) => {
        this.stop();
        resolve({ exitCode: code ?? 1, files });
      });
    });
    this.stop = atExit(() => this.child.kill('SIGKILL'));
  }

  /** Has it check, as soon as it is warm. */
  check(order: Order): Promise<Checked> {
    this.child.send(order, () => {});
    return this.ended;
  }
}
