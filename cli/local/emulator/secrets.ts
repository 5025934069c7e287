import { errorMessage } from '../../../modules/problems/error-message';
import type { ProgressEvent } from '../../run-report/progress-event';
import { ACCOUNT } from '../nobodys-account';
import { secretReader } from '../secret-value';
import { createOnce } from './create';
import type { Emulator } from './emulator';
import { json } from './json-call';

const SECRET = /^arn:[^:]+:secretsmanager:[^:]*:\d*:secret:([^:]+)(?::([^:]*).*)?$/;
const PARAMETER = /^arn:[^:]+:ssm:[^:]*:\d*:parameter\/([^:]+)$/;

/** Sources of variables, by the variable's name, as the job definition has them. */
type Sources = Readonly<Record<string, string>>;

/**
 * Creates the secrets and parameters that variables come from, if they don't exist.
 *
 * @param values by the variable's name. @default a placeholder
 * @param tell gets a line about what exists then, and what could not be created
 */
export async function createSecrets(
  emulator: Emulator,
  sources: Sources,
  values: Sources,
  tell: (progressEvent: ProgressEvent) => void,
): Promise<void> {
  const secrets = new Map<string, Record<string, string> | string>();
  for (const [variable, valueFrom] of Object.entries(sources)) {
    const value = values[variable] ?? placeholder(variable);
    const [, secret, key = ''] = SECRET.exec(valueFrom) ?? [];
    const [, parameter] = PARAMETER.exec(valueFrom) ?? [];
    if (parameter !== undefined) {
      const content = { Name: parameterName(parameter), Value: value, Type: 'SecureString' } as const;
      await attempt('parameter', content.Name, json('AmazonSSM.PutParameter', content));
    } else if (secret !== undefined) {
      const before = secrets.get(secret);
      secrets.set(secret, key === '' ? value : { ...(typeof before === 'object' && before), [key]: value });
    }
  }
  for (const [name, value] of secrets) {
    const content = { Name: name, SecretString: typeof value === 'string' ? value : JSON.stringify(value) };
    await attempt('secret', name, json('secretsmanager.CreateSecret', content));
  }

  async function attempt(kind: string, name: string, call: Parameters<typeof createOnce>[1]): Promise<void> {
    try {
      await createOnce(emulator, call);
      tell({ type: 'resource', resource: name, kind, name });
    } catch (error) {
      tell({ type: 'note', text: `The ${kind} ${name} is not created: ${errorMessage(error)}` });
    }
  }
}

/** An ARN does not tell whether the name of a parameter without a path begins with a slash. */
function parameterName(name: string): string {
  return name.includes('/') ? `/${name}` : name;
}

function placeholder(variable: string): string {
  return `<secret ${variable}>`;
}

/** Values of variables that come from secrets of an emulator. One that can't be read is a placeholder, and noted. */
export async function secretsIn(
  emulator: Emulator,
  sources: Sources,
): Promise<{ readonly values: Record<string, string>; readonly notes: string[] }> {
  const read = secretReader(emulator);
  const values: Record<string, string> = {};
  const notes: string[] = [];
  for (const [variable, valueFrom] of Object.entries(sources)) {
    try {
      // By name, since the account in the ARN depends on the emulator.
      values[variable] = await read(valueFrom.replace(`:${emulator.account}:`, `:${ACCOUNT}:`));
    } catch (error) {
      values[variable] = placeholder(variable);
      notes.push(
        `${variable} is "${placeholder(variable)}", since ${valueFrom} cannot be read: ${errorMessage(error)}. Set it by --secret ${variable}=value.`,
      );
    }
  }
  return { values, notes };
}
