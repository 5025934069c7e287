/** Characters with the same style. */
export interface Span {
  readonly text: string;
  /** Names of their CSS classes in the picture: `bold`, `dim`, and one of the colours. */
  readonly classes: readonly string[];
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** Splits text into the lines of a terminal with a number of columns. Longer lines continue on the next, as in a terminal. */
export function styledLines(text: string, columns: number): Span[][] {
  let classes: readonly string[] = [];
  return text.split('\n').flatMap((line) => {
    const spans: Span[] = [];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
    for (const [, codes, characters] of line.matchAll(/\x1b\[([\d;]*)m|([^\x1b]+)/g)) {
      if (characters !== undefined) spans.push({ text: characters, classes });
      else classes = (codes ?? '').split(';').map(Number).reduce(applied, classes);
    }
    return rows(spans, columns);
  });
}

/** The style after a code of "Select Graphic Rendition". */
function applied(classes: readonly string[], code: number): readonly string[] {
  const without = (...names: string[]) => classes.filter((name) => !names.includes(name));
  if (code === 0) return [];
  if (code === 1) return [...without('bold'), 'bold'];
  if (code === 2) return [...without('dim'), 'dim'];
  if (code === 22) return without('bold', 'dim');
  if (code === 39) return without(...COLOURS);
  const colour = COLOURS[code - (code >= 90 ? 90 : 30)];
  if (colour === undefined) throw new Error(`the picture has no style for the escape code ${code}`);
  return [...without(...COLOURS), colour];
}

function rows(spans: readonly Span[], columns: number): Span[][] {
  const all: Span[][] = [[]];
  let room = columns;
  for (const { text, classes } of spans) {
    let rest = text;
    while (rest !== '') {
      if (room === 0) {
        all.push([]);
        room = columns;
      }
      const piece = rest.slice(0, room);
      all.at(-1)?.push({ text: piece, classes });
      rest = rest.slice(piece.length);
      room -= piece.length;
    }
  }
  return all;
}
