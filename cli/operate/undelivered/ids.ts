import { UsageError } from '../../command/usage-error';
import type { Undelivered } from './entry';

const LEAST = 8;

/** The beginning of each message's ID that no other of them has: 8 characters, or more if several begin the same. */
export function shortIds(entries: readonly Pick<Undelivered, 'messageId'>[]): ReadonlyMap<string, string> {
  const ids = [...new Set(entries.map(({ messageId }) => messageId))].sort();
  const shared = (one: string, other = '') => [...one].findIndex((character, index) => character !== other[index]);
  return new Map(
    ids.map((id, index) => {
      const near = [ids[index - 1], ids[index + 1]].map((other) => (other === undefined ? -1 : shared(id, other)));
      return [id, id.slice(0, Math.max(LEAST, ...near.map((length) => length + 1)))];
    }),
  );
}

/** Whether a word names a message. */
export function names(word: string, messageId: string): boolean {
  return word !== '' && messageId.toLowerCase().startsWith(word.toLowerCase());
}

/**
 * The one entry that each word names.
 *
 * @throws UsageError if a word names none or several
 */
export function chosen(words: readonly string[], entries: readonly Undelivered[], looked: string): Undelivered[] {
  const found = words.map((word) => {
    const [first, ...more] = entries.filter(({ messageId }) => names(word, messageId));
    if (first === undefined) {
      throw new UsageError(
        `No undelivered event has an ID that begins with "${word}" (${looked}). It might have been started or deleted, or ` +
          'somebody else looks at it at this moment.',
      );
    }
    if (more.length > 0) {
      const ids = [first, ...more].map(({ messageId }) => messageId).slice(0, 5);
      throw new UsageError(`"${word}" is the beginning of several IDs: ${ids.join(', ')}. Add characters.`);
    }
    return first;
  });
  return [...new Set(found)];
}
