import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { overridesShare } from '../../../modules/orchestration/trigger/overrides-share';
import { bundleTriggerFunction } from '../../../modules/orchestration/trigger-bundle';
import { PATIENCE_MS } from '../../e2e/engines/until';
import * as events from './events';
import { FakeAws, type Fault } from './fake-aws';
import { TEST_CREDENTIALS } from './signature';
import { type InvokeOptions, type Outcome, TriggerProcess } from './trigger-process';

/**
 * Everything here runs the bundle that is deployed, in a Node.js process of its own, against an endpoint that checks
 * each request's signature by its own computation: an answer of 200 says that the request was signed rightly.
 */

const STATE_MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:reports';
const BUDGET = 7_000;
const THROTTLED: Fault = { status: 400, body: '{"__type":"ThrottlingException","message":"Rate exceeded"}' };

const aws = new FakeAws();
const trigger = new TriggerProcess(bundleTriggerFunction());

beforeAll(() => aws.listen());
beforeEach(() => {
  aws.reset();
  trigger.output = '';
});
afterAll(async () => {
  await trigger.stop();
  await aws.close();
});

function invoke(event: unknown, options: Partial<InvokeOptions> = {}): Promise<Outcome> {
  return invokeText(JSON.stringify(event), options);
}

function invokeText(text: string, { variables, ...options }: Partial<InvokeOptions> = {}): Promise<Outcome> {
  return trigger.invokeText(text, {
    variables: {
      ...TEST_CREDENTIALS,
      STATE_MACHINE_ARN: STATE_MACHINE,
      JOB_NAME: 'reports',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: aws.url,
      AWS_ENDPOINT_URL_SFN: null,
      AWS_ENDPOINT_URL_S3: null,
      PAYLOAD_BUCKET: 'payloads',
      OVERRIDES_BUDGET: String(BUDGET),
      ...variables,
    },
    ...options,
  });
}

/**
 * Invokes with little time left, and again if the answer to its last request came too late: these are answered by this process, which a
 * busy machine delays.
 */
async function pressed(event: unknown, options: Partial<InvokeOptions>): Promise<Outcome> {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    aws.requests.length = 0;
    trigger.output = '';
    const outcome = await invoke(event, options);
    if (!JSON.stringify(outcome).includes('Timeout') || Date.now() > end) return outcome;
  }
}

function started(outcome: Outcome): {
  message: string;
  executionName: string;
  executionArn: string;
  duplicate: boolean;
} {
  expect(outcome.error).toBeUndefined();
  return outcome.result as ReturnType<typeof started>;
}

function answer(outcome: Outcome) {
  expect(outcome.error).toBeUndefined();
  const response = outcome.result as { statusCode: number; headers: Record<string, string>; body: string };
  return { ...response, content: JSON.parse(response.body || '{}') as Record<string, unknown> };
}

function logged(): Record<string, unknown>[] {
  return trigger.output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('an event starts one execution', () => {
  test('with the event as its input, and a name from the job and the event', async () => {
    const event = events.eventBridge('53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa');
    const result = started(await invoke(event));
    expect(result.executionName).toMatch(/^reports-[0-9a-f]{32}$/);
    expect(result).toEqual({
      message: 'The job was started.',
      executionName: result.executionName,
      executionArn: `arn:aws:states:eu-west-1:123456789012:execution:reports:${result.executionName}`,
      duplicate: false,
    });
    expect(aws.execution(result.executionName).input).toBe(JSON.stringify(event));
    expect(aws.requests).toHaveLength(1);
  });

  test.each<[string, unknown]>([
    ['an array', [1, 'two', { three: [] }]],
    ['a string', 'just text'],
    ['an empty string', ''],
    ['a number', 0.1],
    ['false', false],
    ['null', null],
    ['nothing but an object', {}],
    ['unicode', { text: 'žluťoučký 👩‍👩‍👧 \u2028 \ufeff', kľúč: '日本語' }],
    ['half a surrogate pair', { text: 'a\ud83d' }],
    ['control characters', { text: '\u0000\u0001\b\f\n\r\t\u001b\u007f"\\/' }],
    ['what looks like Terraform or a path', { text: `\${var.x} %{if} $.detail {}` }],
    ['nesting 500 deep', JSON.parse(`${'[{"a":'.repeat(250)}1${'}]'.repeat(250)}`)],
  ])('when the event is %s', async (_name, event) => {
    const { executionName } = started(await invoke(event));
    expect(aws.eventOf(executionName)).toEqual(event);
  });

  test.each([
    [
      'more digits than a double has',
      '{"time":1635734407.123456789,"id":9007199254740993,"tiny":1e-400,"huge":1E+400}',
    ],
    ['numbers that JavaScript writes otherwise', '[1.10,1.0,-0,1E5,1e5,0.00000001,123456789012345678901234567890]'],
    ['keys in an order that JavaScript would change', '{"b":1,"10":2,"9":3,"__proto__":4}'],
    ['white space and escapes', ' {\n  "a" : "\\u0041\\/"\t} '],
  ])('with the text as it was sent: %s', async (_, text) => {
    const { executionName } = started(await invokeText(text));
    expect(aws.execution(executionName).input).toBe(text);
  });

  test('with the text of a large event as it was sent, in the payload bucket', async () => {
    const text = `{"time":1635734407.123456789,"x":"${'x'.repeat(BUDGET)}"}`;
    const { executionName } = started(await invokeText(text));
    const { stpPayload } = JSON.parse(aws.execution(executionName).input) as { stpPayload: { sha256: string } };
    expect(stpPayload.sha256).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('when the event is any JSON at all', async () => {
    const json = fc.jsonValue({ stringUnit: 'binary' }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    await fc.assert(
      fc.asyncProperty(json, async (event) => {
        const { executionName } = started(await invoke(event));
        expect(aws.eventOf(executionName)).toEqual(event);
      }),
      { numRuns: 40 },
    );
  });

  test('through endpoints that have a path and a slash at the end', async () => {
    aws.basePath = '/emulator/v1';
    const event = events.sqs(['large'], 1, 'x'.repeat(BUDGET));
    const { executionName } = started(await invoke(event, { variables: { AWS_ENDPOINT_URL: `${aws.url}/` } }));
    expect(aws.eventOf(executionName)).toEqual(event);
    expect(aws.requests[0]).toMatch(/^PUT \/emulator\/v1\/payloads\/reports\//);
  });

  test("each service's own endpoint variable beats the common one", async () => {
    const variables = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_SFN: aws.url,
      AWS_ENDPOINT_URL_S3: aws.url,
    };
    started(await invoke(events.sqs(['large'], 1, 'x'.repeat(BUDGET)), { variables }));
    expect(aws.requests).toHaveLength(2);
  });

  test('and a wrongly signed request would be noticed', async () => {
    const { error } = await invoke({}, { variables: { AWS_SECRET_ACCESS_KEY: 'wrong' } });
    expect(error).toMatchObject({ code: 'InvalidSignatureException' });
    expect(aws.executions.size).toBe(0);
  });
});

describe('the same event again', () => {
  test('50 deliveries at the same time start one execution', async () => {
    const event = events.sns('95df01b4-ee98-5cb9-9903-4c221d41eb5e');
    const results = (await Promise.all(Array.from({ length: 50 }, () => invoke(event)))).map(started);
    expect(new Set(results.map((result) => result.executionName)).size).toBe(1);
    expect(aws.executions.size).toBe(1);
    expect(aws.requests).toHaveLength(50);
  });

  test('while the job runs, with another receive count: a duplicate', async () => {
    const first = started(await invoke(events.sqs(['b', 'a'], 1)));
    const second = started(await invoke(events.sqs(['a', 'b'], 2)));
    expect(second).toEqual({ ...first, message: 'This event had already started the job.', duplicate: true });
  });

  test('after the job has ended: a duplicate', async () => {
    const event = events.sns('once');
    const first = started(await invoke(event));
    aws.execution(first.executionName).running = false;
    expect(started(await invoke(event))).toMatchObject({ executionArn: first.executionArn, duplicate: true });
  });

  test('while the job runs, byte for byte: a duplicate once the start is seconds old', async () => {
    const event = events.sns('identical');
    const first = started(await invoke(event));
    expect(started(await invoke(event)).duplicate).toBe(false);
    aws.execution(first.executionName).startDate -= 60;
    expect(started(await invoke(event)).duplicate).toBe(true);
  });

  test('as a web request without a key: another job each; with one: a duplicate', async () => {
    await invoke(events.httpApiV2({ requestId: 'r1' }));
    await invoke(events.httpApiV2({ requestId: 'r2' }));
    expect(aws.executions.size).toBe(2);
    expect(answer(await invoke(events.httpApiV2({ requestId: 'r3', key: 'k' }))).content.duplicate).toBe(false);
    expect(answer(await invoke(events.httpApiV2({ requestId: 'r4', key: 'k' }))).content.duplicate).toBe(true);
    expect(aws.executions.size).toBe(3);
  });

  test("as Lambda's own retry of an event without an id: the same job", async () => {
    await invoke({ any: 'input' }, { awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef' });
    await invoke({ any: 'input' }, { awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef' });
    await invoke({ any: 'input' }, { awsRequestId: 'another' });
    expect(aws.executions.size).toBe(2);
  });
});

describe('what passes is retried', () => {
  test('throttled 10 times, then started once', async () => {
    aws.fault = (_kind, index) => (index < 10 ? THROTTLED : undefined);
    const result = started(await invoke(events.sns('throttled'), { timeoutMs: 30_000 }));
    expect(result.duplicate).toBe(false);
    expect(aws.requests).toEqual(Array(11).fill(`StartExecution ${result.executionName}`));
    expect(aws.executions.size).toBe(1);
  });

  test.each<[string, Fault]>([
    ['a namespaced throttling type', { ...THROTTLED, body: '{"__type":"com.amazonaws.x#ThrottlingException"}' }],
    [
      'throttling told by header',
      { status: 400, body: '{}', headers: { 'x-amzn-errortype': 'KmsThrottlingException:' } },
    ],
    ['a quota of open executions', { status: 400, body: '{"__type":"ExecutionLimitExceeded"}' }],
    ['status 429', { status: 429, body: '' }],
    ['status 500', { status: 500, body: '{"__type":"InternalFailure"}' }],
    ['status 502 of a proxy', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['status 503', { status: 503, body: '' }],
    ['a connection that breaks before the request is served', 'reset'],
  ])('%s', async (_name, fault) => {
    aws.fault = (_kind, index) => (index < 2 ? fault : undefined);
    const result = started(await invoke(events.sns('passing')));
    expect(result.duplicate).toBe(false);
    expect(aws.requests).toHaveLength(3);
    expect(aws.executions.size).toBe(1);
  });

  test('an answer that never comes leaves time for another request', async () => {
    aws.fault = (_kind, index) => (index === 0 ? 'hang' : undefined);
    started(await invoke(events.sns('hanging'), { timeoutMs: 6_500 }));
    expect(aws.requests).toHaveLength(2);
  });

  test.each<Fault>(['lost', 'truncated'])(
    'an answer that is %s after the start: no second job, no duplicate',
    async (fault) => {
      aws.fault = (_kind, index) => (index === 0 ? fault : undefined);
      const result = started(await invoke(events.sns('unanswered')));
      expect(result.duplicate).toBe(false);
      expect(aws.requests).toHaveLength(2);
      expect([...aws.executions.keys()]).toEqual([result.executionName]);
    },
  );

  test('an answer that is lost for a job that ends at once: success all the same', async () => {
    aws.fault = (_kind, index) => (index === 0 ? 'lost' : undefined);
    aws.onStarted = (execution) => {
      execution.running = false;
    };
    const result = started(await invoke(events.sns('short')));
    expect(result).toMatchObject({
      duplicate: true,
      executionArn: `arn:aws:states:eu-west-1:123456789012:execution:reports:${result.executionName}`,
    });
    expect(aws.executions.size).toBe(1);
  });
});

describe('what does not pass is reported', () => {
  const denied: Fault = {
    status: 400,
    body: '{"__type":"AccessDeniedException","Message":"User: arn:aws:sts::123456789012:assumed-role/x is not authorized"}',
  };

  test.each([
    'AccessDeniedException',
    'StateMachineDoesNotExist',
    'StateMachineDeleting',
    'InvalidExecutionInput',
    'ExpiredTokenException',
  ])('%s fails at once', async (code) => {
    aws.fault = () => ({ status: 400, body: JSON.stringify({ __type: code, message: 'No.' }) });
    const { error } = await invoke(events.sns('refused'));
    expect(error).toEqual({ name: `StartError.Incurable.${code}`, code, message: `${code} (HTTP 400): No.` });
    expect(aws.requests).toHaveLength(1);
  });

  test('throttled until the time is up: an error before Lambda cuts the function off', async () => {
    aws.fault = () => THROTTLED;
    const { error } = await pressed(events.sns('never'), { timeoutMs: 2_500 });
    expect(error?.code).toBe('ThrottlingException');
    expect(error?.message).toMatch(/^Out of time after \d+ attempts: ThrottlingException \(HTTP 400\): Rate exceeded$/);
    expect(aws.requests.length).toBeGreaterThan(1);
  });

  test('no response arrives until the time is up', async () => {
    aws.fault = () => 'hang';
    const { error } = await invoke(events.sns('never'), { timeoutMs: 1_000 });
    expect(error?.code).toBe('Timeout');
  });

  test('no time at all: still one attempt', async () => {
    aws.fault = () => THROTTLED;
    const { error } = await invoke(events.sns('late'), { timeoutMs: 100 });
    expect(error?.message).toMatch(/^Out of time after 1 attempt: /);
    expect(aws.requests).toHaveLength(1);
  });

  test('the endpoint cannot be reached', async () => {
    const variables = { AWS_ENDPOINT_URL_SFN: 'http://127.0.0.1:1' };
    const { error } = await pressed(events.sns('unreachable'), { variables, timeoutMs: 800 });
    expect(error?.code).toBe('ECONNREFUSED');
    expect(error?.message).toContain('127.0.0.1:1 could not be reached');
  });

  test.each([
    '<html>Sign in</html>',
    '{"executionArn":"arn:aws',
    '',
    '[]',
    'null',
    '{"status":"ok"}',
    '{"executionArn":7}',
  ])('success that is no answer of Step Functions, time and again: %j', async (body) => {
    aws.fault = () => ({ status: 200, body });
    const { error } = await pressed({}, { timeoutMs: 800 });
    expect(error).toMatchObject({ code: 'InvalidResponse' });
    expect(aws.requests.length).toBeGreaterThan(1);
  });

  test.each(['STATE_MACHINE_ARN', 'JOB_NAME', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
    '%s is missing',
    async (name) => {
      const { error } = await invoke({}, { variables: { [name]: null } });
      expect(error?.message).toBe(`The environment variable ${name} is not set.`);
      expect(aws.requests).toEqual([]);
    },
  );

  test('to an HTTP API as 503 with Retry-After, and without what AWS said about accounts and roles', async () => {
    aws.fault = () => denied;
    const response = answer(await invoke(events.httpApiV2()));
    expect(response).toMatchObject({
      statusCode: 503,
      headers: { 'content-type': 'application/json', 'retry-after': '5' },
      isBase64Encoded: false,
    });
    expect(response.content.message).toMatch(/^The job was not started \(AccessDeniedException\)\. /);
    expect(response.content).toMatchObject({ error: 'AccessDeniedException', retry: false });
    expect(response.body).not.toContain('123456789012');
  });

  test('to a load balancer in the form that it takes', async () => {
    aws.fault = () => denied;
    expect(answer(await invoke(events.alb()))).toMatchObject({
      statusCode: 503,
      statusDescription: '503 Service Unavailable',
      headers: { 'retry-after': '5' },
    });
    expect(answer(await invoke(events.albMultiValue()))).toMatchObject({
      statusCode: 503,
      multiValueHeaders: { 'retry-after': ['5'], 'content-type': ['application/json'] },
    });
  });

  test('to an HTTP API even when the function is set up wrongly', async () => {
    expect(answer(await invoke(events.httpApiV1(), { variables: { JOB_NAME: null } }))).toMatchObject({
      statusCode: 503,
      content: { message: expect.stringContaining('(InternalError)') },
    });
  });
});

describe('web callers', () => {
  test.each([
    ['HTTP API, payload format 1.0', events.httpApiV1()],
    ['HTTP API, payload format 2.0', events.httpApiV2()],
  ])('%s', async (_name, event) => {
    const response = answer(await invoke(event));
    const [name = ''] = aws.executions.keys();
    expect(response).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/json' } });
    expect(response.content).toEqual({
      message: 'The job was started.',
      executionName: name,
      executionArn: `arn:aws:states:eu-west-1:123456789012:execution:reports:${name}`,
      duplicate: false,
      stateMachineName: name,
      stateMachineExecutionArn: `arn:aws:states:eu-west-1:123456789012:execution:reports:${name}`,
    });
    expect(aws.eventOf(name)).toEqual(event);
  });

  test('load balancer, with and without multi-value headers', async () => {
    const single = answer(await invoke(events.alb()));
    expect(single).toMatchObject({ statusCode: 200, statusDescription: '200 OK', isBase64Encoded: false });
    expect(single.headers).toEqual({ 'content-type': 'application/json' });
    const multiple = answer(await invoke(events.albMultiValue({ 'idempotency-key': 'k' })));
    expect(multiple).toMatchObject({ multiValueHeaders: { 'content-type': ['application/json'] } });
    expect(multiple).not.toHaveProperty('headers');
    expect(aws.executions.size).toBe(2);
  });

  test('a health check starts nothing and gets a 200', async () => {
    expect(answer(await invoke(events.albHealthCheck()))).toMatchObject({
      statusCode: 200,
      statusDescription: '200 OK',
    });
    expect(aws.requests).toEqual([]);
  });

  test('a preflight request starts nothing and is answered without content', async () => {
    const headers = { origin: 'https://example.com', 'access-control-request-method': 'POST' };
    const empty = { statusCode: 204, body: '', content: {}, isBase64Encoded: false };
    expect(answer(await invoke({ ...events.httpApiV2({ method: 'OPTIONS' }), headers }))).toEqual({
      ...empty,
      headers: {},
    });
    expect(answer(await invoke({ ...events.alb(headers), httpMethod: 'OPTIONS' }))).toEqual({
      ...empty,
      statusDescription: '204 No Content',
      headers: {},
    });
    expect(answer(await invoke({ ...events.albMultiValue(headers), httpMethod: 'OPTIONS' }))).toEqual({
      ...empty,
      statusDescription: '204 No Content',
      multiValueHeaders: {},
    });
    expect(aws.requests).toEqual([]);
  });

  test('what a browser asks by itself starts nothing and is not found', async () => {
    const asked = { ...events.httpApiV2({ method: 'GET', path: '/favicon.ico' }) };
    expect(answer(await invoke(asked))).toMatchObject({ statusCode: 404 });
    expect(aws.requests).toEqual([]);
  });

  test('each replay of an archived event starts a run', async () => {
    const event = events.eventBridge('archived');
    for (const more of [{}, { 'replay-name': 'a' }, { 'replay-name': 'b' }, { 'replay-name': 'b' }]) {
      await invoke({ ...event, ...more });
    }
    expect(aws.executions.size).toBe(3);
  });

  test("S3's test message starts nothing", async () => {
    expect(await invoke(events.s3TestEvent())).toEqual({});
    expect(aws.requests).toEqual([]);
  });
});

describe('an event of any size arrives whole', () => {
  /** An SQS event whose share of the overrides is `share` characters. */
  function eventOfShare(share: number) {
    const empty = overridesShare(JSON.stringify(events.sqs(['sized'], 1, '')));
    return events.sqs(['sized'], 1, 'x'.repeat(share - empty));
  }

  test.each([
    ['1 byte', 1, false],
    ['7,000 characters, the whole budget', BUDGET, false],
    ['one character more', BUDGET + 1, true],
    ['8,192 characters', 8_192, true],
    ['256 KiB', 262_144, true],
    ['1 MiB', 1_048_576, true],
    ['6 MiB', 6_291_456, true],
  ])('%s', async (_name, size, byReference) => {
    const event = size === 1 ? 7 : eventOfShare(size);
    const { executionName } = started(await invoke(event));
    expect(aws.eventOf(executionName)).toEqual(event);
    expect(aws.requests.map((request) => request.split(' ')[0])).toEqual(
      byReference ? ['PUT', 'StartExecution'] : ['StartExecution'],
    );
  });

  test('by a reference with the digest and the size of the object', async () => {
    const event = events.sqs(['large'], 1, 'é'.repeat(BUDGET));
    const { executionName } = started(await invoke(event));
    const json = JSON.stringify(event);
    const sha256 = createHash('sha256').update(json).digest('hex');
    expect(JSON.parse(aws.execution(executionName).input)).toEqual({
      stpPayload: {
        s3Uri: `s3://payloads/reports/${executionName}/${sha256}.json`,
        sha256,
        bytes: Buffer.byteLength(json),
      },
    });
  });

  test('an identical retry writes the same object; a redelivery leaves the one alone that the running job reads', async () => {
    const body = 'x'.repeat(BUDGET);
    const { executionName } = started(await invoke(events.sqs(['large'], 1, body)));
    started(await invoke(events.sqs(['large'], 1, body)));
    expect(aws.objects.size).toBe(1);
    expect(started(await invoke(events.sqs(['large'], 2, body))).duplicate).toBe(true);
    expect(aws.objects.size).toBe(2);
    expect(aws.eventOf(executionName)).toEqual(events.sqs(['large'], 1, body));
  });

  test('S3 asks to slow down, then takes it', async () => {
    const slowDown = '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please.</Message></Error>';
    aws.fault = (kind, index) => (kind === 'put' && index < 2 ? { status: 503, body: slowDown } : undefined);
    const event = eventOfShare(BUDGET + 1);
    const { executionName } = started(await invoke(event));
    expect(aws.eventOf(executionName)).toEqual(event);
    expect(aws.requests).toHaveLength(4);
  });

  test("a page that says 200 in S3's place is asked again: nothing was stored", async () => {
    aws.fault = (kind, index) =>
      kind === 'put' && index < 2 ? { status: 200, body: '<html>Sign in</html>' } : undefined;
    const event = events.sqs(['large'], 1, 'x'.repeat(BUDGET));
    const result = started(await invoke(event));
    expect(aws.requests).toHaveLength(4);
    expect(aws.eventOf(result.executionName)).toEqual(event);
    aws.reset();
    aws.fault = (kind) => (kind === 'put' ? { status: 200, body: '' } : undefined);
    const { error } = await pressed(event, { timeoutMs: 800 });
    expect(error).toMatchObject({ code: 'InvalidResponse' });
    expect(aws.executions.size).toBe(0);
  });

  test('S3 refuses: nothing is started, and the error says why', async () => {
    const refusal = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
    aws.fault = (kind) => (kind === 'put' ? { status: 403, body: refusal } : undefined);
    const { error } = await invoke(eventOfShare(BUDGET + 1));
    expect(error).toEqual({
      name: 'StartError.Incurable.AccessDenied',
      code: 'AccessDenied',
      message: 'AccessDenied (HTTP 403): Access Denied',
    });
    expect(aws.requests).toHaveLength(1);
    expect(aws.executions.size).toBe(0);
  });

  test('S3 cannot be reached: nothing is started, and the event is reported or kept by its source', async () => {
    const variables = { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' };
    const { error } = await pressed(eventOfShare(BUDGET + 1), { variables, timeoutMs: 800 });
    expect(error).toMatchObject({ name: 'StartError.Curable.ECONNREFUSED', code: 'ECONNREFUSED' });
    expect(aws.requests).toEqual([]);
  });

  test('without a payload bucket an event that does not fit is refused, not started to fail later', async () => {
    const variables = { PAYLOAD_BUCKET: null };
    started(await invoke(eventOfShare(BUDGET), { variables }));
    aws.reset();
    const { error } = await invoke(eventOfShare(BUDGET + 1), { variables });
    expect(error?.code).toBe('EventTooLarge');
    expect(error?.message).toMatch(/no payload bucket/);
    const web = { ...events.httpApiV2(), body: 'x'.repeat(BUDGET) };
    expect(answer(await invoke(web, { variables }))).toMatchObject({
      statusCode: 413,
      content: { error: 'EventTooLarge', retry: false },
    });
    expect(aws.requests).toEqual([]);
  });
});

describe('the log', () => {
  test('has one line for each invocation', async () => {
    await invoke(events.sqs(['logged']), { awsRequestId: 'r1' });
    await invoke(events.s3TestEvent(), { awsRequestId: 'r2' });
    const [name] = aws.executions.keys();
    const bytes = JSON.stringify(events.sqs(['logged'])).length;
    const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(logged()).toEqual([
      { timestamp, level: 'INFO', requestId: 'r1', bytes, kind: 'sqs', executionName: name, duplicate: false },
      { timestamp, level: 'INFO', requestId: 'r2', ignored: 's3-test-event' },
    ]);
  });

  test('has the error and its causes', async () => {
    aws.fault = () => 'reset';
    await pressed(events.httpApiV2(), { timeoutMs: 700 });
    expect(logged()).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        kind: 'http-api',
        executionName: expect.stringMatching(/^reports-/),
        error: expect.objectContaining({
          name: 'StartError',
          code: 'ECONNRESET',
          message: expect.stringContaining('Out of time after'),
          cause: expect.objectContaining({
            message: expect.stringContaining('could not be reached'),
            cause: expect.objectContaining({ code: 'ECONNRESET' }),
          }),
        }),
      }),
    ]);
  });
});
