import { type CheckContext, isToken, refuse } from '../config/checked';
import { parseResourceParam } from '../config/directive';
import { asObject } from '../config/referred-resource';
import { isSecretDirective, parseParameter, parseSecret } from '../config/secret-directive';
import { type Finding, formatFound, formatPath } from '../problems/problem';
import { NAMED } from '../resources/referables';
import { ecrImage } from '../rules/ecr-image';
import { partitionOf } from '../rules/partitions';

type Path = (string | number)[];

/** The regions and accounts that AWS accepts for an ARN. The partition is always the stack's. */
interface ArnRule {
  /**
   * `asked`: the stack's region if the resource is an event source, an authorizer or a target. Any region if jobs only connect to it.
   */
  readonly region: 'same' | 'any' | 'asked';
  /** `own`: the stack's account only. */
  readonly account: 'own' | 'any';
}

const IN_REGION: ArnRule = { region: 'same', account: 'any' };
const IN_ACCOUNT: ArnRule = { region: 'same', account: 'own' };
const ANYWHERE: ArnRule = { region: 'any', account: 'any' };
const AS_ASKED: ArnRule = { region: 'asked', account: 'any' };

const EVENT = 'resources.*.properties.events[].properties';
const JOB = 'resources.*.properties';

/** The rules of topics in a property of the stack and of jobs: each is one target or a list. */
function inRegion(property: string, kinds: readonly string[]): { readonly [path: string]: ArnRule } {
  const places = [property, `${JOB}.${property}`].flatMap((place) => kinds.map((kind) => `${place}.${kind}`));
  return Object.fromEntries(
    places.flatMap((place) => ['', '[]'].map((entry) => [`${place}${entry}.snsTopicArn`, IN_REGION] as const)),
  );
}

/** Every property that accepts an ARN, by its path in the schema. Paths of existing resources include the resource's type. */
export const ARN_RULES: { readonly [path: string]: ArnRule } = {
  // CloudWatch rejects an alarm action in another region: "Invalid region us-east-1 specified. Only eu-west-1 is supported".
  'undeliveredEvents.alarmTopicArn': IN_REGION,
  // Step Functions calls SNS in its own region, which refuses the ARN of a topic elsewhere.
  ...inRegion('notifications', ['onFailure', 'onSuccess', 'onStuck']),
  ...inRegion('alarms', ['failedRuns.notify', 'oldestWaitingRun.notify']),

  // Lambda polls queues and streams in its own region, also in other accounts: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-cross-account-example.html
  [`${EVENT}.sqsQueueArn`]: IN_REGION,
  [`${EVENT}.streamArn`]: IN_REGION,
  [`${EVENT}.consumerArn`]: IN_REGION,
  [`${EVENT}.onFailure.arn`]: IN_REGION,
  // SNS delivers across regions, but the subscription is created in the topic's region, and Terraform uses the stack's region.
  [`${EVENT}.snsTopicArn`]: IN_REGION,
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html, https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
  [`${EVENT}.onDeliveryFailure.sqsQueueArn`]: IN_REGION,
  // A rule invokes functions in its own account and region: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
  [`${EVENT}.eventBusArn`]: IN_ACCOUNT,
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
  [`${EVENT}.logGroupArn`]: IN_ACCOUNT,
  // A bucket's ARN has no region and no account.
  [`${EVENT}.bucketArn`]: ANYWHERE,

  // ECS reads a secret in another region by its ARN: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RepositoryCredentials.html
  [`${JOB}.container.packaging.properties.repositoryCredentialsSecretArn`]: ANYWHERE,
  // CodeBuild reads a secret in its own region, and Terraform in its provider's region.
  [`${JOB}.container.packaging.properties.registryCredentials[].secretArn`]: IN_REGION,
  [`${JOB}.iamRoleStatements[].Resource`]: ANYWHERE,
  [`${JOB}.iamRoleStatements[].Resource[]`]: ANYWHERE,
  [`${JOB}.executionRoleStatements[].Resource`]: ANYWHERE,
  [`${JOB}.executionRoleStatements[].Resource[]`]: ANYWHERE,

  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
  'resources.*.properties.certificateArn': IN_ACCOUNT,
  'resources.*.properties.listeners[].certificateArn': IN_ACCOUNT,
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
  'resources.*.properties.kmsKeyId': IN_REGION,
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
  'resources.*.properties.redrivePolicy.targetSqsQueueArn': IN_ACCOUNT,

  'resources.*<application-load-balancer>.existing.listenerArn': IN_ACCOUNT,
  'resources.*<bucket>.existing.arn': ANYWHERE,
  'resources.*<dynamo-db-table>.existing.arn': AS_ASKED,
  'resources.*<dynamo-db-table>.existing.streamArn': AS_ASKED,
  'resources.*<event-bus>.existing.arn': IN_ACCOUNT,
  'resources.*<function>.existing.arn': IN_REGION,
  'resources.*<function>.existing.logGroupArn': AS_ASKED,
  'resources.*<kinesis-stream>.existing.arn': AS_ASKED,
  'resources.*<sns-topic>.existing.arn': AS_ASKED,
  'resources.*<sqs-queue>.existing.arn': IN_ACCOUNT,
  'resources.*<state-machine>.existing.arn': AS_ASKED,
};

/** An ARN in the config, with its path. */
interface PlacedArn {
  readonly arn: string;
  readonly path: Path;
  readonly partition: string;
  /** Empty for services without regions. */
  readonly region: string;
  /** Empty for buckets. */
  readonly account: string;
  /** Whether the resource must be in the stack's region. */
  readonly inRegion: boolean;
  readonly inAccount: boolean;
}

/** A config in which other checks might have found problems. */
type Config = {
  readonly [section in 'region' | 'resources' | 'undeliveredEvents' | 'notifications' | 'alarms']?: unknown;
};

/**
 * Refuses ARNs that the stack cannot use: in another partition, in another region if AWS accepts only the stack's region, or in two
 * different accounts if AWS accepts only one. Without a configured region, the first ARN that must be in the stack's region sets it.
 */
export function checkArns(config: Config, context: CheckContext): void {
  const stated = typeof config.region === 'string' && !isToken(config.region) ? config.region : undefined;
  const arns = placedArns(config);
  const first = arns.find(({ inRegion, region }) => inRegion && region !== '');
  const own = arns.find(({ inAccount, account }) => inAccount && account !== '');
  for (const arn of arns) {
    const problem =
      partitionProblem(arn, stated, first ?? arns[0]) ??
      regionProblem(arn, stated, first) ??
      (own === undefined ? undefined : accountProblem(arn, own));
    if (problem !== undefined) refuse(context, { code: 'wrong-location', ...problem }, arn.path);
  }
  checkImages(config.resources, stated, context);
}

function partitionProblem(arn: PlacedArn, stated: string | undefined, first = arn): Finding | undefined {
  const { partition, region } = arn;
  const found = `${formatFound(arn.arn)}, of the partition ${partition}`;
  const regions = region === '' || /[*?]/.test(region) ? undefined : partitionOf(region);
  if (regions !== undefined && regions !== partition && (stated === undefined || partitionOf(stated) === regions)) {
    const fix = `write arn:${regions}: for a resource in ${region}`;
    return { found, accepted: `an ARN of the partition ${regions}, the partition of ${region}`, fix };
  }
  const wanted = stated === undefined ? first.partition : partitionOf(stated);
  if (partition === wanted) return undefined;
  const why = stated === undefined ? `as ${formatPath(first.path)} is` : `as ${stated} is`;
  const accepted = `an ARN of the partition ${wanted}, ${why}`;
  return {
    found,
    accepted,
    fix: `use a resource of the partition ${wanted}: the stack cannot reach another partition`,
  };
}

function regionProblem(
  { arn, region, inRegion }: PlacedArn,
  stated: string | undefined,
  first: PlacedArn | undefined,
): Finding | undefined {
  const wanted = stated ?? first?.region;
  if (!inRegion || region === '' || wanted === undefined || region === wanted) return undefined;
  const found = `${formatFound(arn)}, in ${region}`;
  if (stated !== undefined) {
    const fix = `use a resource in ${stated}, or set region to ${region}`;
    return { found, accepted: `an ARN of ${stated}, the stack's region`, fix };
  }
  const accepted = `an ARN of ${wanted}, as ${formatPath(first?.path ?? [])}: both must be in the stack's region`;
  return { found, accepted, fix: 'use resources of one region, and set region to this region' };
}

function accountProblem({ arn, account, inAccount }: PlacedArn, own: PlacedArn): Finding | undefined {
  if (!inAccount || account === '' || account === own.account) return undefined;
  const found = `${formatFound(arn)}, of the account ${account}`;
  const accepted = `an ARN of the account ${own.account}, as ${formatPath(own.path)}: both must be in the stack's account`;
  return { found, accepted, fix: 'use resources of the account that the stack is deployed to' };
}

/** Refuses images in another partition's registry, where none of the stack's roles can sign in. */
function checkImages(resources: unknown, stated: string | undefined, context: CheckContext): void {
  if (stated === undefined) return;
  for (const [name, resource] of Object.entries(asObject(resources))) {
    const packaging = asObject(asObject(asObject(asObject(resource).properties).container).packaging);
    const { image } = asObject(packaging.properties);
    const place = typeof image === 'string' && !isToken(image) ? ecrImage(image) : undefined;
    if (place === undefined || partitionOf(place.region) === partitionOf(stated)) continue;
    const accepted = `an image of the partition ${partitionOf(stated)}, as ${stated} is`;
    const found = `${formatFound(image)}, of the partition ${partitionOf(place.region)}`;
    refuse(context, { found, accepted, fix: `copy the image to a repository in ${stated}` }, [
      ...['resources', name, 'properties', 'container', 'packaging', 'properties', 'image'],
    ]);
  }
}

function placedArns(config: Config): PlacedArn[] {
  const { resources, undeliveredEvents, notifications, alarms } = config;
  const values = [...strings({ resources, undeliveredEvents, notifications, alarms }, [])].map(([value, path]) => {
    const secret = secretArn(value);
    // ECS reads secrets in other regions. An image build does not.
    if (secret !== undefined)
      return { value: secret, path, rule: path.includes('buildSecrets') ? IN_REGION : ANYWHERE };
    return { value, path, rule: ARN_RULES[ruleKey(path, resources)] };
  });
  const asked = new Set(values.flatMap(({ value, path, rule }) => askedName(value, path, rule) ?? []));
  return values.flatMap(({ value, path, rule }) => {
    if (rule === undefined || isToken(value)) return [];
    const [, partition = '', , region = '', account = '', resource] = value.split(':');
    if (!value.startsWith('arn:') || resource === undefined || /[*?]/.test(partition)) return [];
    const inRegion = rule.region === 'same' || (rule.region === 'asked' && asked.has(path[1] as string));
    return [{ arn: value, path, partition, region, account, inRegion, inAccount: rule.account === 'own' }];
  });
}

/** The ARN that a `$Secret` or `$Parameter` directive refers to. */
function secretArn(value: string): string | undefined {
  if (!isSecretDirective(value)) return undefined;
  const id = (parseSecret(value) ?? parseParameter(value))?.id;
  return id?.startsWith('arn:') ? id : undefined;
}

/** The name of a resource that a property refers to and that must be in the stack's region. */
function askedName(value: string, path: Path, rule: ArnRule | undefined): string | undefined {
  if (rule?.region === 'same') return parseResourceParam(value)?.resource;
  return Object.hasOwn(NAMED, path.at(-1) ?? '') ? value : undefined;
}

/** The path in the schema for a path in the config. */
function ruleKey(path: Path, resources: unknown): string {
  const [section, name, part] = path;
  const type = section === 'resources' ? asObject(asObject(resources)[name as string]).type : undefined;
  return path.reduce<string>((text, key, index) => {
    if (typeof key === 'number') return `${text}[]`;
    if (index === 1 && section === 'resources') return `${text}.*${part === 'existing' ? `<${type}>` : ''}`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

function* strings(value: unknown, path: Path): Generator<[string, Path]> {
  if (typeof value === 'string') yield [value, path];
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* strings(item, [...path, index]);
  else for (const [key, item] of Object.entries(asObject(value))) yield* strings(item, [...path, key]);
}
