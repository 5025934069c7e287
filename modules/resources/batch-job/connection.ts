import type { Connection } from '../../access/connection';
import { executionStatements } from '../../access/execution-statements';
import type { Narrowing } from '../../rules/narrowing';
import type { AwsContext } from '../../terraform/aws-context';
import type { ArnTarget } from '../descriptor';
import type { JOB_PARAMS } from './params';

export interface JobTarget extends ArnTarget<'batch-job', typeof JOB_PARAMS> {
  /** Queues that the job's attempts are submitted to. */
  readonly queueArns: readonly string[];
}

/** Runs the job, through its state machine or directly as an AWS Batch job, and follows or stops its runs. */
export function batchJobConnection(
  { arn, params, queueArns }: JobTarget,
  aws: Pick<AwsContext, 'arn'>,
  narrowing: Narrowing = {},
): Connection {
  const { jobDefinitionArn } = params;
  const { access = 'readWrite' } = narrowing;
  return {
    environment: params,
    statements: [
      ...executionStatements(arn, narrowing),
      ...(jobDefinitionArn === undefined || access === 'read'
        ? []
        : [
            {
              Sid: 'SubmitJobs',
              Action: ['batch:SubmitJob'],
              Resource: [jobDefinitionArn, `${jobDefinitionArn}:*`, ...queueArns],
            },
          ]),
      // A job gets its ID when it is submitted, so no narrower ARN is possible.
      ...(access === 'read'
        ? []
        : [{ Sid: 'StopJobs', Action: ['batch:TerminateJob'], Resource: [aws.arn('batch', 'job/*')] }]),
      // These two don't support resource-level permissions.
      ...(access === 'write'
        ? []
        : [{ Sid: 'FollowJobs', Action: ['batch:DescribeJobs', 'batch:ListJobs'], Resource: ['*'] }]),
    ],
  };
}
