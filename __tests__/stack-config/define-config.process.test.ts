import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');
const MODULE = join(ROOT, 'modules/stack-config/define-config');

const HEAD = `import { defineConfig, defineEvent, defineJob, defineResource } from ${JSON.stringify(MODULE)};
export const made: unknown[] = [];
const fragment = {
  container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37', command: ['true'] } } },
  resources: { cpu: 1, memory: 512 },
  events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)', input: { days: [1] } } }],
} as const;
const { events, ...base } = fragment;
`;

const event = (text: string) => `made.push(defineEvent(${text}));`;
const ofJob = (text: string) => `made.push(defineJob({ ...base, events: [${text}] }));`;
const config = (text: string) => `made.push(defineConfig({ stackName: 'reports', resources: { ${text} } }));`;
const ofConfig = (text: string) => config(`job: { type: 'batch-job', properties: { ...base, events: [${text}] } }`);

/** Each type of event, the name of the type of its properties, and the least that these hold. */
const EVENTS = [
  ['schedule', 'ScheduleEvent', "scheduleRate: 'rate(1 day)'"],
  ['sqs', 'SqsEvent', ''],
  ['sns', 'SnsEvent', ''],
  ['s3', 'S3Event', "bucketArn: 'arn:aws:s3:::a', s3EventType: 's3:ObjectCreated:*'"],
  ['kinesis-stream', 'KinesisStreamEvent', ''],
  ['dynamo-db-stream', 'DynamoDbStreamEvent', "streamArn: ''"],
  ['event-bus', 'EventBusEvent', "eventPattern: { source: ['a'] }"],
  ['cloudwatch-log', 'CloudwatchLogEvent', "logGroupArn: ''"],
  ['http-api-gateway', 'HttpApiGatewayEvent', "httpApiGatewayName: 'a', path: '/', method: 'GET'"],
  ['application-load-balancer', 'ApplicationLoadBalancerEvent', "loadBalancerName: 'a', priority: 1"],
] as const;

const RESOURCES = [
  ['application-load-balancer', 'ApplicationLoadBalancerProperties'],
  ['bucket', 'BucketResourceProperties'],
  ['dynamo-db-table', 'DynamoDbTableProperties'],
  ['efs-filesystem', 'EfsFilesystemProperties'],
  ['existing', 'ExistingResourceProperties'],
  ['function', 'FunctionResourceProperties'],
  ['http-api-gateway', 'HttpApiGatewayProperties'],
  ['kinesis-stream', 'KinesisStreamProperties'],
  ['redis-cluster', 'RedisClusterProperties'],
  ['relational-database', 'RelationalDatabaseProperties'],
  ['sns-topic', 'SnsTopicProperties'],
  ['sqs-queue', 'SqsQueueProperties'],
  ['user-auth-pool', 'UserAuthPoolProperties'],
] as const;

/** A mistake, and what the compiler says of it; undefined for what is right. */
const SNIPPETS: readonly (readonly [code: string, said: string | undefined])[] = [
  ...[event, ofJob, ofConfig].flatMap((inside) =>
    EVENTS.flatMap(([type, name, properties]) => [
      [inside(`{ type: '${type}', properties: { ${properties} } }`), undefined] as const,
      [
        inside(`{ type: '${type}', properties: { ${properties}${properties && ','} nope: 1 } }`),
        `'nope' does not exist in type '${name}Properties'`,
      ] as const,
      [inside(`{ type: '${type}', properties: { ${properties} }, nope: 1 }`), `${name}'`] as const,
    ]),
  ),
  ...[event, ofJob, ofConfig].flatMap((inside) => [
    [
      inside("{ type: 'schedule', properties: {} }"),
      "'scheduleRate' is missing in type '{}' but required in type 'ScheduleEventProperties'",
    ] as const,
    [
      inside("{ type: 'schedule', properties: { scheduleRate: 1 } }"),
      "property 'scheduleRate' which is declared here on type 'ScheduleEventProperties'",
    ] as const,
    [inside("{ type: 'sqs', properties: { batchSize: '1' } }"), "on type 'SqsEventProperties'"] as const,
  ]),
  ...RESOURCES.map(
    ([type, name]) => [config(`a: { type: '${type}', properties: { nope: 1 } }`), `in type '${name}'`] as const,
  ),
  [config("a: { type: 'sqs-queue', nope: 1 }"), "in type 'SqsQueue'"],
  ["made.push(defineResource({ type: 'bucket', properties: { nope: 1 } }));", "in type 'BucketResourceProperties'"],
  ['made.push(defineJob({ ...base, nope: 1 }));', "in type 'BatchJobProperties'"],
  ['made.push(defineJob({ ...base, resources: { cpu: 1, memory: 1, nope: 1 } }));', "in type 'JobResources'"],
  ['made.push(defineJob({ ...base, resources: { cpu: 1 } }));', "required in type 'JobResources'"],
  ['made.push(defineJob(fragment));', undefined],
  [
    "made.push(defineConfig({ stackName: 'a', resources: { job: { type: 'batch-job', properties: fragment } } }));",
    undefined,
  ],
  ['made.push(defineJob({ ...base, events }));', undefined],
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'snippets-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('has the compiler name the type of the event or resource that is wrong, and accepts fragments as const', () => {
  const file = join(folder, 'snippets.ts');
  writeFileSync(file, HEAD + SNIPPETS.map(([code]) => code).join('\n'));
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  const program = ts.createProgram([file], { ...options, types: ['node'] });
  const source = program.getSourceFile(file);
  const said = new Map<number, string[]>();
  const text = ({ messageText }: ts.DiagnosticRelatedInformation) => ts.flattenDiagnosticMessageText(messageText, '\n');
  for (const diagnostic of program.getSemanticDiagnostics(source)) {
    const line = source?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
    const at = line - HEAD.split('\n').length + 1;
    const all = [diagnostic, ...(diagnostic.relatedInformation ?? [])].map(text);
    said.set(at, [...(said.get(at) ?? []), ...all]);
  }
  const wrong = SNIPPETS.flatMap(([code, expected], index) => {
    const message = said.get(index)?.join('\n');
    const right = expected === undefined ? message === undefined : message?.includes(expected);
    return right ? [] : [`${code}\n${message ?? 'nothing is said'}`];
  });
  expect(wrong).toEqual([]);
});
