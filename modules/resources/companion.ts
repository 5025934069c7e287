import type { AwsContext } from '../aws-context';
import type { ParamsOf, ResourceType } from '../config/resource-params';
import type { Network } from '../network/network';
import type { UndeliveredEvents } from '../orchestration/undelivered-events';

/** A resource beside the jobs: what others can ask of it, as text or token. */
export interface Companion<Type extends ResourceType> {
  readonly type: Type;
  /** A parameter is undefined where this resource has none, such as the stream of a table without one. */
  readonly params: { readonly [Param in ParamsOf<Type>]: string | undefined };
}

/** What every companion resource gets from its stack. */
export interface CompanionContext {
  /** Beginning of physical names. */
  readonly stackName: string;
  readonly aws: AwsContext;
  readonly network: Network;
  readonly undeliveredEvents: UndeliveredEvents;
  /** Folder that paths in properties are relative to: the config file's. */
  readonly baseDir: string;
}
