import type { ConnectTargets } from '../../access/connect-target';
import type { Connection } from '../../access/connection';
import { executionStatements } from '../../access/execution-statements';
import type { AwsContext } from '../../terraform/aws-context';

/** Runs the job, through its state machine or directly as an AWS Batch job, and follows or stops its runs. */
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
      // A job gets its ID when it is submitted, so no narrower ARN is possible.
      { Sid: 'StopJobs', Action: ['batch:TerminateJob'], Resource: [aws.arn('batch', 'job/*')] },
      // These two don't support resource-level permissions.
      { Sid: 'FollowJobs', Action: ['batch:DescribeJobs', 'batch:ListJobs'], Resource: ['*'] },
    ],
  };
}
