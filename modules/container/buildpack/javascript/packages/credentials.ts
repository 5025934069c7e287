import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFound } from '../../../../problems/found';
import type { Finding } from '../../../../problems/problem';

/** Settings files of package managers that can contain credentials for a registry. */
const SETTINGS: readonly string[] = ['.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml'];

/** Keys of these settings that have secret values, and the value. */
const SECRET = /\b(_authToken|_auth|_password|npmAuthToken|npmAuthIdent|token|password)["']?\s*[:=]\s*(.+)$/;

/** A variable: `${NAME}`, which can include a default, or Bun's `$NAME`. */
const VARIABLE = /\$\{(\w+)([?]|:?-[^}]*)?\}|\$(\w+)/g;

/**
 * Why a build cannot use a project's settings for registries: they contain secrets, which must not be in a build context, or
 * variables that are not set by a build secret.
 *
 * @param folder folder of the settings
 * @param secrets names of the job's build secrets
 */
export function credentialFindings(folder: string, files: readonly string[], secrets: readonly string[]): Finding[] {
  return files
    .filter((name) => SETTINGS.some((one) => name.endsWith(one)) && existsSync(join(folder, name)))
    .flatMap((name) => {
      const lines = readFileSync(join(folder, name), 'utf8').split(/\r?\n/);
      const findings = lines.filter((line) => !/^\s*[#;]/.test(line)).map((line) => finding(name, line, secrets));
      return findings.filter((one) => one !== undefined);
    });
}

function finding(file: string, line: string, secrets: readonly string[]): Finding | undefined {
  const [, key, value = ''] = SECRET.exec(line) ?? [];
  const variables = [...line.matchAll(VARIABLE)];
  if (key !== undefined && variables.length === 0 && value.replace(/["',\s]/g, '') !== '')
    return {
      found: `${file}, which contains the value of ${key}`,
      accepted: 'a variable instead, since a build context must not contain secrets',
      fix: `write \${NPM_TOKEN} there and set it in buildSecrets: NPM_TOKEN: "$Secret('name')"`,
    };
  const missing = variables
    .filter(([, , otherwise]) => otherwise === undefined)
    .map(([, braced, , plain]) => braced ?? plain ?? '')
    .find((name) => !secrets.includes(name));
  if (missing === undefined) return undefined;
  return {
    found: `${file}, which needs the variable ${formatFound(missing)}`,
    accepted:
      secrets.length === 0 ? 'variables that are set in buildSecrets' : `one of buildSecrets: ${secrets.join(', ')}`,
    fix: `add ${missing}: "$Secret('name')" to buildSecrets`,
  };
}
