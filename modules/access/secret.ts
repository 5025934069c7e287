import type { AwsContext } from '../aws-context';
import type { SecretDirective } from '../config/directive';
import type { Statement } from './policy';

/** A value in AWS Secrets Manager, which no document of the stack holds. */
export interface SecretReference {
  /** What ECS asks for: the secret's ARN, and for one key of a JSON secret `:<key>::` after it. */
  readonly valueFrom: string;
  /** The secret in IAM's terms. */
  readonly resource: string;
}

/**
 * A secret of this account and region by its name.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function secretReference(aws: Pick<AwsContext, 'arn'>, { name, key }: SecretDirective): SecretReference {
  const arn = aws.arn('secretsmanager', `secret:${name}`);
  return {
    valueFrom: key === undefined ? arn : `${arn}:${key}::`,
    // Secrets Manager ends each ARN in a hyphen and six characters of its own.
    resource: `${arn}-??????`,
  };
}

/** Leave to read some secrets and no other. */
export function readStatements(secrets: readonly SecretReference[]): Statement[] {
  if (secrets.length === 0) return [];
  const resources = [...new Set(secrets.map(({ resource }) => resource))];
  return [{ Sid: 'ReadSecrets', Action: ['secretsmanager:GetSecretValue'], Resource: resources }];
}
