import type { Connection } from '../access/connection';
import type { StacktapeType } from '../config/stacktape';
import { capitalized } from '../problems/phrases';
import type { ReachedService } from '../rules/endpoint-services';
import type { Narrowable, Narrowing } from '../rules/narrowing';
import type { AwsContext } from '../terraform/aws-context';
import { BATCH_JOB } from './batch-job';
import { type AnyCompanion, COMPANIONS } from './registry';

type AnyReferable = typeof BATCH_JOB | AnyCompanion;

/** Type of a resource in a config: of a job, or of a companion. */
export type ResourceType = AnyReferable['type'];

type ReferableOf<Type extends ResourceType> = Extract<AnyReferable, { readonly type: Type }>;

/** Parameters of resources of one type. */
export type ParamsOf<Type extends ResourceType> = ReferableOf<Type>['params'][number];

/** Name of a parameter of any resource. */
export type ResourceParam = ParamsOf<ResourceType>;

/** What a job or function connects to, of one type. */
export type ConnectTargetOf<Type extends ResourceType> = Parameters<
  ReturnType<NonNullable<ReferableOf<Type>['connection']>>
>[0];

/** A resource to connect to, of any type: one of this project's classes, or an object with the same attributes. */
export type ConnectTarget = ConnectTargetOf<ResourceType>;

type FirstParameter<Load> = Load extends () => (resource: infer Resource) => unknown ? Resource : never;

type Provided<Types> = Types extends object ? FirstParameter<Types[keyof Types]> : never;

/** A resource of the provider that can be connected to directly. */
export type ProviderResource = Provided<AnyCompanion['provided']>;

type Properties = { readonly [property: string]: unknown };
type Declared<Result> = (properties: Properties, existing: Properties | undefined) => Result;

/** A descriptor for any type: what it says about single parameters and properties, by any name. */
interface LooseReferable {
  readonly type: ResourceType;
  readonly params: readonly string[];
  readonly secretParams?: readonly string[];
  readonly absent?: { readonly [param: string]: Declared<string | undefined> | undefined };
  readonly ownParams?: Declared<readonly string[]>;
  readonly outputs?: readonly string[];
  readonly connection?: () => (target: ConnectTarget, aws: AwsContext, narrowing?: Narrowing) => Connection;
  readonly narrowable?: Narrowable;
  readonly insteadOfConnection?: (name: string) => string;
  readonly isNetworked?: Declared<boolean>;
  readonly addressParams?: Declared<readonly string[]>;
  readonly unreachableService?: string;
  readonly gatewayEndpoint?: ReachedService;
  readonly namedBy?: readonly string[];
  readonly stacktape?: () => StacktapeType;
  readonly provided?: { readonly [terraformType: string]: () => (resource: ProviderResource) => ConnectTarget };
}

const REFERABLES: readonly LooseReferable[] = [BATCH_JOB, ...COMPANIONS] satisfies readonly {
  readonly type: ResourceType;
}[] as readonly Pick<LooseReferable, 'type' | 'params'>[];

const BY_TYPE: ReadonlyMap<unknown, LooseReferable> = new Map(REFERABLES.map((each) => [each.type, each]));

/** What others can ask of the resources of a type. Undefined for a type that the config doesn't have. */
export function referableOf(type: unknown): LooseReferable | undefined {
  return BY_TYPE.get(type);
}

/** What Stacktape's resources of a type have that those here have not. Undefined if that is nothing, or no resource here has the type. */
export function stacktapeOf(type: unknown): StacktapeType | undefined {
  return referableOf(type)?.stacktape?.();
}

/** An output that a stack has for a resource. */
export interface ResourceOutput {
  readonly name: string;
  readonly param: string;
}

/** The outputs that a stack has for a resource that it creates with these properties. */
export function outputsOf(name: string, type: unknown, properties: Properties): ResourceOutput[] {
  const { outputs = [], absent } = referableOf(type) ?? {};
  return outputs
    .filter((param) => absent?.[param]?.(properties, undefined) === undefined)
    .map((param) => ({ name: `${name}${capitalized(param)}`, param }));
}

/** Parameters that a declared resource of a type has, with the secret ones, which only a connection provides. */
export function paramsOf(type: unknown, properties: Properties, existing: Properties | undefined): readonly string[] {
  const { params = [], secretParams = [], absent, ownParams } = referableOf(type) ?? {};
  const present = [...params, ...secretParams].filter((param) => absent?.[param]?.(properties, existing) === undefined);
  return [...present, ...(ownParams?.(properties, existing) ?? [])];
}

/** Conversions of the provider's resources that can be connected to, by Terraform type. By class would load all these classes. */
export const PROVIDED: NonNullable<LooseReferable['provided']> = Object.assign(
  {},
  ...REFERABLES.map(({ provided }) => provided),
);

/** Properties that contain a resource's name, and the type of that resource. */
export const NAMED: { readonly [property: string]: ResourceType } = Object.fromEntries(
  REFERABLES.flatMap(({ type, namedBy = [] }) => namedBy.map((property) => [property, type])),
);
