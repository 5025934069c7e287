import { asObject, asText, type JsonObject } from '../../orchestration/trigger/json';
import { sendJson } from '../../orchestration/trigger/json-request';
import { parameterStore, type StoreAction, secretsManager } from './secret-stores';

type Variables = NodeJS.ProcessEnv;

/** How to ask a store. */
interface Question {
  readonly store: StoreAction;
  readonly parameters: JsonObject;
}

/** Lambda ends the start of a function after ten seconds: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const READ_MS = 8_000;

/** Number of fields in the ARN of a secret. What follows is `<key>:<stage>:<version id>`, as in a task definition of ECS. */
const ARN_FIELDS = 7;

/**
 * Replaces the variables that STP_SECRETS names, which hold references as those of ECS, by the secrets.
 *
 * @throws Error that says which variable has no value, and why
 */
export async function readSecrets(env: Variables): Promise<void> {
  const names = (env.STP_SECRETS ?? '').split(' ').filter((name) => name !== '');
  const references = names.map((name) => [name, env[name] ?? ''] as const);
  // Several variables can have keys of the same secret.
  const read = new Map<string, Promise<string>>();
  const values = await Promise.all(
    references.map(async ([name, reference]) => {
      try {
        const question = questionOf(reference);
        const id = JSON.stringify(question);
        const text = read.get(id) ?? ask(question, reference, env);
        read.set(id, text);
        return secretValue(await text, reference);
      } catch (error) {
        throw new Error(`${name} could not be read from ${reference}: ${(error as Error).message}`, { cause: error });
      }
    }),
  );
  for (const [index, name] of names.entries()) env[name] = values[index];
}

function isParameter(reference: string): boolean {
  return reference.split(':')[2] === 'ssm';
}

function questionOf(reference: string): Question {
  if (isParameter(reference)) {
    return { store: parameterStore('GetParameters'), parameters: { Names: [reference], WithDecryption: true } };
  }
  const fields = reference.split(':');
  const [, stage, version] = fields.slice(ARN_FIELDS);
  return {
    store: secretsManager('GetSecretValue'),
    parameters: {
      SecretId: fields.slice(0, ARN_FIELDS).join(':'),
      ...(stage && { VersionStage: stage }),
      ...(version && { VersionId: version }),
    },
  };
}

/** The text that the store has. */
async function ask({ store, parameters }: Question, reference: string, env: Variables): Promise<string> {
  const [, partition = 'aws', , region = ''] = reference.split(':');
  const body = await sendJson({ ...store, region, partition, content: parameters, withinMs: READ_MS }, env);
  const answer = asObject(JSON.parse(body));
  const [parameter] = Array.isArray(answer?.Parameters) ? answer.Parameters : [];
  const text = asText(answer?.SecretString) ?? asText(asObject(parameter)?.Value);
  if (text === undefined) throw new Error('it has no text');
  return text;
}

function secretValue(text: string, reference: string): string {
  const key = isParameter(reference) ? undefined : reference.split(':')[ARN_FIELDS];
  if (!key) return text;
  const value = asObject(JSON.parse(text))?.[key];
  if (value === undefined) throw new Error(`it has no key "${key}"`);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
