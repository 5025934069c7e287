import { partitionOf } from '../../../modules/rules/partitions';

/** What sample events hold beside what their trigger's settings say. */
export interface Surroundings {
  /** Resources whose names had to be made up so far. */
  readonly guesses: readonly string[];
  readonly stackName: string;
  readonly region: string;
  readonly account: string;
  readonly jobName: string;
  /** The time at which the event happens. */
  readonly now: Date;
  /** A new UUID at each call. */
  uuid(): string;
  /** Physical name of a resource of the config, or what stands at the end of an ARN. */
  physicalName(reference: Reference): string;
  /** Form of the event that a gateway of the config hands on where its routes do not say. */
  payloadFormat(gateway: string): '1.0' | '2.0';
  /** Name and type of each key of a table that a stream belongs to. */
  tableKeys(reference: Reference): readonly TableKey[];
}

/** How a config names a resource: by its name in the config, or by an ARN or directive. */
export type Reference = { readonly name: string } | { readonly arn: string };

/** A key attribute of a DynamoDB table. */
export interface TableKey {
  readonly name: string;
  readonly type: 'string' | 'number' | 'binary';
}

/** A name or an ARN of which exactly one is given, as the config's checks see to. */
export function reference(name: string | undefined, arn: string | undefined): Reference {
  return name === undefined ? { arn: arn ?? '' } : { name };
}

/** An ARN as it is, or of the resource's physical name where the config names it otherwise. */
export function arnOf(
  surroundings: Surroundings,
  service: string,
  given: Reference,
  resource: (name: string) => string = (name) => name,
): string {
  if ('arn' in given && given.arn.startsWith('arn:')) return given.arn;
  const { region, account } = surroundings;
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource(surroundings.physicalName(given))}`;
}
