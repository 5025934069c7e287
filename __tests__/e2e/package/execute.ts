import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Variables of the test runner that mean something to the programs of a consumer. */
const FOREIGN = ['NODE_ENV', 'JEST_WORKER_ID', 'TSX_TSCONFIG_PATH', 'BATCH_JOBS_CONFIG', 'STACK_NAME', 'CDKTF_OUTDIR'];

/** The variables of a new shell. */
export function inherited(): NodeJS.ProcessEnv {
  const variables = Object.entries(process.env).filter(([name]) => !FOREIGN.includes(name) && !/^npm_/i.test(name));
  return Object.fromEntries(variables);
}

/** Runs a program as in a new shell. If it fails, throws an error with its output. */
export async function execute(
  program: string,
  words: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  try {
    return await promisify(execFile)(program, words, {
      cwd,
      env: { ...inherited(), ...env },
      maxBuffer: 2 ** 26,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${words.join(' ')} failed:\n${stdout}${stderr}`);
  }
}
