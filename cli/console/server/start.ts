import { inspect } from 'node:util';
import { UsageError } from '../../command/usage-error';
import { StackSide } from '../config/stack-side';
import { LocalSide } from '../local/local-side';
import { Logs } from '../log/logs';
import { Changes } from './changes';
import type { ConsoleContext } from './context';
import type { ConsoleOptions } from './options';
import { PageFiles } from './page';
import { RouteTable } from './route-table';
import { FIRST_ROUTES, laterRoutes } from './routes';
import { ConsoleServer } from './server';

/** The port without `--port`, so that the address in a browser's history stays the same. */
const USUAL_PORT = 4680;

/** A console that listens. */
export interface RunningConsole {
  readonly server: ConsoleServer;
  readonly context: ConsoleContext;
  close(): Promise<void>;
}

/** What a console is started with. */
export interface ConsoleStart {
  /** 0 is a free one. @default the usual one, or a free one if that can't be had */
  readonly port?: number;
  /** Not started yet. */
  readonly stack?: StackSide;
}

/**
 * Starts a console in the working folder.
 *
 * @throws UsageError if the port is in use
 */
export async function startConsole(
  options: ConsoleOptions,
  { port, stack = new StackSide() }: ConsoleStart = {},
): Promise<RunningConsole> {
  const undo: (() => void | Promise<void>)[] = [];
  const context = makeContext(options, stack, (step) => undo.push(step));
  const page = new PageFiles();
  const server = new ConsoleServer(context, new RouteTable(FIRST_ROUTES, laterRoutes), page);
  const close = async () => {
    await server.close();
    for (const step of [...undo].reverse()) await attempt(step);
  };
  try {
    await listening(server, port);
  } catch (error) {
    await close();
    throw error;
  }
  page.prepare();
  return { server, context, close };
}

/** What can't be ended must not keep the rest from ending. */
async function attempt(step: () => void | Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    console.error(inspect(error));
  }
}

/** What the routes work with. Starts what has to run from the beginning. */
function makeContext(options: ConsoleOptions, stack: StackSide, onClose: ConsoleContext['onClose']): ConsoleContext {
  const changes = new Changes();
  onClose(() => stack.close());
  const logs = new Logs(changes);
  onClose(() => logs.close());
  const local = new LocalSide(stack, changes);
  onClose(() => local.close());
  logs.in('local', (id) => local.logOf(id));
  let name = stack.name();
  stack.onChange(() => {
    changes.publish({ type: 'stack' });
    if (stack.name() !== name) changes.publish({ type: 'console' });
    name = stack.name();
  });
  const folder = process.cwd();
  stack.start();
  const aws = options.aws ? new (awsSide().AwsSide)({ options, folder, stack, changes }) : undefined;
  onClose(() => aws?.close());
  if (aws !== undefined) logs.in('aws', (id) => aws.logOf(id));
  return { options, folder, stack, changes, logs, local, aws, onClose };
}

/** Loaded only with `--aws`: it needs what synthesis needs. */
function awsSide() {
  return require('../aws/aws-side') as typeof import('../aws/aws-side');
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
