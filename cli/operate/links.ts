import { partitionOf } from '../../modules/rules/partitions';

/**
 * Hosts of AWS's consoles by partition. The isolated partitions have none that is public:
 * https://docs.aws.amazon.com/awsconsolehelpdocs/latest/gsg/what-is.html
 */
const CONSOLE_HOSTS: { readonly [partition: string]: string } = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/** Pages of AWS's consoles, as URLs. */
export interface ConsoleLinks {
  stateMachine(arn: string): string;
  execution(arn: string): string;
  /** A job of AWS Batch, by its ID. */
  batchJob(id: string): string;
  jobQueue(arn: string): string;
  computeEnvironment(arn: string): string;
  /** @param arn with a revision */
  jobDefinition(arn: string): string;
  logGroup(name: string): string;
  logStream(group: string, stream: string): string;
  lambdaFunction(name: string): string;
  rule(name: string, eventBusName?: string): string;
  queue(url: string): string;
  s3Object(bucket: string, key: string): string;
  dashboard(name: string): string;
  alarm(name: string): string;
}

/** The pages of a region, or undefined if its partition has no public console. */
export function consoleLinks(region: string): ConsoleLinks | undefined {
  const host = CONSOLE_HOSTS[partitionOf(region)];
  if (host === undefined) return undefined;
  // A session of the console belongs to a region, which the host selects too.
  const page = (path: string, hash: string) => `https://${region}.${host}/${path}?region=${region}#${hash}`;
  const batch = (hash: string) => page('batch/home', hash);
  const cloudWatch = (hash: string) => page('cloudwatch/home', hash);
  const logGroup = (name: string) => `logsV2:log-groups/log-group/${twice(name)}`;
  return {
    stateMachine: (arn) => page('states/home', `/statemachines/view/${withColons(arn)}`),
    execution: (arn) => page('states/home', `/v2/executions/details/${withColons(arn)}`),
    batchJob: (id) => batch(`jobs/detail/${encodeURIComponent(id)}`),
    jobQueue: (arn) => batch(`queues/detail/${withColons(arn)}`),
    computeEnvironment: (arn) => batch(`compute-environments/detail/${withColons(arn)}`),
    jobDefinition: (arn) => batch(`job-definition/detail/${withColons(arn)}`),
    logGroup: (name) => cloudWatch(logGroup(name)),
    logStream: (group, stream) => cloudWatch(`${logGroup(group)}/log-events/${twice(stream)}`),
    lambdaFunction: (name) => page('lambda/home', `/functions/${encodeURIComponent(name)}`),
    rule: (name, eventBusName = 'default') =>
      page('events/home', `/eventbus/${encodeURIComponent(eventBusName)}/rules/${encodeURIComponent(name)}`),
    queue: (url) => page('sqs/v3/home', `/queues/${encodeURIComponent(url)}`),
    s3Object: (bucket, key) =>
      `https://${region}.${host}/s3/object/${bucket}?region=${region}&prefix=${encodeURIComponent(key)}`,
    dashboard: (name) => cloudWatch(`dashboards/dashboard/${encodeURIComponent(name)}`),
    alarm: (name) => cloudWatch(`alarmsV2:alarm/${encodeURIComponent(name)}`),
  };
}

/** An ARN in a path: AWS's consoles write its colons and slashes as they are. */
function withColons(arn: string): string {
  return encodeURIComponent(arn).replaceAll('%3A', ':').replaceAll('%2F', '/');
}

/** How the console of CloudWatch Logs encodes a name: twice, with `$` instead of `%`. A slash is `$252F`. */
function twice(name: string): string {
  return encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$');
}
