import { formatFound, foundValue } from '../problems/found';
import { capitalized } from '../problems/phrases';
import type { Finding } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { ACCOUNT_ID } from './account-id';
import {
  directiveName,
  isAccountId,
  isDirective,
  parseCfResourceParam,
  parseDirective,
  parseResourceParam,
  partDirective,
} from './directive';
import { foreignIn, formatOf, formatProblem } from './format-directive';
import {
  isSecretDirective,
  PARAMETER_FORM,
  PASSWORD_PATHS,
  parameterProblem,
  parseParameter,
  parseSecret,
  SECRET_FORM,
  secretProblem,
} from './secret-directive';
import { insteadOf } from './stacktape-directives';
import { withArticle } from './type-name';

/** Resources and functions that directives of a config can refer to. */
export interface DirectiveScope {
  /** Types of the resources, by name. */
  readonly types: ReadonlyMap<string, string>;
  /** Types of the CloudFormation resources, by logical id. */
  readonly cloudFormationTypes: ReadonlyMap<string, string>;
  /** Names of the config's own directives. */
  readonly custom: readonly string[];
  /** Parameters that the resources of a type have. Undefined for a type that does not exist. */
  readonly paramsOf: (type: string) => readonly string[] | undefined;
}

interface DirectiveRule {
  /** Syntax of the directive, for the report. */
  readonly form: string;
  /** The problem with a string that starts as this directive, or undefined. `path` is the string's path in the config. */
  readonly problem: (text: string, scope: DirectiveScope, path: readonly (string | number)[]) => Finding | undefined;
}

const FORMAT_FORM = "$Format('{}-{}', ...)";

/** The built-in directives. */
const DIRECTIVES: { readonly [name: string]: DirectiveRule } = {
  ResourceParam: { form: "$ResourceParam('<resource>', '<param>')", problem: resourceParamProblem },
  CfResourceParam: { form: "$CfResourceParam('<logical id>', '<attribute>')", problem: cfResourceParamProblem },
  Secret: { form: SECRET_FORM, problem: misplacedSecret },
  Parameter: { form: PARAMETER_FORM, problem: misplacedParameter },
  AwsAccountId: { form: ACCOUNT_ID, problem: accountIdProblem },
  Format: { form: FORMAT_FORM, problem: partOfFormat },
  CfFormat: { form: FORMAT_FORM, problem: partOfFormat },
};

/** Names that a custom directive can't have. */
export const BUILT_IN_DIRECTIVES: readonly string[] = Object.keys(DIRECTIVES);

interface AcceptedPath {
  readonly pattern: RegExp;
  readonly shown: string;
}

const PASSWORDS: AcceptedPath = {
  pattern: new RegExp(`^resources/[^/]+/properties/(${PASSWORD_PATHS.join('|')})$`),
  shown: 'the passwords of databases',
};

/** Values that ECS reads when it starts the container, or a function when it starts. */
const CONTAINER_PLACES: readonly AcceptedPath[] = [
  { pattern: /^resources\/[^/]+\/properties\/(container\/)?environment\//, shown: "a job's or function's environment" },
  { pattern: /^resources\/[^/]+\/properties\/container\/packaging\/properties\/buildSecrets\//, shown: 'buildSecrets' },
  { pattern: /^resources\/[^/]+\/existing\/password$/, shown: 'the passwords of existing databases' },
  { pattern: /^resources\/[^/]+\/properties\/secrets\//, shown: 'the secrets of existing resources' },
];

/** Where `$Secret` is accepted: these values are never written in plain text to a document or log. */
const SECRET_PLACES: readonly AcceptedPath[] = [
  { pattern: /^cloudformationResources\//, shown: 'cloudformationResources' },
  ...CONTAINER_PLACES,
  {
    pattern: /^resources\/[^/]+\/properties\/logging\/logForwarding\/properties\/(accessKey|apiKey)$/,
    shown: 'the keys of logForwarding',
  },
  PASSWORDS,
];

/** Whether a string is a password with only the looks of a directive. The check of passwords reports it without showing it. */
function isPlainPassword(text: string, path: readonly (string | number)[]): boolean {
  return PASSWORDS.pattern.test(path.join('/')) && !isSecretDirective(text) && parseDirective(text) === undefined;
}

/** The problem with a string that starts as a directive, or undefined. */
export function directiveProblem(
  text: string,
  scope: DirectiveScope,
  path: readonly (string | number)[],
): Finding | undefined {
  if (isPlainPassword(text, path)) return undefined;
  const name = directiveName(text);
  if (Object.hasOwn(DIRECTIVES, name)) return DIRECTIVES[name]?.problem(text, scope, path);
  const found = foundValue(text);
  const known = [...BUILT_IN_DIRECTIVES, ...scope.custom];
  if (scope.custom.includes(name)) {
    const accepted = `${name} in a config file, with arguments that are strings, numbers, true, false or null`;
    const fix = parseDirective(text)
      ? 'load the config with loadConfig. A custom directive must not return another one'
      : quotesFix(text);
    return { found, accepted, fix };
  }
  const meant = suggestion(name, known);
  const own =
    meant === undefined
      ? `add { name: ${name}, filePath: <file that exports it> } to directives, or write the value itself`
      : `did you mean "${meant}"?`;
  const fix = insteadOf(text) ?? own;
  return { found, accepted: `a directive: ${known.map((item) => `$${item}`).join(', ')}`, fix };
}

/** The problem with a string that contains a directive as only a part of it, or undefined. */
export function partProblem(
  text: string,
  custom: readonly string[],
  path: readonly (string | number)[],
): Finding | undefined {
  if (isPlainPassword(text, path)) return undefined;
  const name = partDirective(text, [...BUILT_IN_DIRECTIVES, ...custom]);
  // The check of the environment gives a more specific fix.
  const isSecret = name === 'Secret' || name === 'Parameter';
  if (name === undefined || (isSecret && path.includes('environment'))) return undefined;
  const fix = asFormat(text, path) ?? partFix(path, isSecret);
  return { found: foundValue(text), accepted: `$${name}(...) as the whole value`, fix };
}

/** The value with the same meaning, where one can be that only the deployed stack has. */
function asFormat(text: string, path: readonly (string | number)[]): string | undefined {
  const isOutput = path[0] === 'outputs' && path.at(-1) === 'value';
  if ((path[0] !== 'resources' && !isOutput) || path.includes('userData')) return undefined;
  const format = formatOf(text);
  return format && `write ${format}`;
}

function partFix(path: readonly (string | number)[], isSecret: boolean): string {
  if (path.includes('iamRoleStatements'))
    return 'add the resource to connectTo, which grants access to all of it, or write the ARN';
  if (path.includes('userData')) return 'write the value itself: nothing is replaced in user data';
  if (path[0] !== 'outputs') return 'set a separate variable or property to it, and combine the values in the job';
  return isSecret ? PLAIN_HERE : 'write the directive alone, and put the text together where the output is read';
}

const PLAIN_HERE = 'read the secret where it is needed: here it would be in plain text';

/** The problem with a string in a construct's properties. Constructs resolve no directives except secrets that ECS reads. */
export function constructDirectiveProblem(text: string, path: readonly (string | number)[]): Finding | undefined {
  if (isPlainPassword(text, path)) return undefined;
  const part = partProblem(text, [], path);
  const name = isDirective(text.trim()) ? directiveName(text.trim()) : undefined;
  // ECS reads these when the container starts.
  if (name === 'Secret' || name === 'Parameter') return directiveProblem(text, NOTHING_KNOWN, path);
  if (part === undefined && name === undefined) return undefined;
  const accepted = 'a value: directives are resolved only in a config file';
  const fix = 'give the value itself, such as the attribute of another construct: bucket.arn';
  return { found: foundValue(text), accepted, fix };
}

const NOTHING_KNOWN: DirectiveScope = {
  types: new Map(),
  cloudFormationTypes: new Map(),
  custom: [],
  paramsOf: () => [],
};

function malformed(text: string, name: string): Finding {
  return { found: foundValue(text), accepted: DIRECTIVES[name]?.form ?? '', fix: quotesFix(text) };
}

/** In `[ ]` and `{ }` of YAML, a comma ends a string, so an unquoted directive is cut into pieces. */
function quotesFix(text: string): string {
  if (!text.includes(')'))
    return 'put the whole directive in double quotes: inside [ ] and { } of YAML, a comma ends the string';
  return 'write the names in quotes, separated by commas, and nothing after the closing parenthesis';
}

function resourceParamProblem(text: string, { types, paramsOf }: DirectiveScope): Finding | undefined {
  const directive = parseResourceParam(text);
  if (directive === undefined) return malformed(text, 'ResourceParam');
  const { resource, param } = directive;
  const found = foundValue(text);
  const type = types.get(resource);
  if (type === undefined) {
    const names = [...types.keys()];
    const [whole = '', ...parts] = resource.split('.');
    const meant = suggestion(resource, names);
    const add =
      parts.length > 0 && types.has(whole) ? partOfResource(whole, paramsOf(types.get(whole) ?? '') ?? []) : undefined;
    const fix = add ?? (meant === undefined ? `add a resource "${resource}"` : `did you mean "${meant}"?`);
    return { found, accepted: `a resource of this config: ${names.join(', ')}`, fix };
  }
  const params = paramsOf(type);
  // A type that this project has not is reported by itself.
  if (params === undefined || params.includes(param)) return undefined;
  if (params.length === 0) {
    const fix = `write the value itself, or connect to "${resource}": its variables are in the environment then`;
    return { found, accepted: `no parameter: ${withArticle(type)} has none`, acceptedAs: 'rule', fix };
  }
  const meant = suggestion(param, params);
  const fix = meant === undefined ? `use one of ${params.join(', ')}` : `did you mean "${meant}"?`;
  return { found, accepted: `a parameter of ${withArticle(type)}: ${params.join(', ')}`, fix };
}

/** `$ResourceParam('tally.triggerFunction', 'arn')` of Stacktape: only whole resources have parameters here. */
function partOfResource(name: string, params: readonly string[]): string {
  return `write $ResourceParam('${name}', '<param>') with one of ${params.join(', ')}, or the value itself`;
}

function cfResourceParamProblem(text: string, scope: DirectiveScope): Finding | undefined {
  const { cloudFormationTypes: types } = scope;
  const directive = parseCfResourceParam(text);
  if (directive === undefined) return malformed(text, 'CfResourceParam');
  const { logicalId, attribute } = directive;
  const found = foundValue(text);
  if (!types.has(logicalId)) {
    const ids = [...types.keys()];
    const meant = suggestion(logicalId, ids);
    const known = ids.length === 0 ? 'the config has none' : ids.join(', ');
    const add = ofStacktape(logicalId, attribute, scope) ?? `add "${logicalId}" to cloudformationResources`;
    const fix = meant === undefined ? add : `did you mean "${meant}"?`;
    return { found, accepted: `a resource of cloudformationResources: ${known}`, fix };
  }
  if (/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/.test(attribute)) return undefined;
  const accepted = 'an attribute of Fn::GetAtt in CloudFormation, or Ref';
  return { found, accepted, fix: "write an attribute such as 'Arn'" };
}

/**
 * What to write instead of a logical id that Stacktape's own stack has for a part of a resource: `PhotosBucket` for `photos`.
 *
 * @param attribute what `Fn::GetAtt` asks of it, or `Ref`
 */
export function ofStacktape(
  logicalId: string,
  attribute: string,
  { types, paramsOf }: Pick<DirectiveScope, 'types' | 'paramsOf'>,
): string | undefined {
  const own = [...types].filter(([name]) => logicalId.startsWith(capitalized(name)));
  const [name, type] = own.sort(([a], [b]) => b.length - a.length)[0] ?? [];
  if (name === undefined || type === undefined) return undefined;
  const reason = "the id is of Stacktape's stack";
  if (logicalId.endsWith('Role')) return `write ${roleOf(name, type)}: ${reason}`;
  const params = paramsOf(type) ?? [];
  // The function itself, not its log group: `OrdersFunction` of `orders`, whose only ARN is the function's.
  const isWhole = type === 'function' && logicalId.slice(name.length) === 'Function' && attribute === 'Arn';
  if (isWhole && params.includes('arn')) return `write $ResourceParam('${name}', 'arn'): ${reason}`;
  return `write $ResourceParam('${name}', '<param>') with one of ${params.join(', ')}: ${reason}`;
}

/** No parameter is about a role. That of a function is named after the stack, the function and the region, if they are short enough. */
function roleOf(name: string, type: string): string {
  const role = `the ARN or the name of the role of "${name}"`;
  if (type !== 'function') return role;
  return `${role}, such as $Format('arn:aws:iam::{}:role/<stackName>-${name}-{}', $AwsAccountId(), $Region())`;
}

function accountIdProblem(text: string): Finding | undefined {
  return isAccountId(text) ? undefined : { found: foundValue(text), accepted: ACCOUNT_ID, fix: `write ${ACCOUNT_ID}` };
}

/** The directives of a format that are well-formed and belong in one are checked as separate strings. */
function partOfFormat(text: string, scope: DirectiveScope, path: readonly (string | number)[]): Finding | undefined {
  const problem = formatProblem(text);
  if (problem !== undefined) return problem;
  const [foreign] = foreignIn(text);
  if (foreign === undefined) return undefined;
  const name = directiveName(foreign);
  if (name !== 'Secret' && name !== 'Parameter') return directiveProblem(foreign, scope, path);
  // The check of the environment reports it.
  if (path.includes('environment')) return undefined;
  const fix = path[0] === 'outputs' ? PLAIN_HERE : `write ${foreign} alone, and put the text together where it is read`;
  return { found: foundValue(text), accepted: `$${name}(...) as the whole value`, fix };
}

function misplacedSecret(text: string, _: DirectiveScope, path: readonly (string | number)[]): Finding | undefined {
  if (parseSecret(text) === undefined) return secretProblem(text) ?? malformed(text, 'Secret');
  return misplaced(text, '$Secret', SECRET_PLACES, path);
}

function misplacedParameter(text: string, _: DirectiveScope, path: readonly (string | number)[]): Finding | undefined {
  if (parseParameter(text) === undefined) return parameterProblem(text) ?? malformed(text, 'Parameter');
  const finding = misplaced(text, '$Parameter', CONTAINER_PLACES, path);
  if (finding === undefined || misplaced(text, '$Secret', SECRET_PLACES, path) !== undefined) return finding;
  return { ...finding, fix: "store it in AWS Secrets Manager, and write $Secret('<name>')" };
}

function misplaced(
  text: string,
  directive: string,
  places: readonly AcceptedPath[],
  path: readonly (string | number)[],
): Finding | undefined {
  if (places.some(({ pattern }) => pattern.test(path.join('/')))) return undefined;
  const accepted = `${directive} in ${places.map(({ shown }) => shown).join(', ')}`;
  const argument = /^resources\/[^/]+\/properties\/container\/packaging\/properties\/buildArgs\//.test(path.join('/'));
  const fix = argument
    ? `use buildSecrets: { NAME: ${formatFound(text)} } instead of buildArgs, and RUN --mount=type=secret,id=NAME in the Dockerfile`
    : PLAIN_HERE;
  return { found: foundValue(text), accepted, fix };
}
