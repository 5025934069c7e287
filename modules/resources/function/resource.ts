import type { Construct } from 'constructs';
import type { NodeFunction } from '../../orchestration/node-function';
import type { Companion } from '../companion';
import type { FUNCTION_PARAMS } from './schema';

/** A function as others see it. Its class is above all companions, because it connects to them. */
export interface FunctionResource extends Construct {
  readonly type: 'function';
  readonly arn: string;
  /** The ARN that API Gateway uses to invoke it. */
  readonly invokeArn: string;
  readonly params: Companion<'function', typeof FUNCTION_PARAMS>['params'];
  /** The function, if the stack creates it, as the target of triggers. */
  readonly target?: NodeFunction;
}
