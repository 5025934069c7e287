import { isFunction, withoutEvents } from '../model/bands';
import type { BandPicture } from '../model/stack';
import { box, type DiagramBox, folded } from './folded';
import { COLUMNS, PAD, text, WIDTH } from './svg-parts';

const BOX = 42;
const SPACE = 8;
const INSIDE = 12;
/** A job's or function's name with the space around it, and each line below. */
const JOB = { name: 30, line: 14 };
/** Half of the space between two columns. */
const HALF = 12;

type Column = keyof typeof COLUMNS;

/** Height of a band. */
export function bandHeight(band: BandPicture): number {
  const most = Math.max(1, ...columnsOf(band).map(({ boxes }) => boxes.length));
  return Math.max(nameHeight(band), stackHeight(most)) + 2 * INSIDE;
}

/** A job or function between what starts it and what it runs on and uses, with wires. */
export function drawBand(band: BandPicture, top: number): string[] {
  const height = bandHeight(band);
  const middle = top + height / 2;
  const columns = columnsOf(band);
  return [
    `<rect class="card" x="${PAD}" y="${top}" width="${WIDTH - 2 * PAD}" height="${height}" rx="8"/>`,
    ...columns.flatMap(({ column, boxes, wires }) => [
      ...wires.map((side) => wire(column, boxes.length, middle, side)),
      ...boxes.flatMap((each, index) => drawBox(each, column, boxTop(middle, boxes.length, index))),
    ]),
    ...drawName(band, middle),
  ];
}

function columnsOf(band: BandPicture) {
  const { startedBy, runsOn, uses } = band;
  const sources: DiagramBox[] = startedBy.length === 0 ? [withoutSource(band)] : folded(startedBy);
  const columns: { column: Column; boxes: DiagramBox[]; wires: readonly ('left' | 'right')[] }[] = [
    { column: 'source', boxes: sources, wires: ['right'] },
    { column: 'capacity', boxes: runsOn.map(box), wires: uses.length === 0 ? ['left'] : ['left', 'right'] },
    { column: 'used', boxes: folded(uses), wires: uses.length === 0 ? [] : ['left'] },
  ];
  return columns;
}

/** What stands where no event starts a job or invokes a function. */
function withoutSource(band: BandPicture): DiagramBox {
  if (isFunction(band)) return withoutEvents(band);
  return { ...withoutEvents(band), detail: `batch-jobs local ${band.name}`, isCode: true };
}

function drawBox({ title, detail, isCode, isFallback = false }: DiagramBox, column: Column, top: number): string[] {
  const { x, width } = COLUMNS[column];
  const left = x + 10 + (isFallback ? 14 : 0);
  const diamond = `<path class="od" d="M${x + 15} ${top + 8.5}l5 5-5 5-5-5z"/>`;
  const room = width - 20;
  return [
    `<rect class="box" x="${x}" y="${top}" width="${width}" height="${BOX}" rx="6"/>`,
    ...(isFallback ? [diamond] : []),
    text(title, {
      x: left,
      y: top + (detail === '' ? 26 : 18),
      size: 12.5,
      kind: 'strong',
      width: room - (left - x - 10),
    }),
    ...(detail === ''
      ? []
      : [text(detail, { x: x + 10, y: top + 33, size: 10.5, kind: 'muted', width: room, isMono: isCode })]),
  ];
}

function drawName(band: BandPicture, middle: number): string[] {
  const { name, lines } = band;
  const { x, width } = COLUMNS.job;
  const height = nameHeight(band);
  const top = middle - height / 2;
  return [
    `<rect class="job" x="${x}" y="${top}" width="${width}" height="${height}" rx="6"/>`,
    text(name, { x: x + 10, y: top + 20, size: 13, kind: 'strong', width: width - 20 }),
    ...lines.map((line, index) =>
      text(line, { x: x + 10, y: top + 35 + index * JOB.line, size: 10.5, kind: 'muted', width: width - 20 }),
    ),
  ];
}

function nameHeight({ lines }: BandPicture): number {
  return JOB.name + lines.length * JOB.line;
}

/** Lines from each box of a column to a vertical one, and from its middle to the next column. */
function wire(column: Column, count: number, middle: number, side: 'left' | 'right'): string {
  const { x, width } = COLUMNS[column];
  const edge = side === 'left' ? x : x + width;
  const step = side === 'left' ? -HALF : HALF;
  const centers = Array.from({ length: count }, (_, index) => boxTop(middle, count, index) + BOX / 2);
  const ends = centers.map((center) => `M${edge} ${center}h${step}`).join('');
  const [first = middle, last = middle] = [centers[0], centers.at(-1)];
  return `<path class="wire" d="${ends}M${edge + step} ${first}V${last}M${edge + step} ${middle}h${step}"/>`;
}

function boxTop(middle: number, count: number, index: number): number {
  return middle - stackHeight(count) / 2 + index * (BOX + SPACE);
}

function stackHeight(count: number): number {
  return count * BOX + (count - 1) * SPACE;
}
