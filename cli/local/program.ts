import { randomUUID } from 'node:crypto';
import { constants, tmpdir } from 'node:os';
import { loadConfig } from '../../modules/config/load';
import { ConfigError } from '../../modules/config/problem';
import { synthesized } from '../../modules/config/synthesis-problems';
import { stackFolder } from '../stack-folder';
import { terminalLines } from '../terminal-lines';
import { type LocalArguments, localArguments, USAGE } from './arguments';
import { awsVariables, placeholderSecrets } from './container-environment';
import { canBePlain, containerSource } from './container-source';
import { DeployedStack } from './deployed-stack';
import { EngineFault } from './engine-fault';
import { BuildFailure } from './image-build';
import { eventOfFile, sampleOf } from './job-event';
import { localJob, regionOf } from './local-job';
import { deliver } from './local-run';
import { Report, type Result } from './report';
import { UsageError } from './usage-error';

/** Exit code of a run that did not succeed. */
const FAILED = 1;
/** Exit code of a run that was not started. */
const NOT_STARTED = 2;
/** Milliseconds within which a signal has arrived whose effect on another process was noticed first. */
const SIGNAL_MS = 100;

async function main(words: readonly string[]): Promise<number> {
  const options = localArguments(words);
  if (options === 'help') {
    console.log(USAGE);
    return 0;
  }
  return run(options);
}

async function run(options: LocalArguments): Promise<number> {
  const given = options.eventFile === undefined ? undefined : eventOfFile(options.eventFile);
  const loaded = await loadConfig();
  const deployed = options.aws ? DeployedStack.in(stackFolder(loaded.config)) : undefined;
  const synthesis = { now: () => new Date(), uuid: randomUUID, deployed };
  const job = synthesized(loaded, () => localJob(loaded, options.job, synthesis));
  const event = given ?? sampleOf(job, options.eventType);
  const [guess] = job.surroundings.guesses;
  if (deployed !== undefined && given === undefined && guess !== undefined) {
    const why = deployed.missing ?? 'the deployment does not tell it';
    throw new UsageError(
      `--aws: the sample event needs the name of ${guess}, and ${why}: npm run deploy, or give --event`,
    );
  }
  if (options.printEvent) {
    console.log(JSON.stringify(event.event, undefined, 2));
    return 0;
  }
  const aws = { region: regionOf(loaded.config, deployed), missing: deployed?.missing };
  const variables = options.aws ? await awsVariables(job, aws) : placeholderSecrets(job);
  const report = new Report(process.stdout, options.json);
  try {
    const source = await containerSource(job, options, report, options.aws ? aws.region : undefined);
    const runExecution = await deliver({ job, given: event, source, variables, options, report });
    return await resultOf(runExecution, report);
  } catch (error) {
    if (!(error instanceof EngineFault)) throw error;
    const fix = canBePlain(job) ? `${error.fix}, or run without an engine: --plain` : error.fix;
    const { engine, kind, problem } = error;
    if (options.json) report.tell({ type: 'engine-fault', engine, kind, problem, fix });
    throw new UsageError(`${problem}. ${fix}.`);
  }
}

/** Exit code of an execution that runs to its end. */
async function resultOf(runExecution: () => Promise<Result>, report: Report): Promise<number> {
  try {
    const result = await runExecution();
    report.tell({ type: 'result', ...result });
    return result.status === 'SUCCEEDED' ? 0 : FAILED;
  } catch (error) {
    // This machine has no room, no memory, no processes left.
    if (!isSystemError(error)) throw error;
    console.error(systemFault(error));
    return FAILED;
  }
}

function fail(error: unknown): never {
  throw error;
}

/** A system call that failed is about this machine. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

/** What this program writes lies in the temporary folder. */
function systemFault(error: NodeJS.ErrnoException): string {
  if (error.code !== 'ENOSPC') return error.message;
  return `no space is left in ${tmpdir()}: free some, or set TMPDIR to a folder on another disk`;
}

/** One line where one says it all. */
function explained({ problems, source, message }: ConfigError): string {
  const [only, ...more] = problems;
  if (only === undefined || more.length > 0) return message;
  const { path, place, found, accepted, fix } = only;
  const file = place === undefined ? source : `${source}:${place.line}:${place.column}`;
  return `${[file, path].filter((part) => part !== '').join(': ')}: found ${found}; accepted ${accepted}; ${fix}`.replace(
    /\s*\n\s*/g,
    ' ',
  );
}

/** Runs a job as the words after `npm run local --` say, and ends the process with their exit code. */
export function runProgram(words: readonly string[]): void {
  // Ends as the process would, but with what `atExit` has to undo.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
  }
  // Whoever read the output is gone.
  process.stdout.on('error', () => process.exit(1));
  main(words).then(end, (error: unknown) => {
    if (error instanceof ConfigError) console.error(terminalLines(explained(error), process.stderr));
    else if (error instanceof UsageError) console.error(error.message);
    else if (error instanceof BuildFailure) {
      console.error(error.message);
      return end(FAILED);
    } else if (isSystemError(error)) console.error(systemFault(error));
    else {
      process.exitCode = NOT_STARTED;
      // Anything else is a defect, and its stack trace belongs into the report. A signal to the whole process group may have ended
      // a process that this one waits for: its own handler comes first.
      setTimeout(() => fail(error), SIGNAL_MS);
      return;
    }
    end(NOT_STARTED);
  });
}

/** Ends the process when whoever reads its output has got all of it. The config may have left timers or servers behind, which would keep it alive. */
function end(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
}
