import { isSecretDirective, PASSWORD_PATHS } from '../config/secret-directive';
import type { Advice } from './descriptor';

const PROPERTIES: ReadonlySet<string> = new Set(PASSWORD_PATHS.map((path) => path.split('/').at(-1) ?? path));

/** Whether a property of a database is a password in plain text, which nothing may show. */
export function isPlainPassword(property: string, value: unknown): boolean {
  return PROPERTIES.has(property) && typeof value === 'string' && !isSecretDirective(value);
}

/**
 * The hint about a password in plain text.
 *
 * @param otherwise what else can be done. @default nothing
 */
export function plainPasswordAdvice(
  property: string,
  password: string | undefined,
  otherwise = '',
): Advice | undefined {
  if (password === undefined || isSecretDirective(password)) return undefined;
  const message =
    'the password is in plain text in the config, in the synthesized files and in the state. Store it in AWS Secrets Manager, and write ' +
    `$Secret('<name>')${otherwise}`;
  return { property, message };
}
