import { RUN_VARIABLES } from '../../modules/config/environment';
import { suggestion } from '../../modules/problems/suggestion';
import { UsageError } from '../command/usage-error';
import { envFile } from './env-file';
import type { LocalJob } from './local-job';

/** A variable that the command line sets. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** What the command line says of a job's variables. */
export interface GivenVariables {
  /** Files with variables. A later file wins over an earlier one. */
  readonly envFiles: readonly string[];
  /** Win over the files. */
  readonly env: readonly Assignment[];
  /** Values of variables that come from AWS Secrets Manager or Parameter Store. */
  readonly secrets: readonly Assignment[];
}

/**
 * A variable of an option: `NAME=value`, or `NAME` alone for the value that it has in this shell, which keeps it out of the list of processes.
 *
 * @throws UsageError if it is neither
 */
export function assignment(option: string, text: string, shell: NodeJS.ProcessEnv = process.env): Assignment {
  const [, name = '', value] = /^([^=\s]+)(?:=(.*))?$/s.exec(text) ?? [];
  if (name === '') throw new UsageError(`${option} accepts NAME=value or NAME. Found "${text}".`);
  if (value !== undefined) return { name, value };
  const own = shell[name];
  if (own === undefined) {
    throw new UsageError(`${option} ${name} has no value, and your shell has no variable ${name}. Use ${name}=value.`);
  }
  return { name, value: own };
}

/** A job with the variables that the command line gives it, and notes for a person. */
interface GivenJob {
  readonly job: LocalJob;
  readonly notes: readonly string[];
}

/**
 * Sets variables of a job's container. They win over the config's; those of options win over those of files.
 *
 * @throws UsageError if a file can't be read, or a variable is not the job's to set
 */
export function withVariables(job: LocalJob, { envFiles, env, secrets }: GivenVariables): GivenJob {
  const notes: string[] = [];
  const given = new Map<string, string>();
  for (const file of envFiles) {
    const { variables, note } = envFile(file);
    if (note !== undefined) notes.push(note);
    for (const { name, value, place } of variables) {
      const problem = platformProblem(job, name);
      // A file can be for several jobs.
      if (problem !== undefined) notes.push(`${place} was left out: ${problem}`);
      else given.set(name, value);
    }
  }
  for (const { name, value } of env) {
    const problem = platformProblem(job, name);
    if (problem !== undefined) throw new UsageError(`--env: ${problem}.`);
    given.set(name, value);
  }
  const { container } = job;
  for (const { name, value } of secrets) {
    if (!Object.hasOwn(container.secrets, name)) throw new UsageError(`--secret: ${noSecret(job, name)}`);
    if (env.some((variable) => variable.name === name)) {
      throw new UsageError(`--env and --secret both set ${name}. Remove one of the two.`);
    }
    given.set(name, value);
  }
  const kept = Object.entries(container.secrets).filter(([name]) => !given.has(name));
  const environment = { ...container.environment, ...Object.fromEntries(given) };
  return {
    job: {
      ...job,
      container: { ...container, environment, secrets: Object.fromEntries(kept) },
      unknown: job.unknown.filter(({ part }) => !given.has(part)),
    },
    notes,
  };
}

/** The value that the command line gives to a variable, for any job. */
export function givenValue({ envFiles, env }: GivenVariables, name: string): string | undefined {
  const inFiles = envFiles.flatMap((file) => envFile(file).variables);
  return [...inFiles, ...env].filter((variable) => variable.name === name).at(-1)?.value;
}

/** Why a variable is not the job's to set; undefined if it is. */
function platformProblem({ name: job, container }: LocalJob, name: string): string | undefined {
  if (name === 'STP_TRIGGER_EVENT_DATA') return `each run sets ${name} to its event. To change it, use --event`;
  if ((RUN_VARIABLES as readonly string[]).includes(name) || name.startsWith('AWS_BATCH')) {
    return `${name} is set by AWS Batch or the state machine for each attempt`;
  }
  const own = Object.keys({ ...container.environment, ...container.secrets });
  if (!name.startsWith('STP_') || own.includes(name)) return undefined;
  const known = own.filter((each) => each.startsWith('STP_'));
  const meant = suggestion(name, known);
  const hint = meant === undefined ? listed('It has', known, 'no variable of that kind') : `Did you mean "${meant}"?`;
  return `${job} has no variable ${name}, and names with STP_ are for connected resources. ${hint}`.replace(/[.]$/, '');
}

function noSecret({ name: job, container }: LocalJob, name: string): string {
  const secrets = Object.keys(container.secrets);
  const isVariable = Object.hasOwn(container.environment, name);
  if (isVariable) return `${name} is a variable of ${job}, but not a secret. Use --env ${name}=value.`;
  const meant = suggestion(name, secrets);
  const hint = meant === undefined ? listed('Its secrets are', secrets, 'none') : `Did you mean "${meant}"?`;
  return `${job} has no secret "${name}". ${hint}`;
}

function listed(words: string, names: readonly string[], none: string): string {
  return `${words} ${names.join(', ') || none}.`;
}
