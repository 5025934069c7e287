import { textArguments } from './directive';
import { type Finding, formatFound } from './problem';

/** A secret of AWS Secrets Manager, whole or one key of its JSON. */
export interface SecretDirective {
  /** Name of the secret in the stack's account and region, or its whole ARN, or a token that stands for the ARN. */
  readonly id: string;
  /** @default the whole secret */
  readonly key?: string;
  /** Label of the version. @default AWSCURRENT */
  readonly stage?: string;
  /** Id of the version. Excludes `stage`. @default the version with the label */
  readonly versionId?: string;
}

/** A parameter of AWS Systems Manager. */
export interface ParameterDirective {
  /** Name of the parameter in the stack's account and region, or its ARN, or a token that stands for the ARN. */
  readonly id: string;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html; names of managed secrets have a `!`: `rds!db-...`. */
const NAME = String.raw`[\w/+=.@!-]{1,512}`;
const TOKEN = String.raw`\$\{TfToken\[[^\]]+\]\}`;
/** Secrets Manager ends each ARN in a hyphen and six characters of its own. */
const SECRET_ARN = String.raw`arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:${NAME}-[A-Za-z0-9]{6}`;
/** A secret's ARN as Secrets Manager gives it: what lacks its end is found by none or by another. */
export const WHOLE_SECRET_ARN = new RegExp(`^${SECRET_ARN}$`);
/** What ECS takes after the ARN, nothing in it that IAM would take for a wildcard. */
const SUFFIX = String.raw`([^:*?]*)(?::([^:*?\s]{0,256})(?::([A-Za-z0-9-]{32,64})?)?)?`;

/** The ARN, or the name with a colon after it, which no name has in it: `name:key:stage:id`. */
const WITH_COLONS = new RegExp(`^(?:(${TOKEN}|${SECRET_ARN})(?::${SUFFIX})?|(${NAME}):${SUFFIX})$`);
/** A name without dots, and the key after the one dot. */
const WITH_DOT = /^([\w/+=@!-]{1,512})(?:\.([^.:*?]+))?$/;

/** The `$Secret` that a text is as a whole, or undefined if it is none or could be two. */
export function parseSecret(text: string): SecretDirective | undefined {
  const reference = textArguments(text, 'Secret', 1)?.[0] ?? '';
  const [, name, dotKey] = WITH_DOT.exec(reference) ?? [];
  if (name !== undefined) return directive(name, dotKey);
  const [, arn, key, stage, version, colonName, colonKey, colonStage, colonVersion] = WITH_COLONS.exec(reference) ?? [];
  if (arn !== undefined) return directive(arn, key, stage, version);
  return colonName === undefined ? undefined : directive(colonName, colonKey, colonStage, colonVersion);
}

function directive(id: string, key?: string, stage?: string, versionId?: string): SecretDirective | undefined {
  // ECS takes one of the two.
  if (stage && versionId) return undefined;
  return { id, ...(key && { key }), ...(stage && { stage }), ...(versionId && { versionId }) };
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
const PARAMETER = new RegExp(
  String.raw`^(?:[\w.-]+|(?:/[\w.-]+)+|${TOKEN}|arn:[a-z-]+:ssm:[a-z0-9-]+:(?:\d{12})?:parameter(?:/[\w.-]+)+)$`,
);

/** The `$Parameter` that a text is as a whole, or undefined if it is none. */
export function parseParameter(text: string): ParameterDirective | undefined {
  const [id] = textArguments(text, 'Parameter', 1) ?? [];
  return id !== undefined && id.length <= 1011 && PARAMETER.test(id) ? { id } : undefined;
}

/** Whether a secret or parameter is named by its ARN. */
export function isArn(id: string): boolean {
  return id.startsWith('arn:') || id.startsWith('${');
}

/** Whether a text is meant as one of the two, well-formed or not. */
export function isSecretDirective(text: string): boolean {
  return text.startsWith('$Secret(') || text.startsWith('$Parameter(');
}

export const WHOLE_SECRET_ARN_FIX = 'copy the full ARN, which ends in a hyphen and six random characters';
export const SECRET_FORM = "$Secret('<name>.<key>')";
export const PARAMETER_FORM = "$Parameter('<name>')";

/** What is wrong with a text that is meant as `$Secret`, undefined if nothing is or nobody can tell more than its form. */
export function secretProblem(text: string): Finding | undefined {
  const reference = textArguments(text, 'Secret', 1)?.[0];
  if (reference === undefined || parseSecret(text) !== undefined) return undefined;
  const found = formatFound(text);
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

/** The same for `$Parameter`. */
export function parameterProblem(text: string): Finding | undefined {
  const name = textArguments(text, 'Parameter', 1)?.[0];
  if (name === undefined || parseParameter(text) !== undefined) return undefined;
  const found = formatFound(text);
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
