import { Replacement } from './replacement';
import { asObject } from './value-at';

/** What to do about a property: an instruction, another property, or the attributes that set it by `overrides`, by name of the Terraform resource. */
export type Instead = string | Replacement | { readonly [name: string]: { readonly [attribute: string]: unknown } };

/** The property's value, and those beside it. */
export type ByValue = (value: unknown, properties: { readonly [name: string]: unknown }) => Instead | undefined;

/** What to do about properties, by their paths. */
export type InsteadOf = { readonly [property: string]: Instead | ByValue };

/**
 * What the resources of a type have in Stacktape and have not here. Without an entry, a property is refused as in any other config: with a
 * near name, or an attribute of Terraform of the same name.
 */
export interface StacktapeType {
  readonly properties: InsteadOf;
  /** What to do about all properties, if the type has none here. @default it has some */
  readonly instead?: string;
  /** Those properties of all types that have another meaning here. @default none */
  readonly ownProperties?: readonly CommonProperty[];
  /** What to do about a type in one of its properties. Undefined for others. @default none */
  readonly typeIn?: (property: string, type: string) => string | undefined;
}

/** The fix for what only resources of Terraform do, by their types. */
export function beside(...resources: readonly string[]): string {
  return `remove it: not part of this project. In Terraform beside it: ${resources.join(' and ')}`;
}

/** Of every type, without its {@link StacktapeType.ownProperties}. */
export const OF_ALL_TYPES = {
  alarms: beside('aws_cloudwatch_metric_alarm'),
  disabledGlobalAlarms: 'remove it: no alarms are global here',
  dev: 'remove it: nothing runs locally in its place. a local run of a job uses the deployed resource',
  cdn: beside('aws_cloudfront_distribution'),
  useFirewall: beside('aws_wafv2_web_acl_association'),
} as const satisfies InsteadOf;

type CommonProperty = keyof typeof OF_ALL_TYPES;

export const COMMON_PROPERTIES = Object.keys(OF_ALL_TYPES) as CommonProperty[];

/** Of the first versions of Stacktape: names of resources to connect to, and statements. */
export function accessControl(value: unknown): Instead {
  const { allowAccessTo, iamRoleStatements } = asObject(value);
  const names = Array.isArray(allowAccessTo) ? allowAccessTo : [];
  const statements = iamRoleStatements === undefined ? '' : ', and move iamRoleStatements beside it';
  return new Replacement('connectTo', names, statements);
}

/** Names the properties that this project may have under other names. */
export function packaging(type: string, properties: object, others: object): Instead {
  const names = Object.keys(others);
  const more = names.length === 0 ? '' : `. Set in its properties what ${names.join(', ')} said`;
  return new Replacement('packaging', { type, properties }, more);
}

/** The values that are given, by the attributes that they are of. */
export function given(values: { readonly [attribute: string]: unknown }): { readonly [attribute: string]: unknown } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
