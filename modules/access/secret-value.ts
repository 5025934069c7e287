import { DataAwsSecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import type { SecretDirective } from '../config/directive';

/**
 * The value of a secret, read by Terraform when it plans: it stands in no document of the stack, and in its state. For resources that must be
 * told their password; containers read theirs by themselves.
 */
export function secretValue(scope: Construct, id: string, { name, key }: SecretDirective): string {
  const { secretString } = new DataAwsSecretsmanagerSecretVersion(scope, id, { secretId: name });
  return key === undefined ? secretString : Fn.lookupNested(Fn.jsondecode(secretString), [key]);
}
