import {
  DASHBOARD_LIMITS,
  graph,
  type LineOptions,
  type Metric,
  type PositionedWidget,
  positioned,
  table,
  text,
  type Widget,
} from './widgets';

/** A stack, as its dashboard shows it. */
export interface DashboardStack {
  readonly stackName: string;
  readonly region: string;
  readonly jobs: readonly DashboardJob[];
  /** Names of the ECS clusters of the compute environments, with what they are called. */
  readonly clusters: readonly { readonly label: string; readonly name: string }[];
  /** Name of the queue of undelivered events. */
  readonly undeliveredEvents: string;
}

export interface DashboardJob {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineLogGroup: string;
  readonly functionName: string;
}

/** The body of a dashboard: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export interface DashboardBody {
  readonly start: string;
  readonly widgets: readonly PositionedWidget[];
}

/** Metrics of each job: five of runs, three of durations, two of the trigger function. */
const METRICS_PER_JOB = 10;

/** Metrics of each compute environment. */
const METRICS_PER_CLUSTER = 2;

/** Metrics that do not depend on the jobs. */
const OTHER_METRICS = 5;

/** Clusters that are shown at most. A stack has one for each kind of capacity. */
const MOST_CLUSTERS = 20;

/** Jobs that are shown at most, so that the metrics fit on one dashboard. */
export const MOST_JOBS = Math.floor(
  (DASHBOARD_LIMITS.metrics - MOST_CLUSTERS * METRICS_PER_CLUSTER - OTHER_METRICS) / METRICS_PER_JOB,
);

/** Jobs whose lines share a graph. The graph of failures has three for each. */
const JOBS_PER_GRAPH = Math.floor(DASHBOARD_LIMITS.metricsPerWidget / 3);

/** Log groups of one query: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const GROUPS_PER_QUERY = 50;

const DAY = 86_400;

/**
 * The dashboard of a stack, from the metrics that AWS really has. AWS Batch has none, so the time in the queue and the restarts of a container
 * are not on it.
 */
export function dashboardBody(stack: DashboardStack): DashboardBody {
  const jobs = stack.jobs.slice(0, MOST_JOBS);
  const parts = chunks(jobs, JOBS_PER_GRAPH);
  const rows = [
    [introduction(stack)],
    ...parts.map((part) => runs(stack, part)),
    ...parts.map((part) => durations(stack, part)),
    capacity(stack),
    ...parts.map((part) => events(stack, part)),
    ...chunks(jobs, GROUPS_PER_QUERY).map((part) => [failures(stack, part)]),
  ];
  return { start: '-P1D', widgets: positioned(rows) };
}

function introduction({ stackName, jobs }: DashboardStack): Widget {
  const omitted = jobs.length - MOST_JOBS;
  const left =
    omitted > 0 ? ` The first ${MOST_JOBS} of ${jobs.length} jobs are shown: a dashboard has no room for more.` : '';
  return text(
    `## ${stackName}\n\nTerraform writes this dashboard: changes made here are lost at the next deployment.${left} ` +
      'AWS Batch has no metrics of its queues. `batch-jobs runs`, `show`, `logs` and `why` show what waits, and each Spot interruption.',
    3,
  );
}

function runs({ region }: DashboardStack, jobs: readonly DashboardJob[]): Widget[] {
  const common = { region, unit: 'runs', stat: 'Sum', stacked: true };
  const ends = [
    ['ExecutionsFailed', 'failed'],
    ['ExecutionsTimedOut', 'timed out'],
    ['ExecutionsAborted', 'stopped'],
  ] as const;
  return [
    graph({ ...common, title: 'Runs started', metrics: jobs.map((job) => states(job, 'ExecutionsStarted')) }),
    graph({ ...common, title: 'Runs succeeded', metrics: jobs.map((job) => states(job, 'ExecutionsSucceeded')) }),
    graph({
      ...common,
      title: 'Runs failed, timed out or stopped',
      metrics: jobs.flatMap((job) => ends.map(([metric, end]) => states(job, metric, { label: `${job.name} ${end}` }))),
    }),
  ];
}

function durations({ region }: DashboardStack, jobs: readonly DashboardJob[]): Widget[] {
  // Step Functions measures milliseconds, from the start of an execution to its end: with the waits in the queue.
  const minutes: Metric = [{ expression: 'METRICS("m")/60000', label: '' }];
  const lines = jobs.map((job, index) => states(job, 'ExecutionTime', { id: `m${index}`, visible: false }));
  return [
    ['p50', 'Duration of runs, median'],
    ['p90', 'Duration of runs, 90th percentile'],
    ['Maximum', 'Duration of runs, longest'],
  ].map(([stat = '', title = '']) =>
    graph({ title, region, unit: 'minutes', stat, period: 3600, metrics: [minutes, ...lines] }),
  );
}

function capacity({ region, stackName, clusters }: DashboardStack): Widget[] {
  const shown = clusters.slice(0, MOST_CLUSTERS);
  const reserved = (metric: string, what: string) =>
    shown.map(({ label, name }): Metric => ['AWS/ECS', metric, 'ClusterName', name, { label: `${label} ${what}` }]);
  // The names of the Auto Scaling groups, which AWS Batch creates, contain those of the compute environments.
  const words = stackName.split(/[^0-9A-Za-z]+/).filter(Boolean);
  const groups = words.map((word) => `AutoScalingGroupName=${word}`).join(' AND ');
  const search = `SEARCH('{AWS/EC2,AutoScalingGroupName} MetricName="CPUUtilization" AND ${groups}', 'SampleCount', 3600)/12`;
  const vcpus = (name: string, label: string): Metric => {
    const dimensions = ['Type', 'Resource', 'Resource', 'vCPU', 'Service', 'EC2', 'Class', name];
    return ['AWS/Usage', 'ResourceCount', ...dimensions, { label }];
  };
  return [
    graph({
      title: 'Reserved by jobs, of the instances that run',
      region,
      unit: 'percent',
      stat: 'Average',
      metrics: [...reserved('CPUReservation', 'CPU'), ...reserved('MemoryReservation', 'memory')],
    }),
    // With basic monitoring, an instance reports its CPU twelve times an hour.
    graph({
      title: 'Instance hours per hour',
      region,
      unit: 'hours',
      stat: 'SampleCount',
      period: 3600,
      stacked: true,
      metrics: [[{ expression: search, label: '' }]],
    }),
    graph({
      title: 'vCPUs of standard instances, of the whole account and region',
      region,
      unit: 'vCPUs',
      stat: 'Maximum',
      stacked: true,
      metrics: [vcpus('Standard/Spot', 'Spot'), vcpus('Standard/OnDemand', 'on demand')],
    }),
  ];
}

function events({ region, undeliveredEvents }: DashboardStack, jobs: readonly DashboardJob[]): Widget[] {
  const lambda = ({ name, functionName }: DashboardJob, metric: string): Metric => {
    return ['AWS/Lambda', metric, 'FunctionName', functionName, { label: name }];
  };
  const common = { region, stat: 'Sum', unit: 'invocations', stacked: true };
  const queue = (metric: string, options: LineOptions): Metric => {
    return ['AWS/SQS', metric, 'QueueName', undeliveredEvents, options];
  };
  return [
    graph({
      ...common,
      title: 'Events that failed to start a run, each try',
      metrics: jobs.map((job) => lambda(job, 'Errors')),
    }),
    graph({
      ...common,
      title: 'Throttled invocations of trigger functions',
      metrics: jobs.map((job) => lambda(job, 'Throttles')),
    }),
    graph({
      title: 'Undelivered events',
      region,
      unit: 'events',
      stat: 'Maximum',
      metrics: [
        queue('ApproximateNumberOfMessagesVisible', { label: 'events' }),
        [{ expression: `age/${DAY}`, label: 'age of the oldest, in days', yAxis: 'right' }],
        queue('ApproximateAgeOfOldestMessage', { id: 'age', visible: false }),
      ],
    }),
  ];
}

/** Attempts that failed, out of the logs of the state machines, which contain errors only. */
function failures({ region }: DashboardStack, jobs: readonly DashboardJob[]): Widget {
  const groups = jobs.map(({ stateMachineLogGroup }) => stateMachineLogGroup);
  return table(
    'Attempts that failed, by reason ("Host EC2": Spot interruptions, after the free restarts)',
    region,
    groups,
    [
      'filter type like /^(Task|Lambda).*(Failed|TimedOut)$/',
      'parse execution_arn "arn:*:states:*:*:execution:*:*" as partition, place, account, stateMachine, run',
      // The cause is a document within a string.
      'parse @message /StatusReason\\W+(?<reason>[^"\\\\]+)/',
      'stats count(*) as attempts, latest(run) as latestRun by stateMachine, coalesce(reason, details.error, type) as why',
      'sort attempts desc',
    ],
  );
}

function states({ name, stateMachineArn }: DashboardJob, metric: string, options: LineOptions = {}): Metric {
  return ['AWS/States', metric, 'StateMachineArn', stateMachineArn, { label: name, ...options }];
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
