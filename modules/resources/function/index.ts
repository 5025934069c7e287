import { AS_ASKED, IN_REGION } from '../../config/arn-rule';
import { companionAbove } from '../descriptor';
import type { FunctionResource } from './resource';
import { FUNCTION_PARAMS, functionResource } from './schema';

/** The type `function`. */
export const FUNCTION = companionAbove<FunctionResource>()({
  type: 'function',
  noun: 'function',
  schema: functionResource,
  params: FUNCTION_PARAMS,
  existingArns: { arn: IN_REGION, logGroupArn: AS_ASKED },
  unreachableService: 'AWS Lambda',
  namedBy: ['functionName'],
  connection: () => (require('./connection') as typeof import('./connection')).functionConnection,
  narrowable: { decides: 'the function: it can only be invoked' },
  provided: { aws_lambda_function: () => (require('./connection') as typeof import('./connection')).providedFunction },
});
