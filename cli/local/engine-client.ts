import { spawn, spawnSync } from 'node:child_process';
import { atExit } from './at-exit';
import { signalProcess } from './child-container';

const ENGINES = ['docker', 'podman'] as const;

export type Engine = (typeof ENGINES)[number];

/** Milliseconds that an engine may take to answer. */
export const ANSWER_MS = 10_000;

/** The engine that answers; undefined if none does. */
export function containerEngine(): Engine | undefined {
  return ENGINES.find(
    (name) => spawnSync(name, ['info'], { env: process.env, stdio: 'ignore', timeout: ANSWER_MS }).status === 0,
  );
}

/**
 * Runs the engine's client to its end; what it has to say goes to standard error.
 *
 * @returns its exit code
 */
export async function runClient(engine: Engine, words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(engine, words, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const kill = atExit(() => signalProcess(child.pid === undefined ? undefined : -child.pid, 'SIGKILL'));
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  kill();
  return status;
}
