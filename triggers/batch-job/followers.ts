import { eventsOf, type IndexedConfig, type LocatedEvent } from '../../modules/config/indexed-config';
import { stateMachineName } from '../../modules/rules/job-names';
import { nameStart } from '../../modules/rules/naming';
import { batchJob } from './schema';

/** An event with the job that it waits for. */
export interface Follower extends LocatedEvent {
  /** The property that says which job. */
  readonly property: 'jobName' | 'stateMachineArn';
  readonly given: string;
  /** Name of the other job, if it is one of the stack. */
  readonly other: string | undefined;
}

/** The events of jobs that start after other jobs. */
export function followers(index: IndexedConfig): Follower[] {
  return eventsOf(batchJob)(index).flatMap((event) => {
    const { jobName, stateMachineArn } = event.properties;
    const property = jobName === undefined ? 'stateMachineArn' : 'jobName';
    const given = jobName ?? stateMachineArn;
    if (typeof given !== 'string') return [];
    const other = property === 'jobName' ? given : ownJob(given, index);
    return [{ ...event, property, given, other }];
  });
}

/** The job of the stack that an ARN belongs to. No other stack of an account and region can have a state machine of the same name. */
function ownJob(arn: string, index: IndexedConfig): string | undefined {
  const referred = index.referred(arn);
  if (referred?.type === 'batch-job') return referred.param === 'stateMachineArn' ? referred.name : undefined;
  if (typeof referred?.existing?.arn === 'string') return ownJob(referred.existing.arn, index);
  const { stackName, namePrefix } = index.config;
  const [, , , region, , , name] = arn.split(':');
  if (typeof stackName !== 'string' || (index.region !== undefined && index.region !== region)) return undefined;
  const start = nameStart({ stackName, ...(typeof namePrefix === 'string' && { namePrefix }) });
  return index.jobs.find((job) => stateMachineName(start, job.name) === name)?.name;
}
