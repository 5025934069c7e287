import type { Finding } from '../problems/problem';
import { numberProblem } from './number-text';

/** Type of a directive's argument. */
export type DirectiveArgument = string | number | boolean | null;

/** A string of the form `$Name('argument', 2)`, which is replaced by a value. */
export interface Directive {
  readonly name: string;
  readonly args: readonly DirectiveArgument[];
  /** Keys of the part of the result that is meant, as in `$Name().key` or `$Name().list[0]`. @default the whole result */
  readonly part?: readonly string[];
}

/** What stands in the place of a directive: a value, or the problem with it. */
export type Outcome = { readonly value: unknown } | { readonly finding: Finding };

/** A parameter of a resource in the same config. Its value is known only to Terraform. */
export interface ResourceParamDirective {
  /** Name of the resource in the config. */
  readonly resource: string;
  readonly param: string;
}

/** An attribute of a resource in `cloudformationResources`. Its value is known only to CloudFormation. */
export interface CfResourceParamDirective {
  /** Name of the resource in the config. */
  readonly logicalId: string;
  /** An attribute that `Fn::GetAtt` accepts, or `Ref`. */
  readonly attribute: string;
}

/**
 * Refers to an attribute of a resource in `cloudformationResources`. The same as `$CfResourceParam('clicks', 'Arn')` in YAML and JSON.
 *
 * @param logicalId name of the resource in the config
 * @param attribute an attribute that `Fn::GetAtt` accepts, or `Ref`
 *
 * @example
 * import { cfResourceParam, defineJob } from 'cdktf-batch-jobs';
 *
 * export const job = defineJob({
 *   container: {
 *     packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } },
 *     environment: { STREAM_ARN: cfResourceParam('clicks', 'Arn') },
 *   },
 *   resources: { cpu: 1, memory: 512 },
 * });
 */
export function cfResourceParam(logicalId: string, attribute: string): string {
  return directiveText('CfResourceParam', logicalId, attribute);
}

/** Selects a part of a secret. */
export interface SecretPart {
  /** Key in the secret's JSON. @default the whole secret */
  readonly key?: string | undefined;
  /** Label of the version. You can't combine it with `versionId`. @default AWSCURRENT */
  readonly stage?: string | undefined;
  /** Id of the version, 32 to 64 characters. @default the version with the label */
  readonly versionId?: string | undefined;
}

/**
 * Refers to a secret in AWS Secrets Manager. AWS reads it when a container starts, so its value is neither in the job definition nor in
 * Terraform's state. The same as `$Secret('db:password')` in YAML and JSON.
 *
 * @param id name of the secret in the stack's account and region, or its full ARN, which can be a CDKTF token
 * @param part a key of the secret, or another version. Default: the whole secret, in its current version
 *
 * @example
 * import { defineJob, secret } from 'cdktf-batch-jobs';
 *
 * export const job = defineJob({
 *   container: {
 *     packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } },
 *     environment: { DB_PASSWORD: secret('db', { key: 'password' }) },
 *   },
 *   resources: { cpu: 1, memory: 512 },
 * });
 */
export function secret(id: string, { key = '', stage = '', versionId = '' }: SecretPart = {}): string {
  return directiveText('Secret', [id, key, stage, versionId].join(':'));
}

/**
 * Refers to a parameter of AWS Systems Manager. AWS reads it when a container starts. The same as `$Parameter('/shop/api-key')` in YAML and
 * JSON.
 *
 * @param id name of the parameter in the stack's account and region, or its ARN, which can be a CDKTF token
 *
 * @example
 * import { defineJob, parameter } from 'cdktf-batch-jobs';
 *
 * export const job = defineJob({
 *   container: {
 *     packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } },
 *     environment: { API_KEY: parameter('/shop/api-key') },
 *   },
 *   resources: { cpu: 1, memory: 512 },
 * });
 */
export function parameter(id: string): string {
  return directiveText('Parameter', id);
}

/** A directive as written in YAML and JSON. Escapes quotes and backslashes in arguments. */
export function directiveText(name: string, ...args: readonly string[]): string {
  return `$${name}(${args.map((arg) => `'${arg.replace(/['\\]/g, '\\$&')}'`).join(', ')})`;
}

/** Whether a string starts as a directive does, well-formed or not. */
export function isDirective(text: string): boolean {
  return /^\$[A-Za-z][A-Za-z0-9_]*\(/.test(text);
}

/** The name in a string that {@link isDirective}. */
export function directiveName(text: string): string {
  return text.slice(1, text.indexOf('('));
}

const ARGUMENT = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?|true|false|null/.source;
const CALL = `\\$([A-Za-z][A-Za-z0-9_]*)\\(\\s*((?:${ARGUMENT})(?:\\s*,\\s*(?:${ARGUMENT}))*)?\\s*\\)`;
const PART = /((?:\.[A-Za-z_$][\w$-]*|\.?\[\d+\]|\.\d+)*)/.source;
const WHOLE = new RegExp(`^${CALL}${PART}$`);
const BEGINNING = new RegExp(`^${CALL}${PART}\\s*[^\\s.[]`);

/**
 * Parses a string that is a directive as a whole, else returns undefined. Arguments are quoted strings, numbers that JavaScript can
 * represent, true, false and null.
 */
export function parseDirective(text: string): Directive | undefined {
  const [, name, written = '', after = ''] = WHOLE.exec(text.trim()) ?? [];
  if (name === undefined) return undefined;
  const args = [...written.matchAll(new RegExp(ARGUMENT, 'g'))].map(([argument]) => argument);
  const isHeld = (argument: string) =>
    !/^[-\d]/.test(argument) || numberProblem(Number(argument), argument) === undefined;
  if (!args.every(isHeld)) return undefined;
  const part = after.match(/[^.[\]]+/g);
  return { name, args: args.map(literal), ...(part && { part }) };
}

/**
 * The name of a directive that is only a part of a longer string, such as from a template literal, a concatenation or `JSON.stringify`.
 * It would never be resolved. Undefined for a string without these names, and for one that is a directive as a whole, or starts as one.
 *
 * @param names of directives. Also found in another case or URL-encoded, since code that changes the string changes the directive too
 */
export function partDirective(text: string, names: readonly string[]): string | undefined {
  if (!text.includes('(')) return undefined;
  const [, dollar, word] = new RegExp(`(\\$|%24)(${names.join('|')})(?:\\(|%28)`, 'i').exec(text) ?? [];
  if (word === undefined) return undefined;
  const isOwnText = dollar === '$' && text.trimStart().startsWith(`$${word}(`) && names.includes(word);
  return isOwnText && !BEGINNING.test(text.trim())
    ? undefined
    : names.find((name) => name.toLowerCase() === word.toLowerCase());
}

function literal(argument: string): DirectiveArgument {
  const [quote] = argument;
  // As in JavaScript, a backslash escapes the next character.
  if (quote === "'" || quote === '"') return argument.slice(1, -1).replace(/\\(.)/gs, '$1');
  return JSON.parse(argument);
}

/** Parses a string that is a `$ResourceParam` as a whole, else returns undefined. */
export function parseResourceParam(text: string): ResourceParamDirective | undefined {
  const [resource, param] = textArguments(text, 'ResourceParam', 2) ?? [];
  return resource === undefined || param === undefined ? undefined : { resource, param };
}

/** Parses a string that is a `$CfResourceParam` as a whole, else returns undefined. */
export function parseCfResourceParam(text: string): CfResourceParamDirective | undefined {
  const [logicalId, attribute] = textArguments(text, 'CfResourceParam', 2) ?? [];
  return logicalId === undefined || attribute === undefined ? undefined : { logicalId, attribute };
}

/** Whether a string is `$AwsAccountId()` as a whole: only the deployed stack has its value. */
export function isAccountId(text: string): boolean {
  if (!text.trimStart().startsWith('$AwsAccountId(')) return false;
  const { args, part } = parseDirective(text) ?? {};
  return args?.length === 0 && part === undefined;
}

/** The arguments of a directive, if all are strings and their number is `count`. */
export function textArguments(text: string, name: string, count: number): string[] | undefined {
  // Called for every string of a config, and most are no directives.
  if (!text.trimStart().startsWith(`$${name}(`)) return undefined;
  const { args = [], part } = parseDirective(text) ?? {};
  if (part !== undefined) return undefined;
  const texts = args.filter((arg) => typeof arg === 'string');
  return texts.length === count && args.length === count ? texts : undefined;
}
