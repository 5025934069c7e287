import { partitionOf } from '../modules/rules/partitions';

/** Values in sample events that don't come from the trigger's properties. */
export interface SampleContext {
  /** Resources whose names were invented so far. */
  readonly guesses: readonly string[];
  readonly stackName: string;
  readonly region: string;
  readonly account: string;
  readonly jobName: string;
  /** Time of the event. */
  readonly now: Date;
  /** Returns a new UUID at each call. */
  uuid(): string;
  /** Physical name of a resource in the config, or the last part of an ARN. */
  physicalName(reference: Reference): string;
  /** Default payload format of a gateway's events, for routes that don't set one. */
  payloadFormat(gateway: string): '1.0' | '2.0';
  /** Name and type of each key attribute of a stream's table. */
  tableKeys(reference: Reference): readonly TableKey[];
}

/** A reference to a resource in a config: its name, an ARN or a directive. */
export type Reference = { readonly name: string } | { readonly arn: string };

/** A key attribute of a DynamoDB table. */
export interface TableKey {
  readonly name: string;
  readonly type: 'string' | 'number' | 'binary';
}

/** A name or an ARN. The config's checks ensure that exactly one is set. */
export function reference(name: string | undefined, arn: string | undefined): Reference {
  return name === undefined ? { arn: arn ?? '' } : { name };
}

/** An ARN as written, or an ARN with the resource's physical name for another kind of reference. */
export function arnOf(
  context: SampleContext,
  service: string,
  given: Reference,
  resource: (name: string) => string = (name) => name,
): string {
  if ('arn' in given && given.arn.startsWith('arn:')) return given.arn;
  const { region, account } = context;
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource(context.physicalName(given))}`;
}
