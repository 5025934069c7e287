import { sign } from 'aws4';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { blocksOf } from '../../docs-pages';
import { AwsApi } from '../engines/aws-api';
import { type Emulator, emulatorAvailable, startEmulator } from '../engines/ministack';
import { describeWith, terraformAvailable, type Workspace, workspace } from '../engines/terraform';
import { type SynthesizedStack, synthesize } from '../synthesize';

/** The first command that the page shows, which switches the old mapping of a queue off. */
const [SWITCH_OFF = ''] = blocksOf('docs/stacktape/move.md').flatMap(({ language, code }) =>
  language === 'sh' ? [code.trim()] : [],
);

/** What the page calls Event1Mapping. Functions name it by what the event is. */
const MAPPING = 'Functionsqs-819cac62Mapping';

type Config = BatchJobsConfig['resources'][string];

/** A function in the place of a job's trigger function: its events are the same, and it needs no VPC. */
function weighs(overrides?: object): Config {
  const packaging = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'fixtures/weigh.ts' } };
  const sqsQueueArn = 'arn:aws:sqs:eu-west-1:123456789012:old-inbox';
  const events = [{ type: 'sqs', properties: { sqsQueueArn, batchSize: 1 } }];
  const role = [{ Action: ['sqs:SendMessage'], Resource: ['arn:aws:sqs:eu-west-1:123456789012:done'] }];
  return {
    type: 'function',
    properties: { packaging, events, iamRoleStatements: role, timeout: 10 },
    ...(overrides && { overrides }),
  } as Config;
}

describeWith([terraformAvailable(), emulatorAvailable()], 'a queue of a running stack', () => {
  let emulator: Emulator;
  let aws: AwsApi;
  let old: Workspace;
  let copy: Workspace;
  const made: SynthesizedStack[] = [];

  const stack = (stackName: string, weigh: Config): string => {
    const one = synthesize({ stackName, region: 'eu-west-1', resources: { weigh } } as BatchJobsConfig);
    made.push(one);
    return one.dir;
  };

  const url = (queue: string) => `${emulator.endpoint}/${emulator.account}/${queue}`;
  const send = (body: string) =>
    aws.json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: url('old-inbox'), MessageBody: body });

  /** What the functions wrote down, and what nobody has handled yet. */
  async function queues(): Promise<{ done: string[]; waiting: number }> {
    const { Attributes } = await aws.json<{ Attributes: { [name: string]: string } }>(
      'sqs',
      'AmazonSQS.GetQueueAttributes',
      {
        QueueUrl: url('old-inbox'),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      },
    );
    const answer = await fetch(`${emulator.endpoint}/_ministack/sqs/messages?account=${emulator.account}`);
    const text = await answer.text();
    const done = [...text.matchAll(/(harvest|orchard)-weigh (\w+)/g)].map(([, who, body]) => `${who} ${body}`);
    return { done: done.sort(), waiting: Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0) };
  }

  async function untilDone(count: number): Promise<string[]> {
    for (let tries = 0; tries < 100; tries++) {
      const { done, waiting } = await queues();
      if (done.length >= count && waiting === 0) return done;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`not all messages were handled: ${JSON.stringify(await queues())}`);
  }

  /** Runs the page's command for the mapping of a stack. */
  async function switchOff(from: Workspace): Promise<void> {
    const { resources } = await from.state();
    const mapping = [...resources.values()].find(({ type }) => type === 'aws_lambda_event_source_mapping');
    const words = SWITCH_OFF.replace('UUID', String(mapping?.values.uuid)).split(' ');
    const [, , command, , uuid, option] = words;
    expect([words.length, command, option]).toEqual([6, 'update-event-source-mapping', '--no-enabled']);
    const { host } = new URL(emulator.endpoint);
    const request = {
      host,
      method: 'PUT',
      path: `/2015-03-31/event-source-mappings/${uuid}`,
      body: '{"Enabled":false}',
    };
    const { headers } = sign({ ...request, service: 'lambda', region: 'eu-west-1' }, emulator.credentials);
    const { Host: _, 'Content-Length': __, ...sent } = headers as { [name: string]: string };
    const answer = await fetch(emulator.endpoint + request.path, { method: 'PUT', body: request.body, headers: sent });
    expect(await answer.json()).toMatchObject({ State: expect.stringMatching(/^Disabl/) });
  }

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new AwsApi(emulator, 'eu-west-1');
    const Attributes = { VisibilityTimeout: '60' };
    await aws.json('sqs', 'AmazonSQS.CreateQueue', { QueueName: 'old-inbox', Attributes });
    await aws.json('sqs', 'AmazonSQS.CreateQueue', { QueueName: 'done' });
    old = workspace(stack('harvest', weighs()), { emulator });
    copy = workspace(stack('orchard', weighs({ [MAPPING]: { enabled: false } })), { emulator });
    await Promise.all([old.apply(), copy.apply()]);
  }, 300_000);

  afterAll(async () => {
    old?.dispose();
    copy?.dispose();
    for (const one of made) one.dispose();
    await emulator?.stop();
  });

  it('is read by the old function alone while the new mapping is deployed and switched off', async () => {
    for (const body of ['a', 'b', 'c']) await send(body);
    expect(await untilDone(3)).toEqual(['harvest a', 'harvest b', 'harvest c']);
  });

  it('keeps what is sent during the switch, and each message is handled once', async () => {
    await switchOff(old);
    for (const body of ['d', 'e', 'f']) await send(body);
    const enabled = stack('orchard', weighs());
    const switched = copy.applyOf(enabled);
    for (const body of ['g', 'h', 'i']) await send(body);
    await switched;
    for (const body of ['j', 'k']) await send(body);
    const done = await untilDone(11);
    expect(done.map((line) => line.split(' ')[1]).sort()).toEqual([...'abcdefghijk']);
    expect(done.filter((line) => line.startsWith('harvest'))).toEqual(['harvest a', 'harvest b', 'harvest c']);
  });
});
