import { counted } from '../../../modules/problems/phrases';
import { HOURS_A_MONTH } from '../../../modules/rules/prices';
import {
  cacheHour,
  databaseHour,
  SERVICE_PRICE_LIST,
  SERVICE_PRICES,
  type ServicePrice,
} from '../../../modules/rules/service-prices';
import { metricsOf } from '../../cost/standing-costs';
import type { Block, SynthesizedResource } from './stack-resources';

const P = SERVICE_PRICES;

/** What the prices of {@link RULES} are, without free tiers. */
const PRICE_NOTE = `List prices of ${SERVICE_PRICE_LIST.region} in US dollars, compared with other lists on ${SERVICE_PRICE_LIST.asOf}, without free tiers. Other regions differ.`;

/** A sentence about costs: a text names a price, and the others say that something is free or not known. */
export type Cost = string | { readonly withoutPrice: string };

/** What resources of a type cost. They are sums: a VPC has several endpoints. */
type Rule = (blocks: readonly Block[]) => Cost[];

const RULES: { readonly [type: string]: Rule } = {
  aws_apigatewayv2_api: () => [`The HTTP API costs ${of(P.httpRequest)} per million requests of up to 512 KB.`],
  aws_cloudformation_stack: () => [
    { withoutPrice: 'What CloudFormation creates is not known here, and neither is its price.' },
  ],
  aws_cloudwatch_dashboard: () => [`The dashboard costs ${of(P.dashboard)} per month. An account has three for free.`],
  aws_cloudwatch_event_bus: () => [`EventBridge charges ${of(P.event)} per million custom events of up to 64 KB.`],
  aws_cloudwatch_event_rule: () => [
    `EventBridge charges ${of(P.event)} per million custom events, and nothing for those of AWS services.`,
  ],
  aws_cloudwatch_log_group: () => [
    `Logs cost ${of(P.logsWrittenGb)} per GB written, and ${of(P.logsStoredGb)} per GB and month stored.`,
  ],
  aws_cloudwatch_metric_alarm: (blocks) => {
    const metrics = blocks.reduce((sum, block) => sum + metricsOf(block), 0);
    const alarms = blocks.length === 1 ? 'The alarm costs' : `The ${blocks.length} alarms cost`;
    return [`${alarms} ${dollars(metrics * P.alarmMetric.dollars)} per month.`];
  },
  aws_codebuild_project: () => [`CodeBuild charges ${of(P.codeBuildMinute)} per minute of a build.`],
  aws_cognito_user_pool: () => [
    { withoutPrice: 'Amazon Cognito charges per active user. Its price is not known here.' },
  ],
  aws_db_instance: (blocks) => blocks.flatMap(database),
  aws_dynamodb_table: () => [
    `DynamoDB charges ${of(P.tableWrite)} per million writes of up to 1 KB, and ${of(P.tableRead)} per million reads of up to 4 KB.`,
    `Storage costs ${of(P.tableStoredGb)} per GB and month, and ${of(P.tableRecoveryGb)} more with point-in-time recovery.`,
  ],
  aws_ecr_repository: () => [`Images cost ${of(P.imageGb)} per GB and month.`],
  aws_efs_file_system: () => [
    `EFS charges ${of(P.fileStoredGb)} per GB and month. With elastic throughput, ${of(P.fileReadGb)} per GB that is read and ${of(P.fileWrittenGb)} per GB that is written.`,
  ],
  aws_eip: ({ length }) => [
    length === 1
      ? hourly('The public address', P.address.dollars)
      : hourly(`The ${length} public addresses`, length * P.address.dollars, 'cost'),
  ],
  aws_elasticache_replication_group: (blocks) => blocks.flatMap(cluster),
  aws_kinesis_firehose_delivery_stream: () => [
    `Forwarded logs cost ${of(P.deliveredGb)} more per GB, each record rounded up to 5 KB.`,
  ],
  aws_kinesis_stream: (blocks) => blocks.flatMap(stream),
  aws_kinesis_stream_consumer: () => [`Enhanced fan-out costs ${of(P.shardConsumer)} per consumer, shard and hour.`],
  aws_lambda_function: () => [`Lambda charges ${of(P.lambdaRequest)} per million requests, and their duration.`],
  aws_lb: () => [
    hourly('The load balancer', P.loadBalancer.dollars),
    `Each of its public addresses costs ${of(P.address)} per hour ($${perMonth(P.address.dollars)} per month), one in each Availability Zone.`,
    `A capacity unit costs ${of(P.loadBalancerUnit)} per hour.`,
  ],
  aws_nat_gateway: ({ length }) => [
    length === 1
      ? hourly('The NAT gateway', P.natGateway.dollars)
      : hourly(`The ${length} NAT gateways`, length * P.natGateway.dollars, 'cost'),
    `Traffic through it costs ${of(P.natGatewayGb)} per GB, in and out.`,
  ],
  aws_s3_bucket: () => [
    `S3 charges ${of(P.objectStoredGb)} per GB and month, ${of(P.objectWrite)} per million writes and ${of(P.objectRead)} per million reads.`,
  ],
  aws_scheduler_schedule: () => [
    `EventBridge Scheduler charges ${of(P.scheduled)} per million invocations, after the first 14 million in a month.`,
  ],
  aws_sfn_state_machine: (blocks) =>
    blocks.map(({ type }) =>
      type === 'EXPRESS'
        ? `Step Functions charges ${of(P.expressRun)} per million express workflows, and their duration.`
        : `Step Functions charges ${dollars(P.stateTransition.dollars / 1000)} per 1,000 state transitions.`,
    ),
  aws_sns_topic: () => [`SNS charges ${of(P.message)} per million messages of up to 64 KB.`],
  aws_sqs_queue: (blocks) =>
    blocks.map(
      ({ fifo_queue }) =>
        `SQS charges ${of(fifo_queue === true ? P.fifoQueueRequest : P.queueRequest)} per million requests.`,
    ),
  aws_vpc: () => [`The VPC and its subnets are free. Traffic to the internet costs ${of(P.internetGb)} per GB.`],
  aws_vpc_endpoint: (blocks) => {
    const charged = blocks.filter(({ vpc_endpoint_type }) => vpc_endpoint_type === 'Interface');
    const places = charged.reduce(
      (sum, { subnet_ids }) => sum + (Array.isArray(subnet_ids) ? subnet_ids.length : 1),
      0,
    );
    const gateways = blocks.length - charged.length;
    const free =
      gateways === 1
        ? 'The endpoint of Amazon S3 is free.'
        : 'The endpoints of Amazon S3 and Amazon DynamoDB are free.';
    if (places === 0) return [{ withoutPrice: free }];
    return [
      charged.length === 1
        ? hourly('The endpoint of AWS Secrets Manager', places * P.endpoint.dollars)
        : hourly(`The ${charged.length} endpoints`, places * P.endpoint.dollars, 'cost'),
      `Traffic through ${charged.length === 1 ? 'it' : 'them'} costs ${of(P.endpointGb)} per GB.`,
    ];
  },
};

/** What resources cost, as sentences. Resources without a sentence, such as roles, are free. */
export function costsOf(items: readonly SynthesizedResource[]): Cost[] {
  const byType = new Map<string, Block[]>();
  for (const { type, block } of items) byType.set(type, [...(byType.get(type) ?? []), block]);
  const costs = [...byType].flatMap(([type, blocks]) =>
    Object.hasOwn(RULES, type) ? (RULES[type]?.(blocks) ?? []) : [],
  );
  return [...new Map(costs.map((cost) => [textOf(cost), cost])).values()];
}

/** The sentences, with the note about prices if one names a price. */
export function withPriceNote(costs: readonly Cost[]): string[] {
  const texts = costs.map(textOf);
  return costs.some((cost) => typeof cost === 'string') ? [...texts, PRICE_NOTE] : texts;
}

function textOf(cost: Cost): string {
  return typeof cost === 'string' ? cost : cost.withoutPrice;
}

function hourly(what: string, price: number, verb = 'costs'): string {
  return `${what} ${verb} ${dollars(price)} per hour (about $${perMonth(price)} per month), also while no job runs.`;
}

function database(block: Block): Cost[] {
  const { engine, instance_class: name, multi_az, allocated_storage, manage_master_user_password } = block;
  const factor = multi_az === true ? 2 : 1;
  const storage =
    typeof allocated_storage === 'number' && allocated_storage > 0
      ? allocated_storage * P.databaseGb.dollars * factor
      : undefined;
  return [
    classPrice('The database', String(name), databaseHour(String(engine), String(name)), factor),
    storage === undefined
      ? `Storage costs ${of(P.databaseGb)} per GB and month.`
      : `Its initial storage costs ${dollars(storage)} per month.`,
    ...(manage_master_user_password === true ? [`The secret with its password costs ${of(P.secret)} per month.`] : []),
  ];
}

function cluster({ node_type, num_cache_clusters }: Block): Cost[] {
  const nodes = typeof num_cache_clusters === 'number' && num_cache_clusters > 0 ? num_cache_clusters : 1;
  const name = String(node_type);
  const [what, cost] = nodes === 1 ? ['The node', 'costs'] : [`The ${nodes} nodes`, 'cost'];
  return [classPrice(what, name, cacheHour(name), nodes, cost)];
}

function classPrice(what: string, name: string, hour: number | undefined, count: number, cost = 'costs'): Cost {
  if (name.includes('${')) {
    return { withoutPrice: `${what} has an hourly price, also while no job runs. It is known at deployment.` };
  }
  if (hour === undefined) {
    const unknown = `The price of ${name} is not known here.`;
    return { withoutPrice: `${what} (${name}) has an hourly price, also while no job runs. ${unknown}` };
  }
  return `${what} (${name}) ${cost} about $${perMonth(hour * count)} per month, also while no job runs.`;
}

function stream({ stream_mode_details, shard_count }: Block): string[] {
  const { stream_mode } = (stream_mode_details ?? {}) as { readonly stream_mode?: unknown };
  if (stream_mode === 'ON_DEMAND') {
    return [
      hourly('The stream', P.stream.dollars),
      `Records cost ${of(P.streamWrittenGb)} per GB written, and ${of(P.streamReadGb)} per GB read.`,
    ];
  }
  const shards = typeof shard_count === 'number' && shard_count > 0 ? shard_count : 1;
  return [hourly(`The stream with ${counted(shards, 'shard')}`, shards * P.shard.dollars)];
}

function perMonth(hour: number): number {
  return Math.round(hour * HOURS_A_MONTH);
}

/** Prices of a million of something are written with cents. */
function of({ dollars: amount, per }: ServicePrice): string {
  return per.startsWith('million') && Number.isInteger(amount) ? `$${amount.toFixed(2)}` : dollars(amount);
}

/** `$0.045`, `$14`, `$2.30` */
function dollars(amount: number): string {
  const text = amount >= 1 || Number.isInteger(amount * 100) ? amount.toFixed(2) : String(Number(amount.toFixed(4)));
  return `$${text.replace(/\.00$/, '')}`;
}
