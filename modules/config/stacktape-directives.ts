import { foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { directiveName, parseDirective } from './directive';

/** What a config writes instead of a directive of Stacktape that has no meaning here. */
const INSTEAD: { readonly [name: string]: string } = {
  File: 'add a directive of that name with a function that reads and parses the file to directives',
  FileRaw: 'add a directive of that name with a function that reads the file to directives',
  CliArgs: 'add a directive of that name with a function that reads process.env to directives, and set a variable',
  Profile: 'write the name, or add a directive of that name with a function that returns process.env.AWS_PROFILE',
  AwsAccountId: 'write the account id in quotes',
  Format: 'add a directive of that name with a function that puts the text together to directives',
  Var: 'write the value itself, or add a directive of that name with a function that returns it to directives',
  This: 'write the value itself, or use an anchor of YAML: &name and *name',
  CfFormat: 'set a separate variable to each value, and put them together in the job',
  StackOutput: "write the value itself, or read it in main.ts with Terraform's data source aws_cloudformation_stack",
  CfStackOutput: "write the value itself, or read it in main.ts with Terraform's data source aws_cloudformation_stack",
  GitInfo: 'add a directive of that name with a function that calls git to directives',
};

/** What to do about a directive that Stacktape has, or undefined if it has none of this name. */
export function insteadOf(name: string): string | undefined {
  return Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
}

/** The value of `$Stage()` or `$Region()`, the problem with it, or undefined for another directive. */
export function deploymentValue(
  text: string,
  region: unknown,
  { STAGE }: NodeJS.ProcessEnv = process.env,
): { readonly value: unknown } | { readonly finding: Finding } | undefined {
  const name = directiveName(text);
  if (name !== 'Stage' && name !== 'Region') return undefined;
  const { args, part } = parseDirective(text) ?? {};
  if (args?.length !== 0 || part !== undefined) {
    const form = `$${name}()`;
    return { finding: { found: foundValue(text), accepted: form, fix: `write ${form}` } };
  }
  if (name === 'Region') return region === undefined ? unset(text, 'AWS_REGION', 'eu-west-1') : { value: region };
  return STAGE ? { value: STAGE } : unset(text, 'STAGE', 'production');
}

function unset(text: string, variable: string, example: string) {
  const found = foundValue(text, `, and the variable ${variable} is not set`);
  const accepted = `a value for ${text}`;
  return { finding: { found, accepted, fix: `set the variable ${variable}, such as ${variable}=${example}` } };
}
