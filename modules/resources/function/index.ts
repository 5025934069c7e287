import { AS_ASKED, IN_REGION, OF_TOPIC } from '../../config/arn-rule';
import { asObject } from '../../config/value-at';
import { companionAbove } from '../descriptor';
import type { FunctionResource } from './resource';
import { FUNCTION_PARAMS, functionResource } from './schema';

/** The type `function`. */
export const FUNCTION = companionAbove<FunctionResource>()({
  type: 'function',
  noun: 'function',
  schema: functionResource,
  creates: [
    ['Function', 'lambda-function'],
    ['FunctionUndelivered', 'lambda-function-event-invoke-config'],
    ['FunctionRole', 'iam-role'],
  ],
  params: FUNCTION_PARAMS,
  existingArns: { arn: IN_REGION, logGroupArn: AS_ASKED },
  // CloudWatch rejects an alarm action in another region.
  propertyArns: {
    'alarms[].notificationTargets.snsTopicArn': { ...IN_REGION, refersTo: OF_TOPIC },
    'alarms[].notificationTargets[].snsTopicArn': { ...IN_REGION, refersTo: OF_TOPIC },
  },
  absent: {
    url: ({ url }, existing) => {
      if (existing !== undefined)
        return 'write the address itself: the stack does not know the one of an existing function';
      return isEnabled(url) ? undefined : "add url: { enabled: true } to the function's properties";
    },
  },
  outputs: ['url'],
  unreachableService: 'AWS Lambda',
  namedBy: ['functionName'],
  connection: () => (require('./connection') as typeof import('./connection')).functionConnection,
  narrowable: { decides: 'the function: it can only be invoked' },
  provided: { aws_lambda_function: () => (require('./connection') as typeof import('./connection')).providedFunction },
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});

/** Whether there is an address, by what is written or checked. */
function isEnabled(url: unknown): boolean {
  return url !== undefined && asObject(url).enabled !== false;
}
