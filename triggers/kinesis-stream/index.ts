import { source } from '../source';
import { kinesisStream as schema } from './schema';

/** Records of a Kinesis stream. */
export const kinesisStream = source({
  schema,
  trigger: () => (require('./trigger') as typeof import('./trigger')).KinesisStreamTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).kinesisStream,
  selects: ['kinesisStreamName', 'streamArn', 'consumerArn'],
  duplicate: 'Lambda accepts one event source mapping of a stream or consumer to a function',
  names: { kinesisStreamName: { type: 'kinesis-stream', arn: 'streamArn' } },
  props: (properties, resources) => {
    const { kinesisStreamName, streamArn: arn = '', ...settings } = resources.resolve(properties);
    const stream = kinesisStreamName === undefined ? { arn } : resources.get('kinesis-stream', kinesisStreamName);
    return { stream, ...settings };
  },
});
