import { colors } from '../command/colors';
import { widthOf } from '../command/two-columns';
import type { Owner } from './owners';
import type { Action } from './part-change';
import { nameOfType } from './part-names';
import type { PlanSummary } from './plan-summary';
import type { Message } from './terraform';
import { ownerName } from './warnings';

/** Seconds without output after which a line tells what is in progress, if the output is not a terminal. */
const QUIET_SECONDS = 30;

/** What Terraform reports of a change: two halves of a replacement, and nothing if only its state changes. */
function stepsOf(action: Action): number {
  if (action === 'move' || action === 'forget') return 0;
  return action === 'replace' ? 2 : 1;
}

/** Shows the progress of an apply: a line for each job, resource or shared part when it is complete. */
export class Progress {
  private readonly started = Date.now();
  private readonly left = new Map<string, number>();
  private readonly total: number;
  private done = 0;
  private lastLine = Date.now();
  /** The changes in progress, by address, the newest last. */
  private readonly open = new Map<string, string>();

  constructor(
    private readonly summary: PlanSummary,
    private readonly ownerOf: (address: string) => Owner,
    private readonly stream: NodeJS.WriteStream,
    private readonly verbose: boolean,
  ) {
    for (const owner of summary.owners) {
      const steps = owner.parts.reduce((sum, { action }) => sum + stepsOf(action), 0);
      this.left.set(ownerName(owner), steps);
    }
    this.total = [...this.left.values()].reduce((sum, steps) => sum + steps, 0);
  }

  message({ type, hook }: Message): void {
    if (hook === undefined) return;
    const { addr } = hook.resource;
    const name = this.nameOf(addr);
    if (type === 'apply_start') this.open.set(addr, `${hook.action === 'delete' ? 'deleting' : 'making'} ${name}`);
    if (type === 'apply_complete' || type === 'apply_errored') {
      this.open.delete(addr);
      this.finished(addr, name, type === 'apply_complete');
    }
    this.showStatus();
  }

  /** A line of Terraform that is not one of its JSON messages. */
  text(line: string): void {
    this.write(line);
  }

  /** Removes the status. */
  close(): void {
    this.clearStatus();
  }

  private finished(address: string, name: string, succeeded: boolean): void {
    this.done += 1;
    if (this.verbose) this.write(`  ${this.clock()}  ${succeeded ? 'done' : colors.red('failed')}  ${name}`);
    const owner = this.ownerName(address);
    const left = (this.left.get(owner) ?? 0) - (succeeded ? 1 : 0);
    this.left.set(owner, left);
    if (left === 0) this.write(`  ${colors.dim(this.clock())}  ${colors.green('done')}  ${owner}`);
  }

  private nameOf(address: string): string {
    const owner = this.ownerName(address);
    const part = this.summary.owners.flatMap(({ parts }) => parts).find((each) => each.address === address)?.part;
    return `${owner}: ${part ?? nameOfType(address.split('.')[0] ?? '')}`;
  }

  /** The name of an owner, as in the plan: a resource of the config by its kind. */
  private ownerName(address: string): string {
    const owner = this.summary.owners.find(({ parts }) => parts.some((part) => part.address === address));
    return ownerName(owner ?? this.ownerOf(address));
  }

  private showStatus(): void {
    const [newest = ''] = [...this.open.values()].slice(-1);
    const text = `${this.done} of ${this.total}, ${newest}`;
    if (this.stream.isTTY) {
      this.clearStatus();
      if (newest !== '') this.stream.write(colors.dim(`  ${this.clock()}  ${text}`.slice(0, widthOf(this.stream) - 1)));
    } else if (Date.now() - this.lastLine > QUIET_SECONDS * 1000 && newest !== '') {
      this.write(`  ${this.clock()}  ${text}`);
    }
  }

  private write(line: string): void {
    this.clearStatus();
    this.stream.write(`${line}\n`);
    this.lastLine = Date.now();
  }

  private clearStatus(): void {
    if (this.stream.isTTY) this.stream.write('\r\u001b[K');
  }

  private clock(): string {
    const seconds = Math.floor((Date.now() - this.started) / 1000);
    return [Math.floor(seconds / 60), seconds % 60].map((part) => `${part}`.padStart(2, '0')).join(':');
  }
}
