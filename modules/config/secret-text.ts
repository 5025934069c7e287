import { z } from 'zod';
import { isToken, refuse } from './checked';
import { parseSecret } from './directive';
import { formatFound } from './problem';

/**
 * `$Secret(...)` and nothing else. What stands there instead is not repeated in the report: it may be the secret itself.
 *
 * @param what what the secret is, such as `a password`.
 */
export function secretText(what: string) {
  const accepted = "$Secret('<name>') or $Secret('<name>.<key>')";
  return z.string({ error: () => accepted }).check((context) => {
    const { value } = context;
    const secret = parseSecret(value);
    if (secret !== undefined) {
      // What Terraform takes after a dot.
      if (secret.key === undefined || /^[a-zA-Z_]\w*$/.test(secret.key)) return;
      const fix = 'rename the key: letters, digits and _, a letter first';
      refuse(context, { found: formatFound(value), accepted, fix });
      return;
    }
    // A directive that means nothing is told of elsewhere.
    if (value.startsWith('$Secret(')) return;
    const found = isToken(value) ? 'a value that only Terraform knows' : `${what} in plain text`;
    refuse(context, { found, accepted, fix: 'keep it in AWS Secrets Manager, and write $Secret and its name there' });
  });
}
