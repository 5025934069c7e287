import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { ArnRule } from '../modules/config/arn-rule';
import type { Rule } from '../modules/config/rule';
import type { CreatedResource } from '../modules/config/vocabulary';
import type { EventTarget } from '../modules/invocation/event-target';
import type { Finding } from '../modules/problems/problem';
import type { Delivery } from './delivery';
import type { EventFacts } from './event-facts';
import type { EventAdvice, EventPage, PictureContext, SourceBox, StartingRequests } from './event-page';
import type { EventSchema, SourceEvent } from './event-schema';
import type { ResourcesByName } from './resources-by-name';
import type { SampleContext } from './sample-context';
import type { Timing } from './schedule/timing';

/** The class of a source's trigger. Its properties are those of the config, with objects instead of names, and the target. */
type TriggerClass = new (scope: Construct, id: string, props: never) => Construct;

type PropsOf<Trigger extends TriggerClass> = WithoutTarget<ConstructorParameters<Trigger>[2]>;

/** Refuses other properties. The compiler itself accepts them in what a function returns. */
type Exactly<Given, Wanted> = Wanted & { readonly [Key in Exclude<keyof Given, KeyOf<Wanted>>]: never };

type KeyOf<Union> = Union extends unknown ? keyof Union : never;

/** Applies to each member of a union separately. */
export type WithoutTarget<Props> = Props extends unknown ? Omit<Props, 'target'> : never;

/** The properties of an event as written in a config. */
type Written<Schema extends EventSchema> = z.input<Schema>['properties'];

/** The properties of an event with their defaults. */
type Properties<Schema extends EventSchema> = z.output<Schema>['properties'];

/** The paths of properties and of the properties in them, such as `onFailure.arn`. */
type PathIn<Value> = Value extends unknown
  ? { [Key in keyof Value & string]: Key | `${Key}.${KeyIn<NonNullable<Value[Key]>>}` }[keyof Value & string]
  : never;

type KeyIn<Value> = Value extends unknown
  ? { [Key in keyof Value & string]: Key | `${Key}.${keyof NonNullable<Value[Key]> & string}` }[keyof Value & string]
  : never;

/** A service of which Lambda polls queues or streams, as in an ARN. */
type PolledService = 'sqs' | 'kinesis' | 'dynamodb';

/** A property that accepts an ARN: from which regions and accounts, and of what. */
export interface ArnProperty<Name extends string> extends ArnRule {
  /** The property that accepts the resource's name instead. @default none */
  readonly name?: Name;
}

/** What a source tells about itself. Its `index.ts` gives it to {@link source}. */
export interface SourceParts<
  Schema extends EventSchema,
  Trigger extends TriggerClass,
  Made extends PropsOf<Trigger> = PropsOf<Trigger>,
> {
  /** The schema of its events, with their type. */
  readonly schema: Schema;
  /** Loads the class of its trigger. Loaded with the first event of the type: the provider's classes for all sources would take a tenth of a small stack's synthesis. */
  readonly trigger: () => Trigger;
  /** Loads what makes an event like the source would send it, based on the properties of the event in the config. */
  readonly sample: () => (event: SourceEvent<Schema>, context: SampleContext) => unknown;
  /** Loads what its events look like, for commands and the console's editor. */
  readonly facts: () => EventFacts;
  /** Loads what the console shows of the events in a config. */
  readonly page: () => EventPage<Schema>;
  /** Service of the queue or stream that Lambda polls, as in its ARN. @default the source invokes the function itself */
  readonly mapping?: PolledService;
  /**
   * The properties that select what an event listens to. The construct id of an event depends on them, in this order, so changing another
   * property does not replace the event's resources. A job can't have two events with the same values.
   */
  readonly selects: readonly (keyof Properties<Schema> & string)[];
  /** Why a job can't have two events with the same values, or the whole finding. @default the rules of the source report them */
  readonly duplicate?:
    | string
    | ((given: Properties<Schema>, earlier: Properties<Schema>, place: string) => Finding | string);
  /** The properties that accept an ARN. @default none */
  readonly arns?: { readonly [Path in PathIn<Written<Schema>>]?: ArnProperty<keyof Written<Schema> & string> };
  /** Names that other tools and AWS use for its properties, as words. Reports suggest the property for them. @default none */
  readonly aliases?: { readonly [Property in keyof Written<Schema> & string]?: string };
  /** The resources of an event that `overrides` can change. @default none */
  readonly creates?: readonly CreatedResource[];
  /** Loads what tells how much of an event its filter lets through: undefined for an event of another source, or without a filter. @default it has none */
  readonly delivery?: () => (properties: Properties<Schema>, event: unknown) => Delivery | undefined;
  /** Loads the checks of its events in a whole config. Loaded for a config that has such events. @default none */
  readonly rules?: () => readonly Rule[];
  /** The properties of the trigger. Takes the resources that the event's properties name. */
  readonly props: (
    properties: Properties<Schema>,
    resources: ResourcesByName,
  ) => Made & Exactly<Made, PropsOf<Trigger>>;
}

/** An event source whose parts are tied: see {@link source}. */
export interface Source<Schema extends EventSchema, Trigger extends TriggerClass>
  extends Omit<SourceParts<Schema, Trigger>, 'props'> {
  readonly props: (properties: Properties<Schema>, resources: ResourcesByName) => PropsOf<Trigger>;
  readonly type: Schema['shape']['type']['value'];
}

/** Properties of the trigger of any source, without its target. */
interface SourceProps {
  readonly [property: string]: unknown;
}

/** Any event source, for code that handles all in the same way. */
export interface AnySource<Type extends string> {
  readonly type: Type;
  readonly schema: EventSchema;
  readonly trigger: () => new (
    scope: Construct,
    id: string,
    props: SourceProps & { readonly target: EventTarget },
  ) => Construct;
  readonly sample: () => (event: { readonly properties: unknown }, context: SampleContext) => unknown;
  readonly facts: () => EventFacts;
  readonly page: () => {
    readonly label: (properties: unknown) => string;
    readonly cause?: (properties: unknown) => string;
    readonly box: (properties: unknown, context: PictureContext) => SourceBox;
    readonly schedule?: (properties: unknown) => string;
    readonly timing?: (properties: unknown) => Timing;
    readonly requests?: (properties: unknown) => StartingRequests;
    readonly advice?: (properties: unknown, now?: Date) => EventAdvice | undefined;
  };
  readonly mapping?: PolledService;
  readonly selects: readonly string[];
  readonly duplicate?: string | ((given: unknown, earlier: unknown, place: string) => Finding | string);
  readonly arns?: { readonly [path: string]: ArnProperty<string> | undefined };
  readonly aliases?: { readonly [property: string]: string };
  readonly creates?: readonly CreatedResource[];
  readonly delivery?: () => (properties: unknown, event: unknown) => Delivery | undefined;
  readonly rules?: () => readonly Rule[];
  readonly props: (properties: unknown, resources: ResourcesByName) => SourceProps;
}

/** Ties the parts of an event source. */
export function source<Schema extends EventSchema, Trigger extends TriggerClass, Made extends PropsOf<Trigger>>(
  parts: SourceParts<Schema, Trigger, Made>,
): Source<Schema, Trigger> {
  return { type: parts.schema.shape.type.value, ...parts };
}
