import { closest, distance } from 'fastest-levenshtein';

/** The candidate that somebody who wrote `word` probably meant, or undefined if none is near. */
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

/** What a name that refers to something must have meant: the only candidate whatever it is called, else one that is near. */
export function reference(name: string, candidates: readonly string[]): string | undefined {
  return candidates.length === 1 ? candidates[0] : suggestion(name, candidates);
}

/** The word with each two neighbouring letters changed over, which a distance counts as two mistakes. */
function swaps(word: string): string[] {
  return Array.from({ length: word.length - 1 }, (_, index) =>
    [word.slice(0, index), word[index + 1], word[index], word.slice(index + 2)].join(''),
  );
}
