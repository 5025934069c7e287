import { HOURS_A_MONTH } from '../../modules/rules/prices';
import { cacheHour, databaseHour, SERVICE_PRICES } from '../../modules/rules/service-prices';
import type { StandingCost } from '../model/stack-check';

/** The arguments of a resource in Terraform JSON. */
export type Block = { readonly [argument: string]: unknown };

/** A synthesized stack, as far as costs need it. */
export interface CostDocument {
  readonly resource?: { readonly [type: string]: { readonly [id: string]: Block } };
}

/** What resources of a type cost while nothing runs. */
type Rule = (blocks: readonly Block[], document: CostDocument) => StandingCost[];

const P = SERVICE_PRICES;

/** Requests a minute with which Lambda polls an idle queue: five pollers, each waiting for 20 seconds. */
const IDLE_POLLS = 15;

/** What the place keeper of a job's limits uses each minute when nothing waits: one second of 64 MB, and three reads. */
const PLACE_KEEPER = { seconds: 1, gigabytes: 1 / 16, reads: 3 } as const;

/** Types of resources with a price by the hour or the month. */
const RULES: { readonly [type: string]: Rule } = {
  aws_cloudformation_stack: (blocks) => blocks.flatMap(cloudFormation),
  aws_cloudwatch_dashboard: (blocks) => [cost(blocks.length, 'dashboard', blocks.length * P.dashboard.dollars)],
  aws_cloudwatch_event_rule: (blocks) => {
    const keepers = blocks.filter(({ schedule_expression: rate }) => rate === 'rate(1 minute)').length;
    return keepers === 0 ? [] : [cost(keepers, 'place keeper of limits', keepers * placeKeeperMonth())];
  },
  aws_cloudwatch_metric_alarm: (blocks) => {
    const metrics = blocks.reduce((sum, block) => sum + metricsOf(block), 0);
    return [cost(blocks.length, 'alarm', metrics * P.alarmMetric.dollars)];
  },
  aws_db_instance: (blocks) => blocks.flatMap(database),
  aws_dynamodb_table: (blocks) =>
    blocks.flatMap(({ billing_mode: mode }) =>
      mode === 'PAY_PER_REQUEST' ? [] : [unknown('table', 'its provisioned capacity has no price here')],
    ),
  aws_efs_file_system: (blocks) =>
    blocks.flatMap(({ throughput_mode: mode, provisioned_throughput_in_mibps: mibps }) => {
      if (mode !== 'provisioned') return [];
      const what = 'file system with provisioned throughput';
      return [isNumber(mibps) ? cost(1, what, mibps * P.fileThroughput.dollars) : unknown(what, LATER)];
    }),
  aws_eip: (blocks) => [cost(blocks.length, 'public IPv4 address', blocks.length * month(P.address))],
  aws_elasticache_replication_group: (blocks) => blocks.map(cache),
  aws_kinesis_stream: (blocks) => blocks.map(stream),
  aws_kinesis_stream_consumer: (blocks, document) => blocks.flatMap((block) => consumer(block, document)),
  aws_lambda_event_source_mapping: (blocks) => queuePolls(blocks),
  aws_lb: (blocks) => blocks.flatMap(loadBalancer),
  aws_nat_gateway: (blocks) => [cost(blocks.length, 'NAT gateway', blocks.length * month(P.natGateway))],
  aws_secretsmanager_secret: (blocks) => [cost(blocks.length, 'secret', blocks.length * P.secret.dollars)],
  aws_vpc_endpoint: (blocks) => endpoints(blocks),
};

/**
 * Types whose resources cost nothing while nothing runs and nothing is stored: they are free, or have a price for each use, byte or
 * gigabyte. AWS's compute environments are here because their instances are counted separately.
 */
const NO_STANDING_COST: ReadonlySet<string> = new Set(
  [
    'apigatewayv2_api apigatewayv2_authorizer apigatewayv2_integration apigatewayv2_route apigatewayv2_stage',
    'batch_compute_environment batch_job_definition batch_job_queue cloudwatch_event_bus',
    'cloudwatch_event_bus_policy cloudwatch_event_target cloudwatch_log_group cloudwatch_log_stream cloudwatch_log_subscription_filter codebuild_project',
    'cognito_user_pool cognito_user_pool_client cognito_user_pool_domain db_subnet_group dynamodb_resource_policy',
    'ecr_lifecycle_policy ecr_repository efs_access_point efs_backup_policy efs_file_system_policy efs_mount_target',
    'elasticache_subnet_group iam_instance_profile iam_policy iam_role iam_role_policy iam_role_policy_attachment',
    'internet_gateway kinesis_firehose_delivery_stream lambda_function lambda_function_event_invoke_config lambda_invocation main_route_table_association',
    'lambda_function_url lambda_permission launch_template lb_listener lb_listener_certificate lb_listener_rule lb_target_group',
    'lb_target_group_attachment route route_table route_table_association s3_bucket s3_bucket_cors_configuration',
    's3_bucket_lifecycle_configuration s3_bucket_notification',
    's3_bucket_ownership_controls s3_bucket_policy s3_bucket_public_access_block',
    's3_bucket_server_side_encryption_configuration s3_bucket_versioning s3_object scheduler_schedule secretsmanager_secret_version',
    'security_group sfn_state_machine sns_topic sns_topic_policy sns_topic_subscription sqs_queue sqs_queue_policy subnet vpc',
    'vpc_security_group_ingress_rule',
  ].flatMap((types) => types.split(' ').map((type) => `aws_${type}`)),
);

const LATER = 'its size is known at deployment';

/** Whether it is known here what resources of a type cost while nothing runs. */
export function isPricedType(type: string): boolean {
  return !type.startsWith('aws_') || NO_STANDING_COST.has(type) || Object.hasOwn(RULES, type);
}

/** What a stack costs by the month while nothing runs, without instances that are kept running and without what it stores. */
export function standingCosts(document: CostDocument): StandingCost[] {
  return Object.entries(document.resource ?? {}).flatMap(([type, byId]) => {
    const blocks = Object.values(byId);
    if (!isPricedType(type)) return [unknown(type, 'this type of resource has no price here', blocks.length)];
    return Object.hasOwn(RULES, type) ? (RULES[type]?.(blocks, document) ?? []) : [];
  });
}

/** US dollars per month of what has a price by the hour. */
function month({ dollars }: { readonly dollars: number }): number {
  return dollars * HOURS_A_MONTH;
}

function cost(count: number, what: string, monthly: number): StandingCost {
  return { what, count, monthly };
}

function unknown(what: string, why: string, count = 1): StandingCost {
  return { what, count, why };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}

/** What CloudFormation creates is in the template. The custom resources of image builds are in one that is uploaded. */
function cloudFormation({ template_body: body }: Block): StandingCost[] {
  const isFree = body === undefined || createdTypes(body).every((type) => type === 'AWS::Lambda::Permission');
  return isFree ? [] : [unknown('CloudFormation stack', 'what it creates has no price here')];
}

/** Types of the resources in a template. One that cannot be read counts as an unknown type. */
function createdTypes(body: unknown): unknown[] {
  try {
    const { Resources } = JSON.parse(String(body)) as {
      readonly Resources: { readonly [id: string]: { readonly Type?: unknown } };
    };
    return Object.values(Resources).map(({ Type }) => Type);
  } catch {
    return [undefined];
  }
}

/** What the place keeper costs for a job with limits, per month. */
export function placeKeeperMonth(): number {
  const { seconds, gigabytes, reads } = PLACE_KEEPER;
  const each =
    P.expressRun.dollars / 1e6 + seconds * gigabytes * P.expressGbSecond.dollars + (reads * P.tableRead.dollars) / 1e6;
  return each * 60 * HOURS_A_MONTH;
}

/** An alarm on an expression has the price of each metric in it. */
export function metricsOf({ metric_query: queries }: Block): number {
  if (!Array.isArray(queries)) return 1;
  return Math.max(1, queries.filter((query) => (query as Block).metric !== undefined).length);
}

function database(block: Block): StandingCost[] {
  const { engine, instance_class: name, multi_az, allocated_storage: gigabytes, storage_type: kind } = block;
  const zones = multi_az === true ? 2 : 1;
  const hour = databaseHour(String(engine), String(name));
  const what = `database (${text(name)})`;
  return [
    hour === undefined ? unknown(what, whyNot(name)) : cost(1, what, hour * zones * HOURS_A_MONTH),
    isNumber(gigabytes) && kind === 'gp3'
      ? cost(1, `storage of a database, ${gigabytes} GB`, gigabytes * zones * P.databaseGb.dollars)
      : unknown('storage of a database', isNumber(gigabytes) ? `${text(kind)} has no price here` : LATER),
    ...(block.manage_master_user_password === true ? [cost(1, 'secret of a database', P.secret.dollars)] : []),
  ];
}

function cache({ node_type: type, num_cache_clusters: count }: Block): StandingCost {
  const hour = cacheHour(String(type));
  const nodes = isNumber(count) ? count : undefined;
  const what = `Redis node (${text(type)})`;
  if (hour === undefined) return unknown(what, whyNot(type), nodes);
  return nodes === undefined ? unknown(what, LATER) : cost(nodes, what, nodes * hour * HOURS_A_MONTH);
}

/** Shards of a stream, or undefined if it is charged by the hour and by what it carries. */
function shardsOf({ stream_mode_details: details, shard_count: count }: Block): number | undefined {
  const { stream_mode: mode } = (details ?? {}) as Block;
  if (mode === 'ON_DEMAND') return undefined;
  return isNumber(count) ? count : 1;
}

function stream(block: Block): StandingCost {
  const shards = shardsOf(block);
  return shards === undefined
    ? cost(1, 'on-demand stream', month(P.stream))
    : cost(shards, 'shard of a stream', shards * month(P.shard));
}

/** Enhanced fan-out of an on-demand stream is charged by what is read. */
function consumer({ stream_arn: arn }: Block, { resource = {} }: CostDocument): StandingCost[] {
  const [, id = ''] = /aws_kinesis_stream\.([\w-]+)\.arn/.exec(String(arn)) ?? [];
  const source = resource.aws_kinesis_stream?.[id];
  const what = 'consumer of a stream';
  if (source === undefined) return [unknown(what, 'it depends on the mode and the shards of the stream')];
  const shards = shardsOf(source);
  return shards === undefined ? [] : [cost(1, what, shards * month(P.shardConsumer))];
}

function queuePolls(blocks: readonly Block[]): StandingCost[] {
  const polls = blocks
    .map(({ event_source_arn: arn }) => String(arn))
    .filter((arn) => /aws_sqs_queue\.|:sqs:/.test(arn));
  const millions = (IDLE_POLLS * 60 * HOURS_A_MONTH) / 1e6;
  return polls.length === 0
    ? []
    : [cost(polls.length, 'polled SQS queue', polls.length * millions * P.queueRequest.dollars)];
}

function loadBalancer({ subnets, internal }: Block): StandingCost[] {
  const places = zones(subnets);
  const what = 'public IPv4 address of a load balancer';
  return [
    cost(1, 'load balancer', month(P.loadBalancer)),
    ...(internal === true
      ? []
      : [
          places === undefined
            ? unknown(what, 'one in each zone, whose number is known at deployment')
            : cost(places, what, places * month(P.address)),
        ]),
  ];
}

/** How many zones a list of subnets has: one each. Undefined if the list is known only at deployment. */
function zones(subnets: unknown): number | undefined {
  return Array.isArray(subnets) && subnets.length > 0 ? subnets.length : undefined;
}

function endpoints(blocks: readonly Block[]): StandingCost[] {
  const charged = blocks.filter(({ vpc_endpoint_type: type }) => type === 'Interface');
  if (charged.length === 0) return [];
  const places = charged.map(({ subnet_ids: ids }) => zones(ids));
  const what = 'interface endpoint';
  if (places.includes(undefined)) return [unknown(what, 'it depends on the number of zones', charged.length)];
  return [cost(charged.length, what, places.reduce<number>((sum, zones = 0) => sum + zones, 0) * month(P.endpoint))];
}

function whyNot(name: unknown): string {
  return isLater(name) ? 'its class is known at deployment' : 'its class has no price here';
}

function isLater(value: unknown): boolean {
  return typeof value === 'string' && value.includes('${');
}

function text(value: unknown): string {
  return isLater(value) ? 'class known at deployment' : String(value);
}
