import { spawn } from 'node:child_process';

/** What a finished command left behind. */
export interface CommandResult {
  /** Exit code, or the name of the signal that ended it. */
  readonly status: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the time limit ended it. */
  readonly timedOut: boolean;
  /** Wall time in seconds. */
  readonly seconds: number;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Seconds until the command and all that it started are ended. */
  readonly timeLimit: number;
}

/** Seconds between asking a command to end and ending it: Terraform uses them to write its state. */
const GRACE = 5;

/**
 * Runs a command to its end without blocking the event loop, so that a server in the same process goes on answering.
 *
 * @throws Error if the command cannot be started at all; a failing exit code is for the caller to judge.
 */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const started = Date.now();
  return new Promise((resolve, reject) => {
    // A separate process group, because Terraform's providers are processes that outlive it if only Terraform is killed.
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const end = (signal: NodeJS.Signals) => endGroup(child.pid, signal);
    let forced: NodeJS.Timeout | undefined;
    const limit = setTimeout(() => {
      timedOut = true;
      end('SIGINT');
      forced = setTimeout(() => end('SIGKILL'), GRACE * 1000);
    }, options.timeLimit * 1000);
    const settle = () => {
      clearTimeout(limit);
      clearTimeout(forced);
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (code, signal) => {
      settle();
      const seconds = (Date.now() - started) / 1000;
      resolve({ status: code ?? signal ?? 'SIGKILL', stdout, stderr, timedOut, seconds });
    });
  });
}

/** Signals a process and all that it started; one that has ended already is no error. */
export function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) {
      process.kill(-pid, signal);
    }
  } catch (error) {
    // Not `instanceof Error`: within jest, Node's own errors are of another realm.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}
