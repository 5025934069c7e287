import type { z } from 'zod';

/** Schema of an event: its type, and the properties that a config gives it. */
export type EventSchema = z.ZodObject<
  { readonly type: z.ZodLiteral<string>; readonly properties: z.ZodType },
  z.core.$strict
>;

/** An event of a source in a config, with its defaults. */
export type SourceEvent<Schema extends EventSchema> = z.output<Schema>;
