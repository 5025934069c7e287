import type { IncomingHttpHeaders } from 'node:http';

/** A request to AWS, read as IAM reads it. */
export interface AwsRequest {
  /** Service of the signature, such as `states`; empty if the request is not signed. */
  readonly service: string;
  readonly region: string;
  /** The IAM action, such as `states:ListExecutions`. */
  readonly action: string;
  /** The ARN of what it is about, or `*` if the action has none or the request does not name it. */
  readonly resource: string;
  /** Condition keys, as far as a policy of this project needs them. */
  readonly context: Readonly<Record<string, string>>;
  /** How its service writes errors. */
  readonly protocol: 'json' | 'rest-json' | 'query' | 's3';
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a server gets. */
export interface RawRequest {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };
const REST_JSON = new Set(['batch', 'lambda', 'apigateway', 'scheduler']);

/** Operations of AWS Batch by their paths, which have no capital letters. */
const BATCH = [
  'CancelJob DescribeComputeEnvironments DescribeJobDefinitions DescribeJobQueues DescribeJobs GetJobQueueSnapshot ListJobs',
  'ListTagsForResource SubmitJob TerminateJob UpdateComputeEnvironment UpdateJobQueue',
]
  .join(' ')
  .split(' ');

const LAMBDA: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ['POST', /\/functions\/[^/]+\/invocations$/, 'InvokeFunction'],
  ['GET', /\/functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
  ['GET', /\/functions\/[^/]+\/event-invoke-config$/, 'GetFunctionEventInvokeConfig'],
  ['GET', /\/functions\/[^/]+\/concurrency$/, 'GetFunctionConcurrency'],
  ['GET', /\/functions\/[^/]+\/policy$/, 'GetPolicy'],
  ['GET', /\/functions\/[^/]+$/, 'GetFunction'],
  ['GET', /\/functions\/?$/, 'ListFunctions'],
  ['GET', /\/event-source-mappings\/?$/, 'ListEventSourceMappings'],
  ['GET', /\/event-source-mappings\/[^/]+$/, 'GetEventSourceMapping'],
];

/** Reads a request; `account` is the one whose resources it is about. */
export function awsRequest(raw: RawRequest, account: string): AwsRequest {
  const [, , region = '', service = ''] =
    /Credential=([^,\s]+)/.exec(raw.headers.authorization ?? '')?.[1]?.split('/') ?? [];
  const url = new URL(raw.url, 'http://aws');
  const target = raw.headers['x-amz-target'];
  const path = decodeURIComponent(url.pathname);
  const isForm = String(raw.headers['content-type']).startsWith('application/x-www-form-urlencoded');
  const body = isForm ? Object.fromEntries(new URLSearchParams(raw.body.toString())) : jsonObject(raw.body);
  const arn = (resource: string, of = service) => `arn:aws:${of}:${region}:${account}:${resource}`;
  const shared = { service, region, body };
  if (service === 's3') return { ...shared, ...s3(raw, path, url.searchParams), protocol: 's3' };
  const prefix = PREFIXES[service] ?? service;
  let operation = typeof target === 'string' ? (target.split('.').at(-1) ?? '') : String(body.Action ?? '');
  if (service === 'batch') operation = BATCH.find((name) => path.toLowerCase() === `/v1/${name.toLowerCase()}`) ?? path;
  if (service === 'lambda')
    operation = LAMBDA.find(([method, of]) => method === raw.method && of.test(path))?.[2] ?? path;
  if (service === 'apigateway') operation = raw.method;
  if (service === 'scheduler') operation = path === '/schedules' ? 'ListSchedules' : 'GetSchedule';
  // A batch of messages needs the permission for one.
  if (service === 'sqs') operation = operation.replace(/Batch$/, '');
  if (operation === '') operation = /\/operation\/(\w+)$/.exec(path)?.[1] ?? '';
  const cluster = typeof body.cluster === 'string' ? body.cluster : undefined;
  return {
    ...shared,
    action: `${prefix}:${operation}`,
    resource:
      service === 'apigateway'
        ? `arn:aws:apigateway:${region}::${path}`
        : resourceOf(prefix, operation, body, path, arn),
    context: {
      'aws:RequestedRegion': region,
      ...(cluster !== undefined && { 'ecs:cluster': cluster.startsWith('arn:') ? cluster : arn(`cluster/${cluster}`) }),
    },
    protocol: REST_JSON.has(service) ? 'rest-json' : isForm ? 'query' : 'json',
  };
}

type Arn = (resource: string, service?: string) => string;

function resourceOf(prefix: string, operation: string, body: AwsRequest['body'], path: string, arn: Arn): string {
  const text = (name: string): string | undefined => {
    const value = body[name];
    return typeof value === 'string' ? value : undefined;
  };
  const of = <T>(value: T | undefined, make: (value: T) => string) => (value === undefined ? '*' : make(value));
  switch (prefix) {
    case 'states':
      return text('executionArn') ?? text('stateMachineArn') ?? '*';
    case 'batch': {
      if (operation === 'GetJobQueueSnapshot') {
        return of(text('jobQueue'), (queue) => (queue.startsWith('arn:') ? queue : arn(`job-queue/${queue}`)));
      }
      return operation === 'TerminateJob' || operation === 'CancelJob' ? arn(`job/${text('jobId')}`) : '*';
    }
    case 'lambda': {
      const name = /\/functions\/([^/]+)/.exec(path)?.[1];
      return of(name, (value) => (value.startsWith('arn:') ? value : arn(`function:${value}`)));
    }
    case 'logs': {
      const name =
        text('logGroupName') ??
        text('logGroupNamePrefix') ??
        text('logGroupIdentifier')?.split(':log-group:')[1]?.replace(/:\*$/, '');
      const stream = operation === 'GetLogEvents' ? `log-stream:${text('logStreamName')}` : '*';
      return of(name, (group) => arn(`log-group:${group}:${stream}`));
    }
    case 'sqs':
      return of(text('QueueName') ?? text('QueueUrl')?.split('/').at(-1), arn);
    case 'ecs': {
      const instance = (body.containerInstances as string[] | undefined)?.[0];
      const cluster = (body.clusters as string[] | undefined)?.[0] ?? text('cluster');
      return instance ?? of(cluster, (one) => (one.startsWith('arn:') ? one : arn(`cluster/${one}`)));
    }
    case 'events': {
      const bus = text('EventBusName');
      const name = operation.startsWith('ListRule') ? undefined : (text('Rule') ?? text('Name'));
      return of(name, (rule) => arn(`rule/${bus === undefined || bus === 'default' ? '' : `${bus}/`}${rule}`));
    }
    case 'scheduler':
      return operation === 'GetSchedule' ? arn(`schedule/default/${path.split('/').at(-1)}`) : '*';
    case 'kinesis':
      return text('StreamARN') ?? of(text('StreamName'), (name) => arn(`stream/${name}`));
    case 'dynamodb':
      return text('StreamArn') ?? of(text('TableName'), (name) => arn(`table/${name}`));
    default:
      return '*';
  }
}

/** S3's actions are not its operations: they are those of what is read or written. */
function s3({ method, headers }: RawRequest, path: string, query: URLSearchParams) {
  const [, bucket = '', ...rest] = path.split('/');
  const key = rest.join('/');
  const context: Record<string, string> = query.has('prefix') ? { 's3:prefix': query.get('prefix') ?? '' } : {};
  if (bucket === '') return { action: 's3:ListAllMyBuckets', resource: '*', context };
  const resource = `arn:aws:s3:::${bucket}${key === '' ? '' : `/${key}`}`;
  if (key === '')
    return { action: query.has('location') ? 's3:GetBucketLocation' : 's3:ListBucket', resource, context };
  const verbs: Readonly<Record<string, string>> = { GET: 'GetObject', HEAD: 'GetObject', DELETE: 'DeleteObject' };
  const source = headers['x-amz-copy-source'];
  return {
    action: `s3:${verbs[method] ?? 'PutObject'}`,
    resource,
    // The source of a copy is read by the same person.
    context: {
      ...context,
      ...(typeof source === 'string' && { copied: decodeURIComponent(source).replace(/^\//, '') }),
    },
  };
}

function jsonObject(body: Buffer): AwsRequest['body'] {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as AwsRequest['body']) : {};
  } catch {
    return {};
  }
}
