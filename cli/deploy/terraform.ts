import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { gte } from 'semver';
import { atExit } from '../command/at-exit';
import { holdingSignals } from '../command/process-end';
import { CommandFailure } from '../command/reported-error';
import { printMessage } from '../command/terminal-lines';
import { UsageError } from '../command/usage-error';

/** The variable that sets another program than `terraform`. The CDKTF CLI reads it too. */
const VARIABLE = 'TERRAFORM_BINARY_NAME';

/** The first version that supports lock files in S3 and ephemeral values, which synthesized stacks use. */
const OLDEST = '1.10.0';

/** Milliseconds within which npm forwards a signal that the terminal has already sent to all processes. */
const ECHO_MS = 1000;

/** An error or warning of Terraform. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/** A line of `terraform ... -json`. */
export interface Message {
  readonly type?: string;
  readonly '@message'?: string;
  readonly diagnostic?: Diagnostic;
  readonly hook?: {
    readonly resource: { readonly addr: string };
    readonly action?: string;
    readonly elapsed_seconds?: number;
  };
  readonly outputs?: { readonly [name: string]: Output };
}

export interface Output {
  readonly sensitive?: boolean;
  readonly value?: unknown;
}

/** How a Terraform command ended. */
export interface TerraformEnd {
  readonly code: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Output that is not a JSON message. */
  readonly text: string;
  /** The user interrupted it. It ended by itself and saved its state. */
  readonly interrupted: boolean;
}

/** The Terraform on this machine, in the folder of a stack. */
export class Terraform {
  private constructor(
    readonly binary: string,
    readonly version: string,
  ) {}

  /**
   * Finds Terraform.
   *
   * @throws UsageError if it is missing or too old
   */
  static find(): Terraform {
    const binary = process.env[VARIABLE] || 'terraform';
    const { error, status, stdout } = spawnSync(binary, ['version', '-json'], {
      encoding: 'utf8',
      env: { ...process.env, CHECKPOINT_DISABLE: '1' },
    });
    if (error !== undefined && 'code' in error && error.code === 'ENOENT') {
      throw new UsageError(
        `There is no "${binary}" on the PATH. Install Terraform ${OLDEST} or later (https://developer.hashicorp.com/terraform/install), or set ${VARIABLE} to its path.`,
      );
    }
    // A broken CLI configuration puts a warning before the JSON.
    const version = /"terraform_version":\s*"([^"]+)"/.exec(stdout ?? '')?.[1];
    if (version === undefined) {
      throw new UsageError(
        `"${binary} version -json" failed (${error?.message ?? `exit code ${status}`}): check ${VARIABLE} and the PATH.`,
      );
    }
    if (!gte(version, OLDEST)) {
      throw new UsageError(
        `"${binary}" is version ${version}. Install ${OLDEST} or later, or set ${VARIABLE} to the path of another one.`,
      );
    }
    return new Terraform(binary, version);
  }

  /** The command line that does the same without this program. */
  commandLine(dir: string, words: readonly string[]): string {
    return [this.binary, `-chdir=${dir}`, ...words].join(' ');
  }

  /**
   * Runs a Terraform command until it ends. On Ctrl-C, Terraform gets the signal once, even if npm sends it again, and ends by itself.
   *
   * @param onMessage gets each line of `-json`
   * @param onText gets each other line
   */
  run(dir: string, words: readonly string[], listener: Listener = {}): Promise<TerraformEnd> {
    // In a separate process group, so that signals from the terminal reach Terraform only through this process, once.
    const child = spawn(this.binary, words, {
      cwd: dir,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const gone = atExit(() => child.kill('SIGINT'));
    const signals = new Signals(child);
    return holdingSignals(
      () => signals.arrived(),
      async () => {
        const output = reading(child, listener);
        const code = await new Promise<number>((resolve, reject) => {
          child.on('error', reject).on('close', (exitCode) => resolve(exitCode ?? 1));
        });
        gone();
        return { code, ...(await output), interrupted: signals.interrupted };
      },
    );
  }
}

export interface Listener {
  readonly onMessage?: (message: Message) => void;
  readonly onText?: (line: string) => void;
}

async function reading(child: ChildProcess, { onMessage, onText }: Listener) {
  const diagnostics: Diagnostic[] = [];
  const text: string[] = [];
  const take = (line: string) => {
    const message = messageOf(line);
    if (message === undefined) {
      text.push(line);
      onText?.(line);
      return;
    }
    if (message.diagnostic !== undefined) diagnostics.push(message.diagnostic);
    onMessage?.(message);
  };
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  await Promise.all(
    streams.map(
      (input) => new Promise<void>((resolve) => createInterface({ input }).on('line', take).on('close', resolve)),
    ),
  );
  return { diagnostics, text: text.join('\n').trim() };
}

function messageOf(line: string): Message | undefined {
  if (!line.startsWith('{"@level"')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Forwards the first signal, and another one if the user presses Ctrl-C again. */
class Signals {
  interrupted = false;
  private last = 0;

  constructor(private readonly child: ChildProcess) {}

  arrived(): void {
    const now = Date.now();
    if (now - this.last < ECHO_MS) return;
    this.last = now;
    printMessage(
      this.interrupted
        ? '\nStopping Terraform at once.'
        : '\nStopping. Terraform completes the changes in progress and saves its state. Press Ctrl-C again to stop it at once, which can lose state.',
    );
    this.interrupted = true;
    this.child.kill('SIGINT');
  }
}

/** The user interrupted a command. */
export class Interrupted extends CommandFailure {}
