import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { AwsApi } from './engines/aws-api';
import { type Deployment, deploy } from './engines/deployment';
import { unexplainedChanges } from './engines/emulator-gaps';
import { createForwarder } from './engines/forwarder';
import { type Emulator, emulatorAvailable } from './engines/ministack';
import { type AppliedStack, describeWith, terraformAvailable, type Workspace } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';
import { tenTriggers } from './ten-triggers';

const REGION = 'eu-west-1';

/** Milliseconds that an event may take to start its execution, and that a second execution is waited for. */
const DELIVERY_LIMIT = 180_000;
const SETTLING = 4_000;

interface Execution {
  readonly name: string;
  readonly executionArn: string;
  readonly input: string;
}

/**
 * One job behind ten event sources, applied by the real provider to the emulator, which delivers real events to the deployed bundle.
 * Each must start exactly one execution, and its input must be the event. The emulator's Step Functions keeps executions but
 * cannot run their Batch task: how they go on is tested on moto.
 */
describeWith([terraformAvailable(), emulatorAvailable()], 'ten triggers', () => {
  let deployment: Deployment;
  let emulator: Emulator;
  let synthesized: SynthesizedStack;
  let copy: Workspace;
  let applied: AppliedStack;
  let api: AwsApi;
  let stateMachineArn: string;

  beforeAll(async () => {
    synthesized = synthesize(tenTriggers);
    deployment = await deploy(synthesized.dir, { region: REGION });
    ({ emulator, copy, applied } = deployment);
    api = new AwsApi(emulator, REGION);
    stateMachineArn = String(applied.outputs.jobStateMachineArn);
  });

  afterAll(async () => {
    await deployment?.dispose();
    synthesized?.dispose();
  });

  /** The only resource of a type whose name contains a string. */
  function values(type: string, name = ''): { readonly [attribute: string]: unknown } {
    const found = [...applied.resources.values()].filter(
      (resource) => resource.type === type && resource.name.includes(name),
    );
    expect(found).toHaveLength(1);
    return found[0]?.values ?? {};
  }

  async function executions(): Promise<Execution[]> {
    const { executions: list } = await api.json<{ executions: { executionArn: string; name: string }[] }>(
      'states',
      'AWSStepFunctions.ListExecutions',
      { stateMachineArn, maxResults: 1000 },
    );
    return Promise.all(
      list.map(({ executionArn }) =>
        api.json<Execution>('states', 'AWSStepFunctions.DescribeExecution', { executionArn }),
      ),
    );
  }

  /** Waits for the one execution whose input holds a mark, and makes sure that no second one follows. */
  async function theExecution(matches: (input: string) => boolean): Promise<Execution> {
    for (const end = Date.now() + DELIVERY_LIMIT; Date.now() < end; await sleep(500)) {
      if ((await executions()).some(({ input }) => matches(input))) break;
    }
    await sleep(SETTLING);
    const found = (await executions()).filter(({ input }) => matches(input));
    if (found.length !== 1) throw new Error(`${found.length} executions, not one\n${emulator.log().slice(-4000)}`);
    expect(found[0]?.name).toMatch(/^job-[0-9a-f]{32}$/);
    return found[0] as Execution;
  }

  const mark = () => `mark-${randomUUID()}`;
  const holding = (text: string) => (input: string) => input.includes(text);

  it('shows no change when it is planned again', async () => {
    expect(unexplainedChanges(await copy.planJson())).toEqual([]);
  });

  it('an object put into the bucket starts one execution, and one that the filter leaves out none', async () => {
    const key = `orders/${mark()}.json`;
    const bucket = String(values('aws_s3_bucket', 'bucket_').bucket);
    await api.putObject(bucket, key.replace('orders/', 'other/'), 'not this one');
    await api.putObject(bucket, key, '{"order":1}');
    const { input } = await theExecution(holding(key));
    expect(JSON.parse(input).Records).toMatchObject([
      { eventSource: 'aws:s3', s3: { bucket: { name: bucket }, object: { key, size: 11 } } },
    ]);
    expect((await executions()).filter((execution) => execution.input.includes('other/'))).toEqual([]);
  });

  it('a second upload of the same key starts a second execution', async () => {
    const key = `orders/${mark()}.json`;
    const bucket = String(values('aws_s3_bucket', 'bucket_').bucket);
    await api.putObject(bucket, key, 'first');
    await theExecution(holding(key));
    await api.putObject(bucket, key, 'second');
    for (const end = Date.now() + DELIVERY_LIMIT; Date.now() < end; await sleep(500)) {
      if ((await executions()).filter(({ input }) => input.includes(key)).length > 1) break;
    }
    const names = (await executions()).filter(({ input }) => input.includes(key)).map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
  });

  it('a message published to the topic starts one execution', async () => {
    const text = mark();
    await api.query('sns', {
      Action: 'Publish',
      Version: '2010-03-31',
      TopicArn: String(values('aws_sns_topic', 'topic_').arn),
      Message: text,
    });
    const { input } = await theExecution(holding(text));
    expect(JSON.parse(input).Records).toMatchObject([{ EventSource: 'aws:sns', Sns: { Message: text } }]);
  });

  it('a message sent to the queue starts one execution', async () => {
    const text = mark();
    await api.json('sqs', 'AmazonSQS.SendMessage', {
      QueueUrl: values('aws_sqs_queue', 'queue_').url,
      MessageBody: text,
    });
    const { input } = await theExecution(holding(text));
    expect(JSON.parse(input).Records).toMatchObject([{ eventSource: 'aws:sqs', body: text }]);
  });

  it('a record put into the stream starts one execution', async () => {
    const text = mark();
    const data = Buffer.from(text).toString('base64');
    await api.json('kinesis', 'Kinesis_20131202.PutRecord', {
      StreamName: values('aws_kinesis_stream').name,
      PartitionKey: 'p',
      Data: data,
    });
    const { input } = await theExecution(holding(data));
    expect(JSON.parse(input).Records).toMatchObject([
      { eventSource: 'aws:kinesis', kinesis: { data, partitionKey: 'p' } },
    ]);
  });

  it('an item put into the table starts one execution', async () => {
    const id = mark();
    await api.json('dynamodb', 'DynamoDB_20120810.PutItem', {
      TableName: values('aws_dynamodb_table').name,
      Item: { id: { S: id }, total: { N: '7' } },
    });
    const { input } = await theExecution(holding(id));
    expect(JSON.parse(input).Records).toMatchObject([
      {
        eventSource: 'aws:dynamodb',
        eventName: 'INSERT',
        dynamodb: { NewImage: { id: { S: id }, total: { N: '7' } } },
      },
    ]);
  });

  it('an event put on the bus starts one execution, and one that the pattern leaves out none', async () => {
    const id = mark();
    const entry = {
      EventBusName: values('aws_cloudwatch_event_bus').name,
      DetailType: 'order',
      Detail: JSON.stringify({ id }),
    };
    await api.json('events', 'AWSEvents.PutEvents', {
      Entries: [
        { ...entry, Source: 'warehouse', Detail: JSON.stringify({ id: `other-${id}` }) },
        { ...entry, Source: 'shop' },
      ],
    });
    const { input } = await theExecution(holding(`"${id}"`));
    expect(JSON.parse(input)).toMatchObject({ source: 'shop', 'detail-type': 'order', detail: { id } });
    expect((await executions()).filter((execution) => execution.input.includes(`other-${id}`))).toEqual([]);
  });

  it('the end of a run of another job starts one execution, with the event of Step Functions', async () => {
    const text = mark();
    const { executionArn } = await api.json<{ executionArn: string }>('states', 'AWSStepFunctions.StartExecution', {
      stateMachineArn: String(applied.outputs.earlierStateMachineArn),
      name: `earlier-${text.slice(-12)}`,
      input: JSON.stringify({ text }),
    });
    // The emulator's Step Functions cannot run a job of AWS Batch: the run fails at its first state, which the event waits for too.
    const { input } = await theExecution(holding(executionArn));
    expect(JSON.parse(input)).toMatchObject({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      resources: [executionArn],
      detail: { executionArn, status: 'FAILED', input: JSON.stringify({ text }), error: expect.any(String) },
    });
  });

  it('each replay of an archive starts another execution', async () => {
    const id = mark();
    const { arn, name } = values('aws_cloudwatch_event_bus');
    const ArchiveName = `archive-${id.slice(-8)}`;
    await api.json('events', 'AWSEvents.CreateArchive', { ArchiveName, EventSourceArn: arn });
    await api.json('events', 'AWSEvents.PutEvents', {
      Entries: [{ EventBusName: name, DetailType: 'order', Source: 'shop', Detail: JSON.stringify({ id }) }],
    });
    const first = await theExecution(holding(id));
    const { ArchiveArn } = await api.json<{ ArchiveArn: string }>('events', 'AWSEvents.DescribeArchive', {
      ArchiveName,
    });
    const hour = 3600;
    const now = Math.floor(Date.now() / 1000);
    for (const ReplayName of [`one-${id.slice(-8)}`, `two-${id.slice(-8)}`]) {
      await api.json('events', 'AWSEvents.StartReplay', {
        ReplayName,
        EventSourceArn: ArchiveArn,
        EventStartTime: now - hour,
        EventEndTime: now + hour,
        Destination: { Arn: arn },
      });
      const { input, name: execution } = await theExecution((text) => text.includes(id) && text.includes(ReplayName));
      expect(JSON.parse(input)).toMatchObject({ 'replay-name': ReplayName, detail: { id } });
      // Whether an archive keeps an event's id or not: it is another run.
      expect(execution).not.toBe(first.name);
    }
    expect((await executions()).filter((execution) => execution.input.includes(id))).toHaveLength(3);
  });

  it('a line in the log group starts one execution', async () => {
    const text = mark();
    const group = { logGroupName: values('aws_cloudwatch_log_group', 'producer').name, logStreamName: 'test' };
    await api.json('logs', 'Logs_20140328.CreateLogStream', group);
    await api.json('logs', 'Logs_20140328.PutLogEvents', {
      ...group,
      logEvents: [{ timestamp: Date.now(), message: text }],
    });
    const decode = (input: string) => {
      const data = JSON.parse(input)?.awslogs?.data;
      return typeof data === 'string' ? gunzipSync(Buffer.from(data, 'base64')).toString() : '';
    };
    const { input } = await theExecution((candidate) => decode(candidate).includes(text));
    expect(JSON.parse(decode(input))).toMatchObject({ logGroup: group.logGroupName, logEvents: [{ message: text }] });
  });

  it('the schedule starts one execution for each firing', async () => {
    const firings = async () => (await executions()).filter(({ input }) => input.includes('"Scheduled Event"'));
    // Two minutes on an idle machine, at most.
    for (
      const end = Date.now() + 2 * DELIVERY_LIMIT;
      Date.now() < end && (await firings()).length < 2;
      await sleep(1000)
    );
    const found = await firings();
    expect(found.length).toBeGreaterThan(1);
    expect(new Set(found.map(({ input }) => JSON.parse(input).id)).size).toBe(found.length);
    for (const { name, input } of found) {
      expect(name).toMatch(/^job-[0-9a-f]{32}$/);
      expect(JSON.parse(input)).toMatchObject({ 'detail-type': 'Scheduled Event', source: 'aws.events' });
    }
  });

  it('a request to the API starts one execution and is answered with its name; the same key again starts none', async () => {
    const key = mark();
    const url = `${emulator.endpoint}/_aws/execute-api/${values('aws_apigatewayv2_api').id}/$default/open/7`;
    const request = { method: 'POST', body: JSON.stringify({ key }), headers: { 'Idempotency-Key': key } };
    const response = await fetch(url, request);
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { [name: string]: unknown };
    const execution = await theExecution(holding(key));
    expect(answer).toEqual({
      message: 'The job was started.',
      executionName: execution.name,
      executionArn: execution.executionArn,
      duplicate: false,
      stateMachineName: execution.name,
      stateMachineExecutionArn: execution.executionArn,
    });
    expect(JSON.parse(execution.input)).toMatchObject({ pathParameters: { id: '7' }, body: request.body });
    const again = (await (await fetch(url, request)).json()) as { [name: string]: unknown };
    expect(again).toMatchObject({ executionName: execution.name });
    await theExecution(holding(key));
  });

  it('a route behind the user pool refuses callers without a token and accepts one with a token', async () => {
    const id = mark();
    const url = `${emulator.endpoint}/_aws/execute-api/${values('aws_apigatewayv2_api').id}/$default/users?id=${id}`;
    expect((await fetch(url)).status).toBe(401);
    expect((await executions()).filter(({ input }) => input.includes(id))).toEqual([]);
    const response = await fetch(url, { headers: { Authorization: await token() } });
    expect(response.status).toBe(200);
    await theExecution(holding(id));
  });

  async function token(): Promise<string> {
    const pool = { UserPoolId: values('aws_cognito_user_pool').id, Username: 'ada@example.com' };
    const password = 'Correct-Horse-7-Battery';
    const call = <Answer>(operation: string, body: object) =>
      api.json<Answer>('cognito-idp', `AWSCognitoIdentityProviderService.${operation}`, body);
    await call('AdminCreateUser', { ...pool, MessageAction: 'SUPPRESS' });
    await call('AdminSetUserPassword', { ...pool, Password: password, Permanent: true });
    const { AuthenticationResult } = await call<{ AuthenticationResult: { AccessToken: string } }>(
      'AdminInitiateAuth',
      {
        UserPoolId: pool.UserPoolId,
        ClientId: values('aws_cognito_user_pool_client').id,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: pool.Username, PASSWORD: password },
      },
    );
    return `Bearer ${AuthenticationResult.AccessToken}`;
  }

  it('a route with an authorizer function calls it', async () => {
    const id = mark();
    const url = `${emulator.endpoint}/_aws/execute-api/${values('aws_apigatewayv2_api').id}/$default/guarded/a/b?id=${id}`;
    expect([401, 403]).toContain((await fetch(url, { headers: { 'x-word': 'please' } })).status);
    expect((await executions()).filter(({ input }) => input.includes(id))).toEqual([]);
    const response = await fetch(url, { headers: { 'x-word': 'sesame' } });
    expect(response.status).toBe(200);
    await theExecution(holding(id));
  });

  it('a request to the load balancer starts one execution, and one that no rule matches starts none', async () => {
    const id = mark();
    const base = `${emulator.endpoint}/_alb/${values('aws_lb').name}`;
    const response = await fetch(`${base}/start?id=${id}`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(200);
    const execution = await theExecution(holding(id));
    expect(await response.json()).toMatchObject({ executionName: execution.name, duplicate: false });
    expect(JSON.parse(execution.input).requestContext).toHaveProperty('elb');
    expect((await fetch(`${base}/elsewhere?id=other-${id}`)).status).toBe(404);
    expect((await executions()).filter(({ input }) => input.includes(`other-${id}`))).toEqual([]);
  });

  it('an event that an old trigger function passes on, and that the new event brings too, starts one execution', async () => {
    const old = await createForwarder(api, 'harvest-trigger', String(values('aws_lambda_function', 'job_Trigger').arn));
    const text = mark();
    const sns = { Version: '2010-03-31', TopicArn: String(values('aws_sns_topic', 'topic_').arn) };
    await api.query('sns', { ...sns, Action: 'Subscribe', Protocol: 'lambda', Endpoint: old });
    await api.query('sns', { ...sns, Action: 'Publish', Message: text });

    const id = mark();
    const EventBusName = values('aws_cloudwatch_event_bus').name;
    const rule = { Name: 'harvest', EventBusName, EventPattern: JSON.stringify({ source: ['shop'] }) };
    await api.json('events', 'AWSEvents.PutRule', rule);
    await api.json('events', 'AWSEvents.PutTargets', {
      Rule: 'harvest',
      EventBusName,
      Targets: [{ Id: 'old', Arn: old }],
    });
    await api.json('events', 'AWSEvents.PutEvents', {
      Entries: [{ EventBusName, DetailType: 'order', Source: 'shop', Detail: JSON.stringify({ id }) }],
    });

    await theExecution(holding(text));
    await theExecution(holding(`"${id}"`));
    // The old function has passed on each of the two.
    const started = async () => {
      const { events } = await api.json<{ events: { message: string }[] }>('logs', 'Logs_20140328.FilterLogEvents', {
        logGroupName: '/aws/lambda/harvest-trigger',
      });
      return events.filter(({ message }) => message.startsWith('START')).length;
    };
    for (const end = Date.now() + DELIVERY_LIMIT; Date.now() < end && (await started()) < 2; await sleep(500));
    expect(await started()).toBe(2);
    await api.json('events', 'AWSEvents.RemoveTargets', { Rule: 'harvest', EventBusName, Ids: ['old'] });
    await api.json('events', 'AWSEvents.DeleteRule', { Name: 'harvest', EventBusName });

    // Without the new event: a request to an old gateway is answered as by the new one.
    const { apiId } = await api.rest<{ apiId: string }>('apigateway', 'POST', '/v2/apis', {
      name: 'old',
      protocolType: 'HTTP',
    });
    const path = `/v2/apis/${apiId}`;
    await api.rest('apigateway', 'POST', `${path}/stages`, { stageName: '$default', autoDeploy: true });
    const { integrationId } = await api.rest<{ integrationId: string }>('apigateway', 'POST', `${path}/integrations`, {
      integrationType: 'AWS_PROXY',
      integrationUri: old,
      payloadFormatVersion: '1.0',
    });
    const route = { routeKey: 'POST /old', target: `integrations/${integrationId}` };
    await api.rest('apigateway', 'POST', `${path}/routes`, route);
    const key = mark();
    const url = `${emulator.endpoint}/_aws/execute-api/${apiId}/$default/old`;
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ key }) });
    expect(response.status).toBe(200);
    const { name } = await theExecution(holding(key));
    expect(await response.json()).toMatchObject({ executionName: name, duplicate: false });
  });

  it('a rule of the load balancer with a lower number gets the requests of an old one', async () => {
    const id = mark();
    const [ListenerArn = ''] = [...applied.resources.values()].flatMap(({ type, values: { arn } }) =>
      type === 'aws_lb_listener' ? [String(arn)] : [],
    );
    await api.query('elasticloadbalancing', {
      Action: 'CreateRule',
      Version: '2015-12-01',
      ListenerArn,
      Priority: '2',
      'Conditions.member.1.Field': 'path-pattern',
      'Conditions.member.1.Values.member.1': '/start*',
      'Actions.member.1.Type': 'fixed-response',
      'Actions.member.1.FixedResponseConfig.StatusCode': '418',
    });
    const base = `${emulator.endpoint}/_alb/${values('aws_lb').name}`;
    expect((await fetch(`${base}/started`, { method: 'POST' })).status).toBe(418);
    expect((await fetch(`${base}/start?id=${id}`, { method: 'POST', body: 'x' })).status).toBe(200);
    await theExecution(holding(id));
  });

  it('is destroyed and leaves nothing behind', async () => {
    await copy.destroy();
    expect((await copy.state()).resources.size).toBe(0);
  });
});
