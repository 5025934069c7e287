import type { SQSClient } from '@aws-sdk/client-sqs';
import { QueueLook } from '../../../../cli/operate/undelivered/queue-look';

/** A queue as SQS keeps it: a message that is received is hidden until it is released. Made, not recorded. */
class MadeQueue {
  readonly hidden = new Set<string>();
  readonly requests: string[] = [];
  private readonly ids: string[];

  constructor(
    count: number,
    private readonly hides = true,
  ) {
    this.ids = Array.from({ length: count }, (_, index) => `message-${index}`);
  }

  get visible(): number {
    return this.ids.length - this.hidden.size;
  }

  readonly client = { send: async (command: Command) => this.answer(command) } as unknown as SQSClient;

  private answer({ constructor: { name }, input }: Command): object {
    this.requests.push(name);
    if (name === 'ReceiveMessageCommand') {
      const found = this.ids.filter((id) => !this.hidden.has(id)).slice(0, input.MaxNumberOfMessages);
      if (this.hides) for (const id of found) this.hidden.add(id);
      return { Messages: found.map((id) => ({ MessageId: id, ReceiptHandle: id, Body: 'x' })) };
    }
    if (name === 'DeleteMessageCommand') {
      this.ids.splice(this.ids.indexOf(input.ReceiptHandle ?? ''), 1);
      this.hidden.delete(input.ReceiptHandle ?? '');
    }
    for (const { ReceiptHandle, VisibilityTimeout } of input.Entries ?? []) {
      expect(VisibilityTimeout).toBe(0);
      this.hidden.delete(ReceiptHandle);
    }
    return {};
  }
}

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: {
    readonly MaxNumberOfMessages?: number;
    readonly ReceiptHandle?: string;
    readonly Entries?: readonly { readonly ReceiptHandle: string; readonly VisibilityTimeout: number }[];
  };
}

async function all(look: QueueLook): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const messages = await look.next();
    if (messages.length === 0) return ids;
    ids.push(...messages.map(({ MessageId = '' }) => MessageId));
  }
}

it('receives each of 2,000 messages once, and shows them to others again', async () => {
  const queue = new MadeQueue(2_000);
  const look = new QueueLook(queue.client, 'url', 60);
  expect(new Set(await all(look)).size).toBe(2_000);
  expect(queue.visible).toBe(0);
  await look.release();
  expect(queue.visible).toBe(2_000);
  expect(look.isTooSlow).toBe(false);
  expect(queue.requests.filter((name) => name === 'ReceiveMessageCommand')).toHaveLength(201);
  expect(queue.requests.filter((name) => name === 'ChangeMessageVisibilityBatchCommand')).toHaveLength(200);
});

it('does not show what it has deleted', async () => {
  const queue = new MadeQueue(25);
  const look = new QueueLook(queue.client, 'url', 60);
  await all(look);
  await look.delete('message-3');
  await look.release();
  expect(queue.visible).toBe(24);
});

it('ends, and says so, if messages are visible again before all were received', async () => {
  const look = new QueueLook(new MadeQueue(100, false).client, 'url', 60);
  expect(await all(look)).toHaveLength(10);
  expect(look.isTooSlow).toBe(true);
});
