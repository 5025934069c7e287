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
  /** What it had to say, the end of it if it is long. */
  readonly said: string;
}

/** Characters of what a client says that are kept. */
export const SAID_CHARACTERS = 4_000;

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
  return { status, said };
}

/** The reason in what an engine's client says: the last line, but for one that only names its help. */
export function reasonIn(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  const last = lines.filter((line) => line !== '' && !/^(Run|See) '/.test(line)).at(-1) ?? '';
  return last.replace(/^(docker: )?Error( response from daemon)?: /, '');
}
