/** Widths of groups of characters in the usual sans fonts, as parts of the font's size. Rather too wide than too narrow. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[iljI.,:;'|!]/, 0.3],
  [/[ftr()[\]{}\-/\\ "]/, 0.4],
  [/[mwMW@%]/, 0.95],
  [/[A-Z&×…]/, 0.72],
  [/[\u1100-\u{10ffff}]/u, 1.05],
];

const OTHERS = 0.55;

/** Of fonts in which every character is as wide as another. */
const MONO = 0.62;

/** The width of a text at a font size of 1, about. */
export function textWidth(text: string, isMono = false): number {
  const widths = [...text].map((character) => widthOf(character, isMono));
  return widths.reduce((sum, width) => sum + width, 0);
}

/** The text, cut where it is wider than the space for it. */
export function cut(text: string, width: number, size: number, isMono = false): string {
  if (textWidth(text, isMono) * size <= width) return text;
  let left = width / size - widthOf('…', isMono);
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    left -= textWidth(segment, isMono);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

function widthOf(character: string, isMono: boolean): number {
  const width = WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? OTHERS;
  return isMono ? Math.max(MONO, width > 1 ? width : 0) : width;
}
