import type { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream';
import type { Connection } from '../../access/connection';
import { allowed, type Narrowing } from '../../rules/narrowing';
import type { ArnTarget } from '../descriptor';
import type { STREAM_PARAMS } from './schema';

type StreamTarget = ArnTarget<'kinesis-stream', typeof STREAM_PARAMS>;

/** Reads and writes records. Excludes `kinesis:ListStreams`, which would cover every stream of the account. */
export function streamConnection({ arn, params }: StreamTarget, _aws: unknown, narrowing: Narrowing = {}): Connection {
  return {
    environment: params,
    statements: [
      {
        Sid: 'UseRecords',
        Action: allowed(narrowing, ACTIONS),
        Resource: [arn],
      },
    ],
  };
}

export function providedStream({ arn, name }: KinesisStream): StreamTarget {
  return { type: 'kinesis-stream', arn, params: { arn, name } };
}

const ACTIONS = {
  'kinesis:DescribeStream': 'both',
  'kinesis:DescribeStreamSummary': 'both',
  'kinesis:GetRecords': 'read',
  'kinesis:GetShardIterator': 'read',
  'kinesis:ListShards': 'both',
  'kinesis:PutRecord': 'write',
  'kinesis:PutRecords': 'write',
} as const;
