import type { Connections } from '../access/connection';
import { type Environment, environmentPairs } from '../config/environment';
import {
  isSecretDirective,
  PARAMETER_FORM,
  parameterProblem,
  SECRET_FORM,
  secretProblem,
} from '../config/secret-directive';
import { ConfigError } from '../problems/config-error';
import { foundValue } from '../problems/found';
import type { AwsContext } from '../terraform/aws-context';
import { type SecretReference, secretSource } from './secret';

/** The environment of a job's container, or of a function. */
export interface ContainerVariables {
  readonly variables: { name: string; value: string }[];
  readonly secrets: readonly (readonly [name: string, secret: SecretReference])[];
}

/**
 * The job's or function's variables and those of its connections. ECS, or the function itself, reads a value that is a `$Secret(...)` or
 * `$Parameter(...)` directive at each start. Other values are part of the job definition, or of the function.
 *
 * @param place path of the job or function, for error messages
 * @param keys path of its environment
 * @throws ConfigError if a directive is malformed
 */
export function containerVariables(
  aws: AwsContext,
  environment: Environment,
  connections: Pick<Connections, 'environment' | 'secrets'>,
  place: string,
  keys: readonly string[] = ['container', 'environment'],
): ContainerVariables {
  const given = environmentPairs(environment).map(([name, value]) => {
    const secret = secretSource(aws, value);
    if (secret === undefined && isSecretDirective(value)) refuse(value, place, [...keys, name]);
    return { name, value, secret };
  });
  const plain = given.filter(({ secret }) => secret === undefined).map(({ name, value }) => [name, value] as const);
  const secrets = given.flatMap(({ name, secret }) => (secret ? [[name, secret] as const] : []));
  return {
    variables: [...plain, ...connections.environment].map(([name, value]) => ({ name, value })),
    secrets: [...secrets, ...connections.secrets],
  };
}

/** Variables of which some come from a secret instead. */
export function byReference(
  { variables, secrets }: ContainerVariables,
  references: ContainerVariables['secrets'],
): ContainerVariables {
  const names = new Set(references.map(([name]) => name));
  return { variables: variables.filter(({ name }) => !names.has(name)), secrets: [...secrets, ...references] };
}

/** The variables, in which values name the secrets that they need. */
export function withSecrets(
  variables: ContainerVariables['variables'],
  { completed }: Pick<Connections, 'completed'>,
): ContainerVariables['variables'] {
  if (completed.length === 0) return variables;
  // Loaded only if needed.
  const { completedVariables } = require('./completed-variables') as typeof import('./completed-variables');
  return completedVariables(variables, completed);
}

function refuse(value: string, place: string, keys: readonly string[]): never {
  const problem = secretProblem(value) ??
    parameterProblem(value) ?? {
      found: foundValue(value),
      accepted: `${SECRET_FORM} or ${PARAMETER_FORM}`,
      fix: 'write the name in quotes, of letters, digits and /_+=@-',
    };
  throw new ConfigError([{ keys, ...problem }], place);
}
