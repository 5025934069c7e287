import type { AwsContext } from '../aws-context';
import { isArn, parseParameter, parseSecret, type SecretDirective } from '../config/secret-directive';
import type { Statement } from './policy';

/** A value in AWS Secrets Manager or in the Parameter Store of AWS Systems Manager, which no document of the stack holds. */
export interface SecretReference {
  readonly store: 'secret' | 'parameter';
  /** What ECS asks for: the ARN, and for one key or version of a secret `:<key>:<stage>:<version id>` after it. */
  readonly valueFrom: string;
  /** ARN of the secret or parameter. */
  readonly arn: string;
}

/** What a text stands for that is `$Secret` or `$Parameter` as a whole; undefined if it is neither. */
export function secretSource(aws: AwsContext, text: string): SecretReference | undefined {
  const secret = parseSecret(text);
  if (secret !== undefined) return secretReference(aws, secret);
  const parameter = parseParameter(text);
  if (parameter === undefined) return undefined;
  const arn = parameterArn(aws, parameter.id);
  return { store: 'parameter', valueFrom: arn, arn };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
export function secretReference(aws: AwsContext, { id, key, stage, versionId }: SecretDirective): SecretReference {
  const arn = isArn(id) ? id : aws.secretArn(id);
  const isWhole = key === undefined && stage === undefined && versionId === undefined;
  const valueFrom = isWhole ? arn : `${arn}:${key ?? ''}:${stage ?? ''}:${versionId ?? ''}`;
  return { store: 'secret', valueFrom, arn };
}

/** A parameter's ARN holds its name and nothing else. Those that AWS publishes belong to no account. */
function parameterArn(aws: AwsContext, id: string): string {
  if (isArn(id)) return id;
  const path = id.replace(/^\//, '');
  return id.startsWith('/aws/')
    ? `arn:${aws.partition}:ssm:${aws.region}::parameter/${path}`
    : aws.arn('ssm', `parameter/${path}`);
}

/** Leave to read some secrets and parameters and no other, and to have them decrypted, whichever key of AWS KMS they are encrypted with. */
export function readStatements(aws: AwsContext, references: readonly SecretReference[]): Statement[] {
  const arnsIn = (store: SecretReference['store']) => [
    ...new Set(references.filter((reference) => reference.store === store).map(({ arn }) => arn)),
  ];
  const [secrets, parameters] = [arnsIn('secret'), arnsIn('parameter')];
  return [
    ...(secrets.length === 0
      ? []
      : [
          { Sid: 'ReadSecrets', Action: ['secretsmanager:GetSecretValue'], Resource: secrets },
          decryptStatement(aws, 'DecryptSecrets', 'secretsmanager', 'SecretARN', secrets),
        ]),
    ...(parameters.length === 0
      ? []
      : [
          { Sid: 'ReadParameters', Action: ['ssm:GetParameters'], Resource: parameters },
          decryptStatement(aws, 'DecryptParameters', 'ssm', 'PARAMETER_ARN', parameters),
        ]),
  ];
}

/**
 * AWS's own keys ask for no leave, keys of one's own do. The encryption context says what is decrypted:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html#parameter-policy-kms-encryption
 */
function decryptStatement(
  aws: AwsContext,
  sid: string,
  service: string,
  context: string,
  arns: readonly string[],
): Statement {
  return {
    Sid: sid,
    Action: ['kms:Decrypt'],
    Resource: [...new Set(arns.map((arn) => keysBeside(aws, arn)))],
    Condition: {
      StringEquals: { [`kms:EncryptionContext:${context}`]: arns },
      StringLike: { 'kms:ViaService': `${service}.*` },
    },
  };
}

/** The keys of the account and region of a secret; those of the stack's own where only Terraform knows its ARN. */
function keysBeside(aws: AwsContext, arn: string): string {
  const [, partition, , region, account] = arn.startsWith('arn:') ? arn.split(':') : [];
  const isForeign = account !== undefined && /^\d{12}$/.test(account);
  return isForeign ? `arn:${partition}:kms:${region}:${account}:key/*` : aws.arn('kms', 'key/*');
}
