import { closest, distance } from 'fastest-levenshtein';

/** The candidate that somebody who wrote `word` probably meant, or undefined if none is near. */
export function suggestion(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const lower = word.toLowerCase();
  const sameWord = candidates.find((candidate) => candidate.toLowerCase() === lower);
  if (sameWord !== undefined) return sameWord;
  const longer = candidates.filter((candidate) => lower.length > 2 && candidate.toLowerCase().startsWith(lower));
  if (longer.length === 1) return longer[0];
  const best = closest(word, [...candidates]);
  return distance(word, best) <= Math.max(1, Math.floor(Math.max(word.length, best.length) / 3)) ? best : undefined;
}
