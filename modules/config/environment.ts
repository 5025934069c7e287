import { Token, Tokenization } from 'cdktf';
import { z } from 'zod';
import { foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { type CheckContext, mapOf, refuse, text } from './checked';
import { checkNames, nameValue } from './name-values';

/** Variables that the state machine sets on each run. A job's own variable can't have one of these names. */
export const RUN_VARIABLES = ['STP_TRIGGER_EVENT_DATA', 'STP_MAXIMUM_ATTEMPTS', 'STP_CURRENT_ATTEMPT'] as const;

const variableValue = z.union([z.string(), z.number(), z.boolean()]);

const variableName = text({
  pattern: /^[^=\s]+$/,
  accepted: 'a name without spaces and "="',
  fix: 'use letters, digits and underscores, such as REPORT_BUCKET',
});

const variable = nameValue({
  /** Name of the variable. It can't start with `AWS_BATCH`, which AWS Batch refuses, and can't be `STP_TRIGGER_EVENT_DATA`, `STP_MAXIMUM_ATTEMPTS` or `STP_CURRENT_ATTEMPT`. */
  name: variableName,
  /** Value of the variable. Numbers and booleans become strings. A variable with an empty string is left out: AWS Batch drops it, and Terraform would plan a change each time. */
  value: variableValue,
});

/** Environment variables: a list of names and values as in Stacktape, or a map. */
export const environment = z.union([z.array(variable), mapOf(variableName, variableValue)]).superRefine(
  (value, context) => {
    checkNames(value, context, nameProblems);
    checkSecrets(value, context);
  },
  { when: () => true },
);

export type Environment = z.input<typeof environment>;

/** The variables as pairs of name and string, sorted by name, without empty ones. */
export function environmentPairs(value: Environment): [name: string, value: string][] {
  return entries(value)
    .map(({ name, value }): [string, string] => [name, asText(value)])
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A CDKTF number token needs its own conversion to a string. */
function asText(value: string | number | boolean): string {
  return typeof value === 'number' && Token.isUnresolved(value) ? Tokenization.stringifyNumber(value) : String(value);
}

function entries(value: Environment) {
  return Array.isArray(value) ? value : Object.entries(value).map(([name, value]) => ({ name, value }));
}

/** Refuses a secret as part of a longer string: ECS and functions replace whole values only. */
export function checkSecrets(value: unknown, context: CheckContext): void {
  if (typeof value !== 'object' || value === null) return;
  const values: [path: (string | number)[], value: unknown][] = Array.isArray(value)
    ? value.map((item, index) => [[index, 'value'], item?.value])
    : Object.entries(value).map(([name, item]) => [[name], item]);
  for (const [path, item] of values) {
    if (typeof item !== 'string' || !/.\$(Secret|Parameter)\(/s.test(item)) continue;
    const accepted = "$Secret('<name>.<key>') or $Parameter('<name>') as the whole value";
    const fix = 'set a separate variable to the secret, and combine the values in the code';
    refuse(context, { found: foundValue(item), accepted, fix }, path);
  }
}

function nameProblems(name: string): Pick<Finding, 'accepted' | 'fix'>[] {
  const problems = [];
  if (name.startsWith('AWS_BATCH')) {
    const fix = `rename it, such as to ${name.replace(/^AWS_/, 'APP_')}: AWS Batch rejects variables that start with AWS_BATCH`;
    problems.push({ accepted: 'a name that does not start with AWS_BATCH', fix });
  }
  if ((RUN_VARIABLES as readonly string[]).includes(name)) {
    const accepted = `a name other than ${RUN_VARIABLES.join(', ')}`;
    problems.push({ accepted, fix: 'rename or remove it: each run sets this variable' });
  }
  return problems;
}
