import { foundValue } from '../problems/found';
import { unsetVariable } from './deployment-variables';
import { directiveName, isDirective, type Outcome, parseDirective } from './directive';
import { isFormat } from './format-directive';

/** What a config writes instead of a directive of Stacktape that has no meaning here. */
const INSTEAD: { readonly [name: string]: string } = {
  File: 'add a directive of that name with a function that reads and parses the file to directives',
  FileRaw: 'add a directive of that name with a function that reads the file to directives',
  CliArgs: 'add a directive of that name with a function that reads process.env to directives, and set a variable',
  Profile: 'write the name, or add a directive of that name with a function that returns process.env.AWS_PROFILE',
  AwsAccountId: 'write the account id in quotes',
  Format: 'load the config with loadConfig, or put the text together in TypeScript',
  Var: 'write the value itself, or add a directive of that name with a function that returns it to directives',
  This: 'write the value itself, or use an anchor of YAML: &name and *name',
  CfFormat: 'set a separate variable to each value, and put them together in the job',
  StackOutput: "write the value itself, or read it in main.ts with Terraform's data source aws_cloudformation_stack",
  CfStackOutput: "write the value itself, or read it in main.ts with Terraform's data source aws_cloudformation_stack",
  // Of its first versions, with names such as Bucket::Arn.
  Param: "write $ResourceParam('<resource>', '<parameter>'), such as $ResourceParam('inbox', 'arn')",
  GitInfo: 'add a directive of that name with a function that calls git to directives',
};

/** What to do about a directive that Stacktape has, or undefined if it has none of this name. */
export function insteadOf(name: string): string | undefined {
  return Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
}

/** Directives whose value the deployment has. */
const DEPLOYMENT = { Stage: 'stage', Region: 'region' } as const;

function deploymentDirective(text: string): keyof typeof DEPLOYMENT | undefined {
  if (!isDirective(text)) return undefined;
  const name = directiveName(text);
  return name === 'Stage' || name === 'Region' ? name : undefined;
}

/** Whether `$Stage()`, `$Region()` or `$Format()` is anywhere in a config. */
export function asksForDeployment(value: unknown): boolean {
  if (typeof value === 'string') return deploymentDirective(value.trim()) !== undefined || isFormat(value.trim());
  return typeof value === 'object' && value !== null && Object.values(value).some(asksForDeployment);
}

/** What `$Stage()` or `$Region()` stands for, or undefined for another directive. */
export function deploymentValue(
  text: string,
  region: unknown,
  { STAGE }: NodeJS.ProcessEnv = process.env,
): Outcome | undefined {
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
