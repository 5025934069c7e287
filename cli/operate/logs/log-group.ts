import { counted } from '../../../modules/problems/phrases';
import { UsageError } from '../../command/usage-error';
import { AwsFault } from '../aws/fault';
import type { DeployedJob, Deployment } from '../deployment';

const DAY = 24 * 60 * 60 * 1000;

/** A job's log group, as far as it can be known. */
export interface LogGroup {
  readonly name: string;
  /** Undefined if lines are kept indefinitely. */
  readonly retentionDays?: number;
}

/**
 * The log group of a job as it is in AWS, where somebody can have changed its retention. Without the permission to describe it, as the
 * config has it.
 *
 * @throws CommandFailure if the group does not exist
 */
export async function logGroupOf(deployment: Deployment, job: DeployedJob, name: string): Promise<LogGroup> {
  type Logs = typeof import('@aws-sdk/client-cloudwatch-logs');
  const { DescribeLogGroupsCommand } = require('@aws-sdk/client-cloudwatch-logs') as Logs;
  try {
    // Other names can begin with this one, and it is the first of them.
    const request = new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 });
    const { logGroups: [group] = [] } = await deployment.clients.logs.send(request);
    if (group?.logGroupName !== name) throw deployment.notDeployed(`Log group ${name} of job ${job.name}`);
    return { name, retentionDays: group.retentionInDays };
  } catch (error) {
    if (error instanceof AwsFault) return { name, retentionDays: job.properties.logging.retentionDays };
    throw error;
  }
}

/** What to say if lines since a time are no longer kept. */
export function expired({ name, retentionDays }: LogGroup, since: Date, now = Date.now()): string | undefined {
  if (retentionDays === undefined || since.getTime() >= now - retentionDays * DAY) return undefined;
  const days = counted(retentionDays, 'day');
  return `Lines older than ${days} are gone: log group ${name} keeps them no longer.`;
}

/** @throws UsageError if the job has no log group */
export function logGroupName({ name, logGroupName }: DeployedJob): string {
  if (logGroupName !== undefined) return logGroupName;
  throw new UsageError(
    `Logging is disabled for job ${name} (logging.disabled), so CloudWatch Logs has no lines of it. The output of its containers is ` +
      'on the instance that ran them, as long as it exists: docker logs, at most 30 MB a container.',
  );
}
