import { z } from 'zod';
import { foundValue, UNKNOWN_VALUE } from '../problems/found';
import { type CheckContext, isToken, refuse } from './checked';
import { isSecretDirective, parseSecret } from './secret-directive';

const SECRET_FORMS = "$Secret('<name>') or $Secret('<name>.<key>')";
const CONTAINER_FORMS = `${SECRET_FORMS}, or $Parameter('<name>')`;

/**
 * `$Secret(...)` as the whole value, which Terraform reads. The report doesn't show the value found, which can be the secret itself.
 *
 * @param what name of the value, such as `a password`
 */
export function secretText(what: string) {
  return z.string({ error: () => SECRET_FORMS }).check((context) => {
    const { value } = context;
    const secret = parseSecret(value);
    if (secret === undefined) refusePlain(context, what, SECRET_FORMS);
    // Terraform reads the key after a dot.
    else if (secret.key !== undefined && !/^[a-zA-Z_]\w*$/.test(secret.key)) {
      const fix = 'rename the key: use letters, digits and _, starting with a letter';
      refuse(context, { code: 'plain-secret', found: foundValue(value), accepted: SECRET_FORMS, fix });
    }
  });
}

/** `$Secret(...)` or `$Parameter(...)` as the whole value, which AWS reads when the container starts. */
export function containerSecret(what: string) {
  return z.string({ error: () => CONTAINER_FORMS }).check((context) => refusePlain(context, what, CONTAINER_FORMS));
}

/** Refuses what does not start as a directive for a secret. */
function refusePlain(context: CheckContext & { readonly value: string }, what: string, accepted: string): void {
  const { value } = context;
  // The check of directives reports a wrong one.
  if (isSecretDirective(value)) return;
  const found = isToken(value) ? UNKNOWN_VALUE : `${what} in plain text`;
  refuse(context, {
    code: 'plain-secret',
    found,
    accepted,
    fix: "store it in AWS Secrets Manager, and write $Secret('<name>') here",
  });
}
