type Path = (string | number)[];

/** An event of a job. Other checks might have found problems in its properties. */
export interface DeclaredEvent {
  readonly job: string;
  readonly properties: { readonly [property: string]: unknown };
  /** Path of the properties in the config. */
  readonly path: Path;
}

/** The events of one type in all jobs, in the order of the config. */
export function eventsOfType(resources: unknown, type: string): DeclaredEvent[] {
  return entries(resources).flatMap(([job, resource]) => {
    const events = property(property(resource, 'properties'), 'events');
    if (property(resource, 'type') !== 'batch-job' || !Array.isArray(events)) return [];
    return events.flatMap((event, index) => {
      const properties = property(event, 'properties');
      if (property(event, 'type') !== type || !isObject(properties)) return [];
      return [{ job, properties, path: ['resources', job, 'properties', 'events', index, 'properties'] }];
    });
  });
}

/** A companion resource in the config. */
export interface DeclaredCompanion {
  /** Empty if the config has none. */
  readonly properties: { readonly [property: string]: unknown };
  /** Undefined for a resource that the stack creates. */
  readonly existing?: { readonly [property: string]: unknown };
}

/** The companion resources of one type, by name. */
export function companionsOfType(resources: unknown, type: string): Map<string, DeclaredCompanion> {
  return new Map(
    entries(resources)
      .filter(([, resource]) => property(resource, 'type') === type)
      .map(([name, resource]) => {
        const [properties, existing] = [property(resource, 'properties'), property(resource, 'existing')];
        return [
          name,
          { properties: isObject(properties) ? properties : {}, ...(isObject(existing) && { existing }) },
        ] as const;
      }),
  );
}

function entries(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

function property(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
