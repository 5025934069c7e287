import type { Emulator } from './emulator/emulator';

/** Fake credentials that sign requests to the loopback server. */
export const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

/** Credentials of the functions that AWS would run. */
export function credentialsOf(emulator: Emulator | undefined): Readonly<Record<string, string>> {
  if (emulator === undefined) return CREDENTIALS;
  const { accessKeyId, secretAccessKey } = emulator.credentials;
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
}
