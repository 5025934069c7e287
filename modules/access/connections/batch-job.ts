import type { AwsContext } from '../../aws-context';
import type { ConnectTargets } from '../connect-target';
import type { Connection } from '../connection';
import { executionStatements } from './execution-statements';

/** Runs the job, through its state machine or as a bare AWS Batch job, and follows what it started. */
export function batchJobConnection(
  { arn, params, queueArns }: ConnectTargets['batch-job'],
  aws: Pick<AwsContext, 'arn'>,
): Connection {
  const { jobDefinitionArn } = params;
  return {
    environment: params,
    statements: [
      ...executionStatements(arn),
      ...(jobDefinitionArn === undefined
        ? []
        : [
            {
              Sid: 'SubmitJobs',
              Action: ['batch:SubmitJob'],
              Resource: [jobDefinitionArn, `${jobDefinitionArn}:*`, ...queueArns],
            },
          ]),
      // A job gets its id when it is submitted, so that no narrower ARN can be told before.
      { Sid: 'StopJobs', Action: ['batch:TerminateJob'], Resource: [aws.arn('batch', 'job/*')] },
      // These two take no resource.
      { Sid: 'FollowJobs', Action: ['batch:DescribeJobs', 'batch:ListJobs'], Resource: ['*'] },
    ],
  };
}
