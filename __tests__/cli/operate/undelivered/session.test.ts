import timers from 'node:timers/promises';
import {
  type Treatment,
  UndeliveredEvents,
  type UndeliveredSelection,
} from '../../../../cli/operate/undelivered/session';
import { answers, batchJob, deploymentOf, fault, type Given } from '../fake-aws';
import { lambdaFailure, SCHEDULED } from './made-messages';

const STACK = 'shop-undelivered-events';
const id = (number: number) => `${String(number).padStart(8, '0')}-aaaa-4aaa-aaaa-aaaaaaaaaaaa`;

/** A message of the stack's queue, for the job with such a trigger function. */
const message = (number: number, functionName = 'shop-report-trigger', minute = number) => ({
  MessageId: id(number),
  ReceiptHandle: `handle ${number}`,
  Body: JSON.stringify({
    ...lambdaFailure(SCHEDULED, { functionName }),
    timestamp: `2026-11-26T14:${String(minute).padStart(2, '0')}:00.000Z`,
  }),
  Attributes: { SentTimestamp: '1764165600000', ApproximateReceiveCount: '1' },
});

interface Setting {
  readonly messages?: readonly ReturnType<typeof message>[];
  readonly selection?: Partial<UndeliveredSelection>;
  readonly given?: Given;
  readonly attributes?: object;
  /** What Lambda reads for the trigger function. */
  readonly mappings?: object;
  /** What an invocation of the trigger function is answered. */
  readonly invoke?: () => unknown;
}

/** The events of a stack whose queue gives its messages ten at a time, and each again once it was released. */
async function session({ messages = [], selection, given, attributes = {}, mappings = {}, invoke }: Setting = {}) {
  const left = [...messages];
  const held: (typeof messages)[number][] = [];
  const receive = () => {
    const received = left.splice(0, 10);
    held.push(...received);
    return received;
  };
  const release = ({ Entries }: { readonly Entries: readonly { readonly ReceiptHandle: string }[] }) => {
    for (const { ReceiptHandle } of Entries) {
      const released = held.find((each) => each.ReceiptHandle === ReceiptHandle);
      if (released !== undefined) left.push(...held.splice(held.indexOf(released), 1));
    }
    return {};
  };
  const payload = JSON.stringify({ executionName: 'report-1', executionArn: 'arn:1', duplicate: false });
  const answer = answers({
    GetQueueUrl: ({ QueueName }: { QueueName: string }) => ({ QueueUrl: QueueName }),
    GetQueueAttributes: ({ QueueUrl }: { QueueUrl: string }) => ({ Attributes: QueueUrl === STACK ? attributes : {} }),
    ReceiveMessage: ({ QueueUrl }: { QueueUrl: string }) => ({ Messages: QueueUrl === STACK ? receive() : [] }),
    ChangeMessageVisibilityBatch: release,
    ListEventSourceMappings: () => mappings,
    DeleteMessage: {},
    Invoke: invoke ?? (() => ({ Payload: { transformToString: () => payload } })),
  });
  const deployment = deploymentOf(answer, given);
  const events = await UndeliveredEvents.of(deployment, { countReceives: false, ...selection });
  const inputs = (name: string) => answer.requests.flatMap((request) => (request.name === name ? [request.input] : []));
  return { events, inputs, deployment };
}

const moved = {
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:last', maxReceiveCount: 3 }),
  ApproximateNumberOfMessages: '2',
};

describe('the queues that are looked into', () => {
  it('are those that do not count a look as a receive', async () => {
    const { events } = await session({ attributes: moved });
    expect(events.queues.map(({ name }) => name)).toEqual(['last']);
    expect(events.notes).toEqual([
      'shop-undelivered-events (about 2 messages) is not looked into: it counts each look as a receive, and moves a message to last after 3. To look into it, add --count-receives.',
    ]);
    const console = await session({ attributes: moved, selection: { lookInto: 'select it' } });
    expect(console.events.notes[0]).toMatch(/ To look into it, select it\.$/);
  });

  it('are all if each may count', async () => {
    const { events } = await session({ attributes: moved, selection: { countReceives: true } });
    expect(events.queues.map(({ name }) => name)).toEqual([STACK, 'last']);
    expect(events.notes).toEqual([]);
  });
});

it('has what the search for queues tells', async () => {
  const given = {
    properties: { events: [{ type: 'sqs', properties: { sqsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:inbox' } }] },
  };
  const EventSourceArn = 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks';
  const DestinationConfig = { OnFailure: { Destination: 'arn:aws:sns:eu-west-1:123456789012:alerts' } };
  const told = await session({ given, mappings: { EventSourceMappings: [{ EventSourceArn, DestinationConfig }] } });
  expect((await told.events.list(1)).notes).toEqual([expect.stringMatching(/^Lambda publishes the position/)]);
  const denied = await session({ given, mappings: fault('AccessDenied') });
  expect((await denied.events.list(1)).problems).toEqual([expect.stringMatching(/job report are not known/)]);
});

describe('a list', () => {
  it('has all events, oldest first, without their bodies, and shows them to others again', async () => {
    const { events, inputs } = await session({ messages: [message(1, undefined, 9), message(2, undefined, 3)] });
    const list = await events.list(100);
    expect(list).toMatchObject({ stackName: 'shop', isComplete: true, notes: [], problems: [] });
    expect(list.queues).toBe(events.queues);
    expect(list.entries.map(({ messageId }) => messageId)).toEqual([id(2), id(1)]);
    expect(list.entries[0]?.start).toMatchObject({ kind: 'event', json: '' });
    expect(inputs('ReceiveMessage')[0]).toMatchObject({ VisibilityTimeout: 60 });
    expect(inputs('ChangeMessageVisibilityBatch')).toHaveLength(1);
  });

  it('ends at its limit', async () => {
    const messages = [message(1), message(2), message(3)];
    const two = await (await session({ messages })).events.list(2);
    expect(two.entries.map(({ messageId }) => messageId)).toEqual([id(1), id(2)]);
    expect(two.isComplete).toBe(false);
    expect((await (await session({ messages })).events.list(4)).isComplete).toBe(true);
    const many = await session({ messages: Array.from({ length: 20 }, (_, index) => message(index)) });
    expect((await many.events.list(10)).isComplete).toBe(false);
    expect(many.inputs('ReceiveMessage')).toHaveLength(1);
  });

  it('has only the events of a job, if one is selected', async () => {
    const given = { resources: { load: batchJob() } };
    const messages = [message(1), message(2, 'shop-load-trigger'), message(3, 'shop-other')];
    const { events } = await session({ messages, given, selection: { job: 'load' } });
    expect((await events.list(100)).entries.map(({ messageId }) => messageId)).toEqual([id(2)]);
    expect((await (await session({ messages, given })).events.list(100)).entries).toHaveLength(3);
  });

  it('keeps what has no event', async () => {
    const { events } = await session({ messages: [{ ...message(1), Body: 'no JSON' }] });
    expect((await events.list(1)).entries[0]?.start).toMatchObject({ kind: 'none' });
  });

  it('says how many are hidden', async () => {
    const { events } = await session({ attributes: { ApproximateNumberOfMessagesNotVisible: '1' } });
    expect((await events.list(1)).notes).toEqual([
      'shop-undelivered-events has about 1 message more that others look at or start at this moment.',
    ]);
  });

  it('tells which queue could not be looked into', async () => {
    const { events } = await session();
    Object.assign(events, { deployment: deploymentOf(() => fault('AccessDenied')) });
    const list = await events.list(1);
    expect(list.isComplete).toBe(false);
    expect(events.problems).toEqual([`${STACK} could not be looked into: It failed (AccessDenied).`]);
  });
});

describe('events that are found', () => {
  const messages = [message(1), message(2), message(13)];

  it('are those that words name', async () => {
    const { events } = await session({ messages });
    const found = await events.find(['00000002', '00000013']);
    expect(found?.map(({ entry, message: { Body } }) => [entry.messageId, Body])).toEqual([
      [id(2), message(2).Body],
      [id(13), message(13).Body],
    ]);
  });

  it('must be there, and be the only ones', async () => {
    await expect((await session({ messages })).events.find(['9'])).rejects.toThrow(
      'No undelivered event has an ID that begins with "9" (looked into shop-undelivered-events).',
    );
    await expect((await session({ messages })).events.find(['0000000'])).rejects.toThrow(
      'is the beginning of several IDs',
    );
    const two = await session({ attributes: moved, selection: { countReceives: true } });
    await expect(two.events.find(['9'])).rejects.toThrow('(looked into shop-undelivered-events, last)');
    const none = await session();
    Object.assign(none.events, { queues: [] });
    await expect(none.events.find(['9'])).rejects.toThrow('(looked into no queue)');
  });

  it('are not looked for any more once all whole IDs are found', async () => {
    const many = () => [...messages, ...Array.from({ length: 20 }, (_, index) => message(20 + index))];
    const whole = await session({ messages: many() });
    expect(await whole.events.find([id(1), id(2)])).toHaveLength(2);
    expect(whole.inputs('ReceiveMessage')).toHaveLength(1);
    const short = await session({ messages: many() });
    expect(await short.events.find([id(1).slice(0, 35)])).toHaveLength(1);
    expect(short.inputs('ReceiveMessage')).toHaveLength(4);
    const both = await session({ messages: many() });
    expect(await both.events.find([id(1), id(39)])).toHaveLength(2);
    expect(both.inputs('ReceiveMessage')).toHaveLength(3);
  });

  it('are none if the search was stopped', async () => {
    const { events } = await session({ messages });
    events.stop();
    expect(await events.find(['9'])).toBeUndefined();
  });

  it('can be shown with their event', async () => {
    const { events } = await session({ messages });
    const [first] = (await events.find([id(1)])) ?? [];
    if (first === undefined) throw new Error('the message is there');
    expect(await events.show(first)).toMatchObject({ event: JSON.stringify(SCHEDULED), body: message(1).Body });
  });
});

describe('events that are handled', () => {
  const handled = async (
    treatment: Treatment,
    which: 'all' | readonly string[] | ReadonlySet<string>,
    setting: Setting,
    pauseMs?: number,
  ) => {
    const made = await session(setting);
    const told: unknown[] = [];
    const events = Array.isArray(which) ? await made.events.find(which) : (which as 'all' | ReadonlySet<string>);
    const results = await made.events.handle(treatment, events ?? [], (result) => told.push(result), pauseMs);
    expect(told).toEqual(results);
    const outcomes = results.map(({ messageId, outcome }) => `${Number(messageId.slice(0, 8))} ${outcome}`);
    return { ...made, outcomes };
  };
  const messages = [message(1), message(2), message(3)];

  it('are all, or those that were found, or those with whole IDs', async () => {
    expect((await handled('delete', 'all', { messages })).outcomes).toEqual(['1 deleted', '2 deleted', '3 deleted']);
    expect((await handled('delete', [id(2)], { messages })).outcomes).toEqual(['2 deleted']);
    expect((await handled('delete', new Set([id(3)]), { messages })).outcomes).toEqual(['3 deleted']);
  });

  it('start their runs, or are deleted without', async () => {
    const { outcomes, inputs } = await handled('redrive', [id(1)], { messages });
    expect(outcomes).toEqual(['1 started']);
    expect(inputs('Invoke')).toHaveLength(1);
    expect(inputs('DeleteMessage')).toEqual([{ QueueUrl: STACK, ReceiptHandle: 'handle 1' }]);
    expect((await handled('delete', [id(1)], { messages })).inputs('Invoke')).toEqual([]);
  });

  it('are only those of a job, if all are meant and one is selected', async () => {
    const of = [message(1), message(2, 'shop-load-trigger')];
    const given = { resources: { load: batchJob() } };
    const { outcomes } = await handled('delete', 'all', { messages: of, given, selection: { job: 'load' } });
    expect(outcomes).toEqual(['2 deleted']);
  });

  it('are told to be gone if their messages are', async () => {
    expect((await handled('delete', new Set([id(2), id(9)]), { messages })).outcomes).toEqual(['2 deleted', '9 gone']);
  });

  it('are looked for only until all are handled, and where they were found', async () => {
    const many = [...messages, ...Array.from({ length: 20 }, (_, index) => message(20 + index))];
    const { inputs } = await handled('delete', new Set([id(1)]), { messages: many });
    expect(inputs('ReceiveMessage')).toHaveLength(1);
    const two = { messages, attributes: moved, selection: { countReceives: true } };
    const asked = (await handled('delete', [id(1)], two)).inputs('ReceiveMessage');
    expect(
      asked.filter(({ QueueUrl }) => QueueUrl === 'last').map(({ VisibilityTimeout }) => VisibilityTimeout),
    ).toEqual([60]);
    const all = await handled('delete', 'all', two);
    expect(new Set(all.inputs('ReceiveMessage').map(({ QueueUrl }) => QueueUrl))).toEqual(new Set([STACK, 'last']));
  });

  it('end after ten failures in a row, of which the rest is still there', async () => {
    const many = Array.from({ length: 30 }, (_, index) => message(index));
    const { outcomes, events } = await handled('redrive', 'all', {
      messages: many,
      invoke: () => fault('AccessDenied'),
    });
    expect(new Set(outcomes.map((outcome) => outcome.split(' ')[1]))).toEqual(new Set(['failed']));
    expect(outcomes.length).toBeLessThan(15);
    expect(events.problems).toEqual(['Stopped after failures in a row. The events that are left are in their queues.']);
    const ids = new Set(many.map(({ MessageId }) => MessageId));
    const some = await handled('redrive', ids, { messages: many, invoke: () => fault('AccessDenied') });
    expect(some.outcomes.some((outcome) => outcome.endsWith('gone'))).toBe(false);
  });

  it('are left, and not told to be gone, if it was stopped', async () => {
    const made = await session({ messages });
    const results = await made.events.handle('delete', new Set([id(1), id(2), id(3)]), () => made.events.stop());
    expect(results.every(({ outcome }) => outcome === 'deleted')).toBe(true);
    expect(made.events.isStopped).toBe(true);
  });

  describe('one after the other', () => {
    afterEach(() => jest.restoreAllMocks());

    it('begin with pauses between them', async () => {
      const pauses: number[] = [];
      jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
      jest.spyOn(timers, 'setTimeout').mockImplementation(async (milliseconds) => void pauses.push(milliseconds ?? 0));
      await handled('delete', 'all', { messages }, 500);
      expect(pauses).toEqual([500, 1_000]);
      pauses.length = 0;
      await handled('delete', 'all', { messages });
      expect(pauses).toEqual([]);
    });

    it('do not begin if it was stopped in a pause', async () => {
      const made = await session({ messages });
      jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
      jest.spyOn(timers, 'setTimeout').mockImplementation(async () => {
        // The first one begins without a pause.
        await new Promise(setImmediate);
        made.events.stop();
      });
      const results = await made.events.handle('delete', 'all', () => undefined, 500);
      expect(results).toHaveLength(1);
    });
  });

  it.each<[string, Given, number]>([
    ['two rounds of a trigger function', {}, 120],
    ['two rounds of the longest function', withFunctions(900), 1_870],
    ['trigger functions, which are longer than a short function', withFunctions(3), 120],
  ])('are hidden from others for %s', async (_, given, seconds) => {
    const { inputs } = await handled('delete', 'all', { messages: [], given });
    expect(inputs('ReceiveMessage')[0]).toMatchObject({ VisibilityTimeout: seconds });
  });

  it('are hidden for ten rounds if one is handled at a time, for up to 12 hours', async () => {
    const hidden = async (given: Given) => {
      const made = await session({ given });
      Object.assign(made.events, { queues: made.events.queues.map((each) => ({ ...each, fifo: true })) });
      await made.events.handle('delete', 'all', () => undefined);
      return made.inputs('ReceiveMessage')[0]?.VisibilityTimeout;
    };
    expect(await hidden({})).toBe(320);
    expect(await hidden(withFunctions(900))).toBe(9_070);
  });
});

/** A function of the config with a timeout. */
function withFunctions(timeout: number): Given {
  const packaging = { type: 'custom-artifact', properties: { packagePath: 'x.zip', handler: 'a.b' } };
  return { resources: { authorize: { type: 'function', properties: { packaging, runtime: 'nodejs22.x', timeout } } } };
}
