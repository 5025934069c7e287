import type { z } from 'zod';
import type { Finding } from '../problems/problem';
import type { StacktapeType } from './stacktape';

/** A resource that an event or a companion creates: the end of its name, and the module of its class in the provider's bindings. */
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

/** What reports say about both, which nothing here knows. */
export interface Vocabulary extends EventVocabulary {
  /** The resources that a companion of a type creates. */
  companionCreates(type: string): readonly CreatedResource[];
  /** What Stacktape's resources of a type have that those here have not. Undefined if that is nothing, or no resource here has the type. */
  stacktape(type: unknown): StacktapeType | undefined;
  /** What to say about the name of a resource of the config at a property that accepts an ARN. Undefined for other names and properties. */
  namedForArn(path: readonly PropertyKey[], name: string, root: unknown): NamedForArn | undefined;
}

/** What was found and how to fix it, as far as more than the property's schema is known. */
export type NamedForArn = Partial<Pick<Finding, 'found' | 'fix'>>;

const NOTHING: Vocabulary = {
  aliases: [],
  elsewhere: () => undefined,
  creates: () => [],
  companionCreates: () => [],
  stacktape: () => undefined,
  namedForArn: () => undefined,
};

const BY_SCHEMA = new WeakMap<z.ZodType, Vocabulary>();

/** The schema, for whose values reports use what the sources of its events and its companions say. */
export function withVocabulary<Schema extends z.ZodType>(schema: Schema, vocabulary: Vocabulary): Schema {
  BY_SCHEMA.set(schema, vocabulary);
  return schema;
}

/** What sources and companions say about the parts of a schema's values. Nothing for a schema without them. */
export function vocabularyOf(schema: z.ZodType): Vocabulary {
  return BY_SCHEMA.get(schema) ?? NOTHING;
}
