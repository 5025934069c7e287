import type { JobPicture, StackPicture } from '../model/stack';
import { bandHeight, drawBand } from './svg-band';
import { drawLine, LINE_HEIGHT } from './svg-line';
import { COLUMNS, PAD, style, text, WIDTH, xml } from './svg-parts';
import { sharedParts } from './svg-shared';

/** From this many jobs on, each is a line. */
const MANY = 9;

const HEAD = 62;
const GAP = 12;

/**
 * The picture as an SVG that needs no other file, with its own background in light and dark. The same picture is the same text.
 */
export function svg(picture: StackPicture): string {
  const { jobs } = picture;
  const isCompact = jobs.length >= MANY;
  const drawn: string[] = [...head(picture)];
  let top = HEAD;
  if (isCompact) {
    drawn.push(
      `<rect class="card" x="${PAD}" y="${top}" width="${WIDTH - 2 * PAD}" height="${jobs.length * LINE_HEIGHT}" rx="8"/>`,
    );
    for (const job of jobs) {
      drawn.push(...drawLine(job, top, top > HEAD));
      top += LINE_HEIGHT;
    }
    top += GAP;
  } else {
    for (const job of jobs) {
      drawn.push(...drawBand(job, top));
      top += bandHeight(job) + GAP;
    }
  }
  const shared = sharedParts(picture.shared, top);
  const height = shared.bottom + PAD;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${xml(`Stack ${picture.stackName}`)}</title>`,
    `<desc id="desc">${xml(jobs.map(described).join(' '))}</desc>`,
    style(),
    `<rect class="page" width="${WIDTH}" height="${height}" rx="10"/>`,
    ...drawn,
    ...shared.drawn,
    '</svg>',
    '',
  ].join('\n');
}

function head({ stackName, jobs, resourceCount }: StackPicture): string[] {
  const counts = `${counted(jobs.length, 'job')}, ${counted(resourceCount, 'resource')}`;

  return [
    text(stackName, { x: PAD, y: 30, size: 16, kind: 'strong', width: WIDTH / 2 }),
    text(counts, { x: WIDTH - PAD, y: 30, size: 11, kind: 'muted', width: WIDTH / 2 - 40, isRight: true }),
    ...(jobs.length === 0
      ? []
      : LABELS.map(([label, x]) => text(label, { x, y: 54, size: 11, kind: 'muted', width: 200 }))),
  ];
}

const LABELS = [
  ['Started by', COLUMNS.source.x + 10],
  ['Job', COLUMNS.job.x + 10],
  ['Runs on', COLUMNS.capacity.x + 10],
  ['Uses', COLUMNS.used.x + 10],
] as const;

/** `nightlyReport is started by Schedule, runs on Spot and uses archive.` */
function described({ name, startedBy, runsOn, uses }: JobPicture): string {
  const names = (items: JobPicture['uses']) => items.map(({ title }) => title).join(', ');
  const by = startedBy.length === 0 ? 'by hand' : `by ${names(startedBy)}`;
  return `${name} is started ${by}, runs on ${names(runsOn)}${uses.length === 0 ? '' : ` and uses ${names(uses)}`}.`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
