import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Construct } from 'constructs';
import { NAME_LIMITS, physicalName } from '../naming';

export interface JobLogGroupProps {
  readonly stackName: string;
  readonly jobName: string;
  /** Retention of the records, in days. */
  readonly retentionDays: number;
  readonly tags?: { readonly [key: string]: string };
}

/** The log group that a job's containers write to: `/batch-jobs/<stack>/<job>`. */
export function jobLogGroup(scope: Construct, id: string, props: JobLogGroupProps) {
  const { stackName, jobName, retentionDays, tags } = props;
  return new CloudwatchLogGroup(scope, id, {
    name: jobLogGroupName(stackName, jobName),
    retentionInDays: retentionDays,
    tags,
    // Makes Terraform delete the group only after the job definition no longer refers to it, because no container starts without its
    // group.
    lifecycle: { createBeforeDestroy: true },
  });
}

/** Name of a job's log group. */
export function jobLogGroupName(stackName: string, jobName: string): string {
  return `/batch-jobs/${physicalName(NAME_LIMITS.logGroup - '/batch-jobs/'.length, `${stackName}/${jobName}`)}`;
}
