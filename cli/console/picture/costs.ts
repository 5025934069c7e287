import { HOURS_A_MONTH } from '../../../modules/rules/prices';
import type { Block, SynthesizedResource } from './stack-resources';

/** What the prices of {@link RULES} are, without free tiers. */
const PRICE_NOTE = 'List prices of us-east-1 in US dollars, without free tiers. Other regions differ.';

/** What resources of a type cost. They are sums: a VPC has several endpoints. */
type Rule = (blocks: readonly Block[]) => string[];

/** Classes of databases and nodes whose price is known here, in US dollars per month. */
const DATABASE_CLASSES: { readonly [name: string]: number } = { 'db.t4g.micro': 12, 'cache.t4g.micro': 12 };

const RULES: { readonly [type: string]: Rule } = {
  aws_apigatewayv2_api: () => ['The HTTP API costs $1.00 per million requests of up to 512 KB.'],
  aws_cloudformation_stack: () => ['What CloudFormation creates is not known here, and neither is its price.'],
  aws_cloudwatch_dashboard: () => ['The dashboard costs $3 per month. An account has three for free.'],
  aws_cloudwatch_event_bus: () => ['EventBridge charges $1.00 per million custom events of up to 64 KB.'],
  aws_cloudwatch_event_rule: () => [
    'EventBridge charges $1.00 per million custom events, and nothing for those of AWS services.',
  ],
  aws_cloudwatch_log_group: () => ['Logs cost $0.50 per GB written, and $0.03 per GB and month stored.'],
  aws_cloudwatch_metric_alarm: (blocks) => {
    const metrics = blocks.reduce((sum, block) => sum + metricsOf(block), 0);
    const alarms = blocks.length === 1 ? 'The alarm costs' : `The ${blocks.length} alarms cost`;
    return [`${alarms} ${dollars(metrics * 0.1)} per month.`];
  },
  aws_codebuild_project: () => ['CodeBuild charges per minute of a build. Its price is not known here.'],
  aws_cognito_user_pool: () => ['Amazon Cognito charges per active user. Its price is not known here.'],
  aws_db_instance: (blocks) => blocks.flatMap(database),
  aws_dynamodb_table: () => [
    'DynamoDB charges $0.625 per million writes of up to 1 KB, and $0.125 per million reads of up to 4 KB.',
    'Storage costs $0.25 per GB and month, and $0.20 more with point-in-time recovery.',
  ],
  aws_ecr_repository: () => ['Images cost $0.10 per GB and month.'],
  aws_efs_file_system: () => [
    'EFS charges $0.30 per GB and month. With elastic throughput, $0.03 per GB that is read and $0.06 per GB that is written.',
  ],
  aws_eip: ({ length }) => [
    length === 1
      ? hourly('The public address', 0.005)
      : hourly(`The ${length} public addresses`, length * 0.005, 'cost'),
  ],
  aws_elasticache_replication_group: (blocks) => blocks.flatMap(cluster),
  aws_kinesis_firehose_delivery_stream: () => [
    'Forwarded logs cost $0.029 more per GB, each record rounded up to 5 KB.',
  ],
  aws_kinesis_stream: (blocks) => blocks.flatMap(stream),
  aws_kinesis_stream_consumer: () => ['Enhanced fan-out costs $0.015 per consumer, shard and hour.'],
  aws_lambda_function: () => ['Lambda charges $0.20 per million requests, and their duration.'],
  aws_lb: () => [
    hourly('The load balancer', 0.0225),
    'Each of its public addresses costs $0.005 per hour ($4 per month), one in each Availability Zone.',
    'A capacity unit costs $0.008 per hour.',
  ],
  aws_nat_gateway: ({ length }) => [
    length === 1 ? hourly('The NAT gateway', 0.045) : hourly(`The ${length} NAT gateways`, length * 0.045, 'cost'),
    'Traffic through it costs $0.045 per GB, in and out.',
  ],
  aws_s3_bucket: () => ['S3 charges $0.023 per GB and month, $5.00 per million writes and $0.40 per million reads.'],
  aws_scheduler_schedule: () => [
    'EventBridge Scheduler charges $1.00 per million invocations, after the first 14 million in a month.',
  ],
  aws_sfn_state_machine: () => [
    'Step Functions charges $0.025 per 1,000 state transitions. A run that succeeds at once has one.',
  ],
  aws_sns_topic: () => ['SNS charges $0.50 per million messages of up to 64 KB.'],
  aws_sqs_queue: (blocks) =>
    blocks.map(({ fifo_queue }) => `SQS charges ${fifo_queue === true ? '$0.50' : '$0.40'} per million requests.`),
  aws_vpc: () => ['The VPC and its subnets are free. Traffic to the internet costs $0.09 per GB.'],
  aws_vpc_endpoint: (blocks) => {
    const charged = blocks.filter(({ vpc_endpoint_type }) => vpc_endpoint_type === 'Interface');
    const places = charged.reduce(
      (sum, { subnet_ids }) => sum + (Array.isArray(subnet_ids) ? subnet_ids.length : 1),
      0,
    );
    if (places === 0) return ['The endpoint of Amazon S3 is free.'];
    return [
      hourly(`The ${charged.length} endpoints`, places * 0.01, 'cost'),
      'Traffic through them costs $0.01 per GB.',
    ];
  },
};

/** What resources cost, as sentences. Resources without a sentence, such as roles, are free. */
export function costsOf(items: readonly SynthesizedResource[]): string[] {
  const byType = new Map<string, Block[]>();
  for (const { type, block } of items) byType.set(type, [...(byType.get(type) ?? []), block]);
  const sentences = [...byType].flatMap(([type, blocks]) =>
    Object.hasOwn(RULES, type) ? (RULES[type]?.(blocks) ?? []) : [],
  );
  return [...new Set(sentences)];
}

/** The sentences with the note about prices, if they have any. */
export function withPriceNote(sentences: readonly string[]): string[] {
  return sentences.some((sentence) => sentence.includes('$')) ? [...sentences, PRICE_NOTE] : [...sentences];
}

function hourly(what: string, price: number, verb = 'costs'): string {
  return `${what} ${verb} ${dollars(price)} per hour (about $${Math.round(price * HOURS_A_MONTH)} per month), also while no job runs.`;
}

function database({ instance_class, multi_az, allocated_storage, manage_master_user_password }: Block): string[] {
  const factor = multi_az === true ? 2 : 1;
  const storage =
    typeof allocated_storage === 'number' && allocated_storage > 0 ? allocated_storage * 0.115 * factor : undefined;
  return [
    classPrice('The database', String(instance_class), factor),
    storage === undefined
      ? 'Storage costs $0.115 per GB and month.'
      : `Its initial storage costs ${dollars(storage)} per month.`,
    ...(manage_master_user_password === true ? ['The secret with its password costs $0.40 per month.'] : []),
  ];
}

function cluster({ node_type, num_cache_clusters }: Block): string[] {
  const nodes = typeof num_cache_clusters === 'number' && num_cache_clusters > 0 ? num_cache_clusters : 1;
  return [classPrice(nodes === 1 ? 'The node' : `The ${nodes} nodes`, String(node_type), nodes)];
}

function classPrice(what: string, name: string, count: number): string {
  if (name.includes('${')) return `${what} has an hourly price, also while no job runs. It is known at deployment.`;
  const price = Object.hasOwn(DATABASE_CLASSES, name) ? DATABASE_CLASSES[name] : undefined;
  if (price === undefined)
    return `${what} (${name}) has an hourly price, also while no job runs. The price of ${name} is not known here.`;
  return `${what} (${name}) cost${what.endsWith('nodes') ? '' : 's'} about $${price * count} per month, also while no job runs.`;
}

function stream({ stream_mode_details, shard_count }: Block): string[] {
  const { stream_mode } = (stream_mode_details ?? {}) as { readonly stream_mode?: unknown };
  if (stream_mode === 'ON_DEMAND') {
    return [hourly('The stream', 0.04), 'Records cost $0.08 per GB written, and $0.04 per GB read.'];
  }
  const shards = typeof shard_count === 'number' && shard_count > 0 ? shard_count : 1;
  return [hourly(`The stream with ${shards} shard${shards === 1 ? '' : 's'}`, shards * 0.015)];
}

/** An alarm on an expression has the price of each metric in it. */
function metricsOf({ metric_query }: Block): number {
  if (!Array.isArray(metric_query)) return 1;
  return Math.max(
    1,
    metric_query.filter((query) => (query as { readonly metric?: unknown }).metric !== undefined).length,
  );
}

/** `$0.045`, `$14`, `$2.30` */
function dollars(amount: number): string {
  const text = amount >= 1 || Number.isInteger(amount * 100) ? amount.toFixed(2) : String(Number(amount.toFixed(4)));
  return `$${text.replace(/\.00$/, '')}`;
}
