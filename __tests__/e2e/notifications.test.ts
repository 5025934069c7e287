import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RUN_MESSAGE, type RunEnd } from '../../modules/notifications/run-message';
import { STUCK_MESSAGE } from '../../modules/notifications/stuck-message';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { runEnd } from '../notifications/ended-run';
import { evaluated } from '../notifications/jsonata';
import { waitingRun } from '../notifications/waiting-run';
import { AwsApi } from './engines/aws-api';
import { type Deployment, deploy } from './engines/deployment';
import { unexplainedChanges } from './engines/emulator-gaps';
import { emulatorAvailable } from './engines/ministack';
import { describeWith, terraformAvailable } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

const REGION = 'eu-west-1';
const STACK = 'told';
/** Milliseconds that a message may take. */
const LIMIT = 120_000;

const busybox = { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } } as const;
const small = { cpu: 1, memory: 512 };
const config: BatchJobsConfig = {
  stackName: STACK,
  region: REGION,
  notifications: { onFailure: { snsTopicName: 'alerts' } },
  resources: {
    alerts: { type: 'sns-topic' },
    bus: { type: 'event-bus' },
    nightly: {
      type: 'batch-job',
      properties: {
        container: busybox,
        resources: small,
        notifications: {
          onFailure: [{ snsTopicName: 'alerts' }, { eventBusName: 'bus' }],
          onSuccess: { eventBusName: 'bus' },
          onStuck: [{ snsTopicName: 'alerts' }, { eventBusName: 'bus', afterSeconds: 7200 }],
        },
        alarms: {
          failedRuns: { threshold: 3, periodSeconds: 3600, notify: { snsTopicName: 'alerts' } },
          oldestWaitingRun: { afterSeconds: 900, notify: { snsTopicName: 'alerts' } },
        },
      },
    },
    quiet: {
      type: 'batch-job',
      properties: { container: busybox, resources: small, notifications: { onFailure: [] } },
    },
    other: { type: 'batch-job', properties: { container: busybox, resources: small } },
  },
};

/**
 * Notifications applied by the real provider to the emulator, which delivers them: an execution that ends is an event of the rule, whose
 * target is the real state machine, which publishes to real topics and buses. The emulator's Step Functions cannot run a Batch job: a run
 * of it fails at its first state. How a job's failure is told is tested by starting the notifier with what its rule would send.
 */
describeWith([terraformAvailable(), emulatorAvailable()], 'notifications', () => {
  let deployment: Deployment;
  let synthesized: SynthesizedStack;
  let api: AwsApi;

  beforeAll(async () => {
    synthesized = synthesize(config);
    deployment = await deploy(synthesized.dir, { region: REGION });
    api = new AwsApi(deployment.emulator, REGION);
  });

  afterAll(async () => {
    await deployment?.dispose();
    synthesized?.dispose();
  });

  const output = (name: string) => String(deployment.applied.outputs[name]);
  const of = (type: string, name: string) => {
    const found = [...deployment.applied.resources.values()].filter(
      (resource) => resource.type === type && resource.name.replace(/_[0-9A-F]{8}$/, '').endsWith(name),
    );
    expect(found).toHaveLength(1);
    return found[0]?.values ?? {};
  };

  /** A queue that gets everything that a source sends to it. */
  async function listener(): Promise<{ readonly url: string; readonly arn: string }> {
    const { QueueUrl: url } = await api.json<{ QueueUrl: string }>('sqs', 'AmazonSQS.CreateQueue', {
      QueueName: `listener-${randomUUID()}`,
    });
    const arn = `arn:aws:sqs:${REGION}:${deployment.emulator.account}:${url.split('/').at(-1)}`;
    return { url, arn };
  }

  async function subscribed(topicArn: string): Promise<string> {
    const { url, arn } = await listener();
    await api.query('sns', { Action: 'Subscribe', TopicArn: topicArn, Protocol: 'sqs', Endpoint: arn });
    return url;
  }

  async function onBus(name: string): Promise<string> {
    const { url, arn } = await listener();
    const rule = { Name: `everything-${randomUUID()}`, EventBusName: name };
    await api.json('events', 'AWSEvents.PutRule', { ...rule, EventPattern: '{"source":[{"prefix":""}]}' });
    await api.json('events', 'AWSEvents.PutTargets', {
      Rule: rule.Name,
      EventBusName: name,
      Targets: [{ Id: 'queue', Arn: arn }],
    });
    return url;
  }

  /** The next message of a queue, taken from it. */
  async function next(url: string): Promise<{ readonly [property: string]: unknown }> {
    for (const end = Date.now() + LIMIT; Date.now() < end; await sleep(300)) {
      const { Messages: [message] = [] } = await api.json<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
        'sqs',
        'AmazonSQS.ReceiveMessage',
        { QueueUrl: url, MaxNumberOfMessages: 1 },
      );
      if (message === undefined) continue;
      await api.json('sqs', 'AmazonSQS.DeleteMessage', { QueueUrl: url, ReceiptHandle: message.ReceiptHandle });
      return JSON.parse(message.Body);
    }
    throw new Error(`no message in ${url}\n${deployment.emulator.log().slice(-4000)}`);
  }

  const start = (stateMachineArn: string, input: object, name: string = randomUUID()) =>
    api.json<{ executionArn: string }>('states', 'AWSStepFunctions.StartExecution', {
      stateMachineArn,
      name,
      input: JSON.stringify(input),
    });

  const startNotifier = (input: object) => start(String(of('aws_sfn_state_machine', 'notifications').arn), input);
  const notify = (change: object, targets: RunEnd['targets']) => startNotifier({ ...runEnd(change), targets });

  it('shows no change when it is planned again', async () => {
    const applied = (type: string) =>
      [...deployment.applied.resources.values()].filter((resource) => resource.type === type).length;
    expect(applied('aws_cloudwatch_metric_alarm')).toBe(2);
    // Of ended runs in two jobs, of waiting runs in one: two times, and one for the alarm.
    expect(applied('aws_cloudwatch_event_rule')).toBe(3);
    expect(applied('aws_cloudwatch_event_target')).toBe(5);
    expect(unexplainedChanges(await deployment.copy.planJson())).toEqual([]);
  });

  it('a failed run of a job is told to its topic and its bus, and of no other job', async () => {
    const [mail, events] = [
      await subscribed(String(of('aws_sns_topic', 'alerts').arn)),
      await onBus(String(of('aws_cloudwatch_event_bus', 'bus').name)),
    ];
    await start(output('quietStateMachineArn'), {}, 'quiet-1');
    await start(output('nightlyStateMachineArn'), {}, 'nightly-1');
    const envelope = await next(mail);
    expect(envelope).toMatchObject({ Type: 'Notification', Subject: `nightly failed (${STACK})` });
    const written = JSON.parse(String(envelope.Message));
    expect(written).toMatchObject({
      kind: 'failed',
      stack: STACK,
      job: 'nightly',
      run: 'nightly-1',
      status: 'FAILED',
      attempts: 1,
    });
    expect(written.executionArn).toBe(
      output('nightlyStateMachineArn').replace('stateMachine', 'execution').concat(':nightly-1'),
    );
    const event = await next(events);
    expect(event).toMatchObject({ source: 'batch-jobs', 'detail-type': 'Batch Job Run Failed', detail: written });
    await start(output('otherStateMachineArn'), {}, 'other-1');
    expect(JSON.parse(String((await next(mail)).Message))).toMatchObject({ job: 'other', run: 'other-1' });
  });

  it('a job that failed is told word by word, its cause read', async () => {
    const topic = String(of('aws_sns_topic', 'alerts').arn);
    const mail = await subscribed(topic);
    await notify({}, { failed: [{ topic }], succeeded: [] });
    const { Message, Subject } = await next(mail);
    const { detail, subject } = await evaluated<{ detail: object; subject: string }>(RUN_MESSAGE, { input: runEnd() });
    expect({ Subject, Message: JSON.parse(String(Message)) }).toEqual({ Subject: subject, Message: detail });
  });

  it('a run that waits is told word by word', async () => {
    const [topic, bus] = [of('aws_sns_topic', 'alerts'), of('aws_cloudwatch_event_bus', 'bus')];
    const [mail, events] = [await subscribed(String(topic.arn)), await onBus(String(bus.name))];
    const input = { ...waitingRun(), targets: { stuck: [{ topic: String(topic.arn) }, { bus: String(bus.arn) }] } };
    await startNotifier(input);
    const { detail, subject } = await evaluated<{ detail: object; subject: string }>(STUCK_MESSAGE, { input });
    const { Message, Subject } = await next(mail);
    expect({ Subject, Message: JSON.parse(String(Message)) }).toEqual({ Subject: subject, Message: detail });
    expect(await next(events)).toMatchObject({ 'detail-type': 'Batch Job Run Stuck', detail });
  });

  it('a target that refuses the message does not keep it from the others, and the message is kept', async () => {
    const topic = String(of('aws_sns_topic', 'alerts').arn);
    const mail = await subscribed(topic);
    await notify({}, { failed: [{ topic: `${topic}-gone` }, { topic }], succeeded: [] });
    expect(JSON.parse(String((await next(mail)).Message))).toMatchObject({ kind: 'failed' });
    const kept = await next(String(of('aws_sqs_queue', 'notifications_Queue').url));
    expect(kept).toMatchObject({ target: { topic: `${topic}-gone` }, notification: { run: 'nightly-e04f0ac63e52' } });
  });
});
