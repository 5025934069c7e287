import { titles, withoutEvents } from '../model/bands';
import type { BandPicture } from '../model/stack';
import { COLUMNS, PAD, text, WIDTH } from './svg-parts';

export const LINE_HEIGHT = 30;

/** A job or function of many: what starts it, its name, what it runs on and what it uses, in a line. */
export function drawLine(band: BandPicture, top: number, hasRule: boolean): string[] {
  const { name, startedBy, runsOn, uses } = band;
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
    part(startedBy.length === 0 ? withoutEvents(band).title.toLowerCase() : titles(startedBy), 'source'),
    part(name, 'job', 'strong'),
    part(titles(runsOn), 'capacity'),
    part(titles(uses), 'used'),
  ];
}
