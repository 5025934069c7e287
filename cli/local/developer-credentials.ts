import { homedir } from 'node:os';
import { join } from 'node:path';

/** The variables by which a job on this machine finds the developer's own AWS credentials, its home being another. */
export function developerCredentials(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(variables).flatMap(([name, value]) =>
    name.startsWith('AWS_') && value !== undefined ? [[name, value]] : [],
  );
  return {
    AWS_SHARED_CREDENTIALS_FILE: join(homedir(), '.aws', 'credentials'),
    AWS_CONFIG_FILE: join(homedir(), '.aws', 'config'),
    ...Object.fromEntries(given),
  };
}
