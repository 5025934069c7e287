import { parseArgs } from 'node:util';
import { errorMessage } from '../../modules/error-message';
import { ENGINES, type Engine } from './engine-client';
import { UsageError } from './usage-error';

/** What a local run is asked to do. */
export interface LocalArguments {
  readonly job: string;
  /** File that holds the event. */
  readonly eventFile?: string;
  /** Type of a trigger of the job, and its place among those of its type, from 1. @default the job's first trigger */
  readonly eventType?: { readonly type: string; readonly place: number };
  readonly printEvent: boolean;
  /** Waits take at most a second. */
  readonly fast: boolean;
  readonly json: boolean;
  /** Entry files run as plain processes even where an engine answers. */
  readonly plain: boolean;
  /** The only engine that containers may be of. @default the one that answers, Docker first */
  readonly engine?: Engine;
  /** The developer's own AWS credentials reach the job. */
  readonly aws: boolean;
  readonly deliverTwice: boolean;
  readonly faults: Faults;
}

/** What goes wrong in a local run. */
export interface Faults {
  /** Attempts, from 1, that fail whatever their container's exit code is. */
  readonly failAttempts: readonly number[];
  /** Seconds after which the first container gets the notice of a Spot reclaim. */
  readonly interruptAfter?: number;
  /** Seconds after which each attempt has taken too long, whatever the job's own time-out is. */
  readonly timeoutAfter?: number;
  /** Seconds between SIGTERM and SIGKILL. @default 120, as on the instances */
  readonly grace?: number;
  /** Submissions that AWS Batch refuses first because it has too many of them. */
  readonly throttle: number;
}

export const USAGE = `Usage: npm run local -- <job> [options]

  --event <file.json>        the event that the job gets
  --event-type <type>[:n]    a sample event of the job's n-th trigger of that type (default: its first trigger)
  --print-event              print that event and stop
  --fast                     waits take at most a second
  --json                     one JSON document a line
  --plain                    run an entry file as a plain process, even if Docker or Podman answers
  --engine <docker|podman>   the container engine (default: the one that answers, Docker first)
  --aws                      let the job use your own AWS credentials
  --deliver-twice            deliver the event twice, as Lambda repeats it
  --fail-attempts <1,2>      make these attempts fail
  --interrupt-after <5s>     reclaim the first container's Spot instance after this time
  --timeout-after <5s>       let each attempt time out after this time
  --grace <10s>              time between SIGTERM and SIGKILL (default: 2m, as on the instances)
  --throttle <n>             refuse the first n submissions
  --help                     print this text

The config is batch-jobs.config.ts, or the file that BATCH_JOBS_CONFIG names. BATCH_JOBS_ENGINE names an engine as --engine does.`;

/**
 * What the words after `npm run local --` mean; `help` if they ask for it.
 *
 * @throws UsageError
 */
export function localArguments(words: readonly string[]): LocalArguments | 'help' {
  const { values, positionals } = parsed(words);
  if (values.help) return 'help';
  const [job, ...more] = positionals;
  if (job === undefined) throw new UsageError('name a job: npm run local -- <job>; --help lists the options');
  if (more.length > 0) throw new UsageError(`one job at a time, got ${positionals.join(', ')}`);
  if (values.event !== undefined && values['event-type'] !== undefined) {
    throw new UsageError('--event and --event-type exclude each other: remove one of the two');
  }
  const engine = engineOf(values.engine, values.plain);
  return {
    job,
    engine,
    eventFile: values.event,
    eventType: values['event-type'] === undefined ? undefined : eventType(values['event-type']),
    printEvent: values['print-event'],
    fast: values.fast,
    json: values.json,
    plain: values.plain,
    aws: values.aws,
    deliverTwice: values['deliver-twice'],
    faults: {
      failAttempts: (values['fail-attempts'] ?? []).flatMap((text) => text.split(',')).map(attempt),
      interruptAfter: seconds('--interrupt-after', values['interrupt-after']),
      timeoutAfter: seconds('--timeout-after', values['timeout-after']),
      grace: seconds('--grace', values.grace),
      throttle: wholeNumber('--throttle', values.throttle ?? '0', 0),
    },
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        event: { type: 'string' },
        'event-type': { type: 'string' },
        'print-event': { type: 'boolean', default: false },
        fast: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        plain: { type: 'boolean', default: false },
        engine: { type: 'string' },
        aws: { type: 'boolean', default: false },
        'deliver-twice': { type: 'boolean', default: false },
        'fail-attempts': { type: 'string', multiple: true },
        'interrupt-after': { type: 'string' },
        'timeout-after': { type: 'string' },
        grace: { type: 'string' },
        throttle: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    const [sentence = ''] = errorMessage(error).split(/\.?\s+To specify/);
    throw new UsageError(`${sentence.replace(/\n/g, ' ')}; --help lists the options`);
  }
}

/** The engine that the option names, or else the environment, which `--plain` overrides. */
function engineOf(option: string | undefined, plain: boolean): Engine | undefined {
  if (option !== undefined && plain) {
    throw new UsageError('--engine and --plain exclude each other: remove one of the two');
  }
  const name = option ?? (plain ? undefined : process.env.BATCH_JOBS_ENGINE || undefined);
  if (name === undefined) return undefined;
  const engine = ENGINES.find((each) => each === name);
  if (engine !== undefined) return engine;
  throw new UsageError(
    `${option === undefined ? 'BATCH_JOBS_ENGINE' : '--engine'} takes ${ENGINES.join(' or ')}, got ${name || 'nothing'}`,
  );
}

function eventType(text: string): { type: string; place: number } {
  const [type = '', place = '1', ...more] = text.split(':');
  if (more.length > 0) throw new UsageError(`--event-type takes <type> or <type>:<place>, got ${text}`);
  return { type, place: wholeNumber('the place in --event-type', place, 1) };
}

function attempt(text: string): number {
  return wholeNumber('--fail-attempts', text.trim(), 1);
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`${option} takes whole numbers from ${least}, got ${text === '' ? 'nothing' : text}`);
}

const UNITS: { readonly [unit: string]: number } = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Longest delay of a timer of Node.js: 2^31 - 1 ms. */
const MAX_SECONDS = 2_147_483;

function seconds(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const value = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (number !== undefined && value <= MAX_SECONDS) return value;
  throw new UsageError(
    `${option} takes a time of up to 24 days such as 5s, 500ms or 2m, got ${text === '' ? 'nothing' : text}`,
  );
}
