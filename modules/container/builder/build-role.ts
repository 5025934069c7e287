import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { Construct } from 'constructs';
import { ServiceRole } from '../../access/service-role';
import type { AwsContext } from '../../aws-context';
import type { ImageRepository } from './repository';

export interface BuildRoleProps {
  readonly stackName: string;
  readonly aws: AwsContext;
  readonly contexts: S3Bucket;
  readonly repository: ImageRepository;
  readonly logGroup: CloudwatchLogGroup;
}

/** What builds may do: read the contexts, push into the stack's repository, write their log. */
export function buildRole(scope: Construct, id: string, props: BuildRoleProps): ServiceRole {
  const { stackName, aws, contexts, repository, logGroup } = props;
  return new ServiceRole(scope, id, {
    nameParts: [stackName, 'image-build'],
    aws,
    service: 'codebuild.amazonaws.com',
    // So that no other account can make CodeBuild work with the role on its behalf.
    condition: { StringEquals: { 'aws:SourceAccount': aws.accountId } },
    statements: [
      { Sid: 'ReadContexts', Action: ['s3:GetObject'], Resource: [`${contexts.arn}/*`] },
      ...repository.pushStatements,
      { Sid: 'WriteLog', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [`${logGroup.arn}:*`] },
    ],
  });
}
