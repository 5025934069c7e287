import type { Activity } from '@aws-sdk/client-auto-scaling';
import type { ComputeEnvironmentDetail } from '@aws-sdk/client-batch';
import { vcpuQuotas } from '../../../modules/rules/vcpu-quotas';
import type { Deployment } from '../deployment';
import type { Optional } from '../optional';
import type { EnvironmentFacts, QuotaFacts, TaskFacts } from './facts';

/** Groups of one page, the maximum of the API, and pages that are looked through for the group of an environment. */
const GROUPS = { page: 100, pages: 5 } as const;

/** The newest activities of a group. One launch in each zone is a few of them. */
const ACTIVITIES = 20;

/** The state of compute environments, with their instances, launches and quotas. */
export async function environmentFacts(
  deployment: Deployment,
  arns: readonly string[],
  details: Optional,
): Promise<EnvironmentFacts[]> {
  if (arns.length === 0) return [];
  const { DescribeComputeEnvironmentsCommand } = batchModule();
  const request = new DescribeComputeEnvironmentsCommand({ computeEnvironments: [...arns] });
  const answer = await details.of('Compute environments', () => deployment.clients.batch.send(request));
  if (answer === undefined) return [];
  const { computeEnvironments = [] } = answer;
  return Promise.all(
    arns.map((arn) => {
      const found = computeEnvironments.find(({ computeEnvironmentArn }) => computeEnvironmentArn === arn);
      return found === undefined ? deleted(arn) : environment(deployment, found, details);
    }),
  );
}

/** An environment that a queue refers to, and that does not exist. */
function deleted(arn: string): EnvironmentFacts {
  const name = arn.split('/').at(-1) ?? arn;
  return { name, state: 'DISABLED', status: 'DELETED', spot: false, maxVcpus: 0, desiredVcpus: 0, instanceTypes: [] };
}

async function environment(
  deployment: Deployment,
  found: ComputeEnvironmentDetail,
  details: Optional,
): Promise<EnvironmentFacts> {
  const { computeEnvironmentName: name = '', computeResources: resources, ecsClusterArn } = found;
  const types = resources?.instanceTypes ?? [];
  const spot = resources?.type === 'SPOT';
  const [instances, launches, quota] = await Promise.all([
    instanceFacts(deployment, ecsClusterArn, details),
    launchFacts(deployment, name, details),
    quotaFacts(deployment, types, spot, details),
  ]);
  return {
    name,
    state: found.state ?? 'ENABLED',
    status: found.status ?? 'VALID',
    statusReason: found.statusReason,
    spot,
    maxVcpus: resources?.maxvCpus ?? 0,
    desiredVcpus: resources?.desiredvCpus ?? 0,
    instanceTypes: types,
    ...instances,
    ...launches,
    quota,
  };
}

async function instanceFacts(
  { clients }: Deployment,
  cluster: string | undefined,
  details: Optional,
): Promise<Pick<EnvironmentFacts, 'registered' | 'connected'>> {
  if (!cluster) return {};
  type Ecs = typeof import('@aws-sdk/client-ecs');
  const { DescribeClustersCommand, DescribeContainerInstancesCommand, ListContainerInstancesCommand } =
    require('@aws-sdk/client-ecs') as Ecs;
  const answer = await details.of('Instances', () =>
    clients.ecs.send(new DescribeClustersCommand({ clusters: [cluster] })),
  );
  const registered = answer?.clusters?.[0]?.registeredContainerInstancesCount;
  if (!registered) return { registered };
  const list = new ListContainerInstancesCommand({ cluster, maxResults: 100 });
  const containerInstances = (await details.of('Instances', () => clients.ecs.send(list)))?.containerInstanceArns ?? [];
  if (containerInstances.length === 0) return { registered };
  const describe = new DescribeContainerInstancesCommand({ cluster, containerInstances });
  const instances = (await details.of('Instances', () => clients.ecs.send(describe)))?.containerInstances;
  return { registered, connected: instances?.filter(({ agentConnected }) => agentConnected).length };
}

/** The ECS task of a job, whose ARN names its cluster. */
export async function taskFacts(
  { clients }: Deployment,
  taskArn: string | undefined,
  details: Optional,
): Promise<TaskFacts | undefined> {
  // arn:aws:ecs:<region>:<account>:task/<cluster>/<id>
  const cluster = taskArn?.split('/').at(-2);
  if (taskArn === undefined || cluster === undefined) return undefined;
  const { DescribeTasksCommand } = require('@aws-sdk/client-ecs') as typeof import('@aws-sdk/client-ecs');
  const request = new DescribeTasksCommand({ cluster, tasks: [taskArn] });
  const task = (await details.of('The ECS task', () => clients.ecs.send(request), ['ClusterNotFoundException']))
    ?.tasks?.[0];
  if (task?.createdAt === undefined) return undefined;
  return { created: task.createdAt, pullStarted: task.pullStartedAt, pullStopped: task.pullStoppedAt };
}

async function launchFacts(
  deployment: Deployment,
  environmentName: string,
  details: Optional,
): Promise<Pick<EnvironmentFacts, 'lastLaunch' | 'launchFailure'>> {
  const names = await details.of('Launches', () => groupNames(deployment, environmentName));
  // While AWS Batch replaces instances, an environment has two groups.
  const activities = await Promise.all(
    (names ?? []).slice(0, 2).map((name) => activitiesOf(deployment, name, details)),
  );
  return launchesIn(activities.flat());
}

/** The last launch, and the newest failure after it, in the activities of an environment's groups. */
export function launchesIn(activities: readonly Activity[]): Pick<EnvironmentFacts, 'lastLaunch' | 'launchFailure'> {
  const newestFirst = activities
    .filter(({ StartTime, Description = '' }) => StartTime !== undefined && !/^Terminating/.test(Description))
    .map((activity) => ({ ...activity, at: activity.StartTime as Date }))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  const launch = newestFirst.find(({ StatusCode }) => StatusCode === 'Successful');
  const failure = newestFirst.find(({ StatusCode }) => StatusCode === 'Failed' || StatusCode === 'Cancelled');
  const isOpen = failure !== undefined && (launch === undefined || failure.at > launch.at);
  return {
    ...(launch !== undefined && { lastLaunch: launch.at }),
    ...(isOpen && { launchFailure: { at: failure.at, message: failure.StatusMessage ?? failure.Cause ?? '' } }),
  };
}

/** AWS Batch names a group `AWSBatch-<environment>-asg-<id>`, and tags it. The API cannot search for a part of a name. */
async function groupNames({ clients }: Deployment, environmentName: string): Promise<string[]> {
  const { DescribeAutoScalingGroupsCommand } = autoScalingModule();
  const start = `AWSBatch-${environmentName}-asg-`;
  let token: string | undefined;
  for (let page = 0; page < GROUPS.pages; page++) {
    const request = new DescribeAutoScalingGroupsCommand({
      Filters: [{ Name: 'tag-key', Values: ['AWSBatchServiceTag'] }],
      MaxRecords: GROUPS.page,
      NextToken: token,
    });
    const { AutoScalingGroups = [], NextToken } = await clients.autoScaling.send(request);
    const names = AutoScalingGroups.map(({ AutoScalingGroupName = '' }) => AutoScalingGroupName);
    const found = names.filter((name) => name.startsWith(start));
    if (found.length > 0 || NextToken === undefined) return found;
    token = NextToken;
  }
  return [];
}

async function activitiesOf({ clients }: Deployment, group: string, details: Optional): Promise<Activity[]> {
  const { DescribeScalingActivitiesCommand } = autoScalingModule();
  const request = new DescribeScalingActivitiesCommand({ AutoScalingGroupName: group, MaxRecords: ACTIVITIES });
  return (await details.of('Launches', () => clients.autoScaling.send(request)))?.Activities ?? [];
}

/** The largest of the quotas that apply: AWS Batch uses the instance types that it can get. */
async function quotaFacts(
  { clients }: Deployment,
  instanceTypes: readonly string[],
  spot: boolean,
  details: Optional,
): Promise<QuotaFacts | undefined> {
  type Quotas = typeof import('@aws-sdk/client-service-quotas');
  const { GetServiceQuotaCommand } = require('@aws-sdk/client-service-quotas') as Quotas;
  const quotas = vcpuQuotas(instanceTypes, spot);
  const values = await Promise.all(
    quotas.map(async ({ code, name }) => {
      const request = new GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: code });
      const answer = await details.of('Quotas', () => clients.quotas.send(request), ['NoSuchResourceException']);
      return { code, name, vcpus: answer?.Quota?.Value };
    }),
  );
  // With one unknown, the largest is unknown.
  const known = values.flatMap(({ vcpus, ...quota }) => (vcpus === undefined ? [] : [{ ...quota, vcpus }]));
  return known.length === values.length ? known.sort((a, b) => b.vcpus - a.vcpus)[0] : undefined;
}

function batchModule() {
  return require('@aws-sdk/client-batch') as typeof import('@aws-sdk/client-batch');
}

function autoScalingModule() {
  return require('@aws-sdk/client-auto-scaling') as typeof import('@aws-sdk/client-auto-scaling');
}
