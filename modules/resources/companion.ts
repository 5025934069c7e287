import type { Network } from '../network/network';
import type { UndeliveredEvents } from '../orchestration/undelivered-events';
import type { AwsContext } from '../terraform/aws-context';

/** A companion resource: its parameters that others can refer to, as strings or tokens. */
export interface Companion<Type extends string, Params extends readonly string[] = readonly string[]> {
  readonly type: Type;
  /** A parameter is undefined if this resource doesn't have it, such as the stream of a table without one. */
  readonly params: { readonly [Param in Params[number]]: string | undefined };
}

/** Properties that every companion resource gets from its stack. */
export interface CompanionContext {
  /** Prefix of physical names. */
  readonly stackName: string;
  readonly aws: AwsContext;
  readonly network: Network;
  readonly undeliveredEvents: UndeliveredEvents;
  /** Folder that paths in properties are relative to: that of the config file. */
  readonly baseDir: string;
}
