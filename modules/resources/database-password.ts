import type { Construct } from 'constructs';
import { type SecretReference, secretReference } from '../access/secret';
import { readSecretValue } from '../access/secret-value';
import { isSecretDirective, parseSecret } from '../config/secret-directive';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import { literal } from '../terraform/literal';
import type { CompanionContext } from './companion';

/** The password of a database. */
export interface DatabasePassword {
  /** For the database itself, as a token. */
  readonly value: string;
  /** Where all others read it. */
  readonly reference: SecretReference;
}

/**
 * The password from the config: a `$Secret`, or plain text. Plain text becomes a secret of the stack, so that jobs and functions read
 * it as any other password, and the synthesized files have it only once.
 */
export function databasePassword(
  scope: Construct,
  text: string,
  { stackName, aws }: Pick<CompanionContext, 'stackName' | 'aws'>,
): DatabasePassword {
  const secret = parseSecret(text);
  if (secret !== undefined) {
    return { value: readSecretValue(scope, 'Password', aws, secret), reference: secretReference(aws, secret) };
  }
  if (isSecretDirective(text)) throw new Error(`${scope.node.path}: the password is a wrong directive`);
  // Loaded only if needed.
  const { SecretsmanagerSecret } =
    require('@cdktf/provider-aws/lib/secretsmanager-secret') as typeof import('@cdktf/provider-aws/lib/secretsmanager-secret');
  const { SecretsmanagerSecretVersion } =
    require('@cdktf/provider-aws/lib/secretsmanager-secret-version') as typeof import('@cdktf/provider-aws/lib/secretsmanager-secret-version');
  const { arn } = new SecretsmanagerSecret(scope, 'PasswordSecret', {
    name: physicalName(NAME_LIMITS.secret, stackName, scope.node.id, 'password'),
    description: `Password of ${scope.node.id} of ${stackName}, from the config`,
    kmsKeyId: aws.kmsKeyArn,
    // The name is free again at once: the config has the value.
    recoveryWindowInDays: 0,
  });
  const { secretString } = new SecretsmanagerSecretVersion(scope, 'PasswordValue', {
    secretId: arn,
    secretString: literal(text),
  });
  // The database has its password from the secret's value, so that who connects to the database finds a value in the secret.
  return { value: secretString, reference: { store: 'secret', valueFrom: arn, arn, keyArn: aws.kmsKeyArn } };
}
