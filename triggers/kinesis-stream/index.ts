import { IN_REGION, OF_NONE, OF_QUEUE, OF_TOPIC } from '../../modules/config/arn-rule';
import { KINESIS_STREAM } from '../../modules/resources/kinesis-stream';
import { MAPPING } from '../mapping-resources';
import { source } from '../source';
import { FILTER_ALIASES, STREAM_ALIASES } from '../stream';
import { kinesisStream } from './schema';

export type { KinesisStreamEvent } from './schema';

/** Records of a Kinesis stream. */
export const KINESIS_STREAM_SOURCE = source({
  schema: kinesisStream,
  trigger: () => (require('./trigger') as typeof import('./trigger')).KinesisStreamTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).kinesisStream,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  delivery: () => (require('./delivery') as typeof import('./delivery')).delivery,
  mapping: 'kinesis',
  selects: ['kinesisStreamName', 'streamArn', 'consumerArn'],
  duplicate: 'Lambda accepts one event source mapping of a stream or consumer to a function',
  // Lambda polls streams in its own region, also in other accounts.
  arns: {
    streamArn: { ...IN_REGION, name: 'kinesisStreamName', refersTo: { 'kinesis-stream': 'arn' } },
    consumerArn: { ...IN_REGION, refersTo: OF_NONE },
    'onFailure.arn': { ...IN_REGION, refersTo: { ...OF_QUEUE, ...OF_TOPIC } },
  },
  aliases: {
    kinesisStreamName: 'stream streamName kinesisStream',
    streamArn: 'eventSourceArn',
    filterCriteria: FILTER_ALIASES,
    ...STREAM_ALIASES,
  },
  creates: MAPPING,
  rules: () => (require('./rules') as typeof import('./rules')).KINESIS_STREAM_RULES,
  props: (properties, resources) => {
    const { kinesisStreamName, streamArn: arn = '', ...settings } = resources.resolve(properties);
    const stream = kinesisStreamName === undefined ? { arn } : resources.get(KINESIS_STREAM, kinesisStreamName);
    return { stream, ...settings };
  },
});
