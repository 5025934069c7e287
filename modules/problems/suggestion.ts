import { closest, distance } from 'fastest-levenshtein';

/** The candidate that is similar to `word`, or undefined if there is none. */
export function suggestion(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || word.length < 2) return candidates.find((candidate) => candidate === word);
  const lower = word.toLowerCase();
  const sameWord = candidates.find((candidate) => candidate.toLowerCase() === lower);
  if (sameWord !== undefined) return sameWord;
  const longer = candidates.filter((candidate) => lower.length > 2 && candidate.toLowerCase().startsWith(lower));
  if (longer.length === 1) return longer[0];
  const swapped = swaps(word).find((candidate) => candidates.includes(candidate));
  if (swapped !== undefined) return swapped;
  const best = closest(word, [...candidates]);
  return distance(word, best) <= Math.max(1, Math.floor(Math.max(word.length, best.length) / 3)) ? best : undefined;
}

/** The candidate that a reference probably means: the only one, even if it isn't similar, else a similar one. */
export function reference(name: string, candidates: readonly string[]): string | undefined {
  return candidates.length === 1 ? candidates[0] : suggestion(name, candidates);
}

/** The word with each pair of neighboring letters swapped. An edit distance counts a swap as two mistakes. */
function swaps(word: string): string[] {
  return Array.from({ length: word.length - 1 }, (_, index) =>
    [word.slice(0, index), word[index + 1], word[index], word.slice(index + 2)].join(''),
  );
}
