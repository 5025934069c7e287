import { z } from 'zod';
import { UNKNOWN_VALUE } from '../problems/found';
import { hideWrongType, isToken, refuse } from './checked';
import { isSecretDirective } from './secret-directive';

export const SECRET_FORMS = "$Secret('<name>') or $Secret('<name>.<key>')";
const CONTAINER_FORMS = `${SECRET_FORMS}, or $Parameter('<name>')`;

/** The fix for a secret in plain text. */
export const STORE_SECRET = "store it in AWS Secrets Manager, and write $Secret('<name>') here";

/** A string that can be a secret: the report shows no value of another type either. */
export function hiddenText(what: string, accepted: string) {
  return z.string({
    error: ({ path }) => {
      hideWrongType(path, `${what} that is not a string`);
      return accepted;
    },
  });
}

/**
 * `$Secret(...)` or `$Parameter(...)` as the whole value, which AWS reads when the container starts. The report doesn't show the value
 * found, which can be the secret itself.
 *
 * @param what name of the value, such as `a password`
 */
export function containerSecret(what: string) {
  return hiddenText(what, CONTAINER_FORMS).check((context) => {
    const { value } = context;
    // The check of directives reports a wrong one.
    if (isSecretDirective(value)) return;
    const found = isToken(value) ? UNKNOWN_VALUE : `${what} in plain text`;
    refuse(context, { code: 'plain-secret', found, accepted: CONTAINER_FORMS, fix: STORE_SECRET });
  });
}
