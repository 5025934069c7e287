import type { ProgressEvent } from '../../run-report/progress-event';
import type { LocalJob } from '../local-job';
import { createBucket, createResource } from './create';
import type { Emulator } from './emulator';
import { createSecrets, secretsIn } from './secrets';

interface EmulatedJob {
  readonly job: LocalJob;
  /** Sources of all of the job's secrets, those that the command line sets as well. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Creates what a job refers to in an emulator, and tells what it could create and what not. */
export async function createAll(
  emulator: Emulator,
  { job, secrets }: EmulatedJob,
  tell: (progressEvent: ProgressEvent) => void,
): Promise<void> {
  for (const resource of job.emulated) {
    const creation = await createResource(emulator, resource);
    const { name, type } = resource;
    if ('name' in creation) tell({ type: 'resource', resource: name, kind: type, name: creation.name });
    else tell({ type: 'note', text: `${name} (${type}) is not created: ${creation.problem}` });
  }
  await createSecrets(emulator, secrets, job.container.environment, tell);
}

/** Variables by which a job finds an emulator and not AWS. What the job sets itself stays as it is. */
export async function emulatorVariables(
  emulator: Emulator,
  { container, unknown }: LocalJob,
  tell: (progressEvent: ProgressEvent) => void,
): Promise<Record<string, string>> {
  const { values, notes } = await secretsIn(emulator, container.secrets);
  for (const text of notes) tell({ type: 'note', text });
  for (const { part, text } of unknown) {
    tell({ type: 'note', text: `${part} is ${text}, which only a deployment knows. Set it by --env ${part}=value` });
  }
  const { endpoint, credentials } = emulator;
  const variables = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const own = Object.keys(container.environment);
  return { ...Object.fromEntries(Object.entries(variables).filter(([name]) => !own.includes(name))), ...values };
}

/** Makes the bucket for events that are larger than a container's overrides. */
export async function createPayloadBucket(emulator: Emulator, { trigger }: LocalJob): Promise<void> {
  await createBucket(emulator, trigger.variables.PAYLOAD_BUCKET ?? '');
}
