import { awsFault } from '../../../../cli/operate/aws/fault';
import { iamAction } from '../../../../cli/operate/aws/iam-action';

/** Errors as the SDK and Node.js make them. Made, not recorded. */
function made(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

const REACH = 'Check the network, the region, and AWS_ENDPOINT_URL.';

it.each([
  [
    made('AccessDeniedException', 'User: u is not authorized to perform: states:StopExecution on resource: x'),
    'states:StopExecution',
    'Your credentials do not allow states:StopExecution in eu-west-1. Print a policy that does: npm run info -- --policy steer',
  ],
  [
    made('AccessDenied', 'no', { $metadata: { httpStatusCode: 403 } }),
    'batch:DescribeJobs',
    'Your credentials do not allow batch:DescribeJobs in eu-west-1. Print a policy that does: npm run info -- --policy read',
  ],
  [
    made('ExpiredTokenException', 'The security token included in the request is expired', {
      $metadata: { httpStatusCode: 403 },
    }),
    'sts:GetCallerIdentity',
    'AWS rejects your credentials (The security token included in the request is expired). Sign in again with aws sso login, or set AWS_PROFILE or --profile.',
  ],
  [
    made('ThrottlingException', 'Rate exceeded'),
    'states:ListExecutions',
    'AWS throttles states:ListExecutions in eu-west-1, also after several tries. Wait a minute, and run the command again.',
  ],
  [
    made('Error', 'connect ECONNREFUSED 127.0.0.1:9', { code: 'ECONNREFUSED' }),
    'sts:GetCallerIdentity',
    `AWS cannot be reached for sts:GetCallerIdentity in eu-west-1 (connect ECONNREFUSED 127.0.0.1:9). ${REACH}`,
  ],
  [
    made('Error', 'getaddrinfo ENOTFOUND sts.eu-west-1.amazonaws.com', { code: 'ENOTFOUND' }),
    'sts:GetCallerIdentity',
    'AWS has no sts:GetCallerIdentity in eu-west-1 that this machine can find (getaddrinfo ENOTFOUND sts.eu-west-1.amazonaws.com). Check the region and the network.',
  ],
  [
    made('ValidationException', 'Bad\n  input.'),
    'batch:ListJobs',
    'batch:ListJobs failed in eu-west-1: Bad input (ValidationException).',
  ],
])('a fault is one line with a fix (%#)', (error, action, text) => {
  expect(awsFault(error, action, 'eu-west-1').message).toBe(text);
});

it.each([
  ['SFNClient', 'StartExecutionCommand', 'states:StartExecution'],
  ['SQSClient', 'ChangeMessageVisibilityBatchCommand', 'sqs:ChangeMessageVisibility'],
  ['LambdaClient', 'InvokeCommand', 'lambda:InvokeFunction'],
  ['ApiGatewayV2Client', 'GetApisCommand', 'apigateway:GET'],
  ['S3Client', 'HeadObjectCommand', 's3:GetObject'],
  ['CloudWatchLogsClient', 'FilterLogEventsCommand', 'logs:FilterLogEvents'],
])('the IAM action of %s and %s is %s', (client, command, action) => {
  expect(iamAction(client, command)).toBe(action);
});
