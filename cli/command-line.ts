import { Command, CommanderError } from 'commander';
import { capitalized } from '../modules/problems/phrases';
import { expectError, recordedError } from './command/error-document';
import { DONE, NOT_STARTED } from './command/exit-code';
import { packageRoot } from './command/package-root';
import { endWith, exitOnSignals } from './command/process-end';
import { isDefect, reportError } from './command/reported-error';
import { UsageError } from './command/usage-error';
import { SUBCOMMANDS, type Subcommand } from './subcommands';

/** Milliseconds to wait for a signal that might have ended a child process and that this process gets later. */
const SIGNAL_MS = 100;

/** Runs the command with the given arguments, and ends the process with the exit code. */
export function runCommandLine(words: readonly string[]): void {
  exitOnSignals();
  started(words).then(end, (error: unknown) => {
    // If a child process was ended by a signal to the process group, the handler of that signal must end this process.
    setTimeout(() => end(failureCode(words, reportError(error))), isDefect(error) ? SIGNAL_MS : 0);
  });
}

/** The exit code of a subcommand that reports an error. */
function failureCode([name]: readonly string[], code: number): number {
  const { notStarted = NOT_STARTED } = SUBCOMMANDS.find((subcommand) => subcommand.name === name) ?? {};
  return code === NOT_STARTED ? notStarted : code;
}

async function started(words: readonly string[]): Promise<number> {
  if (words.includes('--json')) expectError();
  return commandLine(words);
}

function end(exitCode: number): void {
  const error = recordedError();
  if (error !== undefined) console.log(error);
  endWith(exitCode);
}

/**
 * Runs the subcommand that the arguments of a command line name.
 *
 * @returns the exit code
 * @throws UsageError if the arguments are not valid
 */
export async function commandLine(words: readonly string[]): Promise<number> {
  let exitCode = DONE;
  const program = batchJobs((code) => {
    exitCode = code;
  });
  if (words.length === 0) {
    program.outputHelp({ error: true });
    return NOT_STARTED;
  }
  try {
    await program.parseAsync(helpAsOption(words), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new UsageError(sentences(error.message));
  }
  return exitCode;
}

/** `help local` means `local --help`, and `help locla` is reported as an unknown subcommand. */
function helpAsOption([first = '', second, ...more]: readonly string[]): string[] {
  const isHelp = first === 'help' && second !== undefined;
  if (isHelp) return SUBCOMMANDS.some(({ name }) => name === second) ? [second, '--help'] : [second];
  return [first, ...(second === undefined ? [] : [second]), ...more];
}

/** The program with all its subcommands. Each is defined only when it is called or its help is printed. */
export function batchJobs(onEnd: (exitCode: number) => void = () => {}): Command {
  const program = styled(new Command('batch-jobs'))
    .description('Turns a config of batch jobs into Terraform for AWS, runs jobs on this machine, and deploys them.')
    .usage('<command> [options]')
    .version(packageRoot().version, '--version', 'print the version')
    .helpCommand('help [command]', 'Explain a command');
  for (const subcommand of SUBCOMMANDS) {
    styled(program.command(subcommand.name)).summary(subcommand.summary);
  }
  program.hook('preSubcommand', (_, command) => {
    const subcommand = SUBCOMMANDS.find(({ name }) => name === command.name());
    if (subcommand !== undefined) defined(command, subcommand, onEnd);
  });
  return program;
}

/** The commander command of a subcommand, with its arguments and options. */
export function defined(command: Command, { summary, load }: Subcommand, onEnd: (exitCode: number) => void): Command {
  const run = load().define(command.description(`${summary}.`)) as (...given: unknown[]) => Promise<number>;
  return command
    .hook('preAction', () => refuseSwallowedOptions(command))
    .action(async (...given: unknown[]) => onEnd(await run(...given)));
}

/** The style of help and errors for all commands. */
function styled(command: Command): Command {
  return command
    .exitOverride()
    .helpOption('-h, --help', 'print this text')
    .configureHelp({ optionDescription: ({ description }) => description })
    .configureOutput({ outputError: () => {} });
}

/** If a value is missing, commander takes the next option as the value. */
function refuseSwallowedOptions(command: Command): void {
  const flags = command.options.map(({ long }) => long);
  for (const option of command.options) {
    for (const value of [command.getOptionValue(option.attributeName())].flat()) {
      if (typeof value === 'string' && flags.includes(value)) {
        throw new UsageError(`Option "${option.flags}" has no value: the next word is the option "${value}".`);
      }
    }
  }
}

/** A message of commander, as sentences on one line. */
function sentences(message: string): string {
  const [first = '', ...more] = message
    .replace(/^error: /, '')
    .replaceAll("'", '"')
    .split('\n');
  const sentence = capitalized(first);
  const hints = more.map((line) =>
    line.replace(/^\(Did you mean (.*)\?\)$/, (_, near: string) => `Did you mean ${near}?`),
  );
  return [/[.?]$/.test(sentence) ? sentence : `${sentence}.`, ...hints, 'See --help.'].join(' ');
}
