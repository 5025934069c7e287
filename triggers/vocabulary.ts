import type { EventVocabulary } from '../modules/config/event-vocabulary';
import { SOURCES, sourceOf } from './registry';
import type { AnySource } from './source';

const ALL = SOURCES.map(({ type }): AnySource<string> => sourceOf(type));

function named(type: string): AnySource<string> | undefined {
  return ALL.find((source) => source.type === type);
}

/** What the sources say about properties that their events don't have. */
export const EVENT_VOCABULARY: EventVocabulary = {
  aliases: ALL.flatMap(({ type, aliases = {} }) =>
    Object.entries(aliases).map(([property, names]) => [type, property, names] as const),
  ),
  creates: (type) => named(type)?.creates ?? [],
};
