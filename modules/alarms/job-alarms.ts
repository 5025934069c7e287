import type {
  CloudwatchMetricAlarm,
  CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import type { NotifiedTopic } from '../access/notified-topic';
import { ALARM_DEFAULTS } from '../config/alarms';
import { WAITING_METRIC } from '../notifications/queue-watch-document';
import { NAME_LIMITS, physicalName, physicalNameStart } from '../rules/naming';
import type { AwsContext } from '../terraform/aws-context';
import { type JobAlarmProps, topicsOf } from './topics';

/** What alarms need to know of their job. */
export interface AlarmedJob {
  readonly stackName: string;
  readonly jobName: string;
  readonly aws: AwsContext;
  readonly stateMachineArn: string;
  readonly tags?: { readonly [key: string]: string };
}

/** Metrics of the ends of a run that are failures. */
const FAILED = ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'];

/** Topics that allow the alarms of a stack already: one statement for all of them keeps a topic's policy short. */
const ALLOWED = new WeakMap<NotifiedTopic, Set<string>>();

/** The alarms of a job. Each notifies its topics when it is triggered, and again when it is over. */
export class JobAlarms extends Construct {
  readonly failedRuns?: CloudwatchMetricAlarm;
  readonly oldestWaitingRun?: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, job: AlarmedJob, { failedRuns, oldestWaitingRun }: JobAlarmProps) {
    super(scope, id);
    const [failed, waiting] = [topicsOf(failedRuns?.notify), topicsOf(oldestWaitingRun?.notify)];
    for (const topic of new Set([...failed, ...waiting])) allowAlarms(topic, job);
    if (failed.length > 0) this.failedRuns = this.createFailedRuns(job, failed, failedRuns);
    if (waiting.length > 0) this.oldestWaitingRun = this.createOldestWaitingRun(job, waiting);
  }

  private createFailedRuns(
    { stackName, jobName, stateMachineArn, tags }: AlarmedJob,
    topics: readonly NotifiedTopic[],
    {
      threshold = ALARM_DEFAULTS.threshold,
      periodSeconds = ALARM_DEFAULTS.periodSeconds,
    }: { readonly threshold?: number; readonly periodSeconds?: number } = {},
  ): CloudwatchMetricAlarm {
    return createAlarm(this, 'FailedRuns', {
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
      // Step Functions reports nothing while no run ends.
      treatMissingData: 'notBreaching',
      alarmActions: topics.map(({ arn }) => arn),
      okActions: topics.map(({ arn }) => arn),
      tags,
    });
  }

  private createOldestWaitingRun(
    { stackName, jobName, tags }: AlarmedJob,
    topics: readonly NotifiedTopic[],
  ): CloudwatchMetricAlarm {
    const { namespace, name, seconds } = WAITING_METRIC;
    return createAlarm(this, 'OldestWaitingRun', {
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
      // Nothing is counted while no run waits.
      treatMissingData: 'notBreaching',
      alarmActions: topics.map(({ arn }) => arn),
      okActions: topics.map(({ arn }) => arn),
      tags,
    });
  }
}

function createAlarm(scope: Construct, id: string, config: CloudwatchMetricAlarmConfig): CloudwatchMetricAlarm {
  // Loaded only if needed: most jobs have no alarms.
  const { CloudwatchMetricAlarm } =
    require('@cdktf/provider-aws/lib/cloudwatch-metric-alarm') as typeof import('@cdktf/provider-aws/lib/cloudwatch-metric-alarm');
  return new CloudwatchMetricAlarm(scope, id, config);
}

/** Creates the alarms of a job in its construct. Undefined if none of them notifies anybody. */
export function createJobAlarms(scope: Construct, alarms: JobAlarmProps, job: AlarmedJob): JobAlarms | undefined {
  const topics = [alarms.failedRuns, alarms.oldestWaitingRun].flatMap((alarm) => topicsOf(alarm?.notify));
  return topics.length === 0 ? undefined : new JobAlarms(scope, 'Alarms', job, alarms);
}

function allowAlarms(topic: NotifiedTopic, { aws, stackName }: AlarmedJob): void {
  const stacks = ALLOWED.get(topic) ?? new Set();
  ALLOWED.set(topic, stacks);
  if (stacks.has(stackName)) return;
  stacks.add(stackName);
  topic.allowPublish?.({
    Sid: 'AlarmsOfJobs',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Condition: {
      ArnLike: { 'aws:SourceArn': aws.arn('cloudwatch', `alarm:${physicalNameStart(NAME_LIMITS.alarm, stackName)}*`) },
    },
  });
}
