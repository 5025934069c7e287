import { bucketEncryption, queueEncryption, tableEncryption } from '../../modules/storage/encryption';

const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

it('encrypts with keys of AWS unless the account has one', () => {
  expect(queueEncryption({})).toEqual({ sqsManagedSseEnabled: true });
  expect(bucketEncryption({})).toEqual({ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } });
  expect(tableEncryption({})).toEqual({ serverSideEncryption: { enabled: true } });
});

it('encrypts with the key of the account', () => {
  expect(queueEncryption({ kmsKeyArn })).toEqual({ kmsMasterKeyId: kmsKeyArn });
  expect(bucketEncryption({ kmsKeyArn })).toEqual({
    applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: kmsKeyArn },
    bucketKeyEnabled: true,
  });
  expect(tableEncryption({ kmsKeyArn })).toEqual({ serverSideEncryption: { enabled: true, kmsKeyArn } });
});
