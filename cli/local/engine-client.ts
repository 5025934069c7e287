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

/** How the engine's client ended. */
export interface ClientEnd {
  /** Null if it was ended by a signal, or never started. */
  readonly status: number | null;
  /** The last line of what it had to say. */
  readonly said: string;
}

/** Characters of what a client says that are kept. */
const SAID_CHARACTERS = 4_000;

/** Runs the engine's client to its end; what it has to say goes to standard error. */
export async function runClient(
  engine: Engine,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<ClientEnd> {
  const child = spawn(engine, words, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const kill = atExit(() => killGroup(child));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    said = (said + chunk.toString()).slice(-SAID_CHARACTERS);
  });
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  kill();
  return { status, said: said.trim().split('\n').at(-1) ?? '' };
}
