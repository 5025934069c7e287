/** Variables of a build that identify the request that waits for it. */
export const WAITING_VARIABLES = {
  ResponseURL: 'STP_RESPONSE_URL',
  StackId: 'STP_STACK_ID',
  RequestId: 'STP_REQUEST_ID',
  LogicalResourceId: 'STP_LOGICAL_RESOURCE_ID',
} as const;
