import { gzipSync } from 'node:zlib';
import { operatorPolicy } from '../../../cli/operate/info/policy';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { deployed } from '../../cli/operate/info/deployment';
import {
  lambdaFailure,
  message,
  NOTIFICATION,
  ruleAttributes,
  SCHEDULED,
  streamFailure,
} from '../../cli/operate/undelivered/made-messages';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import type { PolicyDocument } from '../engines/policy-document';
import { describeWith, terraformAvailable } from '../engines/terraform';
import { until } from '../engines/until';

/*
 * Commands against moto's SQS, Kinesis and Step Functions, with the real trigger function. The messages are made in the forms that AWS
 * documents (made-messages.ts): moto delivers no events, so nothing of it is sent by EventBridge, SNS or Lambda itself.
 */

const container = { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } };
const resources = { cpu: 1, memory: 512 };

const config: BatchJobsConfig = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    inbox: {
      type: 'sqs-queue',
      properties: { redrivePolicy: { targetSqsQueueArn: "$ResourceParam('dead', 'arn')", maxReceiveCount: 5 } },
    },
    dead: { type: 'sqs-queue' },
    lost: { type: 'sqs-queue' },
    counted: {
      type: 'sqs-queue',
      properties: { redrivePolicy: { targetSqsQueueArn: "$ResourceParam('uncounted', 'arn')", maxReceiveCount: 2 } },
    },
    uncounted: { type: 'sqs-queue' },
    unheard: { type: 'sqs-queue' },
    tally: {
      type: 'function',
      properties: {
        packaging: {
          type: 'stacktape-lambda-buildpack',
          properties: { entryfilePath: './fixtures/refuses-what-is-bad.ts' },
        },
        events: [
          { type: 'sqs', properties: { sqsQueueName: 'counted' } },
          {
            type: 'event-bus',
            properties: {
              useDefaultBus: true,
              eventPattern: { source: ['counter'] },
              onDeliveryFailure: { sqsQueueName: 'unheard' },
            },
          },
        ],
      },
    },
    orders: { type: 'sns-topic' },
    clicks: { type: 'kinesis-stream' },
    report: {
      type: 'batch-job',
      properties: {
        container,
        resources,
        events: [
          { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)' } },
          {
            type: 'event-bus',
            properties: {
              useDefaultBus: true,
              eventPattern: { source: ['shop'] },
              inputPath: '$.detail',
              onDeliveryFailure: { sqsQueueName: 'lost' },
            },
          },
          { type: 'sns', properties: { snsTopicName: 'orders' } },
          { type: 'sqs', properties: { sqsQueueName: 'inbox' } },
          { type: 'kinesis-stream', properties: { kinesisStreamName: 'clicks', maximumRetryAttempts: 1 } },
        ],
      },
    },
    invoice: {
      type: 'batch-job',
      properties: { container, resources, events: [{ type: 'sns', properties: { snsTopicName: 'orders' } }] },
    },
  },
};

const UNDELIVERED = 'shop-undelivered-events';
const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith([terraformAvailable(), moto], 'batch-jobs undelivered', () => {
  let stack: OperatedStack;

  beforeAll(async () => {
    stack = await operatedStack(config);
    await attributes('shop-inbox', { RedrivePolicy: redrivePolicy('shop-dead', 5) });
    await attributes('shop-counted', { RedrivePolicy: redrivePolicy('shop-uncounted', 2) });
  });
  afterEach(async () => {
    stack.front.reset();
    for (const name of [UNDELIVERED, 'shop-dead', 'shop-lost', 'shop-inbox', 'shop-uncounted', 'shop-unheard']) {
      await sqs('PurgeQueue', { QueueUrl: url(name) });
      await attributes(name, { RedrivePolicy: name === 'shop-inbox' ? redrivePolicy('shop-dead', 5) : '' });
    }
  });
  afterAll(() => stack?.stop());

  const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:123456789012:${resource}`;
  const url = (name: string) => `${stack.moto.endpoint}/123456789012/${name}`;
  const redrivePolicy = (name: string, maxReceiveCount: number) =>
    JSON.stringify({ deadLetterTargetArn: arn('sqs', name), maxReceiveCount });
  const sqs = <Answer = unknown>(action: string, body: object) =>
    stack.api.json<Answer>('sqs', `AmazonSQS.${action}`, body);
  const attributes = (name: string, Attributes: object) =>
    sqs('SetQueueAttributes', { QueueUrl: url(name), Attributes });

  const send = async (name: string, body: unknown, given: object = {}) => {
    const { Body, MessageAttributes } = message(body, given);
    const request = { QueueUrl: url(name), MessageBody: Body, MessageAttributes };
    return (await sqs<{ MessageId: string }>('SendMessage', request)).MessageId;
  };

  /** How many messages are visible, and hidden. */
  const counts = async (name: string) => {
    const { Attributes } = await sqs<{ Attributes: { [name: string]: string } }>('GetQueueAttributes', {
      QueueUrl: url(name),
      AttributeNames: ['All'],
    });
    return [Attributes.ApproximateNumberOfMessages, Attributes.ApproximateNumberOfMessagesNotVisible].map(Number);
  };

  const command = (...args: string[]) => stack.command(['undelivered', ...args]);

  const json = async (...args: string[]) => {
    const { code, stdout, stderr } = await command(...args, '--json');
    try {
      return { code, stderr, ...JSON.parse(stdout) };
    } catch {
      throw new Error(`exit ${code}, no JSON: ${stdout}\n${stderr}`);
    }
  };

  /** What the trigger function answers if a source delivers an event. */
  const deliver = async (event: unknown, job = 'report') => {
    const functionName = `shop-${job}-trigger`;
    const answer = await fetch(`${stack.front.endpoint}/2015-03-31/functions/${functionName}/invocations`, {
      method: 'POST',
      body: JSON.stringify(event),
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/20261126/eu-west-1/lambda/aws4_request' },
    });
    return answer.json() as Promise<{ executionName: string; executionArn: string }>;
  };

  const inputOf = async (executionArn: string) => JSON.parse((await stack.ended(executionArn)).input ?? '');

  it('finds nothing', async () => {
    const { code, stdout } = await command();
    const [, looked = ''] = /^Nothing is undelivered in shop. Looked into: (.*)\.$/m.exec(stdout) ?? [];
    // Lambda is asked about several functions at a time.
    const queues = [UNDELIVERED, 'shop-lost', 'shop-unheard', 'shop-dead', 'shop-uncounted'];
    expect(looked.split(', ').sort()).toEqual(queues.sort());
    expect(code).toBe(0);
  });

  it('lists what is in every queue, and leaves it there', async () => {
    await send(UNDELIVERED, lambdaFailure({ ...SCHEDULED, id: 'list-1' }));
    await send(UNDELIVERED, lambdaFailure({}, { functionName: 'shop-image-builder' }));
    await send(UNDELIVERED, 'no JSON');
    await send('shop-lost', SCHEDULED, { MessageAttributes: ruleAttributes() });
    await send('shop-dead', 'a message');
    await send('shop-inbox', 'in flight');
    const list = await json();
    expect(list.code).toBe(0);
    expect(list.complete).toBe(true);
    expect(
      list.events.map((event: { queue: string; jobs: string[]; source: string }) => [
        event.queue,
        event.jobs,
        event.source,
      ]),
    ).toEqual(
      expect.arrayContaining([
        [UNDELIVERED, ['report'], 'schedule'],
        [UNDELIVERED, [], 'unknown'],
        ['shop-lost', ['report'], 'schedule'],
        ['shop-dead', ['report'], 'sqs'],
      ]),
    );
    expect(list.notes).toEqual([
      'shop-inbox has about 1 message. Lambda delivers them up to 5 times, then they are moved to shop-dead.',
    ]);
    expect(await counts(UNDELIVERED)).toEqual([3, 0]);
    expect(await counts('shop-lost')).toEqual([1, 0]);
    expect(await counts('shop-dead')).toEqual([1, 0]);
    expect(stack.front.actions).not.toContain('sqs:DeleteMessage');

    const { stdout } = await command('--job', 'report');
    expect(stdout).toMatch(
      /^3 undelivered events of shop\n\nshop-undelivered-events \(undelivered events of the stack/,
    );
    expect(stdout).toMatch(/^ID {8}JOB {5}SOURCE {4}GIVEN UP/m);
    expect(stdout).toContain('Out of time after 20 attempts: ThrottlingException (HTTP 400): Rate exceeded');
  });

  it('shows one event whole', async () => {
    const id = await send(UNDELIVERED, lambdaFailure({ ...SCHEDULED, id: 'show-1' }));
    const { code, stdout } = await command('show', id.slice(0, 8));
    expect(code).toBe(0);
    expect(stdout).toContain(`Event      ${id}\n`);
    expect(stdout).toContain('Given up   2026-11-26 14:03, after 3 deliveries\n');
    expect(stdout).toContain('"errorType": "StartError.Curable.ThrottlingException"');
    expect(stdout).toContain('"id": "show-1"');
    expect(stdout).toContain(`redrive ${id.slice(0, 8)}`);
    const document = await json('show', id);
    expect(document.event).toEqual({ ...SCHEDULED, id: 'show-1' });
    expect(await counts(UNDELIVERED)).toEqual([1, 0]);
    expect((await command('show', 'zzzz')).stderr).toMatch(/No undelivered event has an ID that begins with "zzzz"/);
  });

  it('starts the runs that the sources would have started, and no second one when those deliver later', async () => {
    const s3 = {
      Records: [
        {
          eventSource: 'aws:s3',
          eventName: 'ObjectCreated:Put',
          s3: { bucket: { name: 'b' }, object: { key: 'k', sequencer: '1' } },
        },
      ],
    };
    const logs = { awslogs: { data: gzipSync(JSON.stringify({ messageType: 'DATA_MESSAGE' })).toString('base64') } };
    const scheduled = { ...SCHEDULED, id: 'redrive-1' };
    const large = { ...SCHEDULED, id: 'redrive-2', detail: { text: 'x'.repeat(50_000) } };
    await send(UNDELIVERED, lambdaFailure(scheduled));
    await send(UNDELIVERED, lambdaFailure(large));
    await send(UNDELIVERED, lambdaFailure(s3));
    await send(UNDELIVERED, lambdaFailure(logs));
    const onQueue = await send('shop-dead', 'a message');
    const { code, results } = await json('redrive', '--all', '--yes');
    expect(results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(Array(5).fill('started'));
    expect(code).toBe(0);
    expect(await counts(UNDELIVERED)).toEqual([0, 0]);
    expect(await counts('shop-dead')).toEqual([0, 0]);

    const runs = new Map<string, string>(
      results.map((result: { run: string; executionArn: string }) => [result.run, result.executionArn]),
    );
    const message = { messageId: onQueue, receiptHandle: 'new', body: 'a message', eventSource: 'aws:sqs' };
    for (const event of [scheduled, large, s3, logs, { Records: [message] }]) {
      const { executionName, executionArn } = await deliver(event);
      expect(runs.get(executionName)).toBe(executionArn);
    }
    const inputs = await Promise.all([...runs.values()].map(inputOf));
    expect(inputs).toEqual(expect.arrayContaining([scheduled, s3, logs]));
    expect(inputs.filter(({ stpPayload }) => stpPayload)).toHaveLength(1);
  });

  it('starts the run of a topic for the job that is named, since both subscribe', async () => {
    const id = await send(UNDELIVERED, { ...NOTIFICATION, TopicArn: arn('sns', 'shop-orders') });
    const undecided = await json('redrive', id, '--yes');
    expect(undecided.code).toBe(1);
    expect(undecided.results).toMatchObject([
      { outcome: 'skipped', reason: 'It can be for report or invoice. Select the job with --job.' },
    ]);
    const { results } = await json('redrive', id, '--job', 'invoice', '--yes');
    const { executionName } = await deliver(
      { Records: [{ EventSource: 'aws:sns', Sns: { ...NOTIFICATION, TopicArn: arn('sns', 'shop-orders') } }] },
      'invoice',
    );
    expect(results).toMatchObject([{ job: 'invoice', outcome: 'started', run: executionName }]);
  });

  it("starts the run of a rule's dead letter with what its target makes of the event", async () => {
    const event = { ...SCHEDULED, id: 'rule-1', source: 'shop', 'detail-type': 'x', detail: { order: 7 } };
    const rule = stack.resources.find(
      ({ type, values }) => type === 'aws_cloudwatch_event_rule' && String(values.event_pattern).includes('shop'),
    );
    const id = await send('shop-lost', event, {
      MessageAttributes: ruleAttributes(undefined, String(rule?.values.name)),
    });
    await stack.api.json('events', 'AWSEvents.PutTargets', {
      Rule: rule?.values.name,
      Targets: [{ Id: 'job', Arn: arn('lambda', 'function:shop-report-trigger'), InputPath: '$.detail' }],
    });
    const first = await json('redrive', id, '--yes');
    expect(first.results).toMatchObject([{ outcome: 'started' }]);
    expect(await inputOf(first.results[0].executionArn)).toEqual({ order: 7 });
  });

  it('reads the records of a stream again', async () => {
    const put = async (data: string) => {
      const record = { StreamName: 'shop-clicks', PartitionKey: 'k', Data: Buffer.from(data).toString('base64') };
      return stack.api.json<{ ShardId: string; SequenceNumber: string }>(
        'kinesis',
        'Kinesis_20131202.PutRecord',
        record,
      );
    };
    await put('before');
    const [first, last] = [await put('one'), await put('two')];
    await put('behind');
    const batch = {
      shardId: first.ShardId,
      startSequenceNumber: first.SequenceNumber,
      endSequenceNumber: last.SequenceNumber,
    };
    const streamArn = arn('kinesis', 'stream/shop-clicks');
    const id = await send(UNDELIVERED, streamFailure('KinesisBatchInfo', streamArn, batch));
    const gone = await send(UNDELIVERED, streamFailure('KinesisBatchInfo', streamArn, { ...batch, batchSize: 9 }));
    const { results } = await json('redrive', id, '--yes');
    expect(results).toMatchObject([{ outcome: 'started' }]);
    const { Records } = await inputOf(results[0].executionArn);
    expect(
      Records.map(({ kinesis }: { kinesis: { data: string } }) => Buffer.from(kinesis.data, 'base64').toString()),
    ).toEqual(['one', 'two']);
    expect((await deliver({ Records })).executionName).toBe(results[0].run);

    const expired = await json('redrive', gone, '--yes');
    expect(expired.code).toBe(1);
    expect(expired.results[0].reason).toMatch(/^The stream no longer has the 9 records/);
    expect(await counts(UNDELIVERED)).toEqual([1, 0]);
  });

  it('gives the events of a function to it, and keeps those that it fails on', async () => {
    const good = await send(UNDELIVERED, lambdaFailure({ day: 1 }, { functionName: 'shop-tally' }));
    const bad = await send(UNDELIVERED, lambdaFailure({ bad: true }, { functionName: 'shop-tally' }));
    const ruled = await send(
      'shop-unheard',
      { ...SCHEDULED, source: 'counter' },
      {
        MessageAttributes: ruleAttributes('shop-tally'),
      },
    );
    const list = await json();
    expect(
      list.events.map(({ messageId, jobs, functions, source, obstacle }: { [name: string]: unknown }) => [
        messageId,
        { jobs, functions, source, obstacle },
      ]),
    ).toEqual(
      expect.arrayContaining([
        [good, { jobs: [], functions: ['tally'], source: 'unknown' }],
        [ruled, { jobs: [], functions: ['tally'], source: 'event-bus' }],
      ]),
    );
    expect((await command('show', good)).stdout).toContain('For        function tally\n');
    const { code, results } = await json('redrive', good, bad, '--yes');
    expect(code).toBe(1);
    expect(results).toHaveLength(2);
    expect(results).toEqual(
      expect.arrayContaining([
        { messageId: good, function: 'tally', outcome: 'invoked' },
        {
          messageId: bad,
          function: 'tally',
          outcome: 'failed',
          reason: 'The function tally failed: It is bad (Error). Its log group has more: /aws/lambda/shop-tally.',
        },
      ]),
    );
    expect(await counts(UNDELIVERED)).toEqual([1, 0]);
  });

  it('gives a function the message that its queue gave up, which stays if the function names it as failed', async () => {
    const body = (text: string) => send('shop-uncounted', text);
    const [good, bad] = [await body('good'), await body('bad')];
    const { code, stdout } = await command('redrive', good, bad, '--yes');
    expect(stdout).toMatch(new RegExp(`^${good.slice(0, 8)}  invoked tally$`, 'm'));
    expect(stdout).toMatch(
      new RegExp(`^${bad.slice(0, 8)}  failed: The function tally answered with batchItemFailures`, 'm'),
    );
    expect(code).toBe(1);
    expect(await counts('shop-uncounted')).toEqual([1, 0]);
  });

  it('starts one run for an event without an ID, also if two people start it at once', async () => {
    for (let index = 0; index < 8; index++) await send(UNDELIVERED, lambdaFailure({ day: 'x' }));
    const both = await Promise.all([json('redrive', '--all', '--yes'), json('redrive', '--all', '--yes')]);
    const results = both.flatMap((one) => one.results);
    expect(new Set(results.map(({ run }) => run)).size).toBe(1);
    expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(await counts(UNDELIVERED)).toEqual([0, 0]);
  });

  it('leaves what fails, and says which', async () => {
    const good = await send(UNDELIVERED, lambdaFailure({ ...SCHEDULED, id: 'partial-1' }));
    const unknown = await send(UNDELIVERED, '{"a":1}');
    const test = await send(UNDELIVERED, lambdaFailure({ Event: 's3:TestEvent', Service: 'Amazon S3' }));
    const { code, stdout } = await command('redrive', '--all', '--yes');
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^${good.slice(0, 8)}  started report-[0-9a-f]{32}$`, 'm'));
    expect(stdout).toMatch(
      new RegExp(`^${unknown.slice(0, 8)}  left, because it cannot be sent again: Its form is unknown`, 'm'),
    );
    expect(stdout).toMatch(new RegExp(`^${test.slice(0, 8)}  ignored by the job: report starts no run`, 'm'));
    expect(stdout).toContain('1 started, 1 ignored by the job, 1 left, because it cannot be sent again.');
    expect(await counts(UNDELIVERED)).toEqual([2, 0]);
  });

  it('deletes an event only after its run has started', async () => {
    const id = await send(UNDELIVERED, lambdaFailure({ ...SCHEDULED, id: 'order-1' }));
    stack.front.deny('lambda:InvokeFunction');
    const denied = await json('redrive', id, '--yes');
    expect(denied.results).toMatchObject([
      { outcome: 'failed', reason: expect.stringContaining('do not allow lambda:InvokeFunction') },
    ]);
    expect(await counts(UNDELIVERED)).toEqual([1, 0]);
    stack.front.reset();
    stack.front.deny('sqs:DeleteMessage');
    const left = await json('redrive', id, '--yes');
    expect(left.code).toBe(1);
    expect(left.results).toMatchObject([
      { outcome: 'started', reason: expect.stringContaining('could not be deleted') },
    ]);
    stack.front.reset();
    expect((await json('redrive', id, '--yes')).results[0].run).toBe(left.results[0].run);
    expect(await counts(UNDELIVERED)).toEqual([0, 0]);
  });

  it('changes nothing without an answer to its question', async () => {
    const id = await send(UNDELIVERED, lambdaFailure(SCHEDULED));
    for (const action of ['redrive', 'delete']) {
      const { code, stderr } = await command(action, id);
      expect([code, stderr]).toEqual([2, expect.stringContaining('Nothing was changed')]);
    }
    expect(await counts(UNDELIVERED)).toEqual([1, 0]);
    expect(stack.front.actions).not.toContain('sqs:DeleteMessage');
    expect((await json('delete', id, '--yes')).results).toMatchObject([{ outcome: 'deleted' }]);
    expect(await counts(UNDELIVERED)).toEqual([0, 0]);
    expect(stack.front.actions).not.toContain('lambda:InvokeFunction');
  });

  it('shows messages to others again if it is interrupted', async () => {
    for (let index = 0; index < 60; index++) await send(UNDELIVERED, lambdaFailure({ index }));
    // The second look into the queue has no answer until the command was interrupted.
    stack.front.hold('sqs:ReceiveMessage', 1);
    const list = stack.spawn(['undelivered', '--limit', '1000']);
    const received = () => stack.front.calls.filter(({ action }) => action === 'sqs:ReceiveMessage').length;
    await until(() => received() >= 1 || !list.isRunning, 'messages that the command has received');
    list.signal('SIGINT');
    stack.front.reset();
    expect((await list.end).code).toBe(130);
    expect(await counts(UNDELIVERED)).toEqual([60, 0]);
  });

  it('lists the first of many messages, of which some are large', async () => {
    const Entries = Array.from({ length: 10 }, (_, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(lambdaFailure({ index })),
    }));
    const large = await send(UNDELIVERED, lambdaFailure({ text: 'x'.repeat(250_000) }));
    for (let batch = 0; batch < 30; batch++) await sqs('SendMessageBatch', { QueueUrl: url(UNDELIVERED), Entries });
    const list = await json();
    expect(list.events).toHaveLength(100);
    expect(list.complete).toBe(false);
    expect((await command('--limit', '7')).stdout).toMatch(/^The first 7 of about 301 messages of shop\n/);
    expect(await counts(UNDELIVERED)).toEqual([301, 0]);
    const document = await json('show', large);
    expect(document.event.text).toHaveLength(250_000);
    expect(document.bytes).toBeGreaterThan(250_000);
    expect(await counts(UNDELIVERED)).toEqual([301, 0]);
    const { results } = await json('delete', '--all', '--yes');
    expect(results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(Array(301).fill('deleted'));
    expect(await counts(UNDELIVERED)).toEqual([0, 0]);
  });

  it('does not bring messages nearer to being moved', async () => {
    await attributes('shop-lost', { RedrivePolicy: redrivePolicy('shop-dead', 1) });
    await send('shop-lost', SCHEDULED, { MessageAttributes: ruleAttributes() });
    const list = await json();
    expect(list.events).toEqual([]);
    expect(list.notes).toEqual([
      'shop-lost (about 1 message) is not looked into: it counts each look as a receive, and moves a message to shop-dead after 1. ' +
        'To look into it, add --count-receives.',
    ]);
    expect((await json('--count-receives')).events).toHaveLength(1);
  });

  it('goes on with the other queues if one cannot be looked into', async () => {
    await send('shop-lost', SCHEDULED, { MessageAttributes: ruleAttributes() });
    stack.front.deny('sqs:ReceiveMessage', 1);
    const { code, stdout, stderr } = await command();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^shop-[\w-]+ could not be looked into: Your credentials do not allow sqs:ReceiveMessage/m);
    expect(stdout.length + stderr.length).toBeGreaterThan(0);
    stack.front.reset();
    stack.front.deny('lambda:ListEventSourceMappings');
    const some = await json();
    expect(some.code).toBe(1);
    expect(some.events).toHaveLength(1);
    expect(some.problems).toEqual([
      expect.stringMatching(/^The queues and streams of job report are not known: /),
      expect.stringMatching(/^The queues and streams of function tally are not known: /),
    ]);
  });

  it('says that nothing of the stack is deployed elsewhere', async () => {
    const { code, stderr } = await command('--region', 'us-west-2');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('Nothing of stack shop is deployed in account 123456789012 in us-west-2.'),
    ]);
  });

  it('needs only the policies that are printed', async () => {
    const [read, steer] = (['read', 'steer'] as const).map(
      (kind) => operatorPolicy(deployed(config), kind) as PolicyDocument,
    ) as [PolicyDocument, PolicyDocument];
    const id = await send(UNDELIVERED, lambdaFailure({ ...SCHEDULED, id: 'policy-1' }));
    await send(UNDELIVERED, lambdaFailure({ no: 'id', text: 'x'.repeat(9_000) }));
    const rule = stack.resources.find(({ values }) => values.schedule_expression === 'rate(1 hour)');
    await send('shop-lost', SCHEDULED, { MessageAttributes: ruleAttributes(undefined, String(rule?.values.name)) });
    stack.front.enforce(read);
    expect((await json()).code).toBe(0);
    expect((await json('show', id)).code).toBe(0);
    expect((await json('redrive', id, '--yes')).results).toMatchObject([{ outcome: 'failed' }]);
    await send(UNDELIVERED, lambdaFailure({ day: 1 }, { functionName: 'shop-tally' }));
    stack.front.enforce(steer);
    const { results } = await json('redrive', '--all', '--yes');
    expect(results.filter(({ outcome }: { outcome: string }) => outcome === 'failed')).toEqual([]);
  });
});
