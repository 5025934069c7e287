import type { ComponentChild } from 'preact';

import type { LogLine, LogMark } from '../../../model/console';
import { sizeText } from '../../../model/json-layout';
import { isError, isFrame } from '../../../model/log';
import { styledText } from '../../../model/log-text';
import { lineTime, type TimeStyle } from '../../../model/log-time';
import type { IconName, Tone } from '../../../model/outcome';
import { Icon } from '../parts/icon';

/** How a line is shown. */
export interface LineLook {
  readonly times: TimeStyle;
  /** When the run started, milliseconds since 1970. */
  readonly startedAt: number;
  /** What is searched for, in lower case. */
  readonly query: string;
  readonly onOpen: (line: LogLine) => void;
}

const MARKS: Readonly<Record<LogMark['kind'], readonly [IconName, Tone]>> = {
  interrupted: ['interrupted', 'warn'],
  restart: ['loop', 'acc'],
  'on-demand': ['on-demand', 'od'],
  failed: ['cross', 'bad'],
  'timed-out': ['cross', 'bad'],
  succeeded: ['check', 'ok'],
  stopped: ['stopped', 'muted'],
  note: ['attention', 'muted'],
};

/** A line of the log, or the place of one that is still being read. */
export function Line(props: {
  readonly row: number;
  readonly line: LogLine | undefined;
  readonly isCurrent: boolean;
  readonly look: LineLook;
}) {
  const { row, line, isCurrent, look } = props;
  const current = isCurrent ? ' current' : '';
  if (line === undefined) {
    return <div class={`log-line${current}`} data-row={row} />;
  }
  const time = lineTime(line.at, look.startedAt, look.times);
  if (line.mark !== undefined) {
    const [icon, tone] = MARKS[line.mark.kind] ?? MARKS.note;
    return (
      <div class={`log-mark${current}`} data-row={row}>
        <time>{time}</time>
        <span class="log-text">
          <b class={`chip tone-${tone}`}>
            <Icon name={icon} />
            {highlighted(line.mark.title, look.query)}
          </b>{' '}
          {highlighted(line.mark.detail, look.query)}
        </span>
      </div>
    );
  }
  const pieces = styledText(line.text);
  const text = pieces.map((piece) => piece.text).join('');
  const isBad = isError(text) || isFrame(text);
  const kind = isBad ? ' bad' : line.stream === 'stderr' ? ' stderr' : '';
  return (
    <div class={`log-line${kind}${current}`} data-row={row}>
      <time>{time}</time>
      <span class="log-start">{line.start}</span>
      <span class="log-text">
        {pieces.length === 0 ? '\u200b' : pieces.map(({ text, style }) => styled(style, highlighted(text, look.query)))}
      </span>
      {line.bytes !== undefined ? (
        <button type="button" class="log-more" tabIndex={-1} onClick={() => look.onOpen(line)}>
          Show all, {sizeText(line.bytes)}
        </button>
      ) : (
        isJson(line.text) && (
          <button type="button" class="log-more json" tabIndex={-1} onClick={() => look.onOpen(line)}>
            Show as JSON
          </button>
        )
      )}
    </div>
  );
}

/** Whether a line looks like an object that laying out would help to read. */
function isJson(text: string): boolean {
  return /^\s*\{\s*".*\}\s*$/.test(text);
}

function styled(style: string, content: ComponentChild): ComponentChild {
  return style === '' ? content : <span class={style}>{content}</span>;
}

/** The text with what is searched for marked. */
function highlighted(text: string, query: string): ComponentChild {
  if (query === '') return text;
  const lower = text.toLowerCase();
  // In a few languages a letter becomes longer; then positions would be wrong.
  if (lower.length !== text.length) return text;
  const parts: ComponentChild[] = [];
  let position = 0;
  for (let hit = lower.indexOf(query); hit !== -1; hit = lower.indexOf(query, position)) {
    parts.push(text.slice(position, hit), <mark>{text.slice(hit, hit + query.length)}</mark>);
    position = hit + query.length;
  }
  return parts.length === 0 ? text : [...parts, text.slice(position)];
}
