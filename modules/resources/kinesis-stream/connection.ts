import type { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream';
import type { Connection } from '../../access/connection';
import type { ArnTarget } from '../descriptor';
import type { STREAM_PARAMS } from './schema';

type StreamTarget = ArnTarget<'kinesis-stream', typeof STREAM_PARAMS>;

/** Reads and writes records. Excludes `kinesis:ListStreams`, which would cover every stream of the account. */
export function streamConnection({ arn, params }: StreamTarget): Connection {
  return {
    environment: params,
    statements: [
      {
        Sid: 'UseRecords',
        Action: [
          'kinesis:DescribeStream',
          'kinesis:DescribeStreamSummary',
          'kinesis:GetRecords',
          'kinesis:GetShardIterator',
          'kinesis:ListShards',
          'kinesis:PutRecord',
          'kinesis:PutRecords',
        ],
        Resource: [arn],
      },
    ],
  };
}

export function providedStream({ arn, name }: KinesisStream): StreamTarget {
  return { type: 'kinesis-stream', arn, params: { arn, name } };
}
