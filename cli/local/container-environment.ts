import { completeVariables } from '../../modules/container/resolver/complete-variables';
import { errorMessage } from '../../modules/problems/error-message';
import { nextCommand } from '../command/next-command';
import { UsageError } from '../command/usage-error';
import { developerCredentials } from './developer-credentials';
import type { LocalJob } from './local-job';
import { type SecretReader, secretReader } from './secret-value';

/**
 * Placeholders for secrets. Also keeps AWS SDKs from finding the credentials of an EC2 instance that this machine might be.
 */
export function placeholderSecrets({ container }: Pick<LocalJob, 'container'>): Record<string, string> {
  const secrets = Object.keys(container.secrets).map((name) => [name, `<secret ${name}>`]);
  const isSet = Object.hasOwn(container.environment, 'AWS_EC2_METADATA_DISABLED');
  return { ...(!isSet && { AWS_EC2_METADATA_DISABLED: 'true' }), ...Object.fromEntries(secrets) };
}

/** Variables by which AWS SDKs find an emulator: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
const ENDPOINT = /^AWS_ENDPOINT_URL(_|$)/;

/** What is known of the region and the deployment that a job uses. */
export interface KnownAws {
  /** Undefined if it isn't known. */
  readonly region: string | undefined;
  /** Why the deployment isn't known; undefined if it is. */
  readonly missing: string | undefined;
}

/**
 * Variables by which a job uses the developer's AWS account: credentials, endpoints and the values of secrets. Variables that the job sets
 * itself stay as they are.
 *
 * @throws UsageError if the job needs a deployment, there are no credentials or region, or a secret can't be read
 */
export async function awsVariables(job: LocalJob, { region, missing }: KnownAws): Promise<Record<string, string>> {
  const [unknown] = job.unknown;
  if (unknown !== undefined) {
    const why = missing ?? 'the stack was deployed without it';
    throw new UsageError(
      `--aws: ${unknown.part} is ${unknown.text}, which only a deployment knows, and ${why}. Run ${nextCommand('deploy')}.`,
    );
  }
  if (region === undefined) throw new UsageError('--aws: there is no region. Set AWS_REGION, or region in the config.');
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

/**
 * The variables of a run, with the job's connection strings. In AWS, a function of the stack completes them.
 *
 * @param given by which a job finds AWS or an emulator, and values of secrets
 */
export function withConnectionStrings({ container }: LocalJob, given: Readonly<Record<string, string>>) {
  const { completed = [], environment } = container;
  if (completed.length === 0) return given;
  const all: NodeJS.ProcessEnv = { ...environment, ...given, STP_COMPLETED: completed.join(' ') };
  completeVariables(all);
  return { ...given, ...Object.fromEntries(completed.map((name) => [name, all[name] ?? ''])) };
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
      throw new UsageError(
        `--aws: the secret of ${variable}, ${valueFrom}, cannot be read: ${reason}. Set it by --secret ${variable}=value.`,
      );
    }
  }
  return values;
}
