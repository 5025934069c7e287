import { type ChildProcess, fork } from 'node:child_process';
import { atExit } from '../command/at-exit';

/** What a process sends once it listens. */
export const READY = 'ready';

/** Milliseconds for the last output of a process that has ended. */
const OUTPUT_MS = 1000;

/** How a process is started. */
export interface WarmOptions<Message> {
  /** Gets its messages. */
  readonly onMessage: (message: Message) => void;
  /** Where its output goes: to that of this process, or to `output` of the process. @default inherit */
  readonly output?: 'inherit' | 'pipe';
}

/** A process that loads what its work needs, and waits for the order to begin. */
export class WarmProcess<Order extends object, Message> {
  private readonly child: ChildProcess;
  /** A message that comes before the process listens can be lost on a busy machine. */
  private readonly ready: Promise<void>;
  /** Its exit code, or 1 if a signal ended it. */
  readonly ended: Promise<number>;
  readonly stop: () => void;

  /** @param program absolute path of a module, which sends READY */
  constructor(program: string, { onMessage, output = 'inherit' }: WarmOptions<Message>) {
    // Its standard input is that of the terminal.
    this.child = fork(program, { execArgv: process.execArgv, stdio: ['ignore', output, output, 'ipc'] });
    let listens = () => {};
    this.ready = new Promise((resolve) => {
      listens = resolve;
    });
    this.child.on('message', (message: Message | typeof READY) => {
      if (message === READY) listens();
      else onMessage(message);
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.on('error', reject).on('exit', (code) => {
        this.stop();
        // What it has written comes later. What it has started can keep the output open.
        setTimeout(() => resolve(code ?? 1), output === 'pipe' ? OUTPUT_MS : 0).unref();
        this.child.once('close', () => resolve(code ?? 1));
      });
    });
    this.stop = atExit(() => this.child.kill('SIGKILL'));
  }

  /** Its output, if it isn't that of this process. */
  get output(): readonly NodeJS.ReadableStream[] {
    return [this.child.stdout, this.child.stderr].filter((stream) => stream !== null);
  }

  /** Sends an order once the process listens. */
  send(order: Order): void {
    void this.ready.then(() => this.child.send(order, () => {}));
  }
}
