import { foundValue } from '../problems/found';
import { unsetVariable } from './deployment-variables';
import { directiveName, directiveText, isAccountId, isDirective, type Outcome, parseDirective } from './directive';

/** What a config writes instead of a directive of Stacktape that has no meaning here. */
const INSTEAD: { readonly [name: string]: string } = {
  File: 'load the config with loadConfig, or read the file in TypeScript',
  FileRaw: 'load the config with loadConfig, or read the file in TypeScript',
  CliArgs: 'add a directive of that name with a function that reads process.env to directives, and set a variable',
  Profile: 'write the name, or add a directive of that name with a function that returns process.env.AWS_PROFILE',
  Var: 'load the config with loadConfig, or use a constant in TypeScript',
  This: 'load the config with loadConfig, or use a constant in TypeScript',
  StackOutput: "write the value itself, or read it in main.ts with Terraform's data source aws_cloudformation_stack",
  CfStackOutput: "write the value itself, or read it in main.ts with Terraform's data source aws_cloudformation_stack",
  GitInfo: 'load the config with loadConfig, or call git in TypeScript',
};

/** What to do about a directive that Stacktape has, or undefined if it has none of this name. */
export function insteadOf(text: string): string | undefined {
  const name = directiveName(text);
  if (name === 'Param') return insteadOfParam(text);
  if (name === 'SsmParam') return text.replace(/^\$Ssm/, 'write $').replace('$Param(', '$Parameter(');
  if (name === 'CliArgs') return insteadOfArgument(text);
  return Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
}

/** Arguments of the command that are variables here have separate directives. */
function insteadOfArgument(text: string): string | undefined {
  const [argument] = parseDirective(text)?.args ?? [];
  if (argument === 'stage') return 'write $Stage()';
  return argument === 'region' ? 'write $Region()' : INSTEAD.CliArgs;
}

/** Parameters of Stacktape's first versions, such as `JobStateMachine::Arn` of a job. */
const FIRST_PARAMS: { readonly [part: string]: string } = {
  JobStateMachine: 'stateMachineArn',
  StateMachine: 'stateMachineArn',
  JobDefinition: 'jobDefinitionArn',
  LogGroup: 'logGroupArn',
};

/** `$Param('inbox', 'SqsQueue::Arn')` of Stacktape's first versions. */
function insteadOfParam(text: string): string {
  const [resource, first] = parseDirective(text)?.args ?? [];
  const [, part = '', attribute = ''] = /^(\w+)::(\w+)$/.exec(String(first)) ?? [];
  if (typeof resource !== 'string' || part === '') {
    return "write $ResourceParam('<resource>', '<parameter>'), such as $ResourceParam('inbox', 'arn')";
  }
  const named = attribute === 'Arn' ? FIRST_PARAMS[part] : undefined;
  const param = named ?? `${attribute.charAt(0).toLowerCase()}${attribute.slice(1)}`;
  return `write ${directiveText('ResourceParam', resource, param)}`;
}

/** Directives whose value the deployment has. */
const DEPLOYMENT = { Stage: 'stage', Region: 'region' } as const;

function deploymentDirective(text: string): keyof typeof DEPLOYMENT | undefined {
  if (!isDirective(text)) return undefined;
  const name = directiveName(text);
  return name === 'Stage' || name === 'Region' ? name : undefined;
}

/** Directives of Stacktape whose value is known when a config is loaded. */
const BUILT_IN: readonly string[] = [
  ...['Stage', 'Region', 'AwsAccountId', 'Format', 'CfFormat', 'Var', 'This', 'File', 'FileRaw', 'GitInfo'],
];

/** Whether a directive of Stacktape that has a value here is anywhere in a config, also as an argument of another one. */
export function hasBuiltIn(value: unknown): boolean {
  if (typeof value === 'string') {
    const text = value.trim();
    return isDirective(text) && BUILT_IN.some((name) => text.includes(`$${name}(`));
  }
  return typeof value === 'object' && value !== null && Object.values(value).some(hasBuiltIn);
}

/**
 * What `$Stage()`, `$Region()` or `$AwsAccountId()` stands for, or undefined for another directive. The account is known if the config
 * allows one alone.
 */
export function deploymentValue(
  text: string,
  { region, allowedAccountIds }: { readonly region?: unknown; readonly allowedAccountIds?: unknown },
  { STAGE }: NodeJS.ProcessEnv = process.env,
): Outcome | undefined {
  if (isAccountId(text)) {
    const [account, ...others] = Array.isArray(allowedAccountIds) ? allowedAccountIds : [];
    return typeof account === 'string' && others.length === 0 ? { value: account } : undefined;
  }
  const name = deploymentDirective(text);
  if (name === undefined) return undefined;
  const { args, part } = parseDirective(text) ?? {};
  if (args?.length !== 0 || part !== undefined) {
    const form = `$${name}()`;
    return { finding: { found: foundValue(text), accepted: form, fix: `write ${form}` } };
  }
  const value = name === 'Region' ? region : STAGE || undefined;
  if (value !== undefined) return { value };
  const { what, fix } = unsetVariable(DEPLOYMENT[name]);
  return { finding: { found: foundValue(text, `, ${what}`), accepted: `a value for ${text}`, fix } };
}
