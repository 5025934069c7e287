import type { EventFacts, KnownKey } from '../../triggers/event-facts';

/**
 * Keys that the events of a source have.
 *
 * @param rootKeys of the event: some sources send two shapes
 */
export function knownKeys({ keys, variants = [] }: EventFacts, rootKeys: readonly string[]): readonly KnownKey[] {
  return variants.find(({ marks }) => marks.some((mark) => rootKeys.includes(mark)))?.keys ?? keys;
}
