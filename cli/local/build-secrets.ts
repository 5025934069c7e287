import { parseParameter, parseSecret } from '../../modules/config/secret-directive';
import type { BuildContext, BuildSecret } from '../../modules/container/build-context';
import { errorMessage } from '../../modules/error-message';
import { partitionOf } from '../../modules/rules/partitions';
import { UsageError } from '../usage-error';
import { developerCredentials } from './developer-credentials';
import { ACCOUNT } from './nobodys-account';
import { secretReader } from './secret-value';

/**
 * The secrets of a build: a variable of this process with the secret's name, else the developer's own account.
 *
 * @param region of the stack, where `--aws` lets its secrets be read
 * @throws UsageError if one is to be had in neither way
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
      `the image's build reads ${reference} as ${name}: set the variable ${name} to its value, or use --aws to read it from your account`,
    );
  }
  const credentials = await developerCredentials();
  try {
    return await secretReader({ region, credentials })(valueFrom(reference, region));
  } catch (error) {
    throw new UsageError(`--aws: the build's secret ${name}, ${reference}, cannot be read: ${errorMessage(error)}`);
  }
}

/** What ECS would ask for. */
function valueFrom(reference: string, region: string): string {
  const arn = (service: string, id: string) => `arn:${partitionOf(region)}:${service}:${region}:${ACCOUNT}:${id}`;
  const parameter = parseParameter(reference)?.id;
  if (parameter !== undefined) {
    return parameter.startsWith('arn:') ? parameter : arn('ssm', `parameter/${parameter.replace(/^\//, '')}`);
  }
  const { id = '', key = '', stage = '', versionId = '' } = parseSecret(reference) ?? {};
  return [id.startsWith('arn:') ? id : arn('secretsmanager', `secret:${id}`), key, stage, versionId].join(':');
}
