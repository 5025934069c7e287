import { z } from 'zod';
import { across, nonEmpty, refuse, strict, text } from '../../config/checked';
import { servicePrincipal } from '../../config/iam-statement';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { foundValue } from '../../problems/found';
import { TOPIC_ARN, topicArnFix } from '../../rules/arn-forms';
import { companionSchema } from '../companion-schema';

/** Properties of a topic that the stack creates. */
export const topicProperties = across(
  strict({
    /** Keeps the order of messages of a group. Such a topic can't invoke functions, so it can't start jobs, and alarms can't publish to it. @default false */
    fifoEnabled: z.boolean().default(false),
    /** FIFO only: recognizes duplicates by their content. @default false */
    contentBasedDeduplication: z.boolean().optional(),
    /** Id, ARN or alias of a KMS key for the messages. Don't use alias/aws/sns: alarms, S3 and EventBridge have no permission to use that key, and their messages would be lost. Publishers need `kms:GenerateDataKey*` and `kms:Decrypt` on the key. @default the stack's key, else none: SNS encrypts its disks */
    kmsKeyId: nonEmpty('the id, ARN or alias of a KMS key').optional(),
    /** AWS services, such as `s3.amazonaws.com`, that can publish on behalf of this account. @default only those that this config itself makes publish */
    publishers: z.array(servicePrincipal).default([]),
  }),
  ({ fifoEnabled, contentBasedDeduplication, kmsKeyId }, context) => {
    if (contentBasedDeduplication !== undefined && fifoEnabled !== true) {
      const accepted = 'contentBasedDeduplication only for FIFO topics';
      const found = foundValue(contentBasedDeduplication);
      refuse(context, { found, accepted, fix: 'add fifoEnabled: true or remove it' }, ['contentBasedDeduplication']);
    }
    if (typeof kmsKeyId === 'string' && kmsKeyId.endsWith('alias/aws/sns')) {
      const fix =
        'remove it, or use a customer managed key: with the AWS managed key, alarms, S3 and EventBridge cannot publish';
      refuse(context, { found: foundValue(kmsKeyId), accepted: 'a customer managed key', fix }, ['kmsKeyId']);
    }
  },
);

/** An SNS topic. */
export const snsTopic = companionSchema(
  'sns-topic',
  topicProperties,
  strict({
    /** ARN of the topic. Its policy is not changed. */
    arn: text({
      pattern: TOPIC_ARN,
      accepted: 'the ARN of an SNS topic',
      fix: topicArnFix,
    }),
  }),
);

/** What others can ask of a topic. */
export const TOPIC_PARAMS = ['name', 'arn'] as const;

export interface SnsTopicProperties extends WrittenProperties<typeof snsTopic>, ByName {}
/** Such a resource as written in a config. */
export interface SnsTopic extends Written<z.input<typeof snsTopic>> {
  readonly properties?: SnsTopicProperties;
}
