import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as ts from 'typescript';
import { event as schema } from '../../triggers/events';
import type { SampleContext } from '../../triggers/sample-context';
import { sampleEvent } from '../../triggers/sample-events';

const CONTEXT: SampleContext = {
  guesses: [],
  stackName: 'shop',
  region: 'eu-west-1',
  account: '000000000000',
  jobName: 'report',
  now: new Date('2026-03-12T19:03:58.500Z'),
  uuid: () => '00000000-0000-4000-8000-000000000001',
  physicalName: (given) => ('name' in given ? `shop-${given.name}` : (given.arn.split(/[:/]/).at(-1) ?? '')),
  payloadFormat: () => '2.0',
  tableKeys: () => [{ name: 'id', type: 'number' }],
};

const bucketArn = 'arn:aws:s3:::invoices';
const route = { httpApiGatewayName: 'api', method: 'POST', path: '/jobs/{id}' };
const authorizer = { type: 'cognito', properties: { userPoolName: 'pool' } };
const listener = {
  loadBalancerName: 'balancer',
  priority: 1,
  paths: ['/start'],
  queryParams: [{ paramName: 'a', values: ['b'] }],
};

/** Each type, with events that it must describe: those of local runs, which are made as their sources document them. */
const EVENTS: readonly (readonly [type: string, event: { readonly type: string; readonly properties: object }])[] = [
  ['AlbEvent', { type: 'application-load-balancer', properties: listener }],
  [
    'CloudWatchLogsEvent',
    {
      type: 'cloudwatch-log',
      properties: { logGroupArn: 'arn:aws:logs:eu-west-1:000000000000:log-group:x', filter: '' },
    },
  ],
  [
    'DynamoDbStreamEvent',
    { type: 'dynamo-db-stream', properties: { streamArn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/x/stream/y' } },
  ],
  [
    'EventBridgeEvent<{ readonly total: number }>',
    { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { detail: { total: [1] } } } },
  ],
  ['HttpApiEvent', { type: 'http-api-gateway', properties: { ...route, payloadFormat: '1.0' } }],
  ['HttpApiEvent', { type: 'http-api-gateway', properties: { ...route, payloadFormat: '1.0', authorizer } }],
  ['HttpApiEventV2', { type: 'http-api-gateway', properties: route }],
  ['HttpApiEventV2', { type: 'http-api-gateway', properties: { ...route, authorizer } }],
  ['KinesisEvent', { type: 'kinesis-stream', properties: { kinesisStreamName: 'stream' } }],
  ['S3Event', { type: 's3', properties: { bucketArn, s3EventType: 's3:ObjectCreated:*' } }],
  [
    'S3EventBridgeEvent',
    { type: 's3', properties: { bucketArn, s3EventType: 's3:ObjectCreated:*', useEventBridge: true } },
  ],
  ['RunEndEvent', { type: 'batch-job', properties: { jobName: 'load', on: ['succeeded'] } }],
  ['RunEndEvent', { type: 'batch-job', properties: { jobName: 'load', on: ['failed'] } }],
  ['ScheduleEvent', { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)' } }],
  ['SnsEvent', { type: 'sns', properties: { snsTopicName: 'topic', filterPolicy: { kind: ['a'] } } }],
  ['SqsEvent', { type: 'sqs', properties: { sqsQueueName: 'queue' } }],
  ['SqsEvent', { type: 'sqs', properties: { sqsQueueArn: 'arn:aws:sqs:eu-west-1:000000000000:x.fifo' } }],
];

/** The files of the language, which take longest to read. */
const SOURCES = new Map<string, ts.SourceFile>();

/** What the compiler says of a file next to the types, without the types of Node.js. */
function compiled(code: string): string[] {
  const folder = resolve(__dirname, '../../job');
  const file = join(folder, 'events.ts');
  const options = { strict: true, noEmit: true, types: [], lib: ['lib.es2022.d.ts'], target: ts.ScriptTarget.ES2022 };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  const known = (name: string, ...details: [ts.ScriptTarget]) => {
    const source = SOURCES.get(name) ?? getSourceFile(name, ...details);
    if (source !== undefined) SOURCES.set(name, source);
    return source;
  };
  host.getSourceFile = (name) =>
    name === file ? ts.createSourceFile(name, code, ts.ScriptTarget.ES2022) : known(name, ts.ScriptTarget.ES2022);
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? code : readFile(name));
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

it('describes what each source sends, with no property missing or unknown', () => {
  const constants = EVENTS.map(([type, event], index) => {
    const sample = sampleEvent(schema.parse(event), CONTEXT);
    return `export const sample${index}: types.${type} = ${JSON.stringify(sample)};`;
  });
  const [, logs] = EVENTS.find(([type]) => type === 'CloudWatchLogsEvent') ?? [];
  const { awslogs } = sampleEvent(schema.parse(logs), CONTEXT) as { readonly awslogs: { readonly data: string } };
  const data = gunzipSync(Buffer.from(awslogs.data, 'base64')).toString();
  const code = [
    "import type * as types from './event-types';",
    ...constants,
    `export const data: types.CloudWatchLogsData = ${data};`,
  ];
  expect(compiled(code.join('\n'))).toEqual([]);
});

it.each([
  [
    'a property that is missing',
    'const event: types.ScheduleEvent = { version: "0" }; export { event };',
    /missing the following properties/,
  ],
  [
    'one that no such event has',
    'declare const event: types.SqsEvent; export const x = event.Records[0].Sns;',
    /Property 'Sns' does not exist/,
  ],
])('tells of %s', (_, code, message) => {
  expect(compiled(`import type * as types from './event-types';\n${code}`).join('\n')).toMatch(message);
});
