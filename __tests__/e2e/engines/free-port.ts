import { createServer } from 'node:net';

/** Asks the system for a port; between this and its use another process could take it, and the start would then fail loudly. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error(`a listening server has no port: ${address}`)),
      );
    });
  });
}
