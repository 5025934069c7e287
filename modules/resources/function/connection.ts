import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { Connection } from '../../access/connection';
import type { ArnTarget } from '../descriptor';
import type { FUNCTION_PARAMS } from './schema';

type FunctionTarget = ArnTarget<'function', typeof FUNCTION_PARAMS>;

/** Invokes the function. */
export function functionConnection({ arn, params }: FunctionTarget): Connection {
  return { environment: params, statements: [{ Sid: 'Invoke', Action: ['lambda:InvokeFunction'], Resource: [arn] }] };
}

export function providedFunction({ arn, functionName }: LambdaFunction): FunctionTarget {
  return { type: 'function', arn, params: { arn, name: functionName, logGroupArn: undefined, url: undefined } };
}
