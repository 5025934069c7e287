import type { ResourceCatalog } from '../modules/resources/catalog';
import { companionClass } from '../modules/resources/registry';
import { eventId } from './event-id';
import type { JobEvent } from './events';
import type { Companions, ResourcesByName } from './named-resources';
import { sourceOf } from './registry';
import type { EventSource } from './trigger';

/** An event of a config with the resource for each name in it. Used only by the stack: constructs below it get resources, not names. */
export function eventSource(event: JobEvent, catalog: ResourceCatalog): EventSource {
  const properties = sourceOf(event.type).props(event.properties, resourcesOf(catalog));
  return { id: eventId(event), type: event.type, properties } as EventSource;
}

function resourcesOf(catalog: ResourceCatalog): ResourcesByName {
  // The catalog finds the resource by its class, so the class of a type is what the type names.
  const classOf = (type: keyof Companions) =>
    companionClass(type) as unknown as abstract new (
      ...args: never[]
    ) => never;
  return {
    get: (type, name) => catalog.get(name, classOf(type)),
    find: (type, name, arn = '') =>
      name === undefined
        ? (catalog.named(arn, classOf(type)) ?? { arn: catalog.resolve(arn) })
        : catalog.get(name, classOf(type)),
    resolve: (value) => catalog.resolve(value),
  };
}
