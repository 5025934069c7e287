import { parseParameter, parseSecret } from '../../modules/config/secret-directive';
import type { BuildContext, BuildSecret } from '../../modules/container/build-context';
import { errorMessage } from '../../modules/problems/error-message';
import { partitionOf } from '../../modules/rules/partitions';
import { UsageError } from '../command/usage-error';
import { developerCredentials } from './developer-credentials';
import { ACCOUNT } from './nobodys-account';
import { secretReader } from './secret-value';

/**
 * The secrets of a build: from the environment variable of the secret's name, else from the developer's account.
 *
 * @param region of the stack, if `--aws` is set
 * @throws UsageError if a secret is in neither place
 */
export async function buildSecretValues(
  { secrets = [] }: BuildContext,
  region: string | undefined,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const secret of secrets) {
    values[secret.name] = process.env[secret.name] ?? (await readValue(secret, region));
  }
  return values;
}

async function readValue({ name, reference }: BuildSecret, region: string | undefined): Promise<string> {
  if (region === undefined) {
    throw new UsageError(
      `The build of the image reads ${reference} as ${name}. Set the variable ${name} to its value, or use --aws to read it from your account.`,
    );
  }
  const credentials = await developerCredentials();
  try {
    return await secretReader({ region, credentials })(valueFrom(reference, region));
  } catch (error) {
    throw new UsageError(`--aws: the build's secret ${name}, ${reference}, cannot be read: ${errorMessage(error)}`);
  }
}

/** The ARN that ECS would request. */
function valueFrom(reference: string, region: string): string {
  const arn = (service: string, id: string) => `arn:${partitionOf(region)}:${service}:${region}:${ACCOUNT}:${id}`;
  const parameter = parseParameter(reference)?.id;
  if (parameter !== undefined) {
    return parameter.startsWith('arn:') ? parameter : arn('ssm', `parameter/${parameter.replace(/^\//, '')}`);
  }
  const { id = '', key = '', stage = '', versionId = '' } = parseSecret(reference) ?? {};
  return [id.startsWith('arn:') ? id : arn('secretsmanager', `secret:${id}`), key, stage, versionId].join(':');
}
