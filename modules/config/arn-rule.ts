/** The regions and accounts that AWS accepts for an ARN. The partition is always the stack's. */
export interface ArnRule {
  /**
   * `asked`: the stack's region if the resource is an event source, an authorizer or a target. Any region if jobs only connect to it.
   */
  readonly region: 'same' | 'any' | 'asked';
  /** `own`: the stack's account only. */
  readonly account: 'own' | 'any';
  /** The parameters of resources of the config that are such an ARN. Empty if none of a resource is. @default directives aren't checked */
  readonly refersTo?: ArnParams;
}

/** Parameters by type of resource. */
export interface ArnParams {
  readonly [type: string]: string;
}

/** A queue of the config. */
export const OF_QUEUE: ArnParams = { 'sqs-queue': 'arn' };
/** No resource of the config. */
export const OF_NONE: ArnParams = {};
/** A topic of the config. */
export const OF_TOPIC: ArnParams = { 'sns-topic': 'arn' };

export const IN_REGION: ArnRule = { region: 'same', account: 'any' };
export const IN_ACCOUNT: ArnRule = { region: 'same', account: 'own' };
export const ANYWHERE: ArnRule = { region: 'any', account: 'any' };
export const AS_ASKED: ArnRule = { region: 'asked', account: 'any' };
