import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import ignore from '@balena/dockerignore';
import type { PackagingNote } from './build-context';

/** Folders that hold credentials. All of their files are excluded. */
const FOLDERS = /^(\.aws|\.azure|\.config\/gcloud|\.gnupg|\.kube|\.oci|\.ssh|\.env)$/;

/** Names of files that hold credentials, with the folder if it matters. */
const NAMES: readonly RegExp[] = [
  /^\.env$/i,
  // Templates have no values, and the files of dotenv-vault are encrypted.
  /^\.env\.(?!(example|sample|template|dist|defaults?|schema|vault)$)[^/]*(?<!\.(example|sample|template|dist))$/i,
  /^\.envrc$/,
  /^id_(rsa|dsa|ecdsa|ed25519)([-_]\w+)*$/,
  /\.(p12|pfx|jks|keystore|ppk|kdbx)$/i,
  /\.tfvars(\.json)?$/,
  /^(\.git-credentials|\.pgpass|\.my\.cnf|\.mylogin\.cnf|\.boto|\.s3cfg|\.vault-token|\.dockercfg|\.databrickscfg|\.htpasswd)$/,
  /^(\.terraformrc|terraform\.rc|credentials\.tfrc\.json|application_default_credentials\.json)$/,
  /^\.docker\/config\.json$/,
  /^\.gem\/credentials$/,
  /^\.cargo\/credentials(\.toml)?$/,
  /^\.streamlit\/secrets\.toml$/,
];

/** Trust stores: public certificates only. */
const TRUSTED = /(trust|cacerts)[^/]*$/i;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY/;
const IN_ADDRESS = /https?:\/\/[^\s/:@'"]+:(?!\$)[^\s/@'"]+@/;

/** Files that can hold credentials, and the content that shows it. A variable such as `${TOKEN}` is not a credential. */
const CONTENTS: readonly (readonly [name: RegExp, holds: RegExp])[] = [
  [/\.(pem|p8|crt|cer|asc)$/i, PRIVATE_KEY],
  [/\.json$/i, /"private_key"\s*:\s*"-----BEGIN/],
  [/^\.npmrc$/, new RegExp(`(_authToken|_auth|_password)[ \\t]*=[ \\t]*["']?(?!\\$\\{)[^\\s"']|${IN_ADDRESS.source}`)],
  [/^\.yarnrc\.yml$/, /(npmAuthToken|npmAuthIdent)["']?[ \t]*:[ \t]*["']?(?!\$\{)[^\s"'#]/],
  [/^\.yarnrc$/, /_(authToken|auth|password)["']?\s+["']?(?!\$)[^\s"']/],
  [/^bunfig\.toml$/, new RegExp(`(token|password)[ \\t]*=[ \\t]*["'](?!\\$)[^"']|${IN_ADDRESS.source}`)],
  [/^\.pypirc$/, /^\s*password[ \t]*[=:][ \t]*\S/m],
  [/^(pip\.(conf|ini)|\.pip\/pip\.conf)$/, IN_ADDRESS],
  [/^[._]netrc$/, /\bpassword\s+\S/],
  [
    /^auth\.json$/,
    /"(http-basic|bearer|github-oauth|gitlab-oauth|gitlab-token|bitbucket-oauth|forgejo-token|custom-headers)"\s*:\s*\{\s*"/,
  ],
  [/^nuget\.config$/i, /"(ClearTextPassword|Password)"\s+value\s*=\s*"(?!%)[^"]/i],
  [/^settings\.xml$/, /<password>(?!\s*(\$\{|\{|<))[^<]+</],
  [
    /^[^/]+\.env$/i,
    /^\s*(export\s+)?\w*(SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)\w*[ \t]*=[ \t]*["']?[^\s"'$]/im,
  ],
];

/** Endings of private keys, unless the file is public. */
const KEY = /\.key$/i;
const PUBLIC_KEY = /-----BEGIN [A-Z ]*(PUBLIC KEY|CERTIFICATE)|^(ssh|ecdsa)-[\w@.-]+ /;

/** Number of bytes of a file that are searched. */
const LOOKED_INTO = 64 * 1024;

/**
 * The part of a path that suggests credentials: the name of a folder or of the file. Undefined if nothing does.
 *
 * @param path with forward slashes
 * @param file the absolute path, to search the content of some files
 */
export function secretPart(path: string, file: string): string | undefined {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const withFolder = parts.slice(-2).join('/');
  const folder = parts.slice(0, -1).find((part, index) => FOLDERS.test(part) || FOLDERS.test(pair(parts, index)));
  if (folder !== undefined) return folder;
  return isSecret(name, withFolder, file) ? name : undefined;
}

function pair(parts: readonly string[], index: number): string {
  return `${parts[index - 1] ?? ''}/${parts[index]}`;
}

function isSecret(name: string, withFolder: string, file: string): boolean {
  if (/\.(example|sample|template|dist)$/i.test(name)) return false;
  if (NAMES.some((pattern) => pattern.test(name) || pattern.test(withFolder))) return !TRUSTED.test(name);
  if (KEY.test(name)) {
    const text = beginning(file);
    return PRIVATE_KEY.test(text) || !PUBLIC_KEY.test(text);
  }
  return holdsCredentials(file, name);
}

/** Whether a file such as `.npmrc`, which can hold credentials, contains some. False for other kinds of files. */
export function holdsCredentials(file: string, name = basename(file)): boolean {
  const patterns = CONTENTS.filter(([pattern]) => pattern.test(name)).map(([, holds]) => holds);
  if (patterns.length === 0) return false;
  const text = beginning(file);
  return patterns.some((holds) => holds.test(text));
}

/** The first bytes of a file. Empty if it cannot be read, which another check reports. */
function beginning(file: string): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(LOOKED_INTO);
    return bytes.subarray(0, readSync(descriptor, bytes)).toString('utf8');
  } catch {
    return '';
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Whether a matching pattern names a part of the path: `.env`, `config/.env*` and `*.pem` do, `**` and `config` don't. */
export function names(pattern: string, part: string): boolean {
  return alternatives(pattern)
    .flatMap((one) => one.split('/'))
    .some((segment) => {
      const hasLetters = /[\p{L}\p{N}]/u.test(segment.replace(/\[[^\]]*\]/g, ''));
      return hasLetters && ignore({ ignorecase: false }).add([segment]).ignores(part);
    });
}

/** Expands the braces of a pattern. */
function alternatives(pattern: string): string[] {
  const [whole, inside] = /\{([^{}]*)\}/.exec(pattern) ?? [];
  if (whole === undefined || inside === undefined) return [pattern];
  return inside.split(',').flatMap((one) => alternatives(pattern.replace(whole, () => one)));
}

/** A note about excluded files. */
export function secretsNote(
  paths: readonly string[],
  property: PackagingNote['property'],
  wayBack: (path: string) => string,
): PackagingNote[] {
  const [first] = paths;
  if (first === undefined) return [];
  const what =
    paths.length === 1 ? 'a file that might hold secrets is' : `${paths.length} files that might hold secrets are`;
  const message = `${what} not in the image: ${listed(paths)}. To include one, ${wayBack(first)}`;
  return [{ property, message }];
}

/** A list of paths for a message: the first few, and the number of the others. */
export function listed(paths: readonly string[], most = 5): string {
  const rest = paths.length - most;
  const shown = paths.slice(0, most).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
