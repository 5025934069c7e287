import { statSync } from 'node:fs';
import type { LocalArguments } from '../arguments';
import type { Assignment } from '../given-variables';

/** What the words of a run depend on besides its arguments. */
interface RunContext {
  /** Path of the recorded event, for an event that is in no file which can be read again. */
  readonly eventFile: string;
  /** Names of the job's variables that come from secrets. */
  readonly secrets: readonly string[];
  /** @default process.env */
  readonly shell?: NodeJS.ProcessEnv;
}

/**
 * The words after `batch-jobs local` that repeat a run. Of a variable that might be a secret, or that has its value from the shell, they have
 * only the name.
 */
export function repeatedWords(options: LocalArguments, { eventFile, secrets, shell = process.env }: RunContext) {
  const { job, fast, plain, engine, aws, endpoint, create, variables, deliverTwice, chain, faults, verbose } = options;
  const { jobs, manifest } = options;
  const { failAttempts, interruptAfter, timeoutAfter, grace, throttle } = faults;
  const config = shell.BATCH_JOBS_CONFIG;
  const words: string[] = [job];
  const add = (option: string, value: string | undefined) => value !== undefined && words.push(option, value);
  const flag = (option: string, isSet: boolean) => isSet && words.push(option);
  add('--config', config === '' ? undefined : config);
  // The console passes the text of a sample as standard input.
  const sample = options.eventFile === '-' ? shell.BATCH_JOBS_EVENT_TYPE : undefined;
  add('--event-type', sample ?? typeText(options.eventType));
  if (options.eventFile !== undefined && sample === undefined)
    add('--event', isReadable(options.eventFile) ? options.eventFile : eventFile);
  flag('--fast', fast);
  flag('--plain', plain);
  add('--engine', engine);
  flag('--aws', aws);
  add('--endpoint', endpoint === undefined ? undefined : withoutCredentials(endpoint));
  flag('--create', create);
  for (const variable of variables.env) add('--env', shown(variable, secrets, shell));
  for (const file of variables.envFiles) add('--env-file', file);
  for (const { name } of variables.secrets) add('--secret', name);
  flag('--deliver-twice', deliverTwice);
  flag('--no-chain', !chain);
  add('--fail-attempts', failAttempts.length === 0 ? undefined : failAttempts.join(','));
  add('--interrupt-after', timeText(interruptAfter));
  add('--timeout-after', timeText(timeoutAfter));
  add('--grace', timeText(grace));
  add('--jobs', jobs === undefined ? undefined : String(jobs));
  add('--manifest', manifest);
  add('--throttle', throttle === 0 ? undefined : String(throttle));
  flag('--verbose', verbose);
  return words;
}

function typeText(wanted: LocalArguments['eventType']): string | undefined {
  if (wanted === undefined) return undefined;
  return wanted.place === 1 ? wanted.type : `${wanted.type}:${wanted.place}`;
}

/** Standard input and pipes are empty the next time. */
function isReadable(file: string): boolean {
  return file !== '-' && (statSync(file, { throwIfNoEntry: false })?.isFile() ?? false);
}

/** `5s`, `100ms`: seconds as the options accept them. */
function timeText(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  return Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`;
}

const SECRET_NAME = /SECRET|TOKEN|PASS|PWD|KEY|CREDENTIAL|AUTH|PRIVATE|WEBHOOK|DSN|SIGNATURE|COOKIE|SALT|CONNECTION/i;

function shown({ name, value }: Assignment, secrets: readonly string[], shell: NodeJS.ProcessEnv): string {
  const isSecret = secrets.includes(name) || SECRET_NAME.test(name) || /:\/\/[^/\s]*@/.test(value);
  return isSecret || shell[name] === value ? name : `${name}=${value}`;
}

function withoutCredentials(address: string): string {
  return address.replace(/^(\w+:\/\/)[^/]*@/, '$1');
}
