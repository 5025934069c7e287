import { foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { textArguments } from './directive';

/** A secret in AWS Secrets Manager, as a whole or one key of its JSON. */
export interface SecretDirective {
  /** Name of the secret in the stack's account and region, or its full ARN, or a CDKTF token of the ARN. */
  readonly id: string;
  /** Key in the secret's JSON. @default the whole secret */
  readonly key?: string;
  /** Label of the version. @default AWSCURRENT */
  readonly stage?: string;
  /** Id of the version. You can't combine it with `stage`. @default the version with the label */
  readonly versionId?: string;
}

/** A parameter of AWS Systems Manager. */
export interface ParameterDirective {
  /** Name of the parameter in the stack's account and region, or its ARN, or a CDKTF token of the ARN. */
  readonly id: string;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html. Names of managed secrets contain a `!`: `rds!db-...`. */
const NAME = String.raw`[\w/+=.@!-]{1,512}`;
const TOKEN = String.raw`\$\{TfToken\[[^\]]+\]\}`;
/** Secrets Manager adds a hyphen and six random characters to each ARN. */
const SECRET_ARN = String.raw`arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:${NAME}-[A-Za-z0-9]{6}`;
/** The full ARN of a secret. Without its last six characters, AWS might find no secret or another one. */
export const WHOLE_SECRET_ARN = new RegExp(`^${SECRET_ARN}$`);
/** What ECS accepts after the ARN, without characters that IAM reads as a wildcard. */
const SUFFIX = String.raw`([^:*?]*)(?::([^:*?\s]{0,256})(?::([A-Za-z0-9-]{32,64})?)?)?`;

/** The ARN, or the name with a colon after it, which no name contains: `name:key:stage:id`. */
const WITH_COLONS = new RegExp(`^(?:(${TOKEN}|${SECRET_ARN})(?::${SUFFIX})?|(${NAME}):${SUFFIX})$`);
/** A name without dots, and the key after the only dot. */
const WITH_DOT = /^([\w/+=@!-]{1,512})(?:\.([^.:*?]+))?$/;

/** Passwords in the properties of databases. They can be in plain text, and nothing shows them. */
export const PASSWORD_PATHS = ['credentials/masterUserPassword', 'defaultUserPassword'] as const;

/** Parses a string that is a `$Secret` as a whole. Undefined if it is none or ambiguous. */
export function parseSecret(text: string): SecretDirective | undefined {
  const reference = textArguments(text, 'Secret', 1)?.[0] ?? '';
  const [, name, dotKey] = WITH_DOT.exec(reference) ?? [];
  if (name !== undefined) return directive(name, dotKey);
  const [, arn, key, stage, version, colonName, colonKey, colonStage, colonVersion] = WITH_COLONS.exec(reference) ?? [];
  if (arn !== undefined) return directive(arn, key, stage, version);
  return colonName === undefined ? undefined : directive(colonName, colonKey, colonStage, colonVersion);
}

function directive(id: string, key?: string, stage?: string, versionId?: string): SecretDirective | undefined {
  // ECS accepts only one of the two.
  if (stage && versionId) return undefined;
  return { id, ...(key && { key }), ...(stage && { stage }), ...(versionId && { versionId }) };
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
const PARAMETER = new RegExp(
  String.raw`^(?:[\w.-]+|(?:/[\w.-]+)+|${TOKEN}|arn:[a-z-]+:ssm:[a-z0-9-]+:(?:\d{12})?:parameter(?:/[\w.-]+)+)$`,
);

/** Parses a string that is a `$Parameter` as a whole, else returns undefined. */
export function parseParameter(text: string): ParameterDirective | undefined {
  const [id] = textArguments(text, 'Parameter', 1) ?? [];
  return id !== undefined && id.length <= 1011 && PARAMETER.test(id) ? { id } : undefined;
}

/** Whether the id of a secret or parameter is an ARN. */
export function isArn(id: string): boolean {
  return id.startsWith('arn:') || id.startsWith('${');
}

/** Whether a string starts as one of the two directives does, well-formed or not. */
export function isSecretDirective(text: string): boolean {
  return text.startsWith('$Secret(') || text.startsWith('$Parameter(');
}

export const WHOLE_SECRET_ARN_FIX = 'copy the full ARN, which ends in a hyphen and six random characters';
export const SECRET_FORM = "$Secret('<name>.<key>')";
export const PARAMETER_FORM = "$Parameter('<name>')";

/** The problem with a string that starts as `$Secret`, if more is known than that its form is wrong. */
export function secretProblem(text: string): Finding | undefined {
  const reference = textArguments(text, 'Secret', 1)?.[0];
  if (reference === undefined || parseSecret(text) !== undefined) return undefined;
  const found = foundValue(text);
  if (/^arn:[^:]*:ssm:/.test(reference)) {
    return { found, accepted: 'a secret in AWS Secrets Manager', fix: `write $Parameter('${reference}')` };
  }
  if (reference.startsWith('arn:') && !new RegExp(`^${SECRET_ARN}(:|$)`).test(reference)) {
    const accepted = 'the full ARN of a secret';
    return { found, accepted, fix: `${WHOLE_SECRET_ARN_FIX}, or write the name` };
  }
  if (reference.split('.').length > 2 && new RegExp(`^${NAME}$`).test(reference)) {
    const at = reference.lastIndexOf('.');
    const [name, key] = [reference.slice(0, at), reference.slice(at + 1)];
    const accepted = 'a name and a key with a dot between them, or with a colon if the name has dots';
    const fix = `write $Secret('${name}:${key}') for the key "${key}" of "${name}", or $Secret('${reference}:') for the whole secret of that name`;
    return { found, accepted, fix };
  }
  if (!reference.includes(':')) return undefined;
  const accepted = '<name or ARN>:<key>, <name or ARN>:<key>:<stage> or <name or ARN>:<key>::<version id>';
  const fix = /:[^:]+:[^:]+$/.test(reference.replace(/^arn(:[^:]*){6}/, ''))
    ? 'remove the stage or the version ID: a container accepts only one of them'
    : 'write a name of letters, digits and /_+=@.!-, a key without * and ?, and a version ID of 32 to 64 characters';
  return { found, accepted, fix };
}

/** The problem with a string that starts as `$Parameter`, if more is known than that its form is wrong. */
export function parameterProblem(text: string): Finding | undefined {
  const name = textArguments(text, 'Parameter', 1)?.[0];
  if (name === undefined || parseParameter(text) !== undefined) return undefined;
  const found = foundValue(text);
  if (/^arn:[^:]*:secretsmanager:/.test(name)) {
    return { found, accepted: 'a parameter in AWS Systems Manager', fix: `write $Secret('${name}')` };
  }
  const accepted = 'the name or ARN of a parameter: letters, digits and ._-/';
  if (name.includes('/') && !name.startsWith('/') && !name.startsWith('arn:')) {
    return { found, accepted, fix: `write $Parameter('/${name}'): a name with a path starts with a slash` };
  }
  const fix = name.includes(':')
    ? 'remove the version or label: a container gets the newest version'
    : 'correct the name: it can have up to 1,011 characters';
  return { found, accepted, fix };
}
