import type { AwsContext } from '../terraform/aws-context';

type Key = Pick<AwsContext, 'kmsKeyArn'>;

/** Encryption of a queue: by the account's key, or by SQS's. */
export function queueEncryption({ kmsKeyArn }: Key) {
  return kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn };
}

/** Encryption of a table: by the account's key, or by the AWS managed key, whose use CloudTrail records. */
export function tableEncryption({ kmsKeyArn }: Key) {
  return { serverSideEncryption: { enabled: true, kmsKeyArn } };
}

/** Encryption of a bucket's objects. With a bucket key, S3 calls AWS KMS once in a while instead of once for each object. */
export function bucketEncryption({ kmsKeyArn }: Key) {
  if (kmsKeyArn === undefined) return { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } };
  return {
    applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: kmsKeyArn },
    bucketKeyEnabled: true,
  };
}
