import type { Message } from '@aws-sdk/client-sqs';
import { errorMessage } from '../../../modules/problems/error-message';
import { bounded } from '../bounded';
import type { Deployment } from '../deployment';
import type { Undelivered } from './entry';
import { readMessage } from './message';
import { QueueLook } from './queue-look';
import { Receivers } from './receivers';
import type { UndeliveredQueue } from './undelivered-queues';

/** Gets what a message of a queue is. The queue's other messages wait meanwhile if it is a FIFO queue. */
export type Visit = (entry: Undelivered, look: QueueLook, message: Message) => Promise<void> | void;

/** Looks at the messages of queues, and leaves them as they were. */
export class Inspection {
  private readonly receivers: Receivers;
  /** What went wrong, as sentences. */
  readonly problems: string[] = [];

  /** @param isOver says when to end early: enough was found, or the user wants to stop */
  constructor(
    private readonly deployment: Deployment,
    private readonly isOver: () => boolean,
  ) {
    this.receivers = new Receivers(deployment);
  }

  /**
   * Visits each message of each queue once.
   *
   * @param seconds for which messages are hidden from others if this process is killed
   * @returns whether all were visited
   */
  async visit(queues: readonly UndeliveredQueue[], seconds: number, visit: Visit): Promise<boolean> {
    const complete = await bounded(queues, async (queue) => {
      try {
        return await this.visitOne(queue, seconds, visit);
      } catch (error) {
        this.problems.push(`${queue.name} could not be looked into: ${errorMessage(error)}`);
        return false;
      }
    });
    return complete.every(Boolean);
  }

  private async visitOne(queue: UndeliveredQueue, seconds: number, visit: Visit): Promise<boolean> {
    const look = new QueueLook(this.deployment.clients.sqs, queue.url, seconds);
    try {
      while (!this.isOver()) {
        const messages = await look.next();
        if (messages.length === 0) return !look.isTooSlow;
        const one = async (message: Message) => visit(readMessage(message, queue, this.receivers), look, message);
        await bounded(messages, one, queue.fifo ? 1 : undefined);
      }
      return false;
    } finally {
      await look.release();
    }
  }
}
