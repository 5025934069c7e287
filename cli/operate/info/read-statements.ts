import type { Statement } from '../../../modules/access/policy';
import { PLACES } from '../../../modules/orchestration/places';
import { placesTableName } from '../../../modules/rules/job-names';
import { NAME_LIMITS } from '../../../modules/rules/naming';
import { hasEvent, type JobResources, namesOf, type PolicyScope, queues } from './policy-resources';

/** Looking at runs, and at all that they and their events go through. A statement without resources is for what the stack doesn't have. */
export function readStatements(scope: PolicyScope, jobs: JobResources): Statement[] {
  return [
    ...runStatements(scope, jobs),
    unscopedStatement(scope),
    ...capacityStatements(scope),
    ...sourceStatements(scope),
    ...keptEventStatements(scope),
    httpApiStatement(scope),
  ];
}

/** The runs of the jobs, their logs, and the functions that start them. */
function runStatements(scope: PolicyScope, jobs: JobResources): Statement[] {
  const { arn } = namesOf(scope);
  return [
    {
      Sid: 'ListRuns',
      Action: ['states:DescribeStateMachine', 'states:ListExecutions'],
      Resource: jobs.stateMachines.map((name) => arn('states', `stateMachine:${name}`)),
    },
    {
      Sid: 'ReadRuns',
      Action: ['states:DescribeExecution', 'states:GetExecutionHistory'],
      Resource: jobs.stateMachines.map((name) => arn('states', `execution:${name}:*`)),
    },
    {
      // The * at the end stands for the group's streams, and AWS expects it for the group itself too:
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
      Sid: 'ReadLogs',
      Action: ['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents'],
      Resource: [...jobs.logGroups, ...jobs.functions.map((name) => `/aws/lambda/${name}`)].map((name) =>
        arn('logs', `log-group:${name}:*`),
      ),
    },
    {
      Sid: 'ReadFunctions',
      Action: ['lambda:GetFunctionConcurrency', 'lambda:GetFunctionConfiguration'],
      Resource: jobs.functions.map((name) => arn('lambda', `function:${name}`)),
    },
  ];
}

/** None of these actions supports resource-level permissions. */
function unscopedStatement(scope: PolicyScope): Statement {
  return {
    Sid: 'ReadAnyResource',
    Action: [
      'autoscaling:DescribeAutoScalingGroups',
      'autoscaling:DescribeScalingActivities',
      'batch:DescribeComputeEnvironments',
      'batch:DescribeJobDefinitions',
      'batch:DescribeJobQueues',
      'batch:DescribeJobs',
      'batch:ListJobs',
      ...(hasResource(scope, 'application-load-balancer') ? ['elasticloadbalancing:DescribeLoadBalancers'] : []),
      'ec2:DescribeSpotPriceHistory',
      'events:ListRuleNamesByTarget',
      'lambda:ListEventSourceMappings',
      'logs:DescribeLogGroups',
      'pricing:GetProducts',
      ...(hasEvent(scope, 'schedule') ? ['scheduler:ListSchedules'] : []),
      'servicequotas:GetServiceQuota',
    ],
    Resource: ['*'],
  };
}

/** What the jobs run on. */
function capacityStatements(scope: PolicyScope): Statement[] {
  const { arn, start } = namesOf(scope);
  return [
    {
      Sid: 'ReadQueues',
      Action: ['batch:GetJobQueueSnapshot'],
      Resource: [arn('batch', `job-queue/${start(NAME_LIMITS.jobQueue)}*`)],
    },
    {
      // AWS Batch names a cluster after its environment: AWSBatch-<environment>-<id>.
      Sid: 'ReadInstances',
      Action: [
        'ecs:DescribeClusters',
        'ecs:DescribeContainerInstances',
        'ecs:DescribeTasks',
        'ecs:ListContainerInstances',
      ],
      Resource: ['cluster', 'container-instance', 'task'].map((type) =>
        arn('ecs', `${type}/*${start(NAME_LIMITS.computeEnvironmentPrefix - 1)}*`),
      ),
    },
  ];
}

/** What starts runs, and the line in which they wait for a place. */
function sourceStatements(scope: PolicyScope): Statement[] {
  const { nameStart } = scope;
  const { arn, start } = namesOf(scope);
  return [
    {
      Sid: 'ReadRules',
      Action: ['events:DescribeRule', 'events:ListTargetsByRule'],
      Resource: ['rule', 'rule/*'].map((path) => arn('events', `${path}/${start(NAME_LIMITS.eventRule)}*`)),
    },
    {
      Sid: 'ReadSchedules',
      Action: ['scheduler:GetSchedule'],
      Resource: hasEvent(scope, 'schedule')
        ? [arn('scheduler', `schedule/default/${start(NAME_LIMITS.schedule)}*`)]
        : [],
    },
    {
      Sid: 'ReadLines',
      Action: ['dynamodb:Query'],
      Resource: hasLimits(scope) ? [arn('dynamodb', `table/${placesTableName(nameStart)}/index/${PLACES.line}`)] : [],
    },
  ];
}

/** Events that are kept outside of runs: undelivered ones, and large ones. */
function keptEventStatements(scope: PolicyScope): Statement[] {
  const { bucket } = namesOf(scope);
  return [
    {
      Sid: 'ReadUndeliveredEvents',
      Action: ['sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'],
      Resource: queues(scope),
    },
    {
      // Without ListBucket, an event that has expired looks like one that nobody may read.
      Sid: 'ReadLargeEvents',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: [bucket, `${bucket}/*`],
    },
  ];
}

function httpApiStatement(scope: PolicyScope): Statement {
  const { partition } = scope;
  return {
    Sid: 'ReadHttpApis',
    Action: ['apigateway:GET'],
    Resource: hasResource(scope, 'http-api-gateway')
      ? ['/apis', '/apis/*'].map((path) => `arn:${partition}:apigateway:${scope.region}::${path}`)
      : [],
  };
}

function hasResource({ config }: PolicyScope, type: string): boolean {
  return Object.values(config.resources).some((resource) => resource.type === type);
}

function hasLimits({ jobs }: PolicyScope): boolean {
  return [...jobs.values()].some(({ properties }) => properties.limits !== undefined);
}
