import { AS_ASKED, IN_REGION } from '../../config/arn-rule';
import { ACCESS_KINDS } from '../../rules/narrowing';
import { companion } from '../descriptor';
import { kinesisStreamResource, STREAM_PARAMS } from './schema';

export type { KinesisStream } from './schema';

/** The type `kinesis-stream`. */
export const KINESIS_STREAM = companion({
  type: 'kinesis-stream',
  noun: 'stream',
  schema: kinesisStreamResource,
  creates: [['KinesisStream', 'kinesis-stream']],
  construct: () => (require('./construct') as typeof import('./construct')).DataStream,
  params: STREAM_PARAMS,
  advice: () => (require('./advice') as typeof import('./advice')).shardsAdvice,
  existingArns: { arn: AS_ASKED },
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
  propertyArns: { kmsKeyId: IN_REGION, 'encryption.kmsKeyArn': IN_REGION },
  unreachableService: 'Amazon Kinesis',
  namedBy: ['kinesisStreamName'],
  isStore: true,
  connection: () => (require('./connection') as typeof import('./connection')).streamConnection,
  narrowable: { access: ACCESS_KINDS },
  provided: { aws_kinesis_stream: () => (require('./connection') as typeof import('./connection')).providedStream },
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
