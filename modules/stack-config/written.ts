import type { WrittenEvent } from '../../triggers/registry';
import type { ByName, Written } from '../config/written';
import type { WrittenCompanion } from '../resources/registry';
import type { BatchJobsConfig } from './config';

// Types of what you write, with a name for each part, which the compiler shows in its errors. Interfaces, since it expands type aliases.

type AnyResource = BatchJobsConfig['resources'][string];
type AnyJob = Extract<AnyResource, { type: 'batch-job' }>;

type Named<Part, Type> = Written<Extract<Part, { type: Type }>>;
type PropertiesOf<Part, Type> = Written<NonNullable<Extract<Part, { type: Type; properties?: unknown }>['properties']>>;

declare const NOTHING: unique symbol;

/** An impossible event. Without a member without properties, the compiler's errors include the properties of all event types. */
interface NoEvent {
  readonly type: typeof NOTHING;
}

export interface JobResources extends Written<AnyJob['properties']['resources']>, ByName {}
export interface JobContainer extends Written<AnyJob['properties']['container']>, ByName {}
/** Properties of a job in a config. */
export interface BatchJobProperties extends Omit<PropertiesOf<AnyResource, 'batch-job'>, 'events'> {
  readonly resources: JobResources;
  readonly container: JobContainer;
  /** Event sources that start the job. */
  readonly events?: readonly (WrittenEvent | NoEvent)[];
}
/** A job in a config. */
export interface BatchJobResource extends Omit<Named<AnyResource, 'batch-job'>, 'properties'> {
  readonly properties: BatchJobProperties;
}

export interface FunctionResourceProperties extends Omit<PropertiesOf<AnyResource, 'function'>, 'events'> {
  /** Event sources that invoke the function. */
  readonly events?: readonly (WrittenEvent | NoEvent)[];
}
export interface FunctionResource extends Omit<Named<AnyResource, 'function'>, 'properties'> {
  readonly properties?: FunctionResourceProperties;
}

/**
 * Here for the tag: the reference of the API then names each companion. The tag has no effect on imports.
 *
 * @inline
 */
type Companion = WrittenCompanion;

/** A resource of a config. */
export type WrittenResource = BatchJobResource | FunctionResource | Companion;

/** A whole config. */
export interface WrittenConfig extends Written<Omit<BatchJobsConfig, 'resources'>> {
  /** The resources, by name. */
  readonly resources: { readonly [name: string]: WrittenResource };
}
