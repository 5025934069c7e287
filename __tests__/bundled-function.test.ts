// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformVariable, Testing } from 'cdktf';
import { BundledFunction, type BundledFunctionProps } from '../modules/bundled-function';
import { parse } from '../modules/config/parse';
import { bundleFunction } from '../modules/orchestration/function-bundle';
import { UndeliveredEvents } from '../modules/orchestration/undelivered-events';
import { ConfigError } from '../modules/problems/config-error';
import { BatchJobsStack } from '../modules/stack';
import { batchJobsConfig } from '../modules/stack-config/config';
import { AwsContext } from '../modules/terraform/aws-context';
import { resolved } from '../modules/terraform/resolved';
import { ScheduleTrigger } from '../triggers/schedule/trigger';
import { SMALLEST_JOB } from './stack-config/samples';
import { foreignStack, permissions, Synthesis, typesUnder } from './synthesis';

const EXAMPLES = join(__dirname, '../examples');
const PACKAGING = {
  type: 'stacktape-lambda-buildpack',
  properties: { entryfilePath: 'authorize.ts' },
} as const;

type Properties = Partial<NonNullable<BundledFunctionProps['properties']>>;

function make(properties: Properties = {}, more: Partial<BundledFunctionProps> = {}) {
  const stack = foreignStack();
  const aws = new AwsContext(stack, 'aws');
  const undeliveredEvents = new UndeliveredEvents(stack, 'undelivered', { stackName: 'reports', aws });
  const made = new BundledFunction(stack, 'authorize', {
    stackName: 'reports',
    aws,
    undeliveredEvents,
    baseDir: EXAMPLES,
    ...(more.existing === undefined && { properties: { packaging: PACKAGING, ...properties } }),
    ...more,
  });
  return { stack, made, synthesis: () => new Synthesis(stack) };
}

describe('BundledFunction', () => {
  it('makes', () => {
    expect(typesUnder(make().made)).toEqual([
      'aws_cloudwatch_log_group', // its log
      'aws_iam_role', // what it may do
      'aws_iam_role_policy', // write its log, keep what it failed on
      'aws_lambda_function', // the function
      'aws_lambda_function_event_invoke_config', // asynchronous events that it failed on are kept
    ]);
  });

  it('names every problem of its properties', () => {
    expect(() => make({ timeout: 901, memory: 1 })).toThrow(/^stack\/authorize: 2 problems/);
  });

  it('is a small Node.js function with the handler of its file', () => {
    expect(make().synthesis().one('aws_lambda_function')).toEqual({
      function_name: 'reports-authorize',
      description: 'Function authorize of reports',
      role: '${aws_iam_role.authorize_Function_Role.arn}',
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      filename: '${data.archive_file.authorize_Archive.output_path}',
      source_code_hash: '${data.archive_file.authorize_Archive.output_base64sha256}',
      memory_size: 1024,
      timeout: 10,
      depends_on: [
        'aws_cloudwatch_log_group.authorize_Function_LogGroup',
        'aws_iam_role.authorize_Function_Role',
        'aws_iam_role_policy.authorize_Function_Role_Policy',
      ],
    });
  });

  it('does as asked', () => {
    const synthesis = make({
      environment: { CALLER_KEY: '${secret}', RETRIES: 3 },
      timeout: 900,
      memory: 128,
      logging: { retentionDays: 7 },
      tags: { team: 'x' },
    }).synthesis();
    expect(synthesis.one('aws_lambda_function')).toMatchObject({
      environment: { variables: { CALLER_KEY: '$${secret}', RETRIES: '3' } },
      timeout: 900,
      memory_size: 128,
      tags: { team: 'x' },
    });
    expect(synthesis.one('aws_cloudwatch_log_group')).toEqual({
      name: '/aws/lambda/reports-authorize',
      retention_in_days: 7,
      tags: { team: 'x' },
    });
    expect(synthesis.one('aws_iam_role').tags).toEqual({ team: 'x' });
  });

  it('may write its own log and hand over what it failed on, and nothing else', () => {
    expect(permissions(make().synthesis(), 'authorize_Function_Role_Policy')).toEqual([
      {
        Sid: 'KeepUndelivered',
        Effect: 'Allow',
        Action: ['sqs:SendMessage'],
        Resource: ['${aws_sqs_queue.undelivered_Queue.arn}'],
      },
      {
        Sid: 'WriteLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['${aws_cloudwatch_log_group.authorize_Function_LogGroup.arn}:*'],
      },
    ]);
  });

  it('may do what its statements allow', () => {
    const statement = { Sid: 'Publish', Action: ['sns:Publish'], Resource: ['arn:aws:sns:eu-west-1:123456789012:x'] };
    const { synthesis } = make({ iamRoleStatements: [statement, { ...statement, Sid: 'Never', Effect: 'Deny' }] });
    expect(permissions(synthesis(), 'authorize_Function_Role_Policy')).toEqual([
      expect.objectContaining({ Sid: 'KeepUndelivered' }),
      { ...statement, Effect: 'Allow' },
      { ...statement, Sid: 'Never', Effect: 'Deny' },
      expect.objectContaining({ Sid: 'WriteLog' }),
    ]);
  });

  it.each(['KeepUndelivered', 'WriteLog'])('refuses a second statement %s', (Sid) => {
    const again = () => make({ iamRoleStatements: [{ Sid, Action: ['sns:Publish'], Resource: ['*'] }] });
    expect(again).toThrow(/Rename it, or remove Sid\.\s+properties\.iamRoleStatements\[0\]\.Sid$/);
  });

  it('has the machine that it is to have', () => {
    const { synthesis } = make({ architecture: 'x86_64', storage: 2048 });
    expect(synthesis().one('aws_lambda_function')).toMatchObject({
      architectures: ['x86_64'],
      ephemeral_storage: { size: 2048 },
    });
  });

  it('calls the export that the file’s path or handlerFunction names', () => {
    const calls = (properties: { entryfilePath: string; handlerFunction?: string }) => () =>
      make({ packaging: { ...PACKAGING, properties } })
        .synthesis()
        .one('aws_lambda_function').handler;
    expect(calls({ entryfilePath: 'authorize.ts:handler' })()).toBe('index.handler');
    expect(calls({ entryfilePath: 'authorize.ts', handlerFunction: 'handler' })()).toBe('index.handler');
    expect(calls({ entryfilePath: 'authorize.ts:handler', handlerFunction: 'handler' })()).toBe('index.handler');
    expect(calls({ entryfilePath: 'authorize.ts:missing' })).toThrow(/: exports handler[\s\S]*an export named missing/);
    expect(calls({ entryfilePath: 'authorize.ts:handler', handlerFunction: 'other' })).toThrow(
      /handlerFunction other, and :handler in entryfilePath[\s\S]*properties\.packaging\.properties\.handlerFunction/,
    );
  });

  it('has the runtime of its version of Node.js, and a module if it asks for one', () => {
    const withSettings = (languageSpecificConfig: object, more: Properties = {}) => {
      const properties = { entryfilePath: 'authorize.ts', languageSpecificConfig };
      return make({ packaging: { ...PACKAGING, properties }, ...more }).synthesis();
    };
    const runtime = (...given: Parameters<typeof withSettings>) =>
      withSettings(...given).one('aws_lambda_function').runtime;
    expect(runtime({})).toBe('nodejs24.x');
    expect(runtime({ nodeVersion: 22 })).toBe('nodejs22.x');
    expect(runtime({}, { runtime: 'nodejs22.x' })).toBe('nodejs22.x');
    expect(runtime({ nodeVersion: 22, disableSourceMaps: true }, { runtime: 'nodejs22.x' })).toBe('nodejs22.x');
    const source = (settings: object) => withSettings(settings).one('data.archive_file').source_file;
    expect(source({})).toMatch(/\/index\.js$/);
    expect(source({ outputModuleFormat: 'esm' })).toMatch(/\/index\.mjs$/);
    expect(() => withSettings({ tsConfigPath: 'gone.json' })).toThrow(
      /packaging\.properties\.languageSpecificConfig\.tsConfigPath/,
    );
  });

  it('may write no log if it is to write none', () => {
    const { made, synthesis } = make({ logging: { disabled: true } });
    expect(typesUnder(made)).not.toContain('aws_cloudwatch_log_group');
    expect(permissions(synthesis(), 'authorize_Function_Role_Policy').map(({ Sid }) => Sid)).toEqual([
      'KeepUndelivered',
    ]);
    expect(made.params.logGroupArn).toBeUndefined();
  });

  it('is zipped with a mode that no machine changes, next to the copy of its bundle', () => {
    expect(make().synthesis().one('data.archive_file')).toEqual({
      type: 'zip',
      source_file: expect.stringMatching(/^assets\/authorize_Bundle\/[0-9A-F]+\/index\.js$/),
      output_path: expect.stringMatching(/^assets\/authorize_Bundle\/[0-9A-F]+\/function\.zip$/),
      output_file_mode: '0644',
    });
  });

  it('says its name, ARN and log group', () => {
    const { stack, made } = make();
    expect(resolved(stack, { ...made.params, invokeArn: made.invokeArn })).toEqual({
      name: expect.stringMatching(/^\$\{aws_lambda_function\.\w+\.function_name\}$/),
      arn: expect.stringMatching(/^\$\{aws_lambda_function\.\w+\.arn\}$/),
      logGroupArn: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.\w+\.arn\}$/),
      invokeArn: expect.stringMatching(/^\$\{aws_lambda_function\.\w+\.invoke_arn\}$/),
    });
  });

  it('can have any trigger in front of it', () => {
    const { stack, made, synthesis } = make();
    if (made.target === undefined) throw new Error('no target');
    new ScheduleTrigger(stack, 'daily', { target: made.target, scheduleRate: 'rate(1 day)' });
    const rules = synthesis();
    expect(rules.one('aws_cloudwatch_event_rule').name).toBe('reports-authorize-daily');
    expect(rules.one('aws_cloudwatch_event_target').arn).toBe('${aws_lambda_function.authorize_Function.arn}');
    const statement = { Sid: 'Read', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::x/*'] };
    made.target.grant(stack, [statement]);
    expect(permissions(synthesis(), 'Role_Grants')).toEqual([{ ...statement, Effect: 'Allow' }]);
  });

  it('names the file that it cannot bundle', () => {
    const entryfilePath = 'nowhere.ts';
    const nowhere = () => make({ packaging: { ...PACKAGING, properties: { entryfilePath } } });
    expect(nowhere).toThrow(ConfigError);
    expect(nowhere).toThrow(
      / entryfilePath is "nowhere\.ts": no such file\.[\s\S]* properties\.packaging\.properties\.entryfilePath$/,
    );
  });

  describe('that exists', () => {
    const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:decide:live';
    const LOG = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/decide';

    it('is left as it is', () => {
      const { stack, made } = make({}, { existing: { arn: ARN, logGroupArn: LOG } });
      expect(typesUnder(made)).toEqual([]);
      expect([made.target, made.function]).toEqual([undefined, undefined]);
      expect(made.params).toEqual({ arn: ARN, name: 'decide', logGroupArn: LOG });
      expect(resolved(stack, made.invokeArn)).toMatch(
        new RegExp(
          `^arn:\\$\\{[^}]+\\.partition\\}:apigateway:\\$\\{[^}]+\\.id\\}:lambda:path/2015-03-31/functions/${ARN}/invocations$`,
        ),
      );
    });

    it('and whose ARN Terraform alone knows has a name that Terraform finds', () => {
      const stack = foreignStack();
      const arn = new TerraformVariable(stack, 'arn', {}).stringValue;
      const aws = new AwsContext(stack, 'aws');
      const undeliveredEvents = new UndeliveredEvents(stack, 'undelivered', { stackName: 'reports', aws });
      const props = { stackName: 'reports', aws, undeliveredEvents, baseDir: '.', existing: { arn } };
      const made = new BundledFunction(stack, 'existing', props);
      expect(resolved(stack, made.params.name)).toBe('${element(split(":", var.arn), 6)}');
    });
  });
});

describe('in a config', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'function-config-'));
    writeFileSync(join(folder, 'hello.ts'), 'export default async () => ({ statusCode: 200 });\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const config = parse(
    batchJobsConfig,
    {
      stackName: 'reports',
      resources: {
        hello: {
          type: 'function',
          properties: {
            packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: './hello.ts' } },
            environment: { API_URL: "$ResourceParam('api', 'url')" },
            events: [
              { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'GET', path: '/hello' } },
            ],
          },
        },
        api: { type: 'http-api-gateway' },
        old: { type: 'function', existing: { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:old' } },
      },
    },
    'test',
  );

  it('events of every source invoke it, with what each of them needs', () => {
    const event = (type: string, properties: object) => ({ type, properties });
    const resources = {
      hello: {
        type: 'function',
        properties: {
          packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: './hello.ts' } },
          tags: { team: 'web' },
          events: [
            event('http-api-gateway', { httpApiGatewayName: 'api', method: 'GET', path: '/hello' }),
            event('application-load-balancer', { loadBalancerName: 'web', priority: 1, paths: ['/hello'] }),
            event('schedule', { scheduleRate: 'rate(1 day)' }),
            event('schedule', {
              scheduleRate: 'cron(0 9 * * ? *)',
              timezone: 'Europe/Berlin',
              input: { kind: 'full' },
            }),
            event('event-bus', { useDefaultBus: true, eventPattern: { source: ['shop'] } }),
            event('sns', { snsTopicName: 'news' }),
            event('sqs', { sqsQueueName: 'inbox' }),
            event('kinesis-stream', { kinesisStreamName: 'clicks' }),
            event('dynamo-db-stream', { streamArn: "$ResourceParam('orders', 'streamArn')" }),
            event('s3', { bucketArn: "$ResourceParam('files', 'arn')", s3EventType: 's3:ObjectCreated:*' }),
            event('cloudwatch-log', { logGroupArn: "$ResourceParam('worker', 'logGroupArn')" }),
            event('batch-job', { jobName: 'worker' }),
          ],
        },
      },
      api: { type: 'http-api-gateway' },
      web: { type: 'application-load-balancer' },
      news: { type: 'sns-topic' },
      inbox: { type: 'sqs-queue', properties: { visibilityTimeoutSeconds: 60 } },
      clicks: { type: 'kinesis-stream' },
      orders: {
        type: 'dynamo-db-table',
        properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } }, streamType: 'NEW_IMAGE' },
      },
      files: { type: 'bucket' },
      worker: { type: 'batch-job', properties: SMALLEST_JOB },
    };
    const stack = new BatchJobsStack(
      Testing.app(),
      parse(batchJobsConfig, { stackName: 'reports', resources }, 'test'),
      {
        baseDir: folder,
      },
    );
    const { resource } = JSON.parse(Testing.synth(stack, true));
    const hello = Object.entries<{ function_name: string }>(resource.aws_lambda_function).find(
      ([, { function_name: name }]) => name === 'reports-hello',
    )?.[0];
    const text = (type: string) => JSON.stringify(resource[type]);
    const arn = `\${aws_lambda_function.${hello}.arn}`;
    for (const type of [
      'aws_apigatewayv2_integration',
      'aws_lb_target_group_attachment',
      'aws_cloudwatch_event_target',
      'aws_scheduler_schedule',
      'aws_sns_topic_subscription',
      'aws_lambda_event_source_mapping',
      'aws_s3_bucket_notification',
      'aws_cloudwatch_log_subscription_filter',
    ]) {
      expect([type, text(type)]).toEqual([type, expect.stringContaining(`aws_lambda_function.${hello}.`)]);
    }
    const ofHello = <Part extends object>(type: string) =>
      Object.values<Part>(resource[type]).filter((each) => JSON.stringify(each).includes(arn));
    expect(ofHello('aws_lambda_event_source_mapping')).toHaveLength(3);
    expect(ofHello('aws_cloudwatch_event_target')).toHaveLength(3);
    // A function gets the input alone: nothing in it takes it out of an event.
    expect(ofHello<{ target: { input: string } }>('aws_scheduler_schedule').map(({ target }) => target.input)).toEqual([
      '{"kind":"full"}',
    ]);
    expect(text('aws_iam_role_policy')).toContain('dynamodb:GetShardIterator');
  });

  it('its file is found from the folder of the config, and is complete in the stack’s directory', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'function-out-'));
    try {
      const app = new App({ outdir });
      new BatchJobsStack(app, config, { baseDir: folder });
      app.synth();
      const directory = join(outdir, 'stacks', 'reports');
      const { data } = JSON.parse(readFileSync(join(directory, 'cdk.tf.json'), 'utf8'));
      const file = Object.entries<{ source_file: string }>(data.archive_file).find(([id]) => id.startsWith('hello'));
      const copy = join(directory, String(file?.[1].source_file));
      expect(existsSync(copy)).toBe(true);
      expect(bundleFunction(folder, 'hello.ts')).toEqual({
        text: readFileSync(copy, 'utf8'),
        file: 'index.js',
        handler: 'index.default',
        inputs: ['hello.ts'],
      });
      expect(JSON.stringify(data)).not.toContain(folder);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });

  it('an HTTP route can invoke it, through a gateway that is declared later and gives it its address', () => {
    const synthesis = new Synthesis(new BatchJobsStack(Testing.app(), config, { baseDir: folder }));
    expect(synthesis.one('aws_apigatewayv2_route')).toMatchObject({
      route_key: 'GET /hello',
      target: expect.stringMatching(/^integrations\/\$\{aws_apigatewayv2_integration\.hello_Function_HttpApi/),
    });
    expect(synthesis.one('aws_apigatewayv2_integration').timeout_milliseconds).toBe(14_000);
    expect(synthesis.one('aws_lambda_permission').source_arn).toBe('${aws_apigatewayv2_api.api.execution_arn}/*/*');
    expect(synthesis.one('aws_lambda_function', 'hello_Function').environment).toEqual({
      variables: { API_URL: '${aws_apigatewayv2_api.api.api_endpoint}' },
    });
  });
});
