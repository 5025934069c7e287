import { DataAwsSecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import type { AwsContext } from '../aws-context';
import type { SecretDirective } from '../config/secret-directive';

/**
 * The value of a secret, read by Terraform when it plans: it stands in no document of the stack, and in its state. For resources that must be
 * told their password; containers read theirs by themselves.
 */
export function secretValue(
  scope: Construct,
  id: string,
  aws: AwsContext,
  { id: secretId, key, stage, versionId }: SecretDirective,
): string {
  const maker = aws.secretMakers.get(secretId);
  const { secretString } = new DataAwsSecretsmanagerSecretVersion(scope, id, {
    secretId,
    versionStage: stage,
    versionId,
    ...(maker && { dependsOn: [maker] }),
  });
  return key === undefined ? secretString : Fn.lookupNested(Fn.jsondecode(secretString), [key]);
}
