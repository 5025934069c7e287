import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = resolve(__dirname, '../..');

/** The measurements of one run of a program. */
export interface Measurement {
  /** From the start of the process to its end. */
  readonly seconds: number;
  /** That the process had a processor for: the same on a busy machine. */
  readonly cpuSeconds: number;
  /** Peak memory of the Node.js process in MB (2^20 bytes), without its child processes. */
  readonly megabytes: number;
}

/**
 * Runs a TypeScript program of this project in a new process, in the same way as `npm start`.
 *
 * @param cwd folder that it runs in. @default the repository
 * @throws Error with the output of the program on stderr, if it fails.
 */
export async function measure(
  program: string,
  args: readonly string[],
  environment: { readonly [name: string]: string },
  cwd = ROOT,
): Promise<Measurement> {
  const preload = ['--import', require.resolve('tsx'), '--import', join(__dirname, 'peak-memory.mjs')];
  const started = performance.now();
  const child = spawn(process.execPath, [...preload, resolve(ROOT, program), ...args], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [, , stderr, usage] = child.stdio;
  const ended = new Promise<[code: number | null, at: number]>((settle, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => settle([code, performance.now()]));
  });
  const [[code, at], errors, used] = await Promise.all([ended, read(stderr), read(usage)]);
  if (code !== 0) throw new Error(`${program} ended with code ${code}:\n${errors}`);
  const [kilobytes = Number.NaN, microseconds = Number.NaN] = used.split(' ').map(Number);
  return { seconds: (at - started) / 1000, cpuSeconds: microseconds / 1e6, megabytes: kilobytes / 1024 };
}

function read(stream: unknown): Promise<string> {
  return text(stream as NodeJS.ReadableStream);
}
