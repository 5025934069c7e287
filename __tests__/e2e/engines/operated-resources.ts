import {
  type BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  RegisterJobDefinitionCommand,
  type RegisterJobDefinitionCommandInput,
} from '@aws-sdk/client-batch';
import type { AwsApi } from './aws-api';
import type { AppliedResource } from './terraform';

type Values = Readonly<Record<string, unknown>>;
/** What a mocked apply says, and what is really there. */
type Names = Readonly<Record<string, string>>;

const ROLE_ARN = 'arn:aws:iam::123456789012:role/emulated';

/** Where a stack is placed. */
export interface Place {
  readonly api: AwsApi;
  readonly batch: BatchClient;
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
}

/**
 * Makes the resources of a mocked apply in moto, under their physical names, each with the names and ARNs of those that it refers to.
 *
 * @returns the resources with real ARNs and names, those too that moto is not asked to make
 */
export async function placeResources(
  resources: readonly AppliedResource[],
  place: Place,
): Promise<readonly AppliedResource[]> {
  const names = new Map<string, string>();
  const real = <T>(value: T): T => {
    let text = JSON.stringify(value);
    const longestFirst = [...names].sort(([one], [other]) => other.length - one.length);
    for (const [mocked, placed] of longestFirst) text = text.replaceAll(mocked, placed);
    return JSON.parse(text) as T;
  };
  for (const { type, values } of resources) {
    for (const [mocked, placed] of Object.entries(namesOf(type, values, place))) names.set(mocked, placed);
  }
  for (const [type, make] of Object.entries(MAKERS)) {
    for (const resource of resources.filter((one) => one.type === type && one.mode === 'managed')) {
      const made = (await make(real(resource.values), place)) ?? {};
      for (const [attribute, placed] of Object.entries(made)) names.set(text(resource.values[attribute]), placed);
    }
  }
  return resources.map((resource) => ({ ...resource, values: real(resource.values) }));
}

/** The ARNs and names that follow from a resource's physical name. */
function namesOf(type: string, values: Values, { region, account }: Place): Names {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  const name = text(values.name);
  switch (type) {
    case 'aws_s3_bucket': {
      // Terraform appends a date to a prefix.
      const bucket = values.bucket_prefix === null ? text(values.bucket) : `${values.bucket_prefix}20261126`;
      return { [text(values.arn)]: `arn:aws:s3:::${bucket}`, [text(values.bucket)]: bucket, [text(values.id)]: bucket };
    }
    case 'aws_batch_compute_environment': {
      const full = `${values.compute_environment_name_prefix}20261126`;
      return {
        [text(values.arn)]: arn('batch', `compute-environment/${full}`),
        [text(values.compute_environment_name)]: full,
      };
    }
    case 'aws_batch_job_queue':
      return { [text(values.arn)]: arn('batch', `job-queue/${name}`) };
    case 'aws_batch_job_definition':
      return {
        [text(values.arn)]: arn('batch', `job-definition/${name}:1`),
        [text(values.arn_prefix)]: arn('batch', `job-definition/${name}`),
      };
    case 'aws_sfn_state_machine':
      return { [text(values.arn)]: arn('states', `stateMachine:${name}`) };
    case 'aws_lambda_function':
      return { [text(values.arn)]: arn('lambda', `function:${values.function_name}`) };
    case 'aws_sqs_queue':
      return { [text(values.arn)]: arn('sqs', name) };
    case 'aws_sns_topic':
      return { [text(values.arn)]: arn('sns', name) };
    case 'aws_kinesis_stream':
      return { [text(values.arn)]: arn('kinesis', `stream/${name}`) };
    case 'aws_dynamodb_table':
      return { [text(values.arn)]: arn('dynamodb', `table/${name}`) };
    case 'aws_cloudwatch_event_bus':
      return { [text(values.arn)]: arn('events', `event-bus/${name}`) };
    case 'aws_cloudwatch_event_rule': {
      const bus = values.event_bus_name ?? 'default';
      return { [text(values.arn)]: arn('events', `rule/${bus === 'default' ? '' : `${bus}/`}${name}`) };
    }
    case 'aws_cloudwatch_log_group':
      return { [text(values.arn)]: arn('logs', `log-group:${name}`) };
    case 'aws_iam_role':
      return { [text(values.arn)]: `arn:aws:iam::${account}:role/${name}` };
    default:
      return {};
  }
}

/** How resources of each type are made, in this order; the answer has what only its making tells, by attribute. */
const MAKERS: { readonly [type: string]: (values: Values, place: Place) => Promise<Names | undefined> } = {
  aws_s3_bucket: async ({ bucket }, { endpoint }) => {
    const answer = await fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
    if (!answer.ok) throw new Error(`the bucket ${bucket}: ${answer.status} ${await answer.text()}`);
    return undefined;
  },
  aws_sqs_queue: async ({ name, message_retention_seconds: retention, fifo_queue: fifo }, { api }) => {
    const Attributes = {
      MessageRetentionPeriod: String(retention ?? 345_600),
      ...(fifo === true && { FifoQueue: 'true' }),
    };
    const { QueueUrl } = await api.json<{ QueueUrl: string }>('sqs', 'AmazonSQS.CreateQueue', {
      QueueName: name,
      Attributes,
    });
    return { url: QueueUrl, id: QueueUrl };
  },
  aws_sns_topic: async ({ name }, { api }) => {
    await api.query('sns', { Action: 'CreateTopic', Version: '2010-03-31', Name: text(name) });
    return undefined;
  },
  aws_kinesis_stream: async ({ name, shard_count }, { api }) => {
    await api.json('kinesis', 'Kinesis_20131202.CreateStream', { StreamName: name, ShardCount: shard_count || 1 });
    return undefined;
  },
  aws_dynamodb_table: async (values, { api }) => {
    const keys = [values.hash_key, values.range_key].filter((key) => typeof key === 'string');
    const attributes = values.attribute as { name: string; type: string }[];
    const indexes = ((values.local_secondary_index ?? []) as Values[]).map(({ name, range_key: range }) => ({
      IndexName: name,
      KeySchema: [keys[0], range].map((key, index) => ({
        AttributeName: key,
        KeyType: index === 0 ? 'HASH' : 'RANGE',
      })),
      Projection: { ProjectionType: 'ALL' },
    }));
    const inKeys = new Set([...keys, ...indexes.flatMap(({ KeySchema }) => KeySchema.map((key) => key.AttributeName))]);
    const { TableDescription: table } = await api.json<{ TableDescription: { LatestStreamArn?: string } }>(
      'dynamodb',
      'DynamoDB_20120810.CreateTable',
      {
        TableName: values.name,
        KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
        AttributeDefinitions: attributes
          .filter(({ name }) => inKeys.has(name))
          .map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
        BillingMode: 'PAY_PER_REQUEST',
        ...(indexes.length > 0 && { LocalSecondaryIndexes: indexes }),
        ...(values.stream_enabled === true && {
          StreamSpecification: { StreamEnabled: true, StreamViewType: values.stream_view_type },
        }),
      },
    );
    return table.LatestStreamArn === undefined ? undefined : { stream_arn: table.LatestStreamArn };
  },
  aws_cloudwatch_event_bus: async ({ name }, { api }) => {
    await api.json('events', 'AWSEvents.CreateEventBus', { Name: name });
    return undefined;
  },
  aws_cloudwatch_log_group: async ({ name }, { api }) => {
    await api.json('logs', 'Logs_20140328.CreateLogGroup', { logGroupName: name });
    return undefined;
  },
  aws_batch_compute_environment: async (values, { batch, endpoint, region }) => {
    // moto starts instances for a managed environment, in subnets that are there: it is made as another one, and described as it is.
    const made = new CreateComputeEnvironmentCommand({
      computeEnvironmentName: text(values.compute_environment_name),
      type: 'UNMANAGED',
      state: 'ENABLED',
      serviceRole: ROLE_ARN,
    });
    const { computeEnvironmentArn: arn } = await batch.send(made);
    const [resources = {}] = values.compute_resources as Values[];
    const computeResources = {
      type: resources.type,
      allocationStrategy: resources.allocation_strategy,
      minvCpus: resources.min_vcpus,
      maxvCpus: resources.max_vcpus,
      desiredvCpus: 0,
      instanceTypes: resources.instance_type,
      subnets: resources.subnets,
      securityGroupIds: resources.security_group_ids,
      instanceRole: resources.instance_role,
    };
    const told = {
      state: values.state ?? 'ENABLED',
      type: 'MANAGED',
      status: 'VALID',
      statusReason: 'ComputeEnvironment Healthy',
      computeResources,
    };
    await order(endpoint, region, { do: 'describe', arn, values: told });
    return undefined;
  },
  aws_batch_job_queue: async (values, { batch, endpoint, region }) => {
    const environments = values.compute_environment_order as { compute_environment: string; order: number }[];
    const { jobQueueArn: arn } = await batch.send(
      new CreateJobQueueCommand({
        jobQueueName: text(values.name),
        state: 'ENABLED',
        priority: Number(values.priority),
        computeEnvironmentOrder: environments.map((one) => ({
          order: one.order,
          computeEnvironment: one.compute_environment,
        })),
      }),
    );
    const limits = (values.job_state_time_limit_action ?? []) as Values[];
    const jobStateTimeLimitActions = limits.map(({ action, max_time_seconds: maxTimeSeconds, reason, state }) => ({
      action,
      maxTimeSeconds,
      reason,
      state,
    }));
    const told = { statusReason: 'JobQueue Healthy', jobStateTimeLimitActions };
    await order(endpoint, region, { do: 'describe', arn, values: told });
    return undefined;
  },
  aws_batch_job_definition: async (values, { batch }) => {
    await batch.send(new RegisterJobDefinitionCommand(jobDefinition(values)));
    return undefined;
  },
  aws_sfn_state_machine: async ({ name, definition }, { api }) => {
    await api.json('states', 'AWSStepFunctions.CreateStateMachine', { name, definition, roleArn: ROLE_ARN });
    return undefined;
  },
  aws_apigatewayv2_api: async ({ name }, { endpoint, region }) => {
    const signed = `AWS4-HMAC-SHA256 Credential=emulated/20260101/${region}/apigateway/aws4_request, SignedHeaders=host, Signature=0`;
    const answer = await fetch(`${endpoint}/v2/apis`, {
      method: 'POST',
      headers: { authorization: signed, 'content-type': 'application/json' },
      body: JSON.stringify({ name, protocolType: 'HTTP' }),
    });
    const { apiId, apiEndpoint } = (await answer.json()) as { apiId: string; apiEndpoint: string };
    return { id: apiId, api_endpoint: apiEndpoint };
  },
  aws_scheduler_schedule: async (values, { endpoint, region }) => {
    const signed = `AWS4-HMAC-SHA256 Credential=emulated/20260101/${region}/scheduler/aws4_request, SignedHeaders=host, Signature=0`;
    const [window] = values.flexible_time_window as { mode: string; maximum_window_in_minutes: number | null }[];
    const [target] = values.target as { arn: string; role_arn: string; input: string }[];
    const seconds = (date: unknown) => (typeof date === 'string' ? Date.parse(date) / 1000 : undefined);
    const answer = await fetch(`${endpoint}/schedules/${values.name}`, {
      method: 'POST',
      headers: { authorization: signed, 'content-type': 'application/json' },
      body: JSON.stringify({
        ScheduleExpression: values.schedule_expression,
        ScheduleExpressionTimezone: values.schedule_expression_timezone ?? undefined,
        StartDate: seconds(values.start_date),
        EndDate: seconds(values.end_date),
        FlexibleTimeWindow: {
          Mode: window?.mode,
          MaximumWindowInMinutes: window?.maximum_window_in_minutes ?? undefined,
        },
        State: 'ENABLED',
        Target: { Arn: target?.arn, RoleArn: target?.role_arn, Input: target?.input },
      }),
    });
    if (!answer.ok) throw new Error(`the schedule ${values.name}: ${answer.status} ${await answer.text()}`);
    return undefined;
  },
  aws_cloudwatch_event_rule: async (values, { api }) => {
    await api.json('events', 'AWSEvents.PutRule', {
      Name: values.name,
      EventBusName: values.event_bus_name ?? undefined,
      EventPattern: values.event_pattern ?? undefined,
      ScheduleExpression: values.schedule_expression ?? undefined,
      State: values.state ?? 'ENABLED',
    });
    return undefined;
  },
  aws_cloudwatch_event_target: async (values, { api }) => {
    const [transformer] = (values.input_transformer ?? []) as { input_paths?: object; input_template: string }[];
    await api.json('events', 'AWSEvents.PutTargets', {
      Rule: values.rule,
      EventBusName: values.event_bus_name ?? undefined,
      Targets: [
        {
          Id: values.target_id,
          Arn: values.arn,
          Input: values.input ?? undefined,
          InputPath: values.input_path ?? undefined,
          InputTransformer: transformer && {
            InputPathsMap: transformer.input_paths,
            InputTemplate: transformer.input_template,
          },
        },
      ],
    });
    return undefined;
  },
};

function jobDefinition(values: Values): RegisterJobDefinitionCommandInput {
  const [strategy] = (values.retry_strategy ?? []) as {
    attempts: number;
    evaluate_on_exit: Record<string, string>[];
  }[];
  const [timeout] = (values.timeout ?? []) as { attempt_duration_seconds: number }[];
  return {
    jobDefinitionName: text(values.name),
    type: 'container',
    containerProperties: JSON.parse(text(values.container_properties)),
    platformCapabilities: ['EC2'],
    propagateTags: values.propagate_tags === true,
    retryStrategy: strategy && {
      attempts: strategy.attempts,
      evaluateOnExit: strategy.evaluate_on_exit.map((rule) => ({
        action: rule.action as 'RETRY' | 'EXIT',
        onStatusReason: rule.on_status_reason || undefined,
        onReason: rule.on_reason || undefined,
        onExitCode: rule.on_exit_code || undefined,
      })),
    },
    timeout: timeout && { attemptDurationSeconds: timeout.attempt_duration_seconds },
  };
}

/** Tells `moto_operated.py` something. */
export async function order(endpoint: string, region: string, what: { readonly do: string } & Values): Promise<void> {
  const answer = await fetch(`${endpoint}/operated`, { method: 'POST', body: JSON.stringify({ region, ...what }) });
  if (!answer.ok) throw new Error(`${what.do}: ${answer.status} ${await answer.text()}`);
}

function text(value: unknown): string {
  return String(value);
}
