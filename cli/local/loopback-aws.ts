import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An execution that the trigger function started. */
export interface StartedExecution {
  readonly name: string;
  /** Input as JSON. */
  readonly input: string;
}

/** The parts of Step Functions and S3 that a trigger function and a generated image use, on a loopback port. */
export class LoopbackAws {
  /** Executions in the order of their starts. Each name occurs once. */
  readonly executions: StartedExecution[] = [];
  /** Whether writes are refused. Only the trigger function writes, so that a job cannot use this server as its buckets. */
  readOnly = false;
  private readonly server = createServer((request, response) => {
    this.serve(request, response).catch((error: Error) =>
      answer(response, 400, problem('InvalidRequest', error.message)),
    );
  });

  /** @param objects that are stored, by path. Later runs of a chain read the events of earlier ones */
  constructor(private readonly objects: Map<string, Buffer> = new Map()) {}

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Whether anything is stored. */
  get holdsObjects(): boolean {
    return this.objects.size > 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method, url = '' } = request;
    if (method === 'PUT' && this.readOnly) {
      const message = 'This server holds the event of a local run and nothing else';
      return answer(response, 403, `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`);
    }
    if (method === 'PUT') {
      this.objects.set(url, body);
      return answer(response, 200, '', { etag: '"local"' });
    }
    if (method === 'GET') {
      const object = this.objects.get(url);
      return object === undefined
        ? answer(response, 404, '<Error><Code>NoSuchKey</Code></Error>')
        : answer(response, 200, object);
    }
    const { stateMachineArn, name, input } = JSON.parse(body.toString());
    if (this.executions.some((execution) => execution.name === name)) {
      return answer(response, 400, problem('ExecutionAlreadyExists', `Execution Already Exists: '${name}'`));
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
