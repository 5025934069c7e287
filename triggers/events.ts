import { z } from 'zod';
import { SOURCES } from './registry';

type SchemasOf<Sources extends readonly { readonly schema: unknown }[]> = {
  -readonly [Index in keyof Sources]: Sources[Index]['schema'];
};

/** An event source that starts the job or invokes the function, by `type`. */
export const event = z.discriminatedUnion(
  'type',
  SOURCES.map(({ schema }) => schema) as unknown as SchemasOf<typeof SOURCES>,
);

/** An event source by `type`, with its defaults filled in. */
export type JobEvent = z.output<typeof event>;

/** The event source of one `type`. */
export type JobEventOf<Type extends JobEvent['type']> = Extract<JobEvent, { type: Type }>;
