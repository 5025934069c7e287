import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import type { NotifiedTopic } from '../access/notified-topic';
import { ALARM_DEFAULTS } from '../config/alarms';
import { WAITING_METRIC } from '../notifications/queue-watch-document';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import { type AlarmOwner, createAlarm } from './alarm';
import { type JobAlarmProps, topicsOf } from './topics';

/** What alarms need to know of their job. */
export interface AlarmedJob extends AlarmOwner {
  readonly jobName: string;
  readonly stateMachineArn: string;
}

/** Metrics of the ends of a run that are failures. */
const FAILED = ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'];

/** The alarms of a job. Each notifies its topics when it is triggered, and again when it is over. */
export class JobAlarms extends Construct {
  readonly failedRuns?: CloudwatchMetricAlarm;
  readonly oldestWaitingRun?: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, job: AlarmedJob, { failedRuns, oldestWaitingRun }: JobAlarmProps) {
    super(scope, id);
    const [failed, waiting] = [topicsOf(failedRuns?.notify), topicsOf(oldestWaitingRun?.notify)];
    if (failed.length > 0) this.failedRuns = this.createFailedRuns(job, failed, failedRuns);
    if (waiting.length > 0) this.oldestWaitingRun = this.createOldestWaitingRun(job, waiting);
  }

  private createFailedRuns(
    job: AlarmedJob,
    topics: readonly NotifiedTopic[],
    {
      threshold = ALARM_DEFAULTS.threshold,
      periodSeconds = ALARM_DEFAULTS.periodSeconds,
    }: { readonly threshold?: number; readonly periodSeconds?: number } = {},
  ): CloudwatchMetricAlarm {
    const { stackName, jobName, stateMachineArn } = job;
    const config = {
      alarmName: physicalName(NAME_LIMITS.alarm, stackName, jobName, 'failed-runs'),
      alarmDescription: `${threshold} or more runs of ${jobName} (${stackName}) failed, timed out or were stopped in ${periodSeconds} seconds`,
      metricQuery: [
        {
          id: 'runs',
          expression: FAILED.map((_, index) => `FILL(m${index}, 0)`).join(' + '),
          label: 'Failed runs',
          returnData: true,
        },
        ...FAILED.map((metricName, index) => ({
          id: `m${index}`,
          metric: {
            namespace: 'AWS/States',
            metricName,
            dimensions: { StateMachineArn: stateMachineArn },
            stat: 'Sum',
            period: periodSeconds,
          },
        })),
      ],
      threshold,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      evaluationPeriods: 1,
    };
    return createAlarm(this, 'FailedRuns', config, topics, job);
  }

  private createOldestWaitingRun(job: AlarmedJob, topics: readonly NotifiedTopic[]): CloudwatchMetricAlarm {
    const { namespace, name, seconds } = WAITING_METRIC;
    const { stackName, jobName } = job;
    const config = {
      alarmName: physicalName(NAME_LIMITS.alarm, stackName, jobName, 'oldest-waiting-run'),
      alarmDescription: `A run of ${jobName} (${stackName}) waits in its queue for too long`,
      namespace,
      metricName: name,
      dimensions: { Stack: stackName, Job: jobName },
      statistic: 'Sum',
      period: seconds,
      // A run is counted every five minutes, which can skip a period.
      evaluationPeriods: 2,
      datapointsToAlarm: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
    };
    return createAlarm(this, 'OldestWaitingRun', config, topics, job);
  }
}
