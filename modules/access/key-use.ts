import type { Statement } from './policy';

const READ = ['kms:Decrypt'];
const WRITE = ['kms:GenerateDataKey'];
const READ_AND_WRITE = [...READ, ...WRITE];

/**
 * What a caller of an action must be allowed to do with the key of the resource. Services that are not listed here use the key themselves:
 * CloudWatch Logs by the key's policy, and EBS and EFS by grants.
 */
const KEY_USE: { readonly [service: string]: { readonly [action: string]: readonly string[] } } = {
  // The parts of a large upload are decrypted again: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
  s3: { GetObject: READ, GetObjectVersion: READ, PutObject: READ_AND_WRITE },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  sqs: { ReceiveMessage: READ, SendMessage: READ_AND_WRITE },
  // Reading has its own statement, with the secret's encryption context: see `readStatements`.
  secretsmanager: { PutSecretValue: READ_AND_WRITE },
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  sns: { Publish: READ_AND_WRITE },
  // https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
  kinesis: { GetRecords: READ, SubscribeToShard: READ, PutRecord: WRITE, PutRecords: WRITE },
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  dynamodb: Object.fromEntries(
    [
      'BatchGetItem',
      'BatchWriteItem',
      'ConditionCheckItem',
      'DeleteItem',
      'GetItem',
      'GetRecords',
      'PutItem',
      'Query',
      'Scan',
      'UpdateItem',
    ].map((action) => [action, READ]),
  ),
};

/**
 * Statements, and one more that lets their role use the key through the services that they allow. Derived from the statements, so that no
 * role is without it.
 */
export function withKeyUse(statements: readonly Statement[], kmsKeyArn: string | undefined): readonly Statement[] {
  if (kmsKeyArn === undefined) return statements;
  const allowed = statements.filter(({ Effect }) => Effect !== 'Deny').flatMap(({ Action }) => Action);
  const uses = Object.entries(KEY_USE).flatMap(([service, actions]) => {
    const needed = Object.entries(actions)
      .filter(([action]) => allowed.some((pattern) => includesAction(pattern, `${service}:${action}`)))
      .flatMap(([, needs]) => needs);
    return needed.length === 0 ? [] : [{ service, needed }];
  });
  if (uses.length === 0) return statements;
  const Sid = 'UseStackKey';
  const use: Statement = {
    ...(statements.every((statement) => statement.Sid !== Sid) && { Sid }),
    Action: READ_AND_WRITE.filter((action) => uses.some(({ needed }) => needed.includes(action))),
    Resource: [kmsKeyArn],
    // Not for direct calls: a copy of an encrypted text is of no use.
    Condition: { StringLike: { 'kms:ViaService': uses.map(({ service }) => `${service}.*`) } },
  };
  return [...statements, use];
}

/** Whether an action of a policy, in which * and ? are wildcards, includes an action. IAM ignores case. */
export function includesAction(pattern: string, action: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern.toLowerCase() === action.toLowerCase();
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'i').test(action);
}
