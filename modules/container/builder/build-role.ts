import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { Construct } from 'constructs';
import { ServiceRole } from '../../access/service-role';
import type { AwsContext } from '../../terraform/aws-context';
import type { LayerCacheRepository } from './layer-cache';
import type { ImageRepository } from './repository';

export interface BuildRoleProps {
  readonly stackName: string;
  readonly aws: AwsContext;
  readonly contexts: S3Bucket;
  readonly repository: ImageRepository;
  readonly layers: LayerCacheRepository;
  readonly logGroup: CloudwatchLogGroup;
}

/** Creates the role of builds. It can read build contexts, push to the stack's repository, store layers, and write logs. */
export function createBuildRole(scope: Construct, id: string, props: BuildRoleProps): ServiceRole {
  const { stackName, aws, contexts, repository, layers, logGroup } = props;
  return new ServiceRole(scope, id, {
    nameParts: [stackName, 'image-build'],
    aws,
    service: 'codebuild.amazonaws.com',
    // Prevents other accounts from using the role through CodeBuild.
    condition: { StringEquals: { 'aws:SourceAccount': aws.accountId } },
    statements: [
      { Sid: 'ReadContexts', Action: ['s3:GetObject'], Resource: [`${contexts.arn}/*`] },
      ...repository.pushStatements,
      layers.statement,
      { Sid: 'WriteLog', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [`${logGroup.arn}:*`] },
    ],
  });
}
