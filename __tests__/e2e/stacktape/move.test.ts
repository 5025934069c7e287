import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { blocksOf } from '../../docs-pages';
import { AwsApi } from '../engines/aws-api';
import { type Emulator, emulatorAvailable, startEmulator } from '../engines/ministack';
import { describeWith, terraformAvailable, type Workspace, workspace } from '../engines/terraform';
import { until } from '../engines/until';
import { type SynthesizedStack, synthesize } from '../synthesize';

const REGION = 'eu-west-1';
const ACCOUNT = '123456789012';

/** The commands that the page shows, each on one line. */
const COMMANDS = blocksOf('docs/stacktape/move.md').flatMap(({ language, code }) =>
  language === 'sh'
    ? code
        .replace(/\\\n\s*/g, '')
        .split('\n')
        .map((line) => line.trim())
    : [],
);

/** The command of the page that begins so, with values in place of the words that stand for them. */
function commandOf(beginning: string, values: { readonly [word: string]: string } = {}): string[] {
  const found = COMMANDS.filter((command) => command.startsWith(beginning));
  expect([beginning, found.length]).toEqual([beginning, 1]);
  return (found[0] ?? '').split(' ').map((word) => values[word] ?? word);
}

/** What follows an option. */
function option(words: readonly string[], name: string): string {
  const at = words.indexOf(`--${name}`);
  expect(at).toBeGreaterThan(0);
  return words[at + 1] ?? '';
}

type Resources = BatchJobsConfig['resources'];
type Overrides = { readonly [part: string]: object };

const arn = (rest: string) => `arn:aws:${rest.replace('::', `:${REGION}:${ACCOUNT}:`)}`;
const ROUTE = { method: 'POST', path: '/weigh' } as const;

/** The parts that both stacks read from. The bucket is named where it is: one stack can have its notifications. */
const SOURCES = (streamArn: string) => [
  { type: 'sqs', properties: { sqsQueueArn: arn('sqs::old-inbox'), batchSize: 1 } },
  { type: 'kinesis-stream', properties: { streamArn: arn('kinesis::stream/old-clicks'), startingPosition: 'LATEST' } },
  { type: 'dynamo-db-stream', properties: { streamArn, startingPosition: 'TRIM_HORIZON' } },
  {
    type: 'event-bus',
    properties: { useDefaultBus: true, eventPattern: { source: ['shop'] } },
  },
];
const ALWAYS_ON = [
  { type: 'sns', properties: { snsTopicArn: arn('sns::old-news') } },
  { type: 'cloudwatch-log', properties: { logGroupArn: arn('logs::log-group:/old/app') } },
];
const CREATED = 's3:ObjectCreated:*';
const SACKS = {
  type: 's3',
  properties: { bucketArn: 'arn:aws:s3:::old-sacks', s3EventType: CREATED, useEventBridge: true },
};
const NOTIFIED = [
  { type: 's3', properties: { bucketArn: "$ResourceParam('crates', 'arn')", s3EventType: CREATED } },
  { type: 'http-api-gateway', properties: { httpApiGatewayName: 'desk', ...ROUTE } },
];

/** A function in the place of a job's trigger function: its events are the same, and it needs no VPC. */
function weighs(events: readonly object[], overrides?: Overrides): Resources {
  const packaging = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'fixtures/weigh.ts' } };
  const role = [{ Action: ['sqs:SendMessage'], Resource: [arn('sqs::done')] }];
  return {
    weigh: {
      type: 'function',
      properties: { packaging, events, iamRoleStatements: role, timeout: 10 },
      ...(overrides && { overrides }),
    },
  } as unknown as Resources;
}

/** What the page calls Event1Mapping and Event2Rule, switched off. Functions name them by what the event is. */
function switchedOff({ document }: SynthesizedStack): Overrides {
  const named = (type: string) =>
    Object.keys(document.resource[type] ?? {}).map((name) => name.split('_').slice(1, -1).join(''));
  return Object.fromEntries([
    ...named('aws_lambda_event_source_mapping').map((part) => [part, { enabled: false }]),
    ...named('aws_cloudwatch_event_rule').map((part) => [part, { state: 'DISABLED' }]),
  ]);
}

/**
 * Each source of a running stack is switched to a new one and back, as the page says. Functions stand for the jobs of both stacks: how
 * often they are invoked, and for what, is what is lost or run twice. What starts one run for two deliveries is in triggers.test.ts.
 */
describeWith([terraformAvailable(), emulatorAvailable()], 'the sources of a running stack', () => {
  let emulator: Emulator;
  let aws: AwsApi;
  let old: Workspace;
  let copy: Workspace;
  let streamArn: string;
  /** The new stack with its events off, and with them on. */
  let off: SynthesizedStack;
  let on: SynthesizedStack;
  /** What the old bucket's notifications were, and the old route. */
  let notifications: string;
  const route = { api: '', id: '', target: '' };
  let routeAddress: string;
  /** Objects and requests that came while a deployment went on. */
  const during: string[] = [];
  const made: SynthesizedStack[] = [];

  function stack(stackName: string, resources: Resources): SynthesizedStack {
    const one = synthesize({ stackName, region: REGION, resources } as BatchJobsConfig);
    made.push(one);
    return one;
  }

  const url = (queue: string) => `${emulator.endpoint}/${emulator.account}/${queue}`;
  const notificationsOf = (bucket: string) => aws.getObject(bucket, '?notification');

  const SEND: { readonly [source: string]: (id: string) => Promise<unknown> } = {
    sqs: (MessageBody) => aws.json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: url('old-inbox'), MessageBody }),
    kinesis: (id) =>
      aws.json('kinesis', 'Kinesis_20131202.PutRecord', {
        StreamName: 'old-clicks',
        PartitionKey: 'a',
        Data: Buffer.from(id).toString('base64'),
      }),
    dynamodb: (id) =>
      aws.json('dynamodb', 'DynamoDB_20120810.PutItem', { TableName: 'old-crop', Item: { id: { S: id } } }),
    bus: (id) =>
      aws.json('events', 'AWSEvents.PutEvents', {
        Entries: [{ Source: 'shop', DetailType: 'crop', Detail: JSON.stringify({ id }) }],
      }),
    sns: (Message) =>
      aws.query('sns', { Action: 'Publish', Version: '2010-03-31', TopicArn: arn('sns::old-news'), Message }),
    logs: (message) =>
      aws.json('logs', 'Logs_20140328.PutLogEvents', {
        logGroupName: '/old/app',
        logStreamName: 'app',
        logEvents: [{ timestamp: Date.now(), message }],
      }),
    s3: (key) => aws.putObject('old-crates', key, '40 kg'),
    sacks: (key) => aws.putObject('old-sacks', `sack_${key}`, '40 kg'),
    http: async (id) => {
      const path = `${emulator.endpoint}/_aws/execute-api/${route.api}/$default${ROUTE.path}?id=${id}`;
      expect((await fetch(path, { method: ROUTE.method })).status).toBe(200);
    },
  };

  const send = (id: string, sources: readonly string[] = Object.keys(SEND)) =>
    Promise.all(sources.map((source) => SEND[source]?.(id)));

  /** Who got what, as `harvest a`, of one source. */
  async function handled(): Promise<{ readonly [source: string]: readonly string[] }> {
    const answer = await fetch(`${emulator.endpoint}/_ministack/sqs/messages?account=${emulator.account}`);
    const found = [...(await answer.text()).matchAll(/(harvest|orchard)-weigh ([\w-]+) (\w+)/g)];
    const bySource: { [source: string]: string[] } = {};
    for (const [, who, source = '', id] of found) bySource[source] = [...(bySource[source] ?? []), `${who} ${id}`];
    for (const list of Object.values(bySource)) list.sort();
    return bySource;
  }

  /** Waits until what is expected is handled. */
  async function untilHandled(expected: { readonly [source: string]: readonly string[] }): Promise<void> {
    const isHandled = async () => {
      const now = await handled();
      const ids = (source: string) => (now[source] ?? []).map((line) => line.split(' ')[1]);
      return (
        Object.entries(expected).every(([source, list]) => list.every((line) => now[source]?.includes(line))) &&
        ['s3', 'http'].every((source) => during.every((id) => ids(source).includes(id)))
      );
    };
    await until(isHandled, 'all that is sent to be handled');
  }

  /** Waits until all is handled that must be, and long enough for what must not: what came meanwhile once, by either stack. */
  async function expectHandled(expected: { readonly [source: string]: readonly string[] }): Promise<void> {
    await untilHandled(expected);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const idsOfDuring = (list: readonly string[]) =>
      list.flatMap((line) => line.split(' ')[1] ?? []).filter((id) => during.includes(id));
    const now = await handled();
    for (const source of ['s3', 'http']) expect(idsOfDuring(now[source] ?? []).sort()).toEqual([...during].sort());
    const rest = Object.entries(now).map(([source, list]) => [
      source,
      list.filter((line) => !idsOfDuring([line]).length),
    ]);
    expect(Object.fromEntries(rest)).toEqual(
      Object.fromEntries(Object.entries(expected).map(([source, list]) => [source, [...list].sort()])),
    );
  }

  /** Puts objects and sends requests until a deployment is over. @returns how many of each */
  async function sentDuring(prefix: string, deployment: Promise<unknown>): Promise<number> {
    let goesOn = true;
    const over = deployment.finally(() => {
      goesOn = false;
    });
    over.catch(() => {});
    let count = 0;
    for (; goesOn; count++) {
      during.push(`${prefix}${count}`);
      await send(`${prefix}${count}`, ['s3', 'http']);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await over;
    return count;
  }

  /** The values of the mappings, rules and subscriptions of a stack. */
  async function deployed(from: Workspace, type: string): Promise<readonly { readonly [name: string]: unknown }[]> {
    const { resources } = await from.state();
    return [...resources.values()].filter((one) => one.type === type).map(({ values }) => values);
  }

  /** Runs the page's command for each mapping of the old stack, with the option that it names for the way back. */
  async function switchMappings(to: '--no-enabled' | '--enabled'): Promise<void> {
    for (const { uuid } of await deployed(old, 'aws_lambda_event_source_mapping')) {
      const words = commandOf('aws lambda update-event-source-mapping', { UUID: String(uuid), '--no-enabled': to });
      expect(words).toHaveLength(6);
      const path = `/2015-03-31/event-source-mappings/${option(words, 'uuid')}`;
      const answer = await aws.rest('lambda', 'PUT', path, { Enabled: words.includes('--enabled') });
      expect(answer).toMatchObject({ State: words.includes('--enabled') ? 'Enabled' : 'Disabled' });
    }
  }

  /** What only the old stack has: a notification of a bucket, and a route of a gateway. */
  async function createOldSources(): Promise<void> {
    const LambdaFunctionArn = arn('lambda::function:harvest-weigh');
    const notification = `<CloudFunctionConfiguration><Id>old</Id><CloudFunction>${LambdaFunctionArn}</CloudFunction><Event>${CREATED}</Event></CloudFunctionConfiguration>`;
    for (const bucket of ['old-crates', 'old-sacks']) {
      await aws.putObject(
        bucket,
        '?notification',
        `<NotificationConfiguration>${notification}</NotificationConfiguration>`,
      );
    }
    const api = await aws.rest<{ apiId: string }>('apigateway', 'POST', '/v2/apis', {
      name: 'old',
      protocolType: 'HTTP',
    });
    route.api = api.apiId;
    const stage = { stageName: '$default', autoDeploy: true };
    await aws.rest('apigateway', 'POST', `/v2/apis/${api.apiId}/stages`, stage);
    const integration = await aws.rest<{ integrationId: string }>(
      'apigateway',
      'POST',
      `/v2/apis/${api.apiId}/integrations`,
      {
        integrationType: 'AWS_PROXY',
        integrationUri: LambdaFunctionArn,
        payloadFormatVersion: '1.0',
      },
    );
    route.target = `integrations/${integration.integrationId}`;
    const { routeId } = await aws.rest<{ routeId: string }>('apigateway', 'POST', `/v2/apis/${api.apiId}/routes`, {
      routeKey: `${ROUTE.method} ${ROUTE.path}`,
      target: route.target,
    });
    route.id = routeId;
  }

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new AwsApi(emulator, REGION);
    const Attributes = { VisibilityTimeout: '60' };
    await aws.json('sqs', 'AmazonSQS.CreateQueue', { QueueName: 'old-inbox', Attributes });
    await aws.json('sqs', 'AmazonSQS.CreateQueue', { QueueName: 'done' });
    await aws.json('kinesis', 'Kinesis_20131202.CreateStream', { StreamName: 'old-clicks', ShardCount: 1 });
    const table = await aws.json<{ TableDescription: { LatestStreamArn: string } }>(
      'dynamodb',
      'DynamoDB_20120810.CreateTable',
      {
        TableName: 'old-crop',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      },
    );
    streamArn = table.TableDescription.LatestStreamArn;
    await aws.query('sns', { Action: 'CreateTopic', Version: '2010-03-31', Name: 'old-news' });
    await aws.json('logs', 'Logs_20140328.CreateLogGroup', { logGroupName: '/old/app' });
    await aws.json('logs', 'Logs_20140328.CreateLogStream', { logGroupName: '/old/app', logStreamName: 'app' });
    const location = `<CreateBucketConfiguration><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`;
    for (const bucket of ['old-crates', 'old-sacks']) await aws.putObject(bucket, '', location);
    await createOldSources();

    old = workspace(stack('harvest', weighs([...SOURCES(streamArn), ...ALWAYS_ON])).dir, { emulator });
    const data = {
      crates: { type: 'bucket', overrides: { Bucket: { bucket: 'old-crates', bucket_prefix: null } } },
      desk: { type: 'http-api-gateway', existing: { apiId: route.api } },
    } as Resources;
    const inPlace = [...SOURCES(streamArn), SACKS];
    const parts = switchedOff(stack('orchard', { ...data, ...weighs(inPlace) }));
    expect(Object.keys(parts)).toHaveLength(5);
    off = stack('orchard', { ...data, ...weighs(inPlace, parts) });
    on = stack('orchard', { ...data, ...weighs([...inPlace, ...ALWAYS_ON, ...NOTIFIED]) });
    copy = workspace(off.dir, { emulator });
    await copy.command(['import', 'aws_s3_bucket.crates_CB37EF3F', 'old-crates']);
    await Promise.all([old.apply(), copy.apply()]);
    notifications = await notificationsOf('old-crates');
  });

  afterAll(async () => {
    old?.dispose();
    copy?.dispose();
    for (const one of made) one.dispose();
    await emulator?.stop();
  });

  it('are read by the old function alone while the new events are deployed and switched off', async () => {
    await send('a');
    const harvest = ['harvest a'];
    await expectHandled({
      sqs: harvest,
      kinesis: harvest,
      dynamodb: harvest,
      bus: harvest,
      sns: harvest,
      logs: harvest,
      s3: ['harvest a', 'harvest sack_a'],
      http: harvest,
    });
  });

  it('lose nothing and run nothing twice but what the page says, when they are switched', async () => {
    await switchMappings('--no-enabled');
    for (const { name, event_bus_name } of await deployed(old, 'aws_cloudwatch_event_rule')) {
      const words = commandOf('aws events disable-rule --name OLD_RULE --event-bus-name', {
        OLD_RULE: String(name),
        BUS: String(event_bus_name),
      });
      const rule = { Name: option(words, 'name'), EventBusName: option(words, 'event-bus-name') };
      await aws.json('events', 'AWSEvents.DisableRule', rule);
    }
    const [subscription] = await deployed(old, 'aws_sns_topic_subscription');
    const unsubscribe = commandOf('aws sns unsubscribe', { OLD_SUBSCRIPTION: String(subscription?.arn) });
    const SubscriptionArn = option(unsubscribe, 'subscription-arn');
    await aws.query('sns', { Action: 'Unsubscribe', Version: '2010-03-31', SubscriptionArn });
    const [filter] = await deployed(old, 'aws_cloudwatch_log_subscription_filter');
    const words = commandOf('aws logs delete-subscription-filter', { GROUP: '/old/app', OLD: String(filter?.name) });
    await aws.json('logs', 'Logs_20140328.DeleteSubscriptionFilter', {
      logGroupName: option(words, 'log-group-name'),
      filterName: option(words, 'filter-name'),
    });
    // EventBridge is on beside the old notification, while the new rule is off.
    const both = notifications.replace('</Notif', '<EventBridgeConfiguration/></Notif');
    await aws.putObject('old-sacks', '?notification', both);
    // Who writes to the stream of clicks pauses.
    await send('b', ['sqs', 'dynamodb', 'bus', 'sns', 'logs', 's3', 'sacks', 'http']);
    await untilHandled({ s3: ['harvest b', 'harvest sack_b'], http: ['harvest b'] });

    const alone = both.replace(/<CloudFunctionConfiguration>.*<\/CloudFunctionConfiguration>/s, '');
    await aws.putObject('old-sacks', '?notification', alone);
    expect(await copy.removalsOf(on.dir)).toEqual([]);
    const [routeName = ''] = Object.keys(on.document.resource.aws_apigatewayv2_route ?? {});
    routeAddress = `aws_apigatewayv2_route.${routeName}`;
    const [, ...imported] = commandOf('terraform import', {
      ROUTE_ADDRESS: routeAddress,
      'API_ID/ROUTE_ID': `${route.api}/${route.id}`,
    });
    await copy.command(imported);
    expect(await sentDuring('c', copy.applyOf(on.dir))).toBeGreaterThan(1);

    await send('d');
    const lostOnce = ['harvest a', 'orchard d'];
    await expectHandled({
      sqs: ['harvest a', 'orchard b', 'orchard d'],
      kinesis: ['harvest a', 'orchard d'],
      // TRIM_HORIZON: the new mapping begins with the oldest record.
      dynamodb: ['harvest a', 'orchard a', 'orchard b', 'orchard d'],
      bus: lostOnce,
      sns: lostOnce,
      logs: lostOnce,
      s3: ['harvest a', 'harvest sack_a', 'harvest b', 'harvest sack_b', 'orchard d'],
      's3-by-bus': ['orchard sack_d'],
      http: ['harvest a', 'harvest b', 'orchard d'],
    });
  });

  it('go back as the page says, and only streams run again what the new stack has run', async () => {
    const put = commandOf('aws s3api put-bucket-notification-configuration');
    await aws.putObject(option(put, 'bucket'), '?notification', notifications);
    await aws.putObject('old-sacks', '?notification', notifications);
    const update = commandOf('aws apigatewayv2 update-route', {
      API_ID: route.api,
      ROUTE_ID: route.id,
      OLD_TARGET: route.target,
    });
    const path = `/v2/apis/${option(update, 'api-id')}/routes/${option(update, 'route-id')}`;
    await aws.rest('apigateway', 'PATCH', path, { target: option(update, 'target') });

    const removed = (await copy.removalsOf(off.dir)).map(({ type }) => type);
    expect(removed).toEqual(expect.arrayContaining(['aws_s3_bucket_notification', 'aws_apigatewayv2_route']));
    await copy.command(commandOf('terraform state rm aws_s3_bucket_notification').slice(1));
    await copy.command(commandOf('terraform state rm ROUTE_ADDRESS', { ROUTE_ADDRESS: routeAddress }).slice(1));
    expect(await sentDuring('e', copy.applyOf(off.dir))).toBeGreaterThan(1);

    await switchMappings('--enabled');
    const [rule] = await deployed(old, 'aws_cloudwatch_event_rule');
    await aws.json('events', 'AWSEvents.EnableRule', { Name: rule?.name, EventBusName: rule?.event_bus_name });
    const [subscription] = await deployed(old, 'aws_sns_topic_subscription');
    await aws.query('sns', {
      Action: 'Subscribe',
      Version: '2010-03-31',
      TopicArn: String(subscription?.topic_arn),
      Protocol: 'lambda',
      Endpoint: String(subscription?.endpoint),
    });
    const [filter] = await deployed(old, 'aws_cloudwatch_log_subscription_filter');
    await aws.json('logs', 'Logs_20140328.PutSubscriptionFilter', {
      logGroupName: filter?.log_group_name,
      filterName: filter?.name,
      filterPattern: filter?.filter_pattern,
      destinationArn: filter?.destination_arn,
    });
    await send('f');
    const backAgain = ['harvest a', 'orchard d', 'harvest f'];
    await expectHandled({
      sqs: ['harvest a', 'orchard b', 'orchard d', 'harvest f'],
      kinesis: ['harvest a', 'orchard d', 'harvest d', 'harvest f'],
      dynamodb: ['a', 'b', 'd'].flatMap((id) => [`harvest ${id}`, `orchard ${id}`]).concat('harvest f'),
      bus: backAgain,
      sns: backAgain,
      logs: backAgain,
      s3: ['a', 'b', 'f'].flatMap((id) => [`harvest ${id}`, `harvest sack_${id}`]).concat('orchard d'),
      's3-by-bus': ['orchard sack_d'],
      http: ['harvest a', 'harvest b', 'orchard d', 'harvest f'],
    });
  });
});
