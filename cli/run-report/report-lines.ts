import { visibleText } from '../command/visible-text';

/** A line of the log. */
export interface LogLine {
  readonly text: string;
  readonly colour?: (text: string) => string;
  /** Whether the line begins with the time. @default true */
  readonly isTimed?: boolean;
  /** Whether a terminal shows only what fits, as a table's line. @default false: it goes on in the next line */
  readonly isCut?: boolean;
  /** Columns before the text, in which a label is. What does not fit continues in lines with as much space. @default 0 */
  readonly indent?: number;
}

/** Indentation of a line without a time: as wide as a time and its gap. */
export const BELOW = ' '.repeat(9);

/** `     #17 `: what is in the place of the time before a line that an item's container writes. */
export function itemLabel(item: number): string {
  return `${`#${item}`.padStart(BELOW.length - 1)} `;
}

/** `00:05.3`, minutes and seconds; `16:40:00` from a thousand minutes on, `4d 04:00` from a hundred hours on. */
export function clock(seconds: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const whole = Math.round(seconds);
  const [hours, minutesOfHour] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours >= 100) return `${Math.floor(hours / 24)}d ${two(hours % 24)}:${two(minutesOfHour)}`;
  if (whole >= 60_000) return `${hours}:${two(minutesOfHour)}:${two(whole % 60)}`;
  const tenths = Math.round(seconds * 10);
  const minutes = Math.floor(tenths / 600);
  return `${String(minutes).padStart(2, '0')}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`;
}

/** `0.3 s`, `45 s`, `2 min`, `2 min 5 s`, `1 h 10 min` */
export function duration(seconds: number): string {
  if (Math.round(seconds) < 60) return `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const parts =
    hours > 0 ? [`${hours} h`, minutes > 0 && `${minutes} min`] : [`${minutes} min`, rest > 0 && `${rest} s`];
  return parts.filter(Boolean).join(' ');
}

export function cut(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, Math.max(0, room - 1))}…` : text;
}

/** Column at which the text after a label such as `Event` begins. */
export const LABEL_WIDTH = 10;

/**
 * Lines of at most a width. What follows a label continues below itself; a word longer than a line stays whole, so it can be copied.
 *
 * @param width undefined for files and pipes, in which whole lines are easier to search
 * @param indent columns of the label. @default there is none
 */
export function folded(text: string, width: number | undefined, indent = 0): string[] {
  if (width === undefined || text.length <= width) return [text];
  const lines: string[] = [];
  for (const word of text.slice(indent).split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && indent + longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line, index) => (index === 0 ? text.slice(0, indent) : ' '.repeat(indent)) + line);
}

/** Text of others, in one line, in which nothing controls the terminal. */
export function shown(text: string): string {
  return visibleText(text.replace(/\s*[\r\n]+\s*/g, ' '), false);
}

/** A line with a label. */
export function labelled(label: string, text: string): LogLine & Required<Pick<LogLine, 'indent'>> {
  return { text: `${label.padEnd(LABEL_WIDTH)}${shown(text)}`, indent: LABEL_WIDTH };
}
