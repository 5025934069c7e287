import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { Construct } from 'constructs';
import { ServiceRole } from '../../access/service-role';
import type { AwsContext } from '../../aws-context';
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

/** What builds may do: read the contexts, push into the stack's repository, keep layers, write their log. */
export function buildRole(scope: Construct, id: string, props: BuildRoleProps): ServiceRole {
  const { stackName, aws, contexts, repository, layers, logGroup } = props;
  return new ServiceRole(scope, id, {
    nameParts: [stackName, 'image-build'],
    aws,
    service: 'codebuild.amazonaws.com',
    // So that no other account can make CodeBuild work with the role on its behalf.
    condition: { StringEquals: { 'aws:SourceAccount': aws.accountId } },
    statements: [
      { Sid: 'ReadContexts', Action: ['s3:GetObject'], Resource: [`${contexts.arn}/*`] },
      ...repository.pushStatements,
      layers.statement,
      { Sid: 'WriteLog', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [`${logGroup.arn}:*`] },
    ],
  });
}
