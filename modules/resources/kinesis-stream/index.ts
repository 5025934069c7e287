import { AS_ASKED, KMS_KEY } from '../../config/arn-rule';
import { companion } from '../descriptor';
import { providedStream, streamConnection } from './connection';
import { kinesisStreamResource, STREAM_PARAMS } from './schema';

/** The type `kinesis-stream`. */
export const KINESIS_STREAM = companion({
  type: 'kinesis-stream',
  noun: 'stream',
  schema: kinesisStreamResource,
  construct: () => (require('./construct') as typeof import('./construct')).DataStream,
  params: STREAM_PARAMS,
  existingArns: { arn: AS_ASKED },
  propertyArns: { kmsKeyId: KMS_KEY },
  unreachableService: 'Amazon Kinesis',
  namedBy: ['kinesisStreamName'],
  isStore: true,
  connection: streamConnection,
  provided: { aws_kinesis_stream: providedStream },
});
