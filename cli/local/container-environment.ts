import { errorMessage } from '../../modules/error-message';
import { UsageError } from '../usage-error';
import { developerCredentials } from './developer-credentials';
import type { LocalJob } from './local-job';
import { type SecretReader, secretReader } from './secret-value';

/**
 * The variables of a job's containers that stand for AWS: secrets as placeholders. On an instance of EC2 an AWS client would find the instance's
 * credentials by itself.
 */
export function placeholderSecrets({ container }: Pick<LocalJob, 'container'>): Record<string, string> {
  const secrets = Object.keys(container.secrets).map((name) => [name, `<secret ${name}>`]);
  const isSet = Object.hasOwn(container.environment, 'AWS_EC2_METADATA_DISABLED');
  return { ...(!isSet && { AWS_EC2_METADATA_DISABLED: 'true' }), ...Object.fromEntries(secrets) };
}

/** Variables of AWS's own by which its clients find an emulator: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
const ENDPOINT = /^AWS_ENDPOINT_URL(_|$)/;

/** What is known of the AWS that a job is to work on. */
export interface KnownAws {
  /** Undefined if nothing tells. */
  readonly region: string | undefined;
  /** Why nothing is known of the stack's deployment; undefined if something is. */
  readonly missing: string | undefined;
}

/**
 * The variables of a job's containers that let it use the developer's own AWS credentials: those, the region, and the values of its secrets. What the job
 * sets itself stays as it is.
 *
 * @throws UsageError if something of the job only a deployment knows, there are no credentials or region, or a secret cannot be read
 */
export async function awsVariables(job: LocalJob, { region, missing }: KnownAws): Promise<Record<string, string>> {
  const [unknown] = job.unknown;
  if (unknown !== undefined) {
    const why = missing ?? 'the stack has been deployed without it';
    throw new UsageError(
      `--aws: ${unknown.part} is ${unknown.text}, which only a deployment knows, and ${why}: npm run deploy`,
    );
  }
  if (region === undefined) throw new UsageError('--aws: no region is known: set AWS_REGION, or region in the config');
  const credentials = await developerCredentials();
  const variables = {
    ...endpoints(process.env),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
  };
  const own = Object.keys(job.container.environment);
  return {
    ...Object.fromEntries(Object.entries(variables).filter(([name]) => !own.includes(name))),
    ...(await secretValues(job, secretReader({ region, credentials }))),
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
      const reason = errorMessage(error);
      throw new UsageError(`--aws: the secret of ${variable}, ${valueFrom}, cannot be read: ${reason}`);
    }
  }
  return values;
}
