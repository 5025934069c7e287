import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, formatFound } from '../../../../config/problem';

/** Settings of package managers that may say how to log in to a registry. */
const SETTINGS: readonly string[] = ['.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml'];

/** Keys of these settings whose values are secret, and what stands after them. */
const SECRET = /\b(_authToken|_auth|_password|npmAuthToken|npmAuthIdent|token|password)["']?\s*[:=]\s*(.+)$/;

/** A variable: `${NAME}`, with what stands for it where it is not set, or Bun's `$NAME`. */
const VARIABLE = /\$\{(\w+)([?]|:?-[^}]*)?\}|\$(\w+)/g;

/**
 * Why a project's settings for registries cannot be used in a build: secrets that stand in them, which a build context must not have, and
 * variables that no build secret gives.
 *
 * @param folder of the settings
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
      found: `${file}, which has the value of ${key} in it`,
      accepted: 'a variable in its place: a build context has no secrets in it',
      fix: `write \${NPM_TOKEN} there and give it by buildSecrets: NPM_TOKEN: "$Secret('name')"`,
    };
  const missing = variables
    .filter(([, , otherwise]) => otherwise === undefined)
    .map(([, braced, , plain]) => braced ?? plain ?? '')
    .find((name) => !secrets.includes(name));
  if (missing === undefined) return undefined;
  return {
    found: `${file}, which asks for the variable ${formatFound(missing)}`,
    accepted: secrets.length === 0 ? 'variables that buildSecrets gives' : `one of buildSecrets: ${secrets.join(', ')}`,
    fix: `add ${missing}: "$Secret('name')" to buildSecrets`,
  };
}
