import type { JobPicture } from '../model/stack';
import { titles } from './folded';
import { COLUMNS, PAD, text, WIDTH } from './svg-parts';

export const LINE_HEIGHT = 30;

/** A job of many: what starts it, its name, what it runs on and what it uses, in a line. */
export function drawLine(job: JobPicture, top: number, hasRule: boolean): string[] {
  const y = top + 19;
  const part = (content: string, column: keyof typeof COLUMNS, kind: 'strong' | 'muted' = 'muted') => {
    const { x, width } = COLUMNS[column];
    return text(content, {
      x: x + 10,
      y,
      size: kind === 'strong' ? 12.5 : 11,
      kind,
      width: width - (column === 'used' ? 16 : 2),
    });
  };
  return [
    ...(hasRule ? [`<path class="rule" d="M${PAD} ${top}H${WIDTH - PAD}"/>`] : []),
    part(job.startedBy.length === 0 ? 'by hand' : titles(job.startedBy), 'source'),
    part(job.name, 'job', 'strong'),
    part(titles(job.runsOn), 'capacity'),
    part(titles(job.uses), 'used'),
  ];
}
