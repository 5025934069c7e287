import { completeVariables } from '../../resolver/complete-variables';
import { readSecrets } from '../../resolver/read-secrets';

/** What the complete connection strings consist of. Contains no secret. */
export interface Composition {
  /** By variable, in which `$(<variable>)` stands for a secret. */
  readonly variables: { readonly [name: string]: string };
  /** The references of these secrets, as those of ECS, by variable. */
  readonly secrets: { readonly [name: string]: string };
}

/**
 * The variables with their secrets in them, as the first program of an image completes them.
 *
 * @param env with the credentials of the function
 * @throws Error that says which secret could not be read, and why
 */
export async function compose(
  { variables, secrets }: Composition,
  env: NodeJS.ProcessEnv,
): Promise<Composition['variables']> {
  const names = Object.keys(variables);
  const completed: NodeJS.ProcessEnv = {
    ...env,
    ...variables,
    ...secrets,
    STP_SECRETS: Object.keys(secrets).join(' '),
    STP_COMPLETED: names.join(' '),
  };
  await readSecrets(completed);
  completeVariables(completed);
  return Object.fromEntries(names.map((name) => [name, completed[name] ?? '']));
}
