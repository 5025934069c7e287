import { companion } from '../descriptor';
import { functionConnection, providedFunction } from './connection';
import { FUNCTION_PARAMS, functionResource } from './schema';

/** The type `function`. */
export const FUNCTION = companion({
  type: 'function',
  noun: 'function',
  schema: functionResource,
  construct: () => (require('./construct') as typeof import('./construct')).BundledFunction,
  params: FUNCTION_PARAMS,
  unreachableService: 'AWS Lambda',
  namedBy: ['functionName'],
  connection: functionConnection,
  provided: { aws_lambda_function: providedFunction },
});
