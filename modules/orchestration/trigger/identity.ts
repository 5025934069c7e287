import { asObject, asText, type JsonObject } from './json';
import { webRequest } from './web-request';

/** Where an event came from. Part of its identity, so that two sources never mean the same job by accident. */
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

/** What makes an event itself: the same event delivered again has an equal identity, any other event a different one. */
export interface Identity {
  readonly kind: EventKind;
  /** Compared as a whole and in order. */
  readonly parts: readonly string[];
}

/** The part of Lambda's context that identity needs. */
export interface Invocation {
  /** Stays the same when Lambda itself retries an asynchronous invocation; new for everything else. */
  readonly awsRequestId: string;
}

/**
 * The event's identity, from what its source says about it, never from its whole content: a redelivery differs in
 * receive counts, trace ids and times.
 *
 * An EventBridge rule can hand over an input of its own instead of the event. One that has the shape of an event counts as the
 * event of its id; one that has not, as what the invocation's request id says.
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
    // A key is the client's, and clients choose badly ("1"): it counts within one caller's use of one method and path.
    const scope = [request.gateway, request.method, request.path, request.caller];
    return { kind: request.kind, parts: ['idempotency-key', ...scope, key] };
  }
  return request.requestId ? { kind: request.kind, parts: ['request', request.requestId] } : undefined;
}

/** Reads one record's identity, or `undefined` when the record lacks what its source always sends. */
type RecordIdentity = (record: JsonObject) => string | undefined;

const RECORD_SOURCES: Readonly<Record<string, { readonly kind: EventKind; readonly read: RecordIdentity }>> = {
  'aws:sqs': { kind: 'sqs', read: (record) => asText(record.messageId) },
  'aws:sns': { kind: 'sns', read: (record) => asText(asObject(record.Sns)?.MessageId) },
  'aws:kinesis': { kind: 'kinesis', read: streamRecord },
  'aws:dynamodb': { kind: 'dynamodb', read: streamRecord },
  'aws:s3': { kind: 's3', read: s3Record },
};

function recordsIdentity(event: unknown): Identity | undefined {
  const records = asObject(event)?.Records;
  if (!Array.isArray(records)) return undefined;
  const first = asObject(records[0]);
  const source = RECORD_SOURCES[asText(first?.eventSource) ?? asText(first?.EventSource) ?? ''];
  if (!source) return undefined;

  const parts: string[] = [];
  for (const value of records) {
    const record = asObject(value);
    const part = record && source.read(record);
    if (!part) return undefined;
    parts.push(part);
  }
  // A queue may hand the same messages over in another order.
  return { kind: source.kind, parts: parts.sort() };
}

function streamRecord(record: JsonObject): string | undefined {
  const id = asText(record.eventID);
  // Kinesis numbers its records per shard, and every stream has a first shard.
  return id && JSON.stringify([asText(record.eventSourceARN) ?? '', id]);
}

function s3Record(record: JsonObject): string | undefined {
  const s3 = asObject(record.s3);
  const object = asObject(s3?.object);
  const bucket = asText(asObject(s3?.bucket)?.name);
  const key = asText(object?.key);
  const name = asText(record.eventName);
  if (!bucket || !key || !name) return undefined;

  // A bucket whose versioning is suspended calls every version "null".
  const version = object?.versionId === 'null' ? undefined : asText(object?.versionId);
  const sequencer = asText(object?.sequencer);
  const time = asText(record.eventTime) ?? '';
  // A version is created once and deleted once. Tagging, restoring or re-permitting it can happen again and again.
  const once = /^(s3:)?Object(Created|Removed):/.test(name);
  const occurrence = once ? (version ?? sequencer ?? time) : [version ?? '', sequencer ?? '', time];
  return JSON.stringify([bucket, key, name, occurrence]);
}

function eventBridgeIdentity(event: unknown): Identity | undefined {
  const envelope = asObject(event);
  const id = asText(envelope?.id);
  if (!id || !asText(envelope?.['detail-type']) || !asText(envelope?.source)) return undefined;
  // An archive's event keeps its id when it is replayed, and somebody asked for another run.
  const replay = asText(envelope?.['replay-name']);
  return { kind: 'eventbridge', parts: replay ? [id, replay] : [id] };
}

function logsIdentity(event: unknown): Identity | undefined {
  const data = asText(asObject(asObject(event)?.awslogs)?.data);
  return data ? { kind: 'logs', parts: [data] } : undefined;
}
