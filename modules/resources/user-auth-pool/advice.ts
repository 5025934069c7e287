import type { z } from 'zod';
import type { Advice } from '../descriptor';
import type { userPoolProperties } from './schema';

/** Code that lets people sign up gets an error at its first user, and not before. */
export function signUpAdvice({
  allowOnlyAdminsToCreateAccount,
}: Partial<z.output<typeof userPoolProperties>>): Advice | undefined {
  if (allowOnlyAdminsToCreateAccount !== undefined) return undefined;
  const message =
    'nobody can sign up without an administrator. In Stacktape, anybody on the internet can. Write true to keep it so, or false to ' +
    'let everybody sign up';
  return { property: 'allowOnlyAdminsToCreateAccount', message };
}
