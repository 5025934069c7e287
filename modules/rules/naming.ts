import { createHash } from 'node:crypto';
import { Token } from 'cdktf';
import { foundValue, UNKNOWN_VALUE } from '../problems/found';
import type { Finding } from '../problems/problem';

/** Maximum length of a bucket's name, in characters: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const BUCKET_NAME_MAX_LENGTH = 63;

/**
 * Maximum length of a physical name in each AWS service, in characters.
 * A longer name is shortened and ends with a hash of the full name, so that it stays unique and the same at each synthesis.
 */
export const NAME_LIMITS = {
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  iamRole: 64,
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  instanceProfile: 128,
  /** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
  lambdaFunction: 64,
  /** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
  stateMachine: 80,
  /** https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html */
  jobDefinition: 128,
  /** https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateJobQueue.html */
  jobQueue: 128,
  /** 128 minus the 26 characters that the Terraform provider appends to a name prefix. */
  computeEnvironmentPrefix: 102,
  /** 125, the provider's own maximum, minus the 26 characters that it appends to a name prefix. */
  launchTemplatePrefix: 99,
  /** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
  eventRule: 64,
  /** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
  schedule: 64,
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
  sqsQueue: 80,
  /** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
  snsTopic: 256,
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
  alarm: 255,
  /** 255, the maximum of CloudWatch, minus a hyphen and the longest code of a region. */
  dashboard: 230,
  /** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html */
  kinesisStream: 128,
  /** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html */
  kinesisConsumer: 128,
  /** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
  dynamoDbTable: 255,
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
  loadBalancer: 32,
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
  targetGroup: 32,
  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
  logGroup: 512,
  /** The maximum minus the 26 characters that the Terraform provider appends to a name prefix. */
  bucketPrefix: BUCKET_NAME_MAX_LENGTH - 26,
  /** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
  eventBus: 256,
  /** S3 documents no maximum for the ID of a notification rule. 255 is the maximum for its lifecycle rules. */
  bucketNotificationRule: 255,
  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html */
  subscriptionFilter: 512,
  /** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
  httpApi: 128,
  /** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
  httpApiAuthorizer: 128,
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html */
  userPool: 128,
  /** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
  ecrRepository: 256,
  /** https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html */
  codebuildProject: 150,
  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
  cloudformationStack: 128,
  /** https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html */
  deliveryStream: 64,
  /** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
  dbInstance: 63,
  /** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
  replicationGroup: 40,
  /** 255 minus the 26 characters that the Terraform provider appends to a name prefix. */
  securityGroupPrefix: 229,
  /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
  secret: 512,
} as const;

const HASH_LENGTH = 8;

/** First characters of a string's SHA-256, in hexadecimal: short, stable, and the same on every machine. */
export function shortHash(text: string, length = HASH_LENGTH): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/**
 * `stack-part-part`, at most `limit` characters. A longer name keeps its beginning, and its last 9 characters are `-` and a hash of the
 * full name. Equal parts give equal names, and different parts give different ones.
 */
export function physicalName(limit: number, ...parts: string[]): string {
  const whole = parts.join('-');
  if (whole.length <= limit) return whole;
  return `${whole.slice(0, limit - HASH_LENGTH - 1).replace(/-+$/, '')}-${shortHash(whole)}`;
}

/** The prefix of every {@link physicalName} with the same limit whose parts begin with these. The next part begins with a letter. */
export function physicalNameStart(limit: number, ...parts: string[]): string {
  const start = `${parts.join('-')}-`;
  const kept = limit - HASH_LENGTH - 1;
  return start.length < kept ? start : start.slice(0, kept).replace(/-+$/, '');
}

/**
 * {@link physicalName} with a hyphen at its end, at most `limit` characters in total. The Terraform provider appends a number, so that a
 * replacement can exist next to the resource that it replaces.
 */
export function physicalNamePrefix(limit: number, ...parts: string[]): string {
  return `${physicalName(limit - 1, ...parts)}-`;
}

/** {@link physicalNamePrefix} of a bucket, whose name has fewer characters to choose from. */
export function bucketPrefix(...parts: string[]): string {
  return bucketText(physicalNamePrefix(NAME_LIMITS.bucketPrefix, ...parts));
}

/** A name in the characters that bucket names can have. */
export function bucketText(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9-]/g, '-');
}

/** Characters reserved for a region's code in a name. The longest codes, such as `ap-southeast-1`, have 14. */
const REGION_LENGTH = 16;

/**
 * {@link physicalName} with the region at its end, for global resources of an account, such as IAM roles. The region can be a token: the
 * name reserves room for it, and the rest of the name doesn't depend on it.
 */
export function globalName(limit: number, region: string, ...parts: string[]): string {
  return `${physicalName(limit - REGION_LENGTH - 1, ...parts)}-${region}`;
}

/** Maximum characters of the start of every physical name: CloudFormation accepts 128 in the names of its stacks. */
export const MOST_NAME_START = 128;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const RESERVED_BUCKET_STARTS = ['xn--', 'sthree-', 'amzn-s3-demo-'] as const;

/** The start of every physical name of a stack: its name, after the prefix that the config gives. */
export function nameStart({
  namePrefix = '',
  stackName,
}: {
  readonly namePrefix?: string;
  readonly stackName: string;
}) {
  return `${namePrefix}${stackName}`;
}

const NAME_PART = /^[a-zA-Z][a-zA-Z0-9_-]*$/;

/**
 * Why a string cannot be part of physical names, or undefined if it can. The rule is that of the strictest service, and that of Terraform
 * IDs. A CDKTF token cannot be part of them, because names are shortened and hashed at synthesis.
 */
export function namePartProblem(text: string): Finding | undefined {
  if (NAME_PART.test(text)) return undefined;
  const form = { accepted: 'letters, digits, hyphens and underscores, a letter first', acceptedAs: 'content' } as const;
  if (Token.isUnresolved(text)) {
    return { found: UNKNOWN_VALUE, ...form, fix: 'write the name out' };
  }
  return { found: foundValue(text), ...form, fix: 'rename it: it becomes part of AWS names' };
}
