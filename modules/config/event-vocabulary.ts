import type { z } from 'zod';

/** A resource that an event creates: the end of its name, and the module of its class in the provider's bindings. */
export type CreatedResource = readonly [name: string, module: string];

/** What reports say about properties of events that don't exist. Comes from the event sources, which nothing here knows. */
export interface EventVocabulary {
  /** Names that other tools and AWS use for properties of events, such as `['sqs', 'sqsQueueName', 'queue queueName']`. */
  readonly aliases: readonly (readonly [type: string, property: string, names: string])[];
  /** How to get what a type of events does that Stacktape has and this project has not. Undefined for other types. */
  elsewhere(type: unknown): string | undefined;
  /** The resources that an event of a type creates. */
  creates(type: string): readonly CreatedResource[];
}

const NO_EVENTS: EventVocabulary = { aliases: [], elsewhere: () => undefined, creates: () => [] };

const BY_SCHEMA = new WeakMap<z.ZodType, EventVocabulary>();

/** The schema, for whose values reports use what the sources of its events say. */
export function withEvents<Schema extends z.ZodType>(schema: Schema, vocabulary: EventVocabulary): Schema {
  BY_SCHEMA.set(schema, vocabulary);
  return schema;
}

/** What the sources say about the events in a schema's values. Nothing for a schema without events. */
export function eventsIn(schema: z.ZodType): EventVocabulary {
  return BY_SCHEMA.get(schema) ?? NO_EVENTS;
}
