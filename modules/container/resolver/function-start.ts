import { completeVariables } from './complete-variables';
import { readSecrets } from './read-secrets';

/** What happens in a function before its code is loaded: variables get their secrets. */
export async function start(env: NodeJS.ProcessEnv): Promise<void> {
  await readSecrets(env);
  completeVariables(env);
}
