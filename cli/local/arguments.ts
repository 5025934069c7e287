import type { Command } from 'commander';
import { configOption, jsonOption } from '../command/common-options';
import { type EventChoice, type EventOptions, eventChoice, eventOptions, wholeNumber } from '../command/event-options';
import { UsageError } from '../command/usage-error';
import { emulatorUrl } from './emulator/address';
import { ENGINES, type Engine } from './engine-client';
import { type Assignment, assignment, type GivenVariables } from './given-variables';

/** What a local run has to do. */
export type LocalArguments = RunArguments & EventChoice & EngineChoice & AwsChoice;

/** What each local run is told. */
interface RunArguments {
  readonly job: string;
  readonly printEvent: boolean;
  /** Waits take at most a second. */
  readonly fast: boolean;
  readonly json: boolean;
  /** Also what the state machine does between attempts. */
  readonly verbose: boolean;
  readonly variables: GivenVariables;
  readonly deliverTwice: boolean;
  /** Runs that are played at once, without containers. @default one run, of the job itself */
  readonly burst?: number;
  /** Whether the end of the run starts the jobs that follow it. */
  readonly chain: boolean;
  /** Most containers of a job with `forEach` at the same time. @default one for each CPU, as far as there is memory */
  readonly jobs?: number;
  /** File that the items of `s3Manifest` are read from. */
  readonly manifest?: string;
  readonly faults: Faults;
}

/** What runs the job. */
export type EngineChoice =
  | {
      /** Entry files run as plain processes even if an engine is available. */
      readonly plain: true;
      readonly engine?: never;
    }
  | {
      readonly plain: false;
      /** The container engine to use. @default the one that is available, Docker first */
      readonly engine?: Engine;
    };

/** What the job's calls of AWS reach. */
export type AwsChoice =
  | {
      /** The job gets the developer's AWS credentials. */
      readonly aws: true;
      readonly endpoint?: never;
      readonly create: false;
    }
  | {
      readonly aws: false;
      /** Address of an emulator that the job uses instead of AWS. */
      readonly endpoint: string;
      /** What the job refers to is created in the emulator. */
      readonly create: boolean;
    }
  | { readonly aws: false; readonly endpoint?: never; readonly create: false };

/** Faults to inject. */
export interface Faults {
  /** Attempts, from 1, that count as failed even if their container succeeds. */
  readonly failAttempts: readonly number[];
  /** Seconds after which the first container gets SIGTERM for a Spot interruption. */
  readonly interruptAfter?: number;
  /** Timeout of each attempt in seconds, instead of the job's own. */
  readonly timeoutAfter?: number;
  /** Seconds between SIGTERM and SIGKILL. @default 120, as on the instances */
  readonly grace?: number;
  /** Number of submissions that AWS Batch refuses first, as when it throttles. */
  readonly throttle: number;
}

/** The parsed values of the options. */
export interface LocalOptions extends EventOptions {
  readonly printEvent: boolean;
  readonly fast: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly plain: boolean;
  readonly engine?: string;
  readonly aws: boolean;
  readonly endpoint?: string;
  readonly create: boolean;
  readonly env: readonly Assignment[];
  readonly envFile: readonly string[];
  readonly secret: readonly Assignment[];
  readonly deliverTwice: boolean;
  readonly chain: boolean;
  readonly failAttempts: readonly number[];
  readonly interruptAfter?: number;
  readonly timeoutAfter?: number;
  readonly grace?: number;
  readonly throttle: number;
  readonly burst?: number;
  readonly jobs?: number;
  readonly manifest?: string;
}

/** Adds the argument and the options of `local` to its command; a value that isn't accepted is a UsageError. */
export function localOptions(command: Command): void {
  command.argument('<job>', 'name of the job in the config');
  eventOptions(command)
    .option('--fast', 'waits take at most a second', false)
    .option('--plain', 'run an entry file as a plain process, even if Docker or Podman is available', false)
    .option(
      '--engine <name>',
      'the container engine, docker or podman (default: BATCH_JOBS_ENGINE, else the one that is available, Docker first)',
    )
    .option('--aws', 'let the job use your own AWS credentials', false)
    .option(
      '--endpoint <url>',
      'let the job use an emulator, such as http://127.0.0.1:4566, instead of AWS',
      emulatorUrl,
    )
    .option('--create', 'create the resources that the job refers to in the emulator', false)
    .option(
      '--env <NAME=value>',
      "set a variable of the job, also instead of the config's; NAME alone takes your shell's value (repeatable)",
      assignments('--env'),
      [],
    )
    .option(
      '--env-file <file>',
      'set variables from a file in the format of node --env-file; --env wins over it (repeatable)',
      (file, previous: readonly string[]) => [...previous, file],
      [],
    )
    .option(
      '--secret <NAME=value>',
      'set a variable that comes from a secret or parameter; NAME alone as for --env (repeatable)',
      assignments('--secret'),
      [],
    )
    .option('--deliver-twice', 'deliver the event twice, as Lambda repeats it', false)
    .option('--no-chain', 'do not start the jobs that follow this one when the run ends')
    .option('--fail-attempts <1,2>', 'make these attempts fail', attempts, [])
    .option(
      '--interrupt-after <time>',
      "interrupt the first container's Spot instance after this time, such as 5s",
      FAULT_PARSERS.interruptAfter,
    )
    .option('--timeout-after <time>', 'let each attempt time out after this time', FAULT_PARSERS.timeoutAfter)
    .option(
      '--grace <time>',
      'time between SIGTERM and SIGKILL (default: 2m, as on the instances)',
      FAULT_PARSERS.grace,
    )
    .option('--burst <runs>', "play so many runs at once against the job's limits, without containers", (text) =>
      wholeNumber('--burst', text, 1),
    )
    .option(
      '--jobs <n>',
      'run at most so many items of forEach at once (default: one for each CPU, as far as there is memory)',
      (text) => wholeNumber('--jobs', text, 1),
    )
    .option('--manifest <file>', 'read the items of s3Manifest from this file')
    .option('--throttle <n>', 'refuse the first n submissions', FAULT_PARSERS.throttle, 0)
    .option('--verbose', 'also print each state of the state machine', false);
  configOption(command);
  jsonOption(command, 'print one JSON document a line');
}

/**
 * What the options and the job of `local` mean together.
 *
 * @throws UsageError
 */
export function localArguments(job: string, options: LocalOptions): LocalArguments {
  const { printEvent, fast, json, verbose, deliverTwice, chain, env, envFile, secret } = options;
  const { failAttempts, interruptAfter, timeoutAfter, grace, throttle } = options;
  return {
    ...eventChoice(options),
    ...awsChoice(options),
    ...engineChoice(options),
    ...{ job, printEvent, fast, json, verbose, deliverTwice, chain, burst: options.burst },
    ...{ jobs: options.jobs, manifest: options.manifest },
    variables: { env, envFiles: envFile, secrets: secret },
    faults: { failAttempts, interruptAfter, timeoutAfter, grace, throttle },
  };
}

function awsChoice({ aws, endpoint, create }: LocalOptions): AwsChoice {
  if (aws && endpoint !== undefined) {
    throw new UsageError('--aws and --endpoint exclude each other. Remove one of the two.');
  }
  if (endpoint !== undefined) return { aws: false, endpoint, create };
  if (create) throw new UsageError('--create needs the address of an emulator. Add --endpoint <url>.');
  return aws ? { aws, create: false } : { aws, create: false };
}

/** The engine that the option names, or else the environment, which `--plain` overrides. */
function engineChoice({ engine: option, plain }: LocalOptions): EngineChoice {
  if (option !== undefined && plain) {
    throw new UsageError('--engine and --plain exclude each other. Remove one of the two.');
  }
  if (plain) return { plain };
  const name = option ?? (process.env.BATCH_JOBS_ENGINE || undefined);
  const engine = ENGINES.find((each) => each === name);
  if (name === undefined || engine !== undefined) return { plain, engine };
  throw new UsageError(
    `${option === undefined ? 'BATCH_JOBS_ENGINE' : '--engine'} accepts ${ENGINES.join(' or ')}. Found "${name}".`,
  );
}

/** The option can be given several times. */
function assignments(option: string): (text: string, previous: readonly Assignment[]) => Assignment[] {
  return (text, previous) => [...previous, assignment(option, text)];
}

/** The option can be given several times. */
function attempts(text: string, previous: readonly number[]): number[] {
  return [...previous, ...text.split(',').map((each) => wholeNumber('--fail-attempts', each.trim(), 1))];
}

/**
 * What the faults' options accept.
 *
 * @throws UsageError
 */
export const FAULT_PARSERS = {
  failAttempts: (text: string) => attempts(text, []),
  interruptAfter: seconds('--interrupt-after'),
  timeoutAfter: seconds('--timeout-after'),
  grace: seconds('--grace'),
  throttle: (text: string) => wholeNumber('--throttle', text, 0),
} satisfies { readonly [Fault in keyof Faults]: (text: string) => Faults[Fault] };

const UNITS: { readonly [unit: string]: number } = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Maximum delay of a timer in Node.js: 2^31 - 1 ms. */
const MAX_SECONDS = 2_147_483;

function seconds(option: string): (text: string) => number {
  return (text) => {
    const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
    const value = Number(number) * (UNITS[unit] ?? Number.NaN);
    if (number !== undefined && value <= MAX_SECONDS) return value;
    throw new UsageError(`${option} accepts a time of up to 24 days, such as 500ms, 5s or 2m. Found "${text}".`);
  };
}
