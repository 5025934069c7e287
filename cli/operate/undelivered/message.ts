import type { Message } from '@aws-sdk/client-sqs';
import { asObject } from '../../../modules/orchestration/trigger/json';
import type { Undelivered } from './entry';
import type { Found } from './found';
import { lambdaRecord } from './lambda-record';
import { queueDeadLetter } from './queue-dead-letter';
import type { Receivers } from './receivers';
import { ruleDeadLetter } from './rule-dead-letter';
import { scheduleDeadLetter } from './schedule-dead-letter';
import { topicDeadLetter } from './topic-dead-letter';
import type { UndeliveredQueue } from './undelivered-queues';

/** Reads what could start no run out of a message of any sender. */
export function readMessage(message: Message, queue: UndeliveredQueue, receivers: Receivers): Undelivered {
  const { MessageId = '', Body: text = '', Attributes = {} } = message;
  const sent = new Date(Number(Attributes.SentTimestamp ?? Date.now()));
  const shared = {
    messageId: MessageId,
    queue,
    last: sent,
    sent,
    receives: Number(Attributes.ApproximateReceiveCount ?? 1),
    bytes: Buffer.byteLength(text),
  };
  const value = parsed(text);
  const isJson = value !== undefined;
  const found: Found = { message, text, body: asObject(value), isJson, queue, receivers, shared };
  return (
    queueDeadLetter(found) ??
    ruleDeadLetter(found) ??
    scheduleDeadLetter(found) ??
    lambdaRecord(found) ??
    topicDeadLetter(found) ??
    unknown(found)
  );
}

function unknown({ isJson, shared }: Found): Undelivered {
  const reason = !isJson
    ? 'The message is no JSON, so no AWS service has sent it as an undelivered event.'
    : 'The message has none of the forms in which AWS services send undelivered events.';
  const why = 'Its form is unknown. Save its body with show --json, and start the run with batch-jobs start.';
  return { ...shared, jobs: [], functions: [], source: 'unknown', reason, start: { kind: 'none', why } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
