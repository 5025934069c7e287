import { colors } from '../../command/colors';
import { visibleText } from '../../command/visible-text';
import { clockTime, localTime } from '../time-text';

/** A line of a container, and where it is from. */
export interface PrintedLine {
  readonly run?: string;
  readonly attempt?: number;
  readonly start?: number;
  /** Index of the item, of a run on this machine. */
  readonly item?: number;
  readonly stream: string;
  readonly time: Date;
  readonly text: string;
}

/** Writes lines and headings: as text, or as one JSON document a line. */
export class LogOutput {
  private day = '';

  constructor(
    readonly json: boolean,
    private readonly out: NodeJS.WriteStream = process.stdout,
    private readonly notes: NodeJS.WriteStream = process.stderr,
  ) {}

  get isTerminal(): boolean {
    return this.out.isTTY === true;
  }

  /** A heading or an end, which programs get as a document. */
  tell(text: string, document: object, color: (text: string) => string = colors.bold): Promise<void> {
    return this.write(this.json ? `${JSON.stringify(document)}\n` : `${color(visibleText(text, false))}\n`);
  }

  /** The next line needs no date if it is of the same day. */
  dayIsTold(time: Date): void {
    this.day = dayOf(time);
  }

  /** Something about the log. */
  note(text: string): void {
    const line = visibleText(text, false);
    if (this.json) this.notes.write(`${line}\n`);
    else this.out.write(`${colors.dim(line)}\n`);
  }

  /** @param label which run or item it is from, if lines of several alternate */
  async line(line: PrintedLine, label?: string): Promise<void> {
    if (this.json) {
      await this.write(`${JSON.stringify({ type: 'line', ...line, time: line.time.toISOString() })}\n`);
      return;
    }
    const day = dayOf(line.time);
    const heading = day === this.day ? '' : `${colors.dim(day)}\n`;
    this.day = day;
    const clock = clockTime(line.time);
    const place = label === undefined ? '' : ` ${label}`;
    const head = `${colors.dim(clock)}${place} ${colors.dim('|')} `;
    const below = `${' '.repeat(clock.length)}${place} ${colors.dim('|')} `;
    // Progress bars start again with a carriage return alone.
    const parts = line.text.replace(/(\r\n?|\n)$/, '').split(/\r\n?|\n/);
    const text = parts.map((part, index) => {
      return `${index === 0 ? head : below}${visibleText(part, colors.isColorSupported)}\n`;
    });
    await this.write(heading + text.join(''));
  }

  /** Waits while the reader of a pipe is slower than the log. */
  private async write(text: string): Promise<void> {
    if (!this.out.write(text)) await new Promise((resolve) => this.out.once('drain', resolve));
  }
}

function dayOf(time: Date): string {
  return localTime(time).slice(0, 'yyyy-mm-dd'.length);
}
