import type { Message, SQSClient } from '@aws-sdk/client-sqs';

/** Messages that SQS returns, deletes or changes with one request at most. */
const BATCH = 10;

/** Seconds for which a request waits for a first message. From 1, SQS asks all of its servers instead of some. */
const WAIT_SECONDS = 1;

/** Answers in a row with only messages that were received before. SQS can deliver a message twice, but these are visible again. */
const MOST_REPEATS = 20;

/**
 * A look into a queue. SQS can show messages only by handing them out, so they are hidden from others until they are released or the time
 * is up.
 */
export class QueueLook {
  /** Receipt handles of the messages that have been received, by ID. */
  private readonly held = new Map<string, string>();
  private readonly seen = new Set<string>();
  /** Whether messages were visible again before all had been received, so that some might be missing. */
  isTooSlow = false;

  /** @param seconds for which a message is hidden if it is not released, because this process is killed */
  constructor(
    private readonly sqs: SQSClient,
    private readonly url: string,
    private readonly seconds: number,
  ) {}

  /** Messages that were not returned before, up to 10. None if no more can be received. */
  async next(): Promise<Message[]> {
    const { ReceiveMessageCommand } = sdk();
    for (let again = 0; again < MOST_REPEATS; again++) {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.url,
          MaxNumberOfMessages: BATCH,
          VisibilityTimeout: this.seconds,
          WaitTimeSeconds: WAIT_SECONDS,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['All'],
        }),
      );
      const fresh = Messages.filter(({ MessageId = '' }) => !this.seen.has(MessageId));
      for (const { MessageId = '', ReceiptHandle = '' } of Messages) {
        this.seen.add(MessageId);
        this.held.set(MessageId, ReceiptHandle);
      }
      if (fresh.length > 0 || Messages.length === 0) return fresh;
    }
    this.isTooSlow = true;
    return [];
  }

  /** Deletes a message of {@link next}. */
  async delete(messageId: string): Promise<void> {
    const { DeleteMessageCommand } = sdk();
    const ReceiptHandle = this.held.get(messageId);
    await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle }));
    this.held.delete(messageId);
  }

  /** Shows all messages to others again. */
  async release(): Promise<void> {
    const { ChangeMessageVisibilityBatchCommand } = sdk();
    const handles = [...this.held.values()];
    this.held.clear();
    for (let at = 0; at < handles.length; at += BATCH) {
      const Entries = handles
        .slice(at, at + BATCH)
        .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
      // A message that somebody has deleted in the meantime, or that is visible already, is a failed entry of the answer.
      await this.sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries }));
    }
  }
}

function sdk() {
  return require('@aws-sdk/client-sqs') as typeof import('@aws-sdk/client-sqs');
}
