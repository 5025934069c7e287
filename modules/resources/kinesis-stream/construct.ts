import { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import { NAME_LIMITS, physicalName } from '../../rules/naming';
import { literal } from '../../terraform/literal';
import type { Companion, CompanionContext } from '../companion';
import { dataStreamProperties, kinesisStreamResource, type STREAM_PARAMS } from './schema';

export type DataStreamProps = CompanionContext & Omit<z.input<typeof kinesisStreamResource>, 'type' | 'overrides'>;

/** Its policy lets every reader and writer of the account use it. */
const MANAGED_KEY = 'alias/aws/kinesis';

/**
 * A Kinesis data stream, encrypted. TLS needs no policy, because Kinesis has no endpoint without it.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { DataStream } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new DataStream(stack, 'clicks', { ...platform.context });
 */
export class DataStream extends Construct implements Companion<'kinesis-stream'> {
  readonly type = 'kinesis-stream';
  readonly arn: string;
  readonly params: Companion<'kinesis-stream', typeof STREAM_PARAMS>['params'];
  /** The stream, if the stack creates it. */
  readonly stream?: KinesisStream;

  constructor(scope: Construct, id: string, given: DataStreamProps) {
    super(scope, id);
    const { stackName, aws, existing, properties = {} } = companionProps(this, given, kinesisStreamResource);
    if (existing !== undefined) {
      this.arn = existing.arn;
      this.params = { arn: this.arn, name: existing.arn.split('/').at(-1) };
      return;
    }
    const props = parse(dataStreamProperties, properties, this.node.path);
    const { retentionPeriodHours, kmsKeyId = props.encryption?.kmsKeyArn } = props;
    const shardCount = props.shardCount ?? (props.capacityMode === 'PROVISIONED' ? 1 : undefined);
    this.stream = new KinesisStream(this, 'Resource', {
      name: physicalName(NAME_LIMITS.kinesisStream, stackName, id),
      streamModeDetails: { streamMode: shardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED' },
      ...(shardCount !== undefined && { shardCount }),
      retentionPeriod: retentionPeriodHours,
      encryptionType: 'KMS',
      kmsKeyId: literal(kmsKeyId ?? aws?.kmsKeyArn ?? MANAGED_KEY),
      // Consumers of other stacks would otherwise prevent the stream from being destroyed.
      enforceConsumerDeletion: true,
    });
    this.arn = this.stream.arn;
    this.params = { arn: this.arn, name: this.stream.name };
  }
}
