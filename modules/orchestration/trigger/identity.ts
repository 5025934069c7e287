import type {
  CloudWatchLogsEvent,
  CloudWatchLogsEventData,
  DynamoDBRecord,
  EventBridgeEvent,
  KinesisStreamRecord,
  S3EventRecord,
  SNSEventRecord,
  SNSMessage,
  SQSRecord,
} from 'aws-lambda';
import { asObject, asText, type Unchecked } from './json';
import { webRequest } from './web-request';

/** The source of an event. Part of its identity, so that events of two sources never have the same one. */
export type EventKind =
  | 'http-api'
  | 'alb'
  | 'sqs'
  | 'sns'
  | 'kinesis'
  | 'dynamodb'
  | 's3'
  | 'eventbridge'
  | 'logs'
  | 'invocation';

/** What identifies an event: a redelivered event has an equal identity, any other event a different one. */
export interface Identity {
  readonly kind: EventKind;
  /** Compared in full and in order. */
  readonly parts: readonly string[];
}

/** The part of Lambda's context that the identity needs. */
export interface Invocation {
  /** The same when Lambda retries an asynchronous invocation. New for any other invocation. */
  readonly awsRequestId: string;
}

/**
 * The event's identity, from its source's IDs, never from its whole content: a redelivered event has other receive counts, trace IDs and
 * times.
 *
 * An EventBridge rule can send a custom input instead of the event. An input with the shape of an event has the identity of that event's
 * ID. Any other input has the identity of the invocation's request ID.
 */
export function identity(event: unknown, invocation: Invocation): Identity {
  return (
    webIdentity(event) ??
    recordsIdentity(event) ??
    eventBridgeIdentity(event) ??
    logsIdentity(event) ?? { kind: 'invocation', parts: [invocation.awsRequestId] }
  );
}

function webIdentity(event: unknown): Identity | undefined {
  const request = webRequest(event);
  if (!request) return undefined;
  const key = request.header('idempotency-key');
  if (key) {
    // Clients choose the key, often badly ("1"), so it is unique only per caller, method and path.
    const scope = [request.gateway, request.method, request.path, request.caller];
    return { kind: request.kind, parts: ['idempotency-key', ...scope, key] };
  }
  return request.requestId ? { kind: request.kind, parts: ['request', request.requestId] } : undefined;
}

/** A record of any source that delivers batches. */
type AnyRecord = SQSRecord | SNSEventRecord | KinesisStreamRecord | DynamoDBRecord | S3EventRecord;

/** The identity of one record, or `undefined` if the record lacks a field that its source always sends. */
type RecordIdentity = (record: Unchecked<AnyRecord>) => string | undefined;

const RECORD_SOURCES: Readonly<Record<string, { readonly kind: EventKind; readonly read: RecordIdentity }>> = {
  'aws:sqs': { kind: 'sqs', read: (record: Unchecked<SQSRecord>) => asText(record.messageId) },
  'aws:sns': {
    kind: 'sns',
    read: (record: Unchecked<SNSEventRecord>) => asText(asObject<SNSMessage>(record.Sns)?.MessageId),
  },
  'aws:kinesis': { kind: 'kinesis', read: streamRecord },
  'aws:dynamodb': { kind: 'dynamodb', read: streamRecord },
  'aws:s3': { kind: 's3', read: s3Record },
};

function recordsIdentity(event: unknown): Identity | undefined {
  const records = asObject<{ Records: AnyRecord[] }>(event)?.Records;
  if (!Array.isArray(records)) return undefined;
  const first = asObject<AnyRecord>(records[0]);
  const source = RECORD_SOURCES[asText(first?.eventSource) ?? asText(first?.EventSource) ?? ''];
  if (!source) return undefined;

  const parts: string[] = [];
  for (const value of records) {
    const record = asObject<AnyRecord>(value);
    const part = record && source.read(record);
    if (!part) return undefined;
    parts.push(part);
  }
  // A queue can redeliver the same messages in a different order.
  return { kind: source.kind, parts: parts.sort() };
}

function streamRecord(record: Unchecked<KinesisStreamRecord | DynamoDBRecord>): string | undefined {
  const id = asText(record.eventID);
  // Kinesis numbers its records per shard, and every stream has a first shard.
  return id && JSON.stringify([asText(record.eventSourceARN) ?? '', id]);
}

function s3Record(record: Unchecked<S3EventRecord>): string | undefined {
  const s3 = asObject<S3EventRecord['s3']>(record.s3);
  const object = asObject<S3EventRecord['s3']['object']>(s3?.object);
  const bucket = asText(asObject<S3EventRecord['s3']['bucket']>(s3?.bucket)?.name);
  const key = asText(object?.key);
  const name = asText(record.eventName);
  if (!bucket || !key || !name) return undefined;

  // A bucket with suspended versioning names every version "null".
  const version = object?.versionId === 'null' ? undefined : asText(object?.versionId);
  const sequencer = asText(object?.sequencer);
  const time = asText(record.eventTime) ?? '';
  // A version is created once and deleted once. Changes of tags or permissions and restores can happen repeatedly.
  const once = /^(s3:)?Object(Created|Removed):/.test(name);
  const occurrence = once ? (version ?? sequencer ?? time) : [version ?? '', sequencer ?? '', time];
  return JSON.stringify([bucket, key, name, occurrence]);
}

function eventBridgeIdentity(event: unknown): Identity | undefined {
  const envelope = asObject<EventBridgeEvent<string, unknown>>(event);
  const id = asText(envelope?.id);
  if (!id || !asText(envelope?.['detail-type']) || !asText(envelope?.source)) return undefined;
  // A replayed event of an archive keeps its ID, but the replay requests another run.
  const replay = asText(envelope?.['replay-name']);
  return { kind: 'eventbridge', parts: replay ? [id, replay] : [id] };
}

function logsIdentity(event: unknown): Identity | undefined {
  const data = asText(asObject<CloudWatchLogsEventData>(asObject<CloudWatchLogsEvent>(event)?.awslogs)?.data);
  return data ? { kind: 'logs', parts: [data] } : undefined;
}
