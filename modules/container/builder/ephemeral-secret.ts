import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { secretSource } from '../../access/secret';
import { parseSecret } from '../../config/secret-directive';
import { shortHash } from '../../rules/naming';
import type { AwsContext } from '../../terraform/aws-context';
import { literal } from '../../terraform/literal';

/**
 * Creates what reads a `$Secret` or `$Parameter` for a provisioner, and returns the value's expression. Terraform reads it during plan and apply, and stores it in neither plan nor state.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/ephemeral
 */
export function createSecretText(scope: Construct, aws: AwsContext, reference: string): string {
  const secret = parseSecret(reference);
  if (secret === undefined) {
    const arn = secretSource(aws, reference)?.arn;
    return expression(createEphemeral(scope, 'aws_ssm_parameter', reference, { arn }), 'value');
  }
  const { id, key, stage, versionId } = secret;
  const version = {
    secret_id: literal(id),
    ...(stage && { version_stage: stage }),
    ...(versionId && { version_id: versionId }),
  };
  const address = createEphemeral(scope, 'aws_secretsmanager_secret_version', JSON.stringify(version), version);
  return key === undefined ? expression(address, 'secret_string') : `\${${keyOf(address, key)}}`;
}

/** `<username>:<password>` of a secret, Base64-encoded, as registries expect it. */
export function createRegistryAuth(scope: Construct, secretArn: string): string {
  const version = { secret_id: secretArn };
  const address = createEphemeral(scope, 'aws_secretsmanager_secret_version', JSON.stringify(version), version);
  return `\${base64encode(join(":", [${keyOf(address, 'username')}, ${keyOf(address, 'password')}]))}`;
}

function expression(address: string, attribute: string): string {
  return `\${${address}.${attribute}}`;
}

function keyOf(address: string, key: string): string {
  return `jsondecode(${address}.secret_string)[${literal(JSON.stringify(key))}]`;
}

/** CDKTF has no constructs for these blocks. */
function createEphemeral(
  scope: Construct,
  type: string,
  identity: string,
  content: { readonly [argument: string]: string | undefined },
): string {
  const stack = TerraformStack.of(scope);
  const name = `build-${shortHash(identity)}`;
  stack.addOverride('terraform.required_version', '>= 1.10');
  stack.addOverride(`ephemeral.${type}.${name}`, content);
  return `ephemeral.${type}.${name}`;
}
