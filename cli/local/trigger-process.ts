import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { textEntry } from '../../modules/container/source-files';
import { TRIGGER_BUNDLE_FILE } from '../../modules/orchestration/trigger-bundle';
import { atExit } from './at-exit';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder';

/** How an invocation of the trigger function ended. */
export interface Invocation {
  /** Set if the function failed. */
  readonly error?: string;
  readonly result?: unknown;
}

/** What Lambda's runtime is for the bundle: it takes one event a message. */
const RUNTIME = `
const { handler } = require(process.argv[2]);
process.on('message', async ({ event, awsRequestId, timeoutMs }) => {
  const end = performance.now() + timeoutMs;
  const context = { awsRequestId, getRemainingTimeInMillis: () => Math.max(0, end - performance.now()) };
  try {
    process.send({ result: await handler(event, context) });
  } catch (error) {
    process.send({ error: error.message });
  }
});
`;

const TIMEOUT_MS = 25_000;

/** The deployed bundle of a trigger function in a Node.js process of its own, invoked as Lambda invokes it. */
export class TriggerProcess {
  private readonly folder: TemporaryFolder;
  private readonly child: ChildProcess;
  private readonly end: () => void;

  constructor(bundle: string, variables: Readonly<Record<string, string>>) {
    this.folder = temporaryFolder([textEntry(TRIGGER_BUNDLE_FILE, bundle), textEntry('runtime.js', RUNTIME)]);
    const { path } = this.folder;
    this.child = fork(join(path, 'runtime.js'), [join(path, TRIGGER_BUNDLE_FILE)], {
      // Its log is for CloudWatch.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
      env: { PATH: process.env.PATH, ...variables },
    });
    this.end = atExit(() => this.child.kill('SIGKILL'));
  }

  /** Invokes it once; one invocation at a time. */
  invoke(event: unknown, awsRequestId: string): Promise<Invocation> {
    return new Promise((resolve, reject) => {
      const gone = (code: number | null) => reject(new Error(`the trigger function's process ended (${code})`));
      this.child.once('exit', gone);
      this.child.once('message', (message) => {
        this.child.off('exit', gone);
        resolve(message as Invocation);
      });
      this.child.send({ event, awsRequestId, timeoutMs: TIMEOUT_MS });
    });
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.end();
    await gone;
    this.folder.dispose();
  }
}
