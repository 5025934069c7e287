import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalObjects, type ObjectAnswer } from './local-objects';
import type { Json } from './state-machine/json-value';

/** An execution that the trigger function started. */
export interface StartedExecution {
  readonly name: string;
  /** Input as JSON. */
  readonly input: string;
}

/** Answers calls of AWS Batch, by the operation in their path. */
export type BatchCalls = (operation: string, request: { readonly [name: string]: unknown }) => Json;

/** The parts of Step Functions, S3 and AWS Batch that functions of this project and generated images use, on a loopback port. */
export class LoopbackAws {
  /** Executions in the order of their starts. Each name occurs once. */
  readonly executions: StartedExecution[] = [];
  /** Whether writes are refused. Only functions of this project write, so that a job cannot use this server as its buckets. */
  readOnly = false;
  private readonly server = createServer((request, response) => {
    this.serve(request, response).catch((error: Error) =>
      answer(response, 400, problem('InvalidRequest', error.message)),
    );
  });

  /**
   * @param objects that are stored. Later runs of a chain read the events of earlier ones
   * @param batch @default AWS Batch is not there
   */
  constructor(
    readonly objects: LocalObjects = new LocalObjects(),
    private readonly batch?: BatchCalls,
  ) {}

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = '', url = '', headers } = request;
    const [, operation] = /^\/v1\/(\w+)$/.exec(url) ?? [];
    if (operation !== undefined && this.batch !== undefined)
      return answer(response, 200, JSON.stringify(this.batch(operation, JSON.parse(body.toString()))));
    // Step Functions has one path for all calls.
    if (url === '/') return this.start(body, response);
    if (method !== 'GET' && this.readOnly) {
      const message = 'This server holds the event of a local run and nothing else';
      return answer(response, 403, `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`);
    }
    const found: ObjectAnswer = this.objects.answer({ method, url, headers, body });
    answer(response, found.status, found.body, found.headers);
  }

  private start(body: Buffer, response: ServerResponse): void {
    const { stateMachineArn, name, input } = JSON.parse(body.toString());
    if (this.executions.some((execution) => execution.name === name)) {
      answer(response, 400, problem('ExecutionAlreadyExists', `Execution Already Exists: '${name}'`));
      return;
    }
    this.executions.push({ name, input });
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    answer(response, 200, JSON.stringify({ executionArn, startDate: Date.now() / 1000 }));
  }
}

function problem(type: string, message: string): string {
  return JSON.stringify({ __type: type, message });
}

function answer(response: ServerResponse, status: number, body: string | Buffer, headers = {}): void {
  response.writeHead(status, headers);
  response.end(body);
}
