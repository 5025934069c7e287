import { bandsOf, isFunction, withoutEvents } from '../model/bands';
import type { BandPicture, PictureItem, StackPicture } from '../model/stack';
import { box, type DiagramBox, folded } from './folded';
import { printable } from './printable';

/** Brackets of Mermaid's shapes. */
const SHAPES = {
  source: ['([', '])'],
  job: ['[[', ']]'],
  function: ['[/', '/]'],
  capacity: ['[', ']'],
  companion: ['[(', ')]'],
} as const;

/**
 * The picture as a flowchart of Mermaid, which GitHub draws. A resource that several jobs use is one node.
 *
 * Nodes have numbers, because names such as `end` are words of Mermaid.
 */
export function mermaid(picture: StackPicture): string {
  const bands = bandsOf(picture);
  const nodes = new Nodes();
  const lines = bands.flatMap((band, index) => {
    const own = nodes.addBand(band);
    const others = band.startedBy.filter((item) => item.job === undefined);
    const none = { ...withoutEvents(band), detail: '' };
    const sources = band.startedBy.length === 0 ? [none] : folded(others);
    const earlier = band.startedBy.flatMap((item) => {
      const found = picture.jobs.find(({ name }) => name === item.job);
      return found === undefined ? [] : [`${nodes.addBand(found)} -->|"${label(box(item).detail)}"| ${own}`];
    });
    // That a function runs on Lambda is in its shape.
    const runsOn = isFunction(band) ? [] : band.runsOn;
    const capacity = runsOn.map((item) =>
      nodes.add('capacity', linesOf(box(item)), `${item.title} ${item.queue ?? index}`),
    );
    return [
      ...earlier,
      ...sources.map((source) => `${nodes.add('source', linesOf(source))} --> ${own}`),
      ...capacity.map((id) => `${own} --> ${id}`),
      ...usedBy(band.uses).map(({ key, drawn }) => {
        const used = bands.find((other) => key === `${other.item.kind} ${other.name}`);
        return `${own} -.-> ${used === undefined ? nodes.add('companion', linesOf(drawn), key) : nodes.addBand(used)}`;
      }),
    ];
  });
  if (bands.length === 0) nodes.add('job', ['No jobs']);
  const text = ['flowchart LR', ...[...nodes.declared, ...lines].map((line) => `  ${line}`)];
  return `${text.join('\n')}\n`;
}

/** What a job or function uses, each with what makes it the same node for others. */
function usedBy(items: readonly PictureItem[]): { readonly key?: string; readonly drawn: DiagramBox }[] {
  const drawn = folded(items);
  return drawn.map((each, index) => {
    const item = items[index];
    return item !== undefined && item.title === each.title
      ? { key: `${item.kind} ${item.title}`, drawn: each }
      : { drawn: each };
  });
}

function linesOf({ title, detail }: DiagramBox): string[] {
  return detail === '' ? [title] : [title, detail];
}

class Nodes {
  readonly declared: string[] = [];
  private readonly known = new Map<string, string>();

  /** Declares the node of a job or function, which is the same one where others use it. */
  addBand(band: BandPicture): string {
    const kind = isFunction(band) ? 'function' : 'job';
    return this.add(kind, [band.name, ...band.lines], `${kind} ${band.name}`);
  }

  /**
   * Declares a node.
   *
   * @param key of a node that several jobs share. @default a new node
   * @returns its ID
   */
  add(kind: keyof typeof SHAPES, lines: readonly string[], key?: string): string {
    const known = key === undefined ? undefined : this.known.get(key);
    if (known !== undefined) return known;
    const id = `n${this.declared.length + 1}`;
    if (key !== undefined) this.known.set(key, id);
    const [open, close] = SHAPES[kind];
    this.declared.push(`${id}${open}"${lines.map(label).join('<br>')}"${close}`);
    return id;
  }
}

/** Longest line of a node, in characters. */
const LONGEST = 60;

/**
 * A text that Mermaid draws as it is. Everything that could be syntax, in a label or before labels are read, becomes a character's number;
 * also `:`, because the numbers are taken for something else after `style` and a colon.
 */
function label(text: string): string {
  const characters = [...printable(text).replace(/\s+/g, ' ').trim()];
  const shown = characters.length > LONGEST ? [...characters.slice(0, LONGEST - 1), '…'] : characters;
  return shown
    .join('')
    .replace(FORMULA_OR_BREAK, '$1\u200b')
    .replace(/[^\p{L}\p{N} .,…×()/-]/gu, (character) => `#${character.codePointAt(0)};`);
}

/** Mermaid reads numbers of characters before it looks for formulas (`$$`) and line breaks (`\n`), so a character without width parts them. */
const FORMULA_OR_BREAK = /(\$(?=\$)|\\(?=n))/g;
