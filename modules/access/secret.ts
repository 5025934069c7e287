import { isArn, parseParameter, parseSecret, type SecretDirective } from '../config/secret-directive';
import type { AwsContext } from '../terraform/aws-context';
import type { Statement } from './policy';

/** A value in AWS Secrets Manager or in the Parameter Store of AWS Systems Manager. No file of the stack contains it. */
export interface SecretReference {
  readonly store: 'secret' | 'parameter';
  /** The reference for ECS: the ARN, followed by `:<key>:<stage>:<version id>` for one key or version of a secret. */
  readonly valueFrom: string;
  /** ARN of the secret or parameter. */
  readonly arn: string;
  /** ARN of the KMS key that encrypts it. @default any key of its account */
  readonly keyArn?: string;
}

/** The value that a string refers to if all of it is a `$Secret` or `$Parameter` directive, otherwise undefined. */
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

/** A parameter's ARN ends in its name, without a suffix. AWS's public parameters belong to no account. */
function parameterArn(aws: AwsContext, id: string): string {
  if (isArn(id)) return id;
  const path = id.replace(/^\//, '');
  return id.startsWith('/aws/')
    ? `arn:${aws.partition}:ssm:${aws.region}::parameter/${path}`
    : aws.arn('ssm', `parameter/${path}`);
}

/** Permissions to read only these secrets and parameters, and to decrypt them with any AWS KMS key. */
export function readStatements(aws: AwsContext, references: readonly SecretReference[]): Statement[] {
  const arnsIn = (store: SecretReference['store']) => [
    ...new Set(references.filter((reference) => reference.store === store).map(({ arn }) => arn)),
  ];
  const keys = references.flatMap(({ keyArn }) => keyArn ?? []);
  const [secrets, parameters] = [arnsIn('secret'), arnsIn('parameter')];
  return [
    ...(secrets.length === 0
      ? []
      : [
          { Sid: 'ReadSecrets', Action: ['secretsmanager:GetSecretValue'], Resource: secrets },
          decryptStatement(aws, 'DecryptSecrets', 'secretsmanager', 'SecretARN', secrets, keys),
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
 * AWS managed keys need no permission, customer managed keys do. The encryption context limits what can be decrypted:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html#parameter-policy-kms-encryption
 */
function decryptStatement(
  aws: AwsContext,
  sid: string,
  service: string,
  context: string,
  arns: readonly string[],
  keys: readonly string[] = [],
): Statement {
  return {
    Sid: sid,
    Action: ['kms:Decrypt'],
    Resource: [...new Set([...arns.map((arn) => keysBeside(aws, arn)), ...keys])],
    Condition: {
      StringEquals: { [`kms:EncryptionContext:${context}`]: arns },
      StringLike: { 'kms:ViaService': `${service}.*` },
    },
  };
}

/** The keys of a secret's account and region, or of the stack's if only Terraform knows the secret's ARN. */
function keysBeside(aws: AwsContext, arn: string): string {
  const [, partition, , region, account] = arn.startsWith('arn:') ? arn.split(':') : [];
  const isForeign = account !== undefined && /^\d{12}$/.test(account);
  return isForeign ? `arn:${partition}:kms:${region}:${account}:key/*` : aws.arn('kms', 'key/*');
}
