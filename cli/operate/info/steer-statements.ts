import type { Statement } from '../../../modules/access/policy';
import { NAME_LIMITS } from '../../../modules/rules/naming';
import { arnsIn, hasEvent, type JobResources, namesOf, type PolicyScope, queues } from './policy-resources';

/** Starting, stopping and repeating runs. */
export function steerStatements(scope: PolicyScope, jobs: JobResources): Statement[] {
  const { arn, bucket } = namesOf(scope);
  return [
    {
      Sid: 'SendEvents',
      Action: ['lambda:InvokeFunction'],
      Resource: jobs.receivers.map((name) => arn('lambda', `function:${name}`)),
    },
    {
      Sid: 'StartRuns',
      Action: ['states:StartExecution'],
      Resource: jobs.stateMachines.map((name) => arn('states', `stateMachine:${name}`)),
    },
    {
      Sid: 'StopRuns',
      Action: ['states:StopExecution'],
      Resource: jobs.stateMachines.map((name) => arn('states', `execution:${name}:*`)),
    },
    // The job of a run that Step Functions did not terminate itself. A job has an ID that no config knows.
    { Sid: 'StopJobs', Action: ['batch:TerminateJob'], Resource: [arn('batch', 'job/*')] },
    { Sid: 'StoreLargeEvents', Action: ['s3:PutObject'], Resource: [`${bucket}/*`] },
    { Sid: 'DeleteUndeliveredEvents', Action: ['sqs:DeleteMessage'], Resource: queues(scope) },
    {
      // The notice of a discarded batch has the position of its records, not the records.
      Sid: 'ReadKinesisRecords',
      Action: ['kinesis:GetRecords', 'kinesis:GetShardIterator'],
      Resource: sources(scope, 'kinesis-stream', 'kinesis', NAME_LIMITS.kinesisStream, 'stream/'),
    },
    {
      Sid: 'ReadTableRecords',
      Action: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      Resource: sources(scope, 'dynamo-db-stream', 'dynamodb', NAME_LIMITS.dynamoDbTable, 'table/', '/stream/*'),
    },
  ];
}

/** Streams of the events of a type: the stack's, and those that the config has by ARN. None if no job has such an event. */
function sources(
  scope: PolicyScope,
  type: string,
  service: string,
  limit: number,
  before: string,
  after = '',
): string[] {
  if (!hasEvent(scope, type)) return [];
  const { arn, start } = namesOf(scope);
  const existing = arnsIn(scope.config.resources, service).map((found) =>
    after === '' || found.includes('/stream/') ? found : `${found}${after}`,
  );
  return [arn(service, `${before}${start(limit)}*${after}`), ...existing];
}
