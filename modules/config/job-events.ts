import type { z } from 'zod';
import { asObject } from './referred-resource';

/** An event of a job, with its path in the config. */
export interface PlacedEvent<Properties> {
  /** Name of the job. */
  readonly job: string;
  /** Path of the event's properties. */
  readonly path: (string | number)[];
  readonly properties: Properties;
}

/**
 * The events of one type in all jobs of a config, in its order. Leaves out events that don't match the schema: other checks report them.
 */
export function jobEvents<Properties>(
  resources: unknown,
  schema: z.ZodType<{ readonly properties: Properties }>,
): PlacedEvent<Properties>[] {
  return Object.entries(asObject(resources)).flatMap(([job, resource]) => {
    if (asObject(resource).type !== 'batch-job') return [];
    const { events } = asObject(asObject(resource).properties);
    if (!Array.isArray(events)) return [];
    return events.flatMap((event, index) => {
      const { data } = schema.safeParse(event);
      if (data === undefined) return [];
      const path = ['resources', job, 'properties', 'events', index, 'properties'];
      return [{ job, path, properties: data.properties }];
    });
  });
}
