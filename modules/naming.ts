import { createHash } from 'node:crypto';
import { Token } from 'cdktf';
import { type Finding, formatFound } from './config/problem';

/**
 * Longest physical name each AWS service takes, in characters.
 * A name over its limit is shortened and keeps a hash of the whole, so that it stays unique and the same at each synthesis.
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
  /** 128, less the 26 characters that the Terraform provider appends to a name prefix. */
  computeEnvironmentPrefix: 102,
  /** 125, the most that the Terraform provider lets through, less the 26 characters that it appends to a name prefix. */
  launchTemplatePrefix: 99,
  /** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
  eventRule: 64,
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
  sqsQueue: 80,
  /** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
  snsTopic: 256,
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
  alarm: 255,
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
  /** 63, the limit of bucket names, less the 26 characters that the Terraform provider appends to a name prefix. */
  bucketPrefix: 37,
  /** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
  eventBus: 256,
  /** S3 documents no limit for the id of a notification rule; 255 is that of its lifecycle rules. */
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
  /** 255 less the 26 characters that the Terraform provider appends to a name prefix. */
  securityGroupPrefix: 229,
} as const;

const HASH_LENGTH = 8;

/** First characters of the SHA-256 of a text, in hexadecimal: short, stable, and the same on every machine. */
export function shortHash(text: string, length = HASH_LENGTH): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/**
 * `stack-part-part`, at most `limit` characters. Where the whole is longer, its beginning is kept and the last 9 characters are
 * `-` and a hash of the whole: equal parts give equal names, different parts different ones.
 */
export function physicalName(limit: number, ...parts: string[]): string {
  const whole = parts.join('-');
  if (whole.length <= limit) return whole;
  return `${whole.slice(0, limit - HASH_LENGTH - 1).replace(/-+$/, '')}-${shortHash(whole)}`;
}

/** The beginning that every {@link physicalName} of the same limit has whose parts begin with these; the next part begins with a letter. */
export function physicalNameStart(limit: number, ...parts: string[]): string {
  const start = `${parts.join('-')}-`;
  const kept = limit - HASH_LENGTH - 1;
  return start.length < kept ? start : start.slice(0, kept).replace(/-+$/, '');
}

/**
 * {@link physicalName} with a hyphen at its end, at most `limit` characters in all: the Terraform provider appends a number to it,
 * so that a replacement can stand beside what it replaces.
 */
export function physicalNamePrefix(limit: number, ...parts: string[]): string {
  return `${physicalName(limit - 1, ...parts)}-`;
}

/** Characters kept for a region's code in a name; the longest, such as `ap-southeast-1`, has 14. */
const REGION_LENGTH = 16;

/**
 * {@link physicalName} with the region at its end, for what an account has once for all regions, such as IAM's roles. The region may be a token:
 * room for it is kept, and the rest of the name does not depend on it.
 */
export function globalName(limit: number, region: string, ...parts: string[]): string {
  return `${physicalName(limit - REGION_LENGTH - 1, ...parts)}-${region}`;
}

const NAME_PART = /^[a-zA-Z][a-zA-Z0-9_-]*$/;

/**
 * Why a text cannot stand in physical names, or undefined if it can. The form is the narrowest that any service takes, and that of a
 * Terraform id. A CDKTF token cannot: names are cut and hashed at synthesis.
 */
export function namePartProblem(text: string): Finding | undefined {
  if (NAME_PART.test(text)) return undefined;
  const accepted = 'letters, digits, hyphens and underscores, a letter first';
  if (Token.isUnresolved(text)) {
    return { found: 'a text that only Terraform knows', accepted, fix: 'write the name out' };
  }
  return { found: formatFound(text), accepted, fix: 'rename it: it becomes part of AWS names' };
}
