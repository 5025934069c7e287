import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Construct } from 'constructs';
import { jobLogGroupName } from '../rules/job-names';
import type { AwsContext } from '../terraform/aws-context';

export interface JobLogGroupProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly aws: Pick<AwsContext, 'kmsKeyArn'>;
  /** Retention of the records, in days. */
  readonly retentionDays: number;
  readonly tags?: { readonly [key: string]: string };
}

/** The log group that a job's containers write to: `/batch-jobs/<stack>/<job>`. */
export function createJobLogGroup(scope: Construct, id: string, props: JobLogGroupProps) {
  const { stackName, jobName, aws, retentionDays, tags } = props;
  return new CloudwatchLogGroup(scope, id, {
    name: jobLogGroupName(stackName, jobName),
    retentionInDays: retentionDays,
    kmsKeyId: aws.kmsKeyArn,
    tags,
    // Makes Terraform delete the group only after the job definition no longer refers to it, because no container starts without its
    // group.
    lifecycle: { createBeforeDestroy: true },
  });
}
