import { spawn, spawnSync } from 'node:child_process';
import { atExit } from './at-exit';
import { killGroup } from './child-container';

const ENGINES = ['docker', 'podman'] as const;

export type Engine = (typeof ENGINES)[number];

/** Milliseconds that an engine may take to answer. */
const ANSWER_MS = 10_000;

/** The engine that answers; undefined if none does. */
export function containerEngine(): Engine | undefined {
  return ENGINES.find((name) => askEngine(name, ['info']).status === 0);
}

/** Has the engine answer at once; what its client says beside the answer is not shown. */
export function askEngine(engine: Engine, words: readonly string[]) {
  return spawnSync(engine, words, { env: process.env, encoding: 'utf8', timeout: ANSWER_MS });
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
  const kill = atExit(() => killGroup(child));
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  kill();
  return status;
}
