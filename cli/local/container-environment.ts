import { developerCredentials } from './developer-credentials';
import type { LocalJob } from './local-job';
import { type SecretReader, secretReader } from './secret-value';
import { UsageError } from './usage-error';

/** The variables of a job's containers that stand for AWS: secrets as placeholders, and nothing else. */
export function placeholderSecrets({ container }: Pick<LocalJob, 'container'>): Record<string, string> {
  return Object.fromEntries(Object.keys(container.secrets).map((name) => [name, `<secret ${name}>`]));
}

/** Variables of AWS's own by which its clients find an emulator: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
const ENDPOINT = /^AWS_ENDPOINT_URL(_|$)/;

/**
 * The variables of a job's containers that let it use the developer's own AWS credentials: those, the region, and the values of its secrets.
 *
 * @param missing why nothing is known of the stack's deployment
 * @throws UsageError if something of the job only a deployment knows, or there are no credentials, or a secret cannot be read
 */
export async function awsVariables(job: LocalJob, missing: string | undefined): Promise<Record<string, string>> {
  const [variable] = job.unknown;
  if (variable !== undefined) {
    const value = job.container.environment[variable] ?? job.container.secrets[variable];
    const why = missing ?? 'the stack has been deployed without it';
    throw new UsageError(`--aws: ${variable} is ${value}, which only a deployment knows, and ${why}: npm run deploy`);
  }
  const { region } = job.surroundings;
  const credentials = await developerCredentials();
  const read = secretReader({ region, credentials });
  return {
    ...(job.container.environment.AWS_REGION === undefined && { AWS_REGION: region }),
    ...endpoints(process.env),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    ...(await secretValues(job, read)),
  };
}

function endpoints(variables: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (ENDPOINT.test(name) && value ? [[name, value]] : [])),
  );
}

async function secretValues({ container }: LocalJob, read: SecretReader): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [variable, valueFrom] of Object.entries(container.secrets)) {
    try {
      values[variable] = await read(valueFrom);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UsageError(`--aws: the secret of ${variable}, ${valueFrom}, cannot be read: ${reason}`);
    }
  }
  return values;
}
