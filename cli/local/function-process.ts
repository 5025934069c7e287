import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { textEntry } from '../../modules/container/source-files';
import { TRIGGER_BUNDLE_FILE } from '../../modules/orchestration/trigger-bundle';
import { TRIGGER_TIMEOUT_SECONDS } from '../../modules/rules/trigger-timeout';
import { atExit } from '../command/at-exit';
import { createTemporaryFolder, type TemporaryFolder } from './temporary-folder';

/** How an invocation of a function ended. */
export interface Invocation {
  /** What the function returned. */
  readonly output?: unknown;
  /** Set if the function failed. */
  readonly error?: string;
  /** The code of the error, if it has one: that of a service which refused a request, such as `NoSuchBucket`. */
  readonly code?: string;
}

/** Plays Lambda's runtime for the bundle: it takes one event per message, as JSON text, and parses it as Lambda does. */
const RUNTIME = `
const { handler } = require(process.argv[2]);
process.on('message', async ({ eventText, awsRequestId, invokedFunctionArn, timeoutMs }) => {
  const end = performance.now() + timeoutMs;
  const context = { awsRequestId, invokedFunctionArn, getRemainingTimeInMillis: () => Math.max(0, end - performance.now()) };
  try {
    const output = await handler(JSON.parse(eventText), context);
    process.send({ output });
  } catch (error) {
    process.send({ error: error.message, code: error.code });
  }
});
`;

/** What a function is deployed with. */
export interface FunctionSettings {
  /** @default - the function doesn't read it */
  readonly arn?: string;
  /** @default that of trigger functions */
  readonly timeoutSeconds?: number;
}

/** The deployed bundle of a function in a separate Node.js process, invoked as Lambda invokes it. */
export class FunctionProcess {
  private readonly folder: TemporaryFolder;
  private readonly child: ChildProcess;
  private readonly gone: Promise<string>;
  private readonly end: () => void;

  constructor(
    bundle: string,
    variables: Readonly<Record<string, string>>,
    private readonly settings: FunctionSettings = {},
  ) {
    this.folder = createTemporaryFolder([textEntry(TRIGGER_BUNDLE_FILE, bundle), textEntry('runtime.js', RUNTIME)]);
    const { path } = this.folder;
    this.child = fork(join(path, 'runtime.js'), [join(path, TRIGGER_BUNDLE_FILE)], {
      // Its log would go to CloudWatch.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
      env: { PATH: process.env.PATH, ...variables },
    });
    this.gone = new Promise((resolve) => {
      this.child.once('error', ({ message }) => resolve(`its process does not start: ${message}`));
      this.child.once('exit', (code, signal) => resolve(`its process ended with ${signal ?? code}`));
    });
    this.end = atExit(() => this.child.kill('SIGKILL'));
  }

  /** Invokes it. Wait for one invocation to end before the next. */
  invoke(eventText: string, awsRequestId: string): Promise<Invocation> {
    const answer = new Promise<Invocation>((resolve) => {
      this.child.once('message', (message) => resolve(message as Invocation));
    });
    // If the process has ended, `gone` reports why.
    const { arn: invokedFunctionArn, timeoutSeconds = TRIGGER_TIMEOUT_SECONDS } = this.settings;
    const invocation = { eventText, awsRequestId, invokedFunctionArn, timeoutMs: timeoutSeconds * 1000 };
    this.child.send(invocation, () => undefined);
    return Promise.race([answer, this.gone.then((error) => ({ error }))]);
  }

  async stop(): Promise<void> {
    this.end();
    await this.gone;
    this.folder.dispose();
  }
}
