import { constants } from 'node:os';
import { MAX_PORT } from '../../../modules/rules/ports';
import { DONE } from '../../command/exit-code';
import { holdingSignals } from '../../command/process-end';
import { UsageError } from '../../command/usage-error';
import { StackSide } from '../config/stack-side';
import type { ConsoleOptions } from './options';
import type { ConsoleServer } from './server';

/** Serves the console until the user stops it. A second Ctrl-C does not wait for runs that are being stopped. */
export async function serveConsole(options: ConsoleOptions): Promise<number> {
  const port = wantedPort(options.port);
  if (options.region !== undefined && !options.aws) {
    throw new UsageError('--region selects where deployed runs are shown. Add --aws, or leave out --region.');
  }
  // The region of a config without one is the profile's.
  if (options.profile !== undefined) process.env.AWS_PROFILE = options.profile;
  let end = () => {};
  let isEnding = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const handle = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => {
    if (isEnding) process.exit(128 + constants.signals[signal]);
    isEnding = true;
    end();
  };
  return holdingSignals(handle, async () => {
    const stack = new StackSide();
    // It loads while this process loads the server.
    stack.prepare();
    const { startConsole } = require('./start') as typeof import('./start');
    const { server, close } = await startConsole(options, { port, stack });
    print(options, server);
    if (options.open) browser().openBrowser(server.address);
    await ended;
    await close();
    return DONE;
  });
}

function wantedPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= MAX_PORT) return port;
  throw new UsageError(`--port takes a number from 1 to ${MAX_PORT}, got "${text}".`);
}

function print({ json }: ConsoleOptions, { address }: ConsoleServer): void {
  console.log(json ? JSON.stringify({ address }, undefined, 2) : `Console: ${address}`);
}

function browser() {
  return require('./browser') as typeof import('./browser');
}
