import { holdingSignals } from '../../process-end';
import { DONE } from '../../subcommands';
import { UsageError } from '../../usage-error';
import { AwsSide } from '../aws/aws-side';
import { StackSide } from '../config/stack-side';
import { LocalSide } from '../local/local-side';
import { Logs } from '../log/logs';
import { openBrowser } from './browser';
import { Changes } from './changes';
import type { ConsoleContext } from './context';
import type { ConsoleOptions } from './options';
import { PageFiles } from './page';
import { ROUTES } from './routes';
import { ConsoleServer } from './server';

/** The port without `--port`, so that the address in a browser's history stays the same. */
const USUAL_PORT = 4680;

/** Serves the console until the user stops it. */
export async function serveConsole(options: ConsoleOptions): Promise<number> {
  const port = wantedPort(options.port);
  if (options.profile !== undefined) process.env.AWS_PROFILE = options.profile;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return holdingSignals(end, async () => {
    const console = await startConsole(options, port);
    print(options, console.server);
    if (options.open) openBrowser(console.server.address);
    await ended;
    await console.close();
    return DONE;
  });
}

/** A console that listens. */
export interface RunningConsole {
  readonly server: ConsoleServer;
  readonly context: ConsoleContext;
  close(): Promise<void>;
}

/**
 * Starts a console in the working folder.
 *
 * @param port undefined is the usual one, or a free one if that is in use. 0 is a free one
 * @throws UsageError if the port is in use
 */
export async function startConsole(options: ConsoleOptions, port?: number): Promise<RunningConsole> {
  const undo: (() => void | Promise<void>)[] = [];
  const context = makeContext(options, (step) => undo.push(step));
  const page = new PageFiles();
  const server = new ConsoleServer(context, ROUTES, page);
  const close = async () => {
    await server.close();
    for (const step of [...undo].reverse()) await step();
  };
  try {
    await listening(server, port);
  } catch (error) {
    for (const step of [...undo].reverse()) await step();
    throw error;
  }
  page.prepare();
  return { server, context, close };
}

/** What the routes work with. Starts what has to run from the beginning. */
function makeContext(options: ConsoleOptions, onClose: ConsoleContext['onClose']): ConsoleContext {
  const changes = new Changes();
  const stack = new StackSide();
  onClose(() => stack.close());
  const logs = new Logs(changes);
  onClose(() => logs.close());
  const local = new LocalSide(stack, changes);
  onClose(() => local.close());
  logs.in('local', (id) => local.logOf(id));
  stack.onChange(() => {
    changes.publish({ type: 'stack' });
  });
  const folder = process.cwd();
  const aws = options.aws ? new AwsSide({ options, folder, stack, changes }) : undefined;
  onClose(() => aws?.close());
  if (aws !== undefined) logs.in('aws', (id) => aws.logOf(id));
  stack.start();
  return { options, folder, stack, changes, logs, local, aws, onClose };
}

async function listening(server: ConsoleServer, port: number | undefined): Promise<void> {
  try {
    await server.listen(port ?? USUAL_PORT);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (port === undefined) {
      await server.listen(0);
    } else if (code === 'EADDRINUSE') {
      throw new UsageError(`Port ${port} is in use. Choose another with --port, or leave it out to get a free one.`);
    } else if (code === 'EACCES') {
      throw new UsageError(`Port ${port} is only for the administrator. Choose one above 1023 with --port.`);
    } else {
      throw error;
    }
  }
}

function wantedPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 1 to 65535, got "${text}".`);
}

function print({ json }: ConsoleOptions, { address }: ConsoleServer): void {
  console.log(json ? JSON.stringify({ address }, undefined, 2) : `Console: ${address}`);
}
