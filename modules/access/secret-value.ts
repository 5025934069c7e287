import { DataAwsSecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import type { SecretDirective } from '../config/secret-directive';
import type { AwsContext } from '../terraform/aws-context';

/**
 * The value of a secret, read by Terraform during plan. It is stored in the state, but not in the stack's files. For resources that need
 * the password itself. Containers read their secrets at run time.
 */
export function readSecretValue(
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
