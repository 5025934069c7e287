import { sendAwsRequest } from '../../../modules/orchestration/trigger/aws-request';
import type { AwsCredentials } from '../../../modules/orchestration/trigger/environment';
import { StartError } from '../../../modules/orchestration/trigger/start-error';
import { errorMessage } from '../../../modules/problems/error-message';
import { UsageError } from '../../command/usage-error';
import { ACCOUNT } from '../nobodys-account';

/** An emulator of AWS, such as moto, LocalStack or MinIO. */
export interface Emulator {
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly credentials: AwsCredentials;
}

/** A call of an API that takes JSON or a form, or of S3. */
export interface EmulatorCall {
  /** Name that the signature is scoped to. */
  readonly service: string;
  readonly method?: 'POST' | 'PUT';
  /** @default / */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Milliseconds that an emulator can take to answer. A first call loads a service. */
const ANSWER_MS = 60_000;

/**
 * Finds out whether an emulator is there, and which account it plays.
 *
 * @throws UsageError if nothing answers
 */
export async function emulatorAt(
  endpoint: string,
  { region, credentials }: Pick<Emulator, 'region' | 'credentials'>,
): Promise<Emulator> {
  const emulator = { endpoint, region, credentials, account: ACCOUNT };
  try {
    const answer = await callEmulator(emulator, form('sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' }));
    return { ...emulator, account: /<Account>(\d{12})<\/Account>/.exec(answer)?.[1] ?? ACCOUNT };
  } catch (error) {
    if (!isUnreachable(error)) return emulator;
    throw new UsageError(`--endpoint: nothing answers at ${endpoint}: ${errorMessage(error)}. Start the emulator.`);
  }
}

/** Whether an error says that there is no connection, or no HTTP. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof StartError && error.cause !== undefined;
}

/**
 * @returns the body of the answer
 * @throws StartError if the emulator refuses the call or is not there
 */
export async function callEmulator(
  { endpoint, region, credentials }: Pick<Emulator, 'endpoint' | 'region' | 'credentials'>,
  { service, method = 'POST', path = '/', headers = {}, body }: EmulatorCall,
): Promise<string> {
  const url = `${endpoint}${path}`;
  return (await sendAwsRequest({ service, region, credentials, method, url, headers, body }, ANSWER_MS)).body;
}

/** A call of an API that takes a form. */
export function form(service: string, parameters: Readonly<Record<string, string>>): EmulatorCall {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { service, headers, body: new URLSearchParams(parameters).toString() };
}
