import { createServer } from 'node:net';

/** Below what Linux gives to connections and to servers that ask for any port: none of them takes it before its own server has it. */
const [FIRST, LAST] = [20_000, 32_000];
/** Of each worker of Jest, of which there are at most so many. */
const PART = (LAST - FIRST) / 24;

/** A port that nobody listens at, and that no other worker of this run of tests gets. */
export async function freePort(): Promise<number> {
  const part = FIRST + PART * (Number(process.env.JEST_WORKER_ID ?? 0) % 24);
  for (let tries = 0; tries < 100; tries++) {
    const port = part + Math.floor(Math.random() * PART);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${part}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
