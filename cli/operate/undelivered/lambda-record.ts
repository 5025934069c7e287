import { refusalOfType } from '../../../modules/orchestration/trigger/answer';
import { asObject, asText, type JsonObject } from '../../../modules/orchestration/trigger/json';
import { counted } from '../../../modules/problems/phrases';
import { eventSource } from '../event-source';
import { sourceRegistry } from '../source-registry';
import type { Start, StreamBatch, Undelivered } from './entry';
import { dateOf, type Found, oneLine } from './found';
import { jsonMember } from './json-member';
import { functionOf, obstacle, type Receiver, receiversIn } from './receivers';

/**
 * Lambda's record of an invocation that failed: of an asynchronous one with the event, of a batch of a stream with its position.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function lambdaRecord({ body, text, shared, receivers, message }: Found): Undelivered | undefined {
  const context = asObject(body?.requestContext);
  const functionArn = asText(context?.functionArn);
  if (body === undefined || context === undefined || functionArn === undefined) return undefined;
  const batch = streamBatch(body);
  const payload = batch === undefined ? jsonMember(text, 'requestPayload') : undefined;
  if (batch === undefined && payload === undefined) return undefined;

  const receiver = receivers.ofFunction(functionArn);
  const invocation = asText(context.requestId) ?? message.MessageId ?? '';
  return {
    ...shared,
    bytes: payload === undefined ? shared.bytes : Buffer.byteLength(payload),
    ...receiversIn(receiver),
    source:
      batch === undefined
        ? (eventSource(body.requestPayload) ?? 'unknown')
        : (sourceRegistry().mappedSource(batch.stream) ?? batch.stream),
    reason: reasonOf(body, context, batch),
    first: batch === undefined ? eventTime(body.requestPayload) : arrival(body, batch),
    last: dateOf(body.timestamp) ?? shared.last,
    tries: typeof context.approximateInvokeCount === 'number' ? context.approximateInvokeCount : undefined,
    error: body.responsePayload ?? undefined,
    start: startOf(receiver, functionArn, payload, batch, invocation),
  };
}

function startOf(
  receiver: Receiver,
  functionArn: string,
  payload: string | undefined,
  batch: StreamBatch | undefined,
  invocation: string,
): Start {
  const why = obstacle(receiver, functionOf(functionArn));
  if (why !== undefined) return { kind: 'none', why };
  if (batch !== undefined) return { kind: 'records', batch };
  return { kind: 'event', json: payload ?? '', invocation };
}

function streamBatch(body: JsonObject): StreamBatch | undefined {
  const kinesis = asObject(body.KinesisBatchInfo);
  const info = kinesis ?? asObject(body.DDBStreamBatchInfo);
  const streamArn = asText(info?.streamArn);
  const shardId = asText(info?.shardId);
  const startSequenceNumber = asText(info?.startSequenceNumber);
  const endSequenceNumber = asText(info?.endSequenceNumber);
  if (!streamArn || !shardId || !startSequenceNumber || !endSequenceNumber) return undefined;
  return {
    stream: kinesis === undefined ? 'dynamodb' : 'kinesis',
    streamArn,
    shardId,
    startSequenceNumber,
    endSequenceNumber,
    batchSize: Number(info?.batchSize ?? 0),
  };
}

/** Lambda's conditions. Those of streams have several names in its documentation. */
const CONDITIONS: { readonly [condition: string]: string } = {
  RetriesExhausted: 'The function failed each time',
  EventAgeExceeded: 'Lambda could not invoke the function for 6 hours',
  RetryAttemptsExhausted: 'The function failed each time',
  RecordAgeExceeded: 'The records were too old',
  MaxRecordAgeExceeded: 'The records were too old',
};

function reasonOf(body: JsonObject, context: JsonObject, batch: StreamBatch | undefined): string {
  const { errorType, errorMessage } = asObject(body.responsePayload) ?? {};
  const message = asText(errorMessage);
  const type = asText(errorType);
  if (message !== undefined) {
    const isPlain = type === undefined || ['Error', 'StartError'].includes(type) || refusalOfType(type) !== undefined;
    return oneLine(isPlain ? message : `${type}: ${message}`);
  }
  const condition = asText(context.condition) ?? '';
  const text = CONDITIONS[condition] ?? (condition === '' ? 'Lambda does not say why' : condition);
  if (batch === undefined) return `${text}.`;
  const records = counted(batch.batchSize, 'record');
  return `${text}; Lambda gave up ${records}, which only the stream has.`;
}

/** When an event happened, for those that say it: EventBridge's and the records of S3 and SNS. */
function eventTime(event: unknown): Date | undefined {
  const { time, Records } = asObject(event) ?? {};
  const record = asObject(Array.isArray(Records) ? Records[0] : undefined);
  return dateOf(time) ?? dateOf(record?.eventTime) ?? dateOf(asObject(record?.Sns)?.Timestamp);
}

function arrival(body: JsonObject, { stream }: StreamBatch): Date | undefined {
  const info = asObject(stream === 'kinesis' ? body.KinesisBatchInfo : body.DDBStreamBatchInfo);
  return dateOf(info?.approximateArrivalOfFirstRecord);
}
