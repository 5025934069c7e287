import type { ConnectTargets } from '../../access/connect-target';
import type { Connection } from '../../access/connection';

/** Reads and writes records. Excludes `kinesis:ListStreams`, which would cover every stream of the account. */
export function streamConnection({ arn, params }: ConnectTargets['kinesis-stream']): Connection {
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
