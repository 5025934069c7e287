import { withKeyUse } from '../../../modules/access/key-use';
import type { Statement } from '../../../modules/access/policy';
import { PLACES } from '../../../modules/orchestration/places';
import { payloadBucketPrefix, placesTableName } from '../../../modules/rules/job-names';
import { NAME_LIMITS, physicalNameStart } from '../../../modules/rules/naming';
import { QUOTAS } from '../../../modules/rules/quotas';
import type { Deployment } from '../deployment';

/** What a person may do: look, or also start, stop and repeat runs. */
export const POLICY_KINDS = ['read', 'steer'] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** An IAM policy as its JSON. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly (Statement & { readonly Effect: 'Allow' | 'Deny' })[];
}

/** What a policy depends on. */
export type PolicyScope = Pick<
  Deployment,
  'nameStart' | 'region' | 'account' | 'partition' | 'jobs' | 'functions' | 'config'
>;

/**
 * The IAM policy for the people who operate a stack. Resources are those of the stack, for every action that supports resource-level
 * permissions: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 *
 * The jobs' resources are named one by one if the policy fits into a managed one so. If not, by the beginning of the stack's names.
 */
export function operatorPolicy(scope: PolicyScope, kind: PolicyKind): PolicyDocument {
  const exact = documentOf(scope, kind, exactNames(scope));
  return policySize(exact) <= QUOTAS.managedPolicy ? exact : documentOf(scope, kind, patterns(scope));
}

/** Characters of a policy as IAM counts them. */
export function policySize(policy: PolicyDocument): number {
  return JSON.stringify(policy).length;
}

/** Names of the jobs' resources, which can be patterns. */
interface JobResources {
  readonly stateMachines: readonly string[];
  readonly functions: readonly string[];
  /** Functions that events are sent to: the jobs' and those of the config. */
  readonly receivers: readonly string[];
  readonly logGroups: readonly string[];
}

function exactNames({ jobs, functions: own }: PolicyScope): JobResources {
  const all = [...jobs.values()];
  return {
    stateMachines: all.map((job) => job.stateMachineName),
    functions: all.map((job) => job.triggerFunctionName),
    receivers: [...all.map((job) => job.triggerFunctionName), ...[...own.values()].map((each) => each.functionName)],
    logGroups: all.flatMap(({ logGroupName }) => logGroupName ?? []),
  };
}

/** A pattern for the names that the stack gives, and the names that overrides give, which can be anything. */
function patterns(scope: PolicyScope): JobResources {
  const { stateMachines, functions, receivers, logGroups } = exactNames(scope);
  const { nameStart } = scope;
  return {
    stateMachines: covered(stateMachines, physicalNameStart(NAME_LIMITS.stateMachine, nameStart)),
    functions: covered(functions, physicalNameStart(NAME_LIMITS.lambdaFunction, nameStart)),
    receivers: covered(receivers, physicalNameStart(NAME_LIMITS.lambdaFunction, nameStart)),
    logGroups: covered(logGroups, `/batch-jobs/${nameStart}/`),
  };
}

function covered(names: readonly string[], start: string): string[] {
  return [`${start}*`, ...names.filter((name) => !name.startsWith(start))];
}

function documentOf(scope: PolicyScope, kind: PolicyKind, jobs: JobResources): PolicyDocument {
  const own = [...reading(scope, jobs), ...(kind === 'steer' ? steering(scope, jobs) : [])];
  const statements = withKeyUse(own, scope.config.encryption?.kmsKeyArn);
  return {
    Version: '2012-10-17',
    Statement: statements
      .filter(({ Resource }) => Resource.length > 0)
      .map(({ Sid, ...statement }) => ({ Sid, Effect: 'Allow', ...statement })),
  };
}

function reading(scope: PolicyScope, jobs: JobResources): Statement[] {
  const { partition, nameStart } = scope;
  const { arn, start, bucket } = namesOf(scope);
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
    // None of these supports resource-level permissions.
    {
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
    },
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
        arn('ecs', `${type}/*${physicalNameStart(NAME_LIMITS.computeEnvironmentPrefix - 1, nameStart)}*`),
      ),
    },
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
    {
      Sid: 'ReadHttpApis',
      Action: ['apigateway:GET'],
      Resource: hasResource(scope, 'http-api-gateway')
        ? ['/apis', '/apis/*'].map((path) => `arn:${partition}:apigateway:${scope.region}::${path}`)
        : [],
    },
  ];
}

function steering(scope: PolicyScope, jobs: JobResources): Statement[] {
  const { arn, bucket } = namesOf(scope);
  return [
    {
      Sid: 'SendEvents',
      Action: ['lambda:InvokeFunction'],
      Resource: jobs.receivers.map((name) => arn('lambda', `function:${name}`)),
    },
    {
      Sid: 'StartRuns',
      Action: ['states:StartExecution'],
      Resource: jobs.stateMachines.map((name) => arn('states', `stateMachine:${name}`)),
    },
    {
      Sid: 'StopRuns',
      Action: ['states:StopExecution'],
      Resource: jobs.stateMachines.map((name) => arn('states', `execution:${name}:*`)),
    },
    // The job of a run that Step Functions did not terminate itself. A job has an ID that no config knows.
    { Sid: 'StopJobs', Action: ['batch:TerminateJob'], Resource: [arn('batch', 'job/*')] },
    { Sid: 'StoreLargeEvents', Action: ['s3:PutObject'], Resource: [`${bucket}/*`] },
    { Sid: 'DeleteUndeliveredEvents', Action: ['sqs:DeleteMessage'], Resource: queues(scope) },
    {
      // The notice of a discarded batch has the position of its records, not the records.
      Sid: 'ReadKinesisRecords',
      Action: ['kinesis:GetRecords', 'kinesis:GetShardIterator'],
      Resource: sources(scope, 'kinesis-stream', 'kinesis', NAME_LIMITS.kinesisStream, 'stream/'),
    },
    {
      Sid: 'ReadTableRecords',
      Action: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      Resource: sources(scope, 'dynamo-db-stream', 'dynamodb', NAME_LIMITS.dynamoDbTable, 'table/', '/stream/*'),
    },
  ];
}

function namesOf({ partition, region, account, nameStart }: PolicyScope) {
  return {
    arn: (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`,
    /** Beginning of the stack's names in a service. */
    start: (limit: number) => physicalNameStart(limit, nameStart),
    /** ARN pattern of the payload bucket. */
    bucket: `arn:${partition}:s3:::${payloadBucketPrefix(nameStart)}*`,
  };
}

/** The stack's queues, and existing queues of the config. */
function queues(scope: PolicyScope): string[] {
  const { arn, start } = namesOf(scope);
  return [arn('sqs', `${start(NAME_LIMITS.sqsQueue)}*`), ...arnsIn(scope.config.resources, 'sqs')];
}

/** Streams of the events of a type: the stack's, and those that the config has by ARN. None if no job has such an event. */
function sources(
  scope: PolicyScope,
  type: string,
  service: string,
  limit: number,
  before: string,
  after = '',
): string[] {
  if (!hasEvent(scope, type)) return [];
  const { arn, start } = namesOf(scope);
  const existing = arnsIn(scope.config.resources, service).map((found) =>
    after === '' || found.includes('/stream/') ? found : `${found}${after}`,
  );
  return [arn(service, `${before}${start(limit)}*${after}`), ...existing];
}

function hasResource({ config }: PolicyScope, type: string): boolean {
  return Object.values(config.resources).some((resource) => resource.type === type);
}

function hasLimits({ jobs }: PolicyScope): boolean {
  return [...jobs.values()].some(({ properties }) => properties.limits !== undefined);
}

function hasEvent({ jobs, functions }: PolicyScope, type: string): boolean {
  return [...jobs.values(), ...functions.values()].some(({ properties }) =>
    properties.events.some((event) => event.type === type),
  );
}

/** The ARNs of a service that a value contains, sorted. */
function arnsIn(value: unknown, service: string): string[] {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part === 'string' && new RegExp(`^arn:[\\w-]+:${service}:`).test(part)) found.add(part);
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(visit);
  };
  visit(value);
  return [...found].sort();
}
