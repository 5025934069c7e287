import { StartError } from '../../../modules/orchestration/trigger/start-error';
import { errorMessage } from '../../../modules/problems/error-message';
import { callEmulator, type Emulator, type EmulatorCall, form, isUnreachable } from './emulator';
import { type IndexRequest, json, type TableRequest } from './json-call';

type Arguments = { readonly [argument: string]: unknown };

/** A resource that an emulator is asked for. */
interface Wanted {
  /** @default no emulator can have one */
  readonly terraformType?: string;
  /** Arguments of the Terraform resource. @default the stack does not make it */
  readonly arguments?: Arguments;
  readonly existingName?: string;
}

/** How an emulator creates a resource of one of Terraform's types. */
interface Recipe {
  readonly call: (name: string, given: Arguments, emulator: Emulator) => EmulatorCall;
  /** What an existing resource of the type needs besides its name. @default nothing */
  readonly unknown?: string;
  /** Waits until a new resource can be used. @default it can be at once */
  readonly ready?: (emulator: Emulator, name: string) => Promise<void>;
}

const RECIPES: { readonly [terraformType: string]: Recipe } = {
  aws_s3_bucket: { call: (name, _, emulator) => bucketCall(name, emulator) },
  aws_sqs_queue: { call: queueCall },
  aws_sns_topic: { call: topicCall },
  aws_dynamodb_table: {
    call: (name, given) => json('DynamoDB_20120810.CreateTable', tableOf(name, given)),
    unknown: 'the keys of an existing table',
  },
  aws_kinesis_stream: { call: streamCall, ready: streamIsActive },
  aws_cloudwatch_event_bus: { call: (name) => json('AWSEvents.CreateEventBus', { Name: name }) },
};

/** Whether an emulator can be asked for resources of one of Terraform's types. */
export function isCreatable(terraformType: string): boolean {
  return Object.hasOwn(RECIPES, terraformType);
}

/** How services say that a resource exists. */
const EXISTS =
  /^(BucketAlreadyOwnedByYou|BucketAlreadyExists|QueueAlreadyExists|QueueNameExists|ResourceInUseException|ResourceAlreadyExistsException|ResourceExistsException|ParameterAlreadyExists)$/;

/** What became of a resource that was to be created. */
export type Creation = { readonly name: string } | { readonly problem: string };

/**
 * Creates a resource in an emulator, if it doesn't exist.
 *
 * @throws StartError if the emulator is gone
 */
export async function createResource(emulator: Emulator, resource: Wanted): Promise<Creation> {
  const recipe = RECIPES[resource.terraformType ?? ''];
  if (recipe === undefined) return { problem: 'no emulator is asked for resources of this type' };
  const given = resource.arguments ?? {};
  const name = nameOf(given) ?? resource.existingName;
  if (name === undefined) return { problem: 'the config does not tell its name' };
  if (recipe.unknown !== undefined && resource.arguments === undefined) {
    return { problem: `the config does not tell ${recipe.unknown}` };
  }
  try {
    await createOnce(emulator, recipe.call(name, given, emulator));
    await recipe.ready?.(emulator, name);
    return { name };
  } catch (error) {
    if (isUnreachable(error)) throw error;
    return { problem: errorMessage(error) };
  }
}

/** Creates a bucket of a name. */
export async function createBucket(emulator: Emulator, name: string): Promise<void> {
  await createOnce(emulator, bucketCall(name, emulator));
}

export async function createOnce(emulator: Emulator, call: EmulatorCall): Promise<void> {
  try {
    await callEmulator(emulator, call);
  } catch (error) {
    if (!(error instanceof StartError && EXISTS.test(error.code))) throw error;
  }
}

function nameOf(given: Arguments): string | undefined {
  const prefix = given.bucket_prefix;
  const name = given.name ?? given.bucket ?? (typeof prefix === 'string' ? prefix.replace(/-+$/, '') : undefined);
  return typeof name === 'string' ? name : undefined;
}

function bucketCall(name: string, { region }: Emulator): EmulatorCall {
  // The default region takes no constraint: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
  const body =
    region === 'us-east-1'
      ? ''
      : `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
  return { service: 's3', method: 'PUT', path: `/${name}`, headers: { 'content-type': 'application/xml' }, body };
}

function queueCall(name: string, given: Arguments): EmulatorCall {
  const isFifo = name.endsWith('.fifo');
  const attributes = texts({
    VisibilityTimeout: given.visibility_timeout_seconds,
    MessageRetentionPeriod: given.message_retention_seconds,
    RedrivePolicy: given.redrive_policy,
    FifoQueue: isFifo || undefined,
    ContentBasedDeduplication: isFifo ? given.content_based_deduplication : undefined,
  });
  return json('AmazonSQS.CreateQueue', { QueueName: name, Attributes: attributes });
}

function topicCall(name: string, given: Arguments): EmulatorCall {
  const isFifo = name.endsWith('.fifo');
  const attributes = Object.entries(
    texts({
      FifoTopic: isFifo || undefined,
      ContentBasedDeduplication: isFifo ? given.content_based_deduplication : undefined,
    }),
  ).flatMap(([key, value], index): [string, string][] => [
    [`Attributes.entry.${index + 1}.key`, key],
    [`Attributes.entry.${index + 1}.value`, value],
  ]);
  return form('sns', { Action: 'CreateTopic', Version: '2010-03-31', Name: name, ...Object.fromEntries(attributes) });
}

function streamCall(name: string, { shard_count: shards }: Arguments): EmulatorCall {
  return json('Kinesis_20131202.CreateStream', {
    StreamName: name,
    ...(shards === undefined ? { StreamModeDetails: { StreamMode: 'ON_DEMAND' } } : { ShardCount: Number(shards) }),
  });
}

/** Attributes of queues and topics are strings. */
function texts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

/** The parts of a table's arguments that are read here. Indexes come from `overrides`. */
interface TableArguments {
  readonly attribute?: readonly { readonly name: string; readonly type: string }[];
  readonly hash_key?: string;
  readonly range_key?: string;
  readonly stream_enabled?: boolean;
  readonly stream_view_type?: string;
  readonly global_secondary_index?: readonly IndexArguments[];
  readonly local_secondary_index?: readonly IndexArguments[];
}

interface IndexArguments {
  readonly name: string;
  readonly hash_key?: string;
  readonly range_key?: string;
  readonly projection_type: string;
  readonly non_key_attributes?: readonly string[];
}

function tableOf(name: string, given: Arguments): TableRequest {
  const table = given as TableArguments;
  const index = ({ name, hash_key = table.hash_key, range_key, ...projection }: IndexArguments): IndexRequest => ({
    IndexName: name,
    KeySchema: keys(hash_key, range_key),
    Projection: {
      ProjectionType: projection.projection_type,
      ...(projection.non_key_attributes && { NonKeyAttributes: projection.non_key_attributes }),
    },
  });
  const { global_secondary_index: global = [], local_secondary_index: local = [] } = table;
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: (table.attribute ?? []).map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: keys(table.hash_key, table.range_key),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global.map(index) }),
    ...(local.length > 0 && { LocalSecondaryIndexes: local.map(index) }),
    ...(table.stream_enabled && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream_view_type },
    }),
  };
}

function keys(hash: string | undefined, range: string | undefined): TableRequest['KeySchema'] {
  return [
    { AttributeName: hash, KeyType: 'HASH' },
    ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' } as const]),
  ];
}

/** Milliseconds that a stream can take to become active, and between two questions. */
const [ACTIVE_MS, PAUSE_MS] = [30_000, 200];

async function streamIsActive(emulator: Emulator, name: string): Promise<void> {
  const end = Date.now() + ACTIVE_MS;
  const call = json('Kinesis_20131202.DescribeStreamSummary', { StreamName: name });
  while (!/"StreamStatus": ?"ACTIVE"/.test(await callEmulator(emulator, call)) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
