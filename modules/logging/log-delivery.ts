import type { Statement } from '../access/policy';

/**
 * Lets a state machine write its log. Log delivery doesn't support resource-level permissions.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
export const WRITE_STATES_LOG: Statement = {
  Sid: 'WriteLog',
  Action: [
    'logs:CreateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:DescribeLogGroups',
    'logs:DescribeResourcePolicies',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:UpdateLogDelivery',
  ],
  Resource: ['*'],
};
