import { parseCfResourceParam, parseResourceParam } from '../../../modules/config/directive';
import type { JobEvent, JobEventOf } from '../../../triggers/events';
import type { Text } from '../../model/stack';
import type { Names } from './names';
import { type Readable, reference } from './readable';
import { counted } from './settings';
import type { SynthesizedResource } from './stack-resources';

/** What a source is called, what starts a run, and the resources of the config that it listens to. */
export interface SourceText {
  readonly title: string;
  readonly detail: readonly Text[];
  readonly companions: readonly string[];
  readonly schedule?: string;
}

interface SourceContext {
  readonly names: Names;
  readonly readable: Readable;
  /** What Terraform makes for the event. */
  readonly made: readonly SynthesizedResource[];
}

/** Describes the event sources of a job, from what Terraform makes for them. */
export function sourceText(event: JobEvent, around: SourceContext): SourceText {
  switch (event.type) {
    case 'schedule':
      return schedule(event, around);
    case 'sqs':
      return mapped('Queue', event.properties.sqsQueueName, event.properties.sqsQueueArn, 'message', around);
    case 'kinesis-stream':
      return mapped('Stream', event.properties.kinesisStreamName, event.properties.streamArn, 'record', around);
    case 'dynamo-db-stream':
      return mapped('Table', undefined, event.properties.streamArn, 'change', around);
    case 'sns':
      return topic(event, around);
    case 's3':
      return bucket(event, around);
    case 'cloudwatch-log':
      return logGroup(event, around);
    case 'event-bus':
      return bus(event, around);
    case 'http-api-gateway':
      return route(event);
    case 'application-load-balancer':
      return listener(event, around);
  }
}

function schedule({ properties }: JobEventOf<'schedule'>, around: SourceContext): SourceText {
  const made = attribute(around, 'aws_cloudwatch_event_rule', 'schedule_expression');
  const expression = around.readable.text(made ?? properties.scheduleRate);
  return { title: 'Schedule', detail: [code(expression)], companions: [], schedule: expression };
}

function mapped(
  noun: string,
  name: string | undefined,
  arn: string | undefined,
  unit: string,
  around: SourceContext,
): SourceText {
  const source = listensTo(
    noun,
    name ?? arn,
    around,
    attribute(around, 'aws_lambda_event_source_mapping', 'event_source_arn'),
  );
  const size = around.made.find(({ type }) => type === 'aws_lambda_event_source_mapping')?.block.batch_size;
  const detail = typeof size === 'number' && size > 0 ? [plain(`up to ${counted(size, unit)} a run`)] : [];
  return { ...source, detail };
}

function topic({ properties }: JobEventOf<'sns'>, around: SourceContext): SourceText {
  const { snsTopicName, snsTopicArn, filterPolicy } = properties;
  const made = attribute(around, 'aws_sns_topic_subscription', 'topic_arn');
  const source = listensTo('Topic', snsTopicName ?? snsTopicArn, around, made);
  return {
    ...source,
    detail: [plain(filterPolicy === undefined ? 'every message' : 'messages that match its filter')],
  };
}

function bucket({ properties }: JobEventOf<'s3'>, around: SourceContext): SourceText {
  const { bucketArn, s3EventType, filterRule = {} } = properties;
  const source = listensTo('Bucket', bucketArn, around);
  const { prefix = '', suffix = '' } = filterRule;
  const keys = prefix === '' && suffix === '' ? [] : [plain(' '), code(around.readable.value(`${prefix}*${suffix}`))];
  return { ...source, detail: [plain(S3_WORDS[s3EventType.split(':')[1] ?? ''] ?? s3EventType), ...keys] };
}

const S3_WORDS: { readonly [kind: string]: string } = {
  ObjectCreated: 'created',
  ObjectRemoved: 'deleted',
  ObjectRestore: 'restored',
  ObjectTagging: 'tagged',
  ObjectAcl: 'access list changed',
  LifecycleExpiration: 'expired',
  LifecycleTransition: 'moved to another storage class',
  ReducedRedundancyLostObject: 'lost',
  IntelligentTiering: 'archived',
  Replication: 'replication',
};

function logGroup({ properties }: JobEventOf<'cloudwatch-log'>, around: SourceContext): SourceText {
  const source = listensTo('Log group', properties.logGroupArn, around);
  const { filter } = properties;
  return {
    ...source,
    // The log group is only a part of the resource that has it.
    companions: [],
    detail: filter === '' ? [plain('every line')] : [plain('lines with '), code(around.readable.value(filter))],
  };
}

function bus({ properties }: JobEventOf<'event-bus'>, around: SourceContext): SourceText {
  const { eventBusName, eventBusArn, eventPattern } = properties;
  const given = eventBusName ?? eventBusArn;
  const source =
    given === undefined ? { title: 'Default event bus', companions: [] } : listensTo('Event bus', given, around);
  const pattern = (eventPattern ?? {}) as { readonly [key: string]: unknown };
  const parts = ['source', 'detail-type']
    .filter((key) => pattern[key] !== undefined)
    .map((key) =>
      [pattern[key]]
        .flat()
        .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
        .join(' or '),
    );
  const text = parts.length === 0 ? Object.keys(pattern).join(', ') : parts.join(', ');
  return { ...source, detail: [code(around.readable.value(text))] };
}

function route({ properties }: JobEventOf<'http-api-gateway'>): SourceText {
  const { httpApiGatewayName, method, path, authorizer } = properties;
  const who =
    authorizer === undefined
      ? 'without an authorizer'
      : authorizer.type === 'cognito'
        ? `users of ${authorizer.properties.userPoolName}`
        : `who ${authorizer.properties.functionName} lets in`;
  return {
    title: `${method === '*' ? 'Any method' : method} ${path}`,
    detail: [plain(`HTTP API ${httpApiGatewayName}, ${who}`)],
    companions: [httpApiGatewayName],
  };
}

function listener({ properties }: JobEventOf<'application-load-balancer'>, { readable }: SourceContext): SourceText {
  const { loadBalancerName, listenerPort, methods = [], paths = [], hosts = [] } = properties;
  const what = [methods.join(' or '), [...paths, ...hosts].join(' or ')].filter((part) => part !== '').join(' ');
  const port = listenerPort === undefined ? '' : `, port ${readable.value(listenerPort)}`;
  return {
    title: what === '' ? 'Requests' : readable.value(what),
    detail: [plain(`load balancer ${loadBalancerName}${port}`)],
    companions: [loadBalancerName],
  };
}

/**
 * The source that an event names: a resource of the config, one of CloudFormation, or an ARN.
 *
 * @param made the same in the Terraform document
 */
function listensTo(
  noun: string,
  given = '',
  { names, readable }: SourceContext,
  made?: string,
): Omit<SourceText, 'detail'> {
  const owner = parseResourceParam(given)?.resource ?? (/^[a-zA-Z][a-zA-Z0-9]*$/.test(given) ? given : undefined);
  if (owner !== undefined) return { title: `${noun} ${owner}`, companions: [owner] };
  const foreign = parseCfResourceParam(given)?.logicalId;
  if (foreign !== undefined) return { title: `${noun} ${foreign} of CloudFormation`, companions: [] };
  const name = made === undefined ? undefined : names.of(reference(made)?.address ?? '');
  if (name !== undefined) return { title: `${name.charAt(0).toUpperCase()}${name.slice(1)}`, companions: [] };
  return { title: `${noun} ${lastPart(readable.value(given))}`, companions: [] };
}

/** The name in an ARN: `inbox`, `orders` of a table's stream, `/app` of a log group. */
function lastPart(arn: string): string {
  if (!arn.startsWith('arn:')) return arn;
  const [, , , , , ...more] = arn.split(':');
  const resource = more.join(':').replace(/:\*$/, '');
  const table = /^table\/([^/]+)\/stream\//.exec(resource)?.[1];
  return table ?? resource.replace(/^(log-group:|stream\/|event-bus\/)/, '');
}

function attribute({ made }: SourceContext, type: string, argument: string): string | undefined {
  const value = made.find((item) => item.type === type)?.block[argument];
  return typeof value === 'string' ? value : undefined;
}

function code(text: string): Text {
  return { text, isCode: true };
}

function plain(text: string): Text {
  return { text };
}
