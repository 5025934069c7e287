import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Construct } from 'constructs';
import { NAME_LIMITS, physicalName } from '../naming';

export interface JobLogGroupProps {
  readonly stackName: string;
  readonly jobName: string;
  /** Days that records are kept. */
  readonly retentionDays: number;
  readonly tags?: { readonly [key: string]: string };
}

/** The log group that a job's containers write to: `/batch-jobs/<stack>/<job>`. */
export function jobLogGroup(scope: Construct, id: string, props: JobLogGroupProps) {
  const { stackName, jobName, retentionDays, tags } = props;
  const name = `/batch-jobs/${physicalName(NAME_LIMITS.logGroup - '/batch-jobs/'.length, `${stackName}/${jobName}`)}`;
  return new CloudwatchLogGroup(scope, id, { name, retentionInDays: retentionDays, tags });
}
