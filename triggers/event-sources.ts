import { parseResourceParam } from '../modules/config/directive';
import type { ResourceCatalog } from '../modules/resources/catalog';
import { eventId } from './event-id';
import type { JobEvent } from './events';
import { sourceOf } from './registry';
import type { ResourcesByName } from './resources-by-name';
import type { EventSource } from './trigger';

/** An event of a config with the resource for each name in it. Used only by the stack: constructs below it get resources, not names. */
export function eventSource(event: JobEvent, catalog: ResourceCatalog): EventSource {
  const properties = sourceOf(event.type).props(event.properties, resourcesOf(catalog));
  return { id: eventId(event), type: event.type, properties } as EventSource;
}

/** The jobs of the stack whose ends start a job. */
export function earlierJobs(events: readonly JobEvent[]): string[] {
  const names = events.flatMap(({ type, properties }) => {
    if (type !== 'batch-job') return [];
    const { jobName = parseResourceParam(properties.stateMachineArn ?? '')?.resource } = properties;
    return jobName ?? [];
  });
  return [...new Set(names)].sort();
}

function resourcesOf(catalog: ResourceCatalog): ResourcesByName {
  return {
    get: (type, name) => catalog.get(name, type),
    find: (type, name, arn = '') =>
      name === undefined ? (catalog.named(arn, type) ?? { arn: catalog.resolve(arn) }) : catalog.get(name, type),
    resolve: (value) => catalog.resolve(value),
  };
}
