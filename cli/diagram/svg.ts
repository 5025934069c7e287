import { counted } from '../../modules/problems/phrases';
import { type BandGroup, bandGroups, bandsOf, bandsText, isFunction } from '../model/bands';
import type { BandPicture, PictureItem, StackPicture } from '../model/stack';
import { bandHeight, drawBand } from './svg-band';
import { drawLine, LINE_HEIGHT } from './svg-line';
import { COLUMNS, PAD, style, text, WIDTH, xml } from './svg-parts';
import { sharedParts } from './svg-shared';

/** From this many jobs and functions on, each is a line. */
const MANY = 9;

/** The name of the stack. */
const HEAD = 38;
/** The labels of the columns, above the bands of a kind. */
const LABELS = 24;
const GAP = 12;

/**
 * The picture as an SVG that needs no other file, with its own background in light and dark. The same picture is the same text.
 */
export function svg(picture: StackPicture): string {
  const bands = bandsOf(picture);
  const isCompact = bands.length >= MANY;
  const drawn: string[] = [...head(picture)];
  let top = HEAD;
  for (const group of bandGroups(bands)) {
    const part = isCompact ? linesOf(group, top + LABELS) : bandsIn(group, top + LABELS);
    drawn.push(...labels(group, top), ...part.drawn);
    top = part.bottom;
  }
  if (bands.length === 0) top += LABELS;
  const shared = sharedParts(picture.shared, top);
  const height = shared.bottom + PAD;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${xml(`Stack ${picture.stackName}`)}</title>`,
    `<desc id="desc">${xml(bands.map(described).join(' '))}</desc>`,
    style(),
    `<rect class="page" width="${WIDTH}" height="${height}" rx="10"/>`,
    ...drawn,
    ...shared.drawn,
    '</svg>',
    '',
  ].join('\n');
}

/** What is drawn from a height on, and where the next part begins. */
interface Part {
  readonly drawn: readonly string[];
  readonly bottom: number;
}

function bandsIn({ bands }: BandGroup, from: number): Part {
  const drawn: string[] = [];
  let top = from;
  for (const band of bands) {
    drawn.push(...drawBand(band, top));
    top += bandHeight(band) + GAP;
  }
  return { drawn, bottom: top };
}

function linesOf({ bands }: BandGroup, top: number): Part {
  const height = bands.length * LINE_HEIGHT;
  const card = `<rect class="card" x="${PAD}" y="${top}" width="${WIDTH - 2 * PAD}" height="${height}" rx="8"/>`;
  const lines = bands.flatMap((band, index) => drawLine(band, top + index * LINE_HEIGHT, index > 0));
  return { drawn: [card, ...lines], bottom: top + height + GAP };
}

function head(picture: StackPicture): string[] {
  const { stackName, resourceCount } = picture;
  const counts = `${bandsText(picture)}, ${counted(resourceCount, 'resource')}`;
  return [
    text(stackName, { x: PAD, y: 30, size: 16, kind: 'strong', width: WIDTH / 2 }),
    text(counts, { x: WIDTH - PAD, y: 30, size: 11, kind: 'muted', width: WIDTH / 2 - 40, isRight: true }),
  ];
}

function labels({ words }: BandGroup, top: number): string[] {
  const columns = [
    [words.startedBy, COLUMNS.source.x],
    [words.name, COLUMNS.job.x],
    [words.runsOn, COLUMNS.capacity.x],
    [words.uses, COLUMNS.used.x],
  ] as const;
  return columns.map(([label, x]) => text(label, { x: x + 10, y: top + 16, size: 11, kind: 'muted', width: 200 }));
}

/** `nightlyReport is started by Schedule, runs on Spot and uses archive.` */
function described(band: BandPicture): string {
  const { name, startedBy, runsOn, uses } = band;
  const names = (items: readonly PictureItem[]) => items.map(({ title }) => title).join(', ');
  const by = startedBy.length > 0 ? `by ${names(startedBy)}` : isFunction(band) ? 'by no event' : 'by hand';
  const verb = isFunction(band) ? 'invoked' : 'started';
  return `${name} is ${verb} ${by}, runs on ${names(runsOn)}${uses.length === 0 ? '' : ` and uses ${names(uses)}`}.`;
}
