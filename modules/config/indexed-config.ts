import type { z } from 'zod';
import { isToken } from './checked';
import { parseResourceParam } from './directive';
import { keysIn, type Path, stringsIn, type TextAt } from './strings-in';

/** Properties as written. Other checks might have found problems in them. */
export type Written = { readonly [property: string]: unknown };

/** Schema of one event source or companion: an object with a `type`. */
export interface TypedSchema<Properties = unknown> extends z.ZodType<{ readonly properties?: Properties }> {
  readonly shape: { readonly type: z.ZodLiteral<string> };
}

/** A resource of the config: a job or a companion. */
export interface LocatedResource {
  readonly name: string;
  /** Undefined if it is missing or no string. */
  readonly type: string | undefined;
  /** Empty if the config has none. */
  readonly properties: Written;
  /** Undefined for a resource that the stack creates. */
  readonly existing?: Written;
  /** Path of the properties. */
  readonly path: Path;
}

/** An event that starts a job or invokes a function. */
export interface LocatedEvent<Properties = unknown> {
  /** Name of the job or function. */
  readonly owner: string;
  readonly properties: Written;
  /** The properties with their defaults, if the schema of the event accepts them. */
  readonly parsed?: Properties;
  /** Path of the properties. */
  readonly path: Path;
}

/** A resource that a `$ResourceParam` refers to. */
export interface ReferredResource extends LocatedResource {
  /** Name of the parameter. */
  readonly param: string;
}

/** A config in which checks might have found problems, with what rules look for. Each part is found once, when a rule first asks for it. */
export interface IndexedConfig {
  /** The sections of the config. */
  readonly config: Written;
  /** The region that the config states. Undefined if only Terraform knows it. */
  readonly region: string | undefined;
  /** The jobs and companions, by name. */
  readonly resources: ReadonlyMap<string, LocatedResource>;
  readonly jobs: readonly LocatedResource[];
  readonly resourceTypes: ReadonlySet<unknown>;
  /** Types of the events of all resources that can have events. */
  readonly eventTypes: ReadonlySet<unknown>;
  /** A section of the config, if it is an object, else an empty object. */
  section(name: string): Written;
  /** The events of one source in all jobs and functions. */
  events<Properties>(source: TypedSchema<Properties>): readonly LocatedEvent<Properties>[];
  /** The companions of one type, by name. */
  companions(type: TypedSchema): ReadonlyMap<string, LocatedResource>;
  /** Every string in some sections of the config, section by section. */
  strings(...sections: readonly string[]): readonly TextAt[];
  /** Every key of an object in some sections of the config, section by section. */
  keys(...sections: readonly string[]): readonly TextAt[];
  /** The resource that a `$ResourceParam` refers to. Undefined for anything else, and for names that don't exist. */
  referred(text: unknown): ReferredResource | undefined;
  /** The companion of one type that a property such as `sqsQueueName` names. */
  named(name: unknown, type: TypedSchema): LocatedResource | undefined;
  /** The companion of one type that a `$ResourceParam` or the ARN in its `existing` refers to. */
  withArn(arn: unknown, type: TypedSchema): LocatedResource | undefined;
}

/** Selects the events of one source. */
export function eventsOf<Properties>(source: TypedSchema<Properties>) {
  return (index: IndexedConfig): readonly LocatedEvent<Properties>[] => index.events(source);
}

/** Selects the companions of one type, by name. */
export function companionsOf(type: TypedSchema) {
  return (index: IndexedConfig): ReadonlyMap<string, LocatedResource> => index.companions(type);
}

/** Selects the jobs. */
export function jobs(index: IndexedConfig): readonly LocatedResource[] {
  return index.jobs;
}

/** Selects every string in some sections of the config. */
export function stringsOf(...sections: readonly string[]) {
  return (index: IndexedConfig): readonly TextAt[] => index.strings(...sections);
}

/** Selects every key of an object in some sections of the config. */
export function keysOf(...sections: readonly string[]) {
  return (index: IndexedConfig): readonly TextAt[] => index.keys(...sections);
}

/** Indexes a config in which other checks might have found problems. */
export function indexed(config: Written): IndexedConfig {
  return new Indexed(config);
}

class Indexed implements IndexedConfig {
  private readonly found = new Map<unknown, unknown>();

  public constructor(public readonly config: Written) {}

  public get region(): string | undefined {
    const { region } = this.config;
    return typeof region === 'string' && !isToken(region) ? region : undefined;
  }

  public get resources(): ReadonlyMap<string, LocatedResource> {
    return this.once('resources', () => {
      const placed = Object.entries(this.section('resources')).map(([name, resource]) =>
        placedResource(name, resource),
      );
      return new Map(placed.map((resource) => [resource.name, resource]));
    });
  }

  public get jobs(): readonly LocatedResource[] {
    return this.once('jobs', () => [...this.resources.values()].filter(({ type }) => type === 'batch-job'));
  }

  public get resourceTypes(): ReadonlySet<unknown> {
    return new Set([...this.resources.values()].map(({ type }) => type));
  }

  public get eventTypes(): ReadonlySet<unknown> {
    const events = [...this.resources.values()].flatMap(({ properties }) => listOf(properties.events));
    return new Set(events.map((event) => objectOf(event).type));
  }

  public section(name: string): Written {
    return objectOf(this.config[name]);
  }

  public events<Properties>(source: TypedSchema<Properties>): readonly LocatedEvent<Properties>[] {
    return this.once(source, () => [...this.resources.values()].flatMap((resource) => [...eventsIn(resource, source)]));
  }

  public companions(type: TypedSchema): ReadonlyMap<string, LocatedResource> {
    return this.once(type, () => new Map([...this.resources].filter(([, resource]) => isOf(type, resource))));
  }

  public strings(...sections: readonly string[]): readonly TextAt[] {
    return sections.flatMap((section) =>
      this.once(`strings of ${section}`, () => [...stringsIn(this.config[section], [section])]),
    );
  }

  public keys(...sections: readonly string[]): readonly TextAt[] {
    return sections.flatMap((section) => [...keysIn(this.config[section], [section])]);
  }

  public referred(text: unknown): ReferredResource | undefined {
    const directive = typeof text === 'string' ? parseResourceParam(text) : undefined;
    const resource = directive && this.resources.get(directive.resource);
    return directive && resource && { ...resource, param: directive.param };
  }

  public named(name: unknown, type: TypedSchema): LocatedResource | undefined {
    return typeof name === 'string' ? this.companions(type).get(name) : undefined;
  }

  public withArn(arn: unknown, type: TypedSchema): LocatedResource | undefined {
    if (typeof arn !== 'string') return undefined;
    const directive = parseResourceParam(arn);
    if (directive !== undefined) return this.companions(type).get(directive.resource);
    return [...this.companions(type).values()].find(({ existing }) => existing?.arn === arn);
  }

  /** What was found before, or is found now. */
  private once<Value>(key: unknown, find: () => Value): Value {
    if (!this.found.has(key)) this.found.set(key, find());
    return this.found.get(key) as Value;
  }
}

function placedResource(name: string, resource: unknown): LocatedResource {
  const { type, properties, existing } = objectOf(resource);
  return {
    name,
    type: typeof type === 'string' ? type : undefined,
    properties: objectOf(properties),
    ...(existing !== undefined && { existing: objectOf(existing) }),
    path: ['resources', name, 'properties'],
  };
}

function* eventsIn<Properties>(
  { name: owner, properties, path }: LocatedResource,
  source: TypedSchema<Properties>,
): Generator<LocatedEvent<Properties>> {
  for (const [index, event] of listOf(properties.events).entries()) {
    const own = objectOf(event).properties;
    if (!isOf(source, objectOf(event)) || !isObject(own)) continue;
    const parsed = source.safeParse(event).data?.properties;
    yield {
      owner,
      properties: own,
      ...(parsed !== undefined && { parsed }),
      path: [...path, 'events', index, 'properties'],
    };
  }
}

function isOf({ shape }: TypedSchema, { type }: { readonly type?: unknown }): boolean {
  return type === shape.type.value;
}

function isObject(value: unknown): value is Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is an object, else an empty object. */
export function objectOf(value: unknown): Written {
  return isObject(value) ? value : {};
}

/** The value if it is a list, else an empty list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
