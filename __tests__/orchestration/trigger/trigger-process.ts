import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Takes one invocation per message, as Lambda's runtime takes them from its queue, and parses its text as that one does. */
const RUNTIME = `
const { handler } = require(process.argv[2]);
process.on('message', async ({ id, variables, text, awsRequestId, timeoutMs }) => {
  for (const [name, value] of Object.entries(variables)) {
    if (value === null) delete process.env[name];
    else process.env[name] = value;
  }
  const end = performance.now() + timeoutMs;
  const invokedFunctionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:tested';
  const context = { awsRequestId, invokedFunctionArn, getRemainingTimeInMillis: () => Math.max(0, end - performance.now()) };
  try {
    process.send({ id, result: await handler(JSON.parse(text), context) });
  } catch (error) {
    process.send({ id, error: { name: error.name, code: error.code, message: error.message } });
  }
});
`;

export interface Outcome {
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly code?: string; readonly message: string };
}

export interface InvokeOptions {
  /** Environment variables; null takes one away. */
  readonly variables: Readonly<Record<string, string | null>>;
  /** @default - a new one for each invocation */
  readonly awsRequestId?: string;
  /** What is left of the function's time when it is invoked. @default 30,000 */
  readonly timeoutMs?: number;
}

/** The deployed bundle in a separate Node.js process, invoked as Lambda invokes it. */
export class TriggerProcess {
  /** Everything that the function wrote to its standard output and error. */
  output = '';

  private readonly folder = mkdtempSync(join(tmpdir(), 'trigger-process-'));
  private readonly child: ChildProcess;
  private readonly pending = new Map<number, (outcome: Outcome) => void>();
  private count = 0;

  constructor(bundle: string) {
    writeFileSync(join(this.folder, 'index.js'), bundle);
    writeFileSync(join(this.folder, 'runtime.js'), RUNTIME);
    this.child = fork(join(this.folder, 'runtime.js'), [join(this.folder, 'index.js')], {
      silent: true,
      execArgv: [],
      env: { PATH: process.env.PATH },
    });
    const collect = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    this.child.stdout?.on('data', collect);
    this.child.stderr?.on('data', collect);
    this.child.on('message', (message) => {
      const { id, ...outcome } = message as Outcome & { id: number };
      // What the function wrote is in its pipe before the message is in its own, but the two may be read the other way round.
      setImmediate(() => {
        this.pending.get(id)?.(outcome);
        this.pending.delete(id);
      });
    });
  }

  invoke(event: unknown, options: InvokeOptions): Promise<Outcome> {
    return this.invokeText(JSON.stringify(event), options);
  }

  /** The same for an event's JSON text as its source wrote it. */
  invokeText(text: string, options: InvokeOptions): Promise<Outcome> {
    const id = this.count++;
    const { variables, awsRequestId = `request-${id}`, timeoutMs = 30_000 } = options;
    return new Promise((resolve) => {
      this.pending.set(id, resolve);
      this.child.send({ id, variables, text, awsRequestId, timeoutMs });
    });
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
