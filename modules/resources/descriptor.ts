import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { Connection } from '../access/connection';
import type { ArnRule } from '../config/arn-rule';
import type { Rule } from '../config/rule';
import type { StacktapeType } from '../config/stacktape';
import type { CreatedResource } from '../config/vocabulary';
import type { ReachedService } from '../rules/endpoint-services';
import type { Narrowable, Narrowing } from '../rules/narrowing';
import type { AwsContext } from '../terraform/aws-context';
import type { Companion, CompanionContext } from './companion';

/** A part of a config in which other checks might have found problems: every property can be missing or have another type. */
type Unchecked<Part> = { readonly [Property in keyof Part]?: unknown };

/** A declared resource in which other checks might have found problems. */
type Declared<Result, Properties, Existing> = (
  properties: Unchecked<Properties>,
  existing: Unchecked<Existing> | undefined,
) => Result;

interface AnyTarget<Type extends string> {
  readonly type: Type;
  readonly params: { readonly [param: string]: string | undefined };
}

/** A resource with an ARN to connect to: one of this project's classes, or an object with the same attributes. */
export interface ArnTarget<Type extends string, Params extends readonly string[]> {
  readonly type: Type;
  readonly arn: string;
  readonly params: Companion<Type, Params>['params'];
}

/** What others can ask of the resources of one type in a config, and what a connection to one provides. */
export interface Referable<
  Type extends string,
  Params extends readonly string[],
  Secrets extends readonly string[],
  Properties,
  Existing,
  Target extends AnyTarget<Type>,
> {
  readonly type: Type;
  /** Parameters that `$ResourceParam` can refer to. */
  readonly params: Params;
  /** Secret parameters that only a connection provides. A directive can't refer to them. @default none */
  readonly secretParams?: Secrets;
  /** The parameters that not every resource of the type has, with the fix for a resource without one. @default each has all */
  readonly absent?: {
    readonly [Param in Params[number] | Secrets[number]]?: Declared<string | undefined, Properties, Existing>;
  };
  /** Parameters that a resource itself defines. @default none */
  readonly ownParams?: Declared<readonly string[], Properties, Existing>;
  /** Loads what a connection to one provides. @default it can't be connected to: it calls jobs and is not called by them */
  readonly connection?: () => (target: Target, aws: AwsContext, narrowing?: Narrowing) => Connection;
  /** How `access` and `prefix` narrow a connection. Required if it can be connected to. */
  readonly narrowable?: Narrowable;
  /** The fix for a resource that is in `connectTo` and can't be connected to. @default remove it, because a call needs no permission */
  readonly insteadOfConnection?: (name: string) => string;
  /** Whether a connection needs the network, or secrets, which functions don't have. @default no */
  readonly isNetworked?: Declared<boolean, Properties, Existing>;
  /** Parameters with the address of a resource that accepts connections only from those that connect to it. @default none */
  readonly addressParams?: Declared<readonly string[], Properties, Existing>;
  /** The service that a connection calls, if it has no VPC endpoint here. @default it has one, or is inside the VPC */
  readonly unreachableService?: string;
  /** The same service, if the VPC that a stack creates gets a gateway to it, free of charge, for functions in public subnets. @default none */
  readonly gatewayEndpoint?: ReachedService;
  /** Properties, anywhere in a config, that contain the name of such a resource. @default none */
  readonly namedBy?: readonly string[];
  /** Loads what Stacktape's resources of the type have that those here have not. Loaded for a config with an unknown property or type. @default nothing */
  readonly stacktape?: () => StacktapeType;
  /** The parameters that callers need and cannot derive. The stack outputs them. @default none */
  readonly outputs?: readonly Params[number][];
}

/** Describes a type of resource that is no companion. Returns it as it is: the types tie its parts. */
export function referable<
  const Type extends string,
  const Params extends readonly string[],
  Target extends AnyTarget<Type>,
  Properties,
>(
  descriptor: Referable<Type, Params, readonly [], Properties, never, Target>,
): Referable<Type, Params, readonly [], Properties, never, Target> {
  return descriptor;
}

/** Schema of a companion in a config. */
export type SchemaOf<Type extends string> = z.ZodObject<{ type: z.ZodLiteral<Type> }>;

type Part<Schema extends z.ZodType, Name extends string> = NonNullable<
  z.output<Schema> extends { readonly [Key in Name]?: infer Value } ? Value : never
>;

type Construction<Type extends string, Schema extends z.ZodType, Params extends readonly string[]> = new (
  scope: Construct,
  id: string,
  props: CompanionContext & Omit<z.output<Schema>, 'type' | 'overrides'>,
) => Construct & Companion<Type, Params>;

/** A hint about a property that works, but might not be intended. */
export interface Advice {
  readonly property: string;
  readonly message: string;
}

/** Everything about one type of companion resource. */
export interface CompanionDescriptor<
  Type extends string,
  Schema extends SchemaOf<Type>,
  Params extends readonly string[],
  Secrets extends readonly string[],
  Class,
  Target extends AnyTarget<Type>,
  Provided,
> extends Referable<Type, Params, Secrets, Part<Schema, 'properties'>, Part<Schema, 'existing'>, Target> {
  /** The resource in a config. */
  readonly schema: Schema;
  /**
   * Loads its class. Only if needed: the provider's classes for all types would take a tenth of a small stack's synthesis.
   *
   * @default its class is above all companions
   */
  readonly construct?: () => Class;
  /**
   * The resources of one that `overrides` can change: the resource itself, and those with attributes that people look for.
   *
   * @default it creates none
   */
  readonly creates?: readonly CreatedResource[];
  /** Only the type of its constructs, for lookups. */
  readonly instance?: Class extends abstract new (...args: never[]) => infer Instance ? Instance : Class;
  /** The provider's resources that can be connected to directly, by Terraform type. Loads what finds the attributes that a connection needs. @default none */
  readonly provided?: Provided;
  /** The properties of `existing` that accept an ARN. @default none */
  readonly existingArns?: { readonly [Property in keyof Part<Schema, 'existing'>]?: ArnRule };
  /** Paths of the properties that accept an ARN. @default none */
  readonly propertyArns?: { readonly [Path in `${keyof Part<Schema, 'properties'> & string}${string}`]: ArnRule };
  /** Loads what replaces the names of other resources in its properties by directives. @default none of its properties is a name */
  readonly withoutNames?: () => (properties: Part<Schema, 'properties'>) => Part<Schema, 'properties'>;
  /** Loads the rules over the companions of this type. Loaded for a config that has one. @default none */
  readonly rules?: () => readonly Rule[];
  /** Loads the hint about the properties of one that the stack creates. @default none */
  readonly advice?: () => (properties: Partial<Part<Schema, 'properties'>>) => Advice | undefined;
  /** What people call it. */
  readonly noun: string;
  /** Whether jobs read and write its items or messages. @default false */
  readonly isStore?: boolean;
}

/** Describes a type of companion resource. Returns it as it is: the types tie its parts. */
export function companion<
  const Type extends string,
  Schema extends SchemaOf<Type>,
  const Params extends readonly string[],
  Class extends Construction<Type, Schema, Params>,
  const Secrets extends readonly string[] = readonly [],
  Target extends AnyTarget<Type> = never,
  Provided extends { readonly [terraformType: string]: () => (resource: never) => NoInfer<Target> } = Record<
    never,
    never
  >,
>(
  descriptor: CompanionDescriptor<Type, Schema, Params, Secrets, Class, Target, Provided> & {
    readonly construct: () => Class;
  },
): CompanionDescriptor<Type, Schema, Params, Secrets, Class, Target, Provided> {
  return descriptor;
}

/** Describes a type whose class is above all companions, because it connects to them. */
export function companionAbove<Instance extends Construct & Companion<string>>() {
  return <
    const Type extends Instance['type'],
    Schema extends SchemaOf<Type>,
    const Params extends readonly (keyof Instance['params'] & string)[],
    Target extends AnyTarget<Type>,
    Provided extends { readonly [terraformType: string]: () => (resource: never) => NoInfer<Target> },
  >(
    descriptor: CompanionDescriptor<Type, Schema, Params, readonly [], Instance, Target, Provided>,
  ) => descriptor;
}
