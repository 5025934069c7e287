import fc from 'fast-check';

/** Halves of pairs, which are no characters. */
const HALVES = { from: 0xd800, count: 0x800 } as const;

/** Any character of Unicode. For its own unit `binary`, fast-check makes a table of all million, which takes as long as a hundred tests. */
export const anyCharacter = fc.nat({ max: 0x10ffff - HALVES.count }).map(
  (place) => String.fromCodePoint(place < HALVES.from ? place : place + HALVES.count),
  (text) => placeOf(text),
);

/** @throws Error if it is not one character, as fast-check wants it. */
function placeOf(text: unknown): number {
  const [character, ...more] = typeof text === 'string' ? text : [];
  const code = character?.codePointAt(0);
  if (code === undefined || more.length > 0) throw new Error('not one character');
  if (code < HALVES.from) return code;
  if (code < HALVES.from + HALVES.count) throw new Error('half of a pair');
  return code - HALVES.count;
}
