import { ANY_NAME, arnFix } from '../rules/arn-fix';
import { strict, text } from './checked';

/** Which key encrypts what the stack stores. */
export const encryption = strict({
  /**
   * ARN of a symmetric KMS key in the stack's region. It encrypts buckets, queues, topics, log groups, root volumes, tables, streams and secrets with connection strings that the stack creates. The roles of the stack get permission to use it; services get theirs from the key's policy, which `batch-jobs info --policy key` prints. Databases, Redis clusters and image repositories keep keys of AWS, because a change of their key would replace them. @default keys of AWS
   */
  kmsKeyArn: text({
    pattern: /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/,
    accepted: 'the ARN of a KMS key',
    fix: (found) =>
      /(^|:)alias\//.test(found)
        ? "write the key's ARN: IAM policies and CloudWatch Logs accept no alias. `aws kms describe-key --key-id <alias>` prints it"
        : arnFix(
            { example: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab', name: ANY_NAME },
            found,
          ),
  }).optional(),
});
