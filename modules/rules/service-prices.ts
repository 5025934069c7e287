/** A list price of AWS, in US dollars. */
export interface ServicePrice {
  readonly dollars: number;
  /** What it is the price of: `hour`, `GB and month`. */
  readonly per: string;
  /** AWS's page with it. */
  readonly page: string;
}

/**
 * Where {@link SERVICE_PRICES} apply, and the day when they were entered: from figures that the documentation had before, not from AWS's
 * pages of that day. A comparison with all pages sets another day.
 */
export const SERVICE_PRICE_LIST = { region: 'us-east-1', asOf: '2026-11-27' } as const;

const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const EBS = 'https://aws.amazon.com/ebs/pricing/';
const EC2 = 'https://aws.amazon.com/ec2/pricing/on-demand/';
const EFS = 'https://aws.amazon.com/efs/pricing/';
const ELASTICACHE = 'https://aws.amazon.com/elasticache/pricing/';
const ELB = 'https://aws.amazon.com/elasticloadbalancing/pricing/';
const EVENTBRIDGE = 'https://aws.amazon.com/eventbridge/pricing/';
const KINESIS = 'https://aws.amazon.com/kinesis/data-streams/pricing/';
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const PRIVATELINK = 'https://aws.amazon.com/privatelink/pricing/';
const RDS_MYSQL = 'https://aws.amazon.com/rds/mysql/pricing/';
const RDS_POSTGRES = 'https://aws.amazon.com/rds/postgresql/pricing/';
const S3 = 'https://aws.amazon.com/s3/pricing/';
const SECRETS = 'https://aws.amazon.com/secrets-manager/pricing/';
const SQS = 'https://aws.amazon.com/sqs/pricing/';
const STEP_FUNCTIONS = 'https://aws.amazon.com/step-functions/pricing/';
const VPC = 'https://aws.amazon.com/vpc/pricing/';

/**
 * Every price of AWS that this project names, except those of EC2 instances: list prices without free tiers. Commands, the console and the
 * documentation take them from here. A price that is not here is unknown, and not 0.
 */
export const SERVICE_PRICES = {
  alarmMetric: price(0.1, 'month, for each metric of an alarm', CLOUDWATCH),
  customMetric: price(0.3, 'month, for each custom metric', CLOUDWATCH),
  dashboard: price(3, 'month, after three dashboards', CLOUDWATCH),
  logsQueryGb: price(0.005, 'GB that a query scans', CLOUDWATCH),
  logsStoredGb: price(0.03, 'GB and month', CLOUDWATCH),
  logsWrittenGb: price(0.5, 'GB written', CLOUDWATCH),
  codeBuildMinute: price(0.01, 'minute of a build (x86_64, 4 vCPUs)', 'https://aws.amazon.com/codebuild/pricing/'),
  tableRead: price(0.125, 'million reads of up to 4 KB', DYNAMODB),
  tableRecoveryGb: price(0.2, 'GB and month, for point-in-time recovery', DYNAMODB),
  tableStoredGb: price(0.25, 'GB and month', DYNAMODB),
  tableWrite: price(0.625, 'million writes of up to 1 KB', DYNAMODB),
  volumeGb: price(0.08, 'GB and month (gp3)', EBS),
  volumeIops: price(0.005, 'month, for each IOPS above 3,000 (gp3)', EBS),
  volumeThroughput: price(0.04, 'month, for each MiB/s above 125 (gp3)', EBS),
  internetGb: price(0.09, 'GB to the internet', EC2),
  zonesGb: price(0.01, 'GB between zones, in each direction', EC2),
  imageGb: price(0.1, 'GB and month', 'https://aws.amazon.com/ecr/pricing/'),
  fileBackupGb: price(0.05, 'GB and month of a backup', 'https://aws.amazon.com/backup/pricing/'),
  fileInfrequentGb: price(0.025, 'GB and month in Infrequent Access', EFS),
  fileReadGb: price(0.03, 'GB read (elastic throughput)', EFS),
  fileStoredGb: price(0.3, 'GB and month', EFS),
  fileThroughput: price(6, 'month, for each MB/s of provisioned throughput', EFS),
  fileWrittenGb: price(0.06, 'GB written (elastic throughput)', EFS),
  cacheMicro: price(0.016, 'hour of a cache.t4g.micro node', ELASTICACHE),
  cacheSmall: price(0.032, 'hour of a cache.t4g.small node', ELASTICACHE),
  cacheMedium: price(0.065, 'hour of a cache.t4g.medium node', ELASTICACHE),
  cacheBackupGb: price(0.085, 'GB and month of a snapshot', ELASTICACHE),
  loadBalancer: price(0.0225, 'hour of an Application Load Balancer', ELB),
  loadBalancerUnit: price(0.008, 'capacity unit and hour', ELB),
  event: price(1, 'million custom events of up to 64 KB', EVENTBRIDGE),
  scheduled: price(1, 'million invocations of Scheduler, after 14 million in a month', EVENTBRIDGE),
  deliveredGb: price(0.029, 'GB ingested', 'https://aws.amazon.com/firehose/pricing/'),
  httpRequest: price(1, 'million requests of up to 512 KB', 'https://aws.amazon.com/api-gateway/pricing/'),
  shard: price(0.015, 'shard and hour', KINESIS),
  shardConsumer: price(0.015, 'consumer, shard and hour (enhanced fan-out)', KINESIS),
  shardWrite: price(0.014, 'million units of 25 KB written', KINESIS),
  stream: price(0.04, 'hour of an on-demand stream', KINESIS),
  streamFanOutGb: price(0.05, 'GB read with enhanced fan-out', KINESIS),
  streamReadGb: price(0.04, 'GB read', KINESIS),
  streamWrittenGb: price(0.08, 'GB written', KINESIS),
  lambdaGbSecond: price(0.0000133334, 'GB and second (arm64)', LAMBDA),
  lambdaRequest: price(0.2, 'million requests', LAMBDA),
  endpoint: price(0.01, 'hour of an interface endpoint in a zone', PRIVATELINK),
  endpointGb: price(0.01, 'GB through an interface endpoint', PRIVATELINK),
  databaseMicroMysql: price(0.016, 'hour of a db.t4g.micro', RDS_MYSQL),
  databaseSmallMysql: price(0.032, 'hour of a db.t4g.small', RDS_MYSQL),
  databaseMediumMysql: price(0.065, 'hour of a db.t4g.medium', RDS_MYSQL),
  databaseMicroPostgres: price(0.016, 'hour of a db.t4g.micro', RDS_POSTGRES),
  databaseSmallPostgres: price(0.032, 'hour of a db.t4g.small', RDS_POSTGRES),
  databaseMediumPostgres: price(0.065, 'hour of a db.t4g.medium', RDS_POSTGRES),
  databaseGb: price(0.115, 'GB and month (gp3)', RDS_POSTGRES),
  objectRead: price(0.4, 'million reads', S3),
  objectStoredGb: price(0.023, 'GB and month', S3),
  objectWrite: price(5, 'million writes', S3),
  secret: price(0.4, 'secret and month', SECRETS),
  secretRead: price(5, 'million reads', SECRETS),
  message: price(0.5, 'million messages of up to 64 KB', 'https://aws.amazon.com/sns/pricing/'),
  fifoQueueRequest: price(0.5, 'million requests to a FIFO queue', SQS),
  queueRequest: price(0.4, 'million requests', SQS),
  expressGbSecond: price(0.00001667, 'GB and second of an express workflow', STEP_FUNCTIONS),
  expressRun: price(1, 'million express workflows', STEP_FUNCTIONS),
  stateTransition: price(25, 'million state transitions', STEP_FUNCTIONS),
  address: price(0.005, 'hour of a public IPv4 address', VPC),
  natGateway: price(0.045, 'hour of a NAT gateway', VPC),
  natGatewayGb: price(0.045, 'GB through a NAT gateway', VPC),
} as const;

/** US dollars per hour by what `instance_class` of a database says, for each engine. */
const DATABASES = {
  mysql: {
    'db.t4g.micro': SERVICE_PRICES.databaseMicroMysql,
    'db.t4g.small': SERVICE_PRICES.databaseSmallMysql,
    'db.t4g.medium': SERVICE_PRICES.databaseMediumMysql,
  },
  postgres: {
    'db.t4g.micro': SERVICE_PRICES.databaseMicroPostgres,
    'db.t4g.small': SERVICE_PRICES.databaseSmallPostgres,
    'db.t4g.medium': SERVICE_PRICES.databaseMediumPostgres,
  },
} as const;

const CACHES = {
  'cache.t4g.micro': SERVICE_PRICES.cacheMicro,
  'cache.t4g.small': SERVICE_PRICES.cacheSmall,
  'cache.t4g.medium': SERVICE_PRICES.cacheMedium,
} as const;

/** US dollars per hour of a database in one zone. Undefined if the class or the engine is not in the table. */
export function databaseHour(engine: string, instanceClass: string): number | undefined {
  return own(own(DATABASES, engine) ?? {}, instanceClass)?.dollars;
}

/** US dollars per hour of a node. Undefined if the type is not in the table. */
export function cacheHour(nodeType: string): number | undefined {
  return own(CACHES, nodeType)?.dollars;
}

function own<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function price(dollars: number, per: string, page: string): ServicePrice {
  return { dollars, per, page };
}
