import type { Message } from '@aws-sdk/client-sqs';
import type { Undelivered } from './entry';
import { type Found, foundIn } from './found';
import { lambdaRecord } from './lambda-record';
import { queueDeadLetter } from './queue-dead-letter';
import type { Receivers } from './receivers';
import { ruleDeadLetter } from './rule-dead-letter';
import { scheduleDeadLetter } from './schedule-dead-letter';
import { topicDeadLetter } from './topic-dead-letter';
import type { UndeliveredQueue } from './undelivered-queues';

/** Reads what could start no run out of a message of any sender. */
export function readMessage(message: Message, queue: UndeliveredQueue, receivers: Receivers): Undelivered {
  const found = foundIn(message, queue, receivers);
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
