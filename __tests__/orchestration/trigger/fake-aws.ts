import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signatureProblem } from './signature';

/** What the fake does with one request instead of answering it. */
export type Fault =
  | 'reset' // the connection breaks before anything is done
  | 'hang' // nothing is done and nothing answered
  | 'lost' // it is done, and the connection breaks before the answer
  | 'truncated' // it is done, and the connection breaks within the answer
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> };

export interface Execution {
  readonly input: string;
  /** Seconds since 1970. */
  startDate: number;
  running: boolean;
}

/** Step Functions' StartExecution and S3's PutObject on a loopback port, with the faults that a test asks for. */
export class FakeAws {
  readonly executions = new Map<string, Execution>();
  readonly objects = new Map<string, string>();
  /** One entry for each request, in the order of arrival: `StartExecution <name>` or `PUT <path>`. */
  readonly requests: string[] = [];
  /** The fault for the n-th request (from 0) of a kind, or `undefined` to serve it. */
  fault: (kind: 'start' | 'put', index: number) => Fault | undefined = () => undefined;
  /** Called after an execution has been started, before its start is answered. */
  onStarted: (execution: Execution) => void = () => undefined;
  /** Everything is expected below this path. */
  basePath = '';

  private readonly counts = { start: 0, put: 0 };
  private readonly server = createServer((incoming, response) => {
    this.serve(incoming, response).catch((error: Error) => {
      response.statusCode = 400;
      response.end(JSON.stringify({ __type: 'FakeAwsFailed', message: error.stack }));
    });
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.basePath}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  reset(): void {
    this.executions.clear();
    this.objects.clear();
    this.requests.length = 0;
    this.fault = () => undefined;
    this.onStarted = () => undefined;
    this.basePath = '';
    this.counts.start = 0;
    this.counts.put = 0;
  }

  execution(name: string): Execution {
    const execution = this.executions.get(name);
    if (!execution) throw new Error(`no execution is named ${name}`);
    return execution;
  }

  /** What the container of the execution's job would find in STP_TRIGGER_EVENT_DATA, parsed. */
  eventOf(name: string): unknown {
    const input: unknown = JSON.parse(this.execution(name).input);
    const reference = (input as { stpPayload?: { s3Uri: string } } | null)?.stpPayload;
    if (!reference) return input;
    const object = this.objects.get(reference.s3Uri.replace('s3://', '/'));
    if (object === undefined) throw new Error(`${reference.s3Uri} does not exist`);
    return JSON.parse(object);
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = '', url = '', headers } = incoming;
    const kind = method === 'PUT' ? 'put' : 'start';
    const index = this.counts[kind]++;
    const request = kind === 'start' ? (JSON.parse(body.toString()) as StartRequest) : undefined;
    this.requests.push(request ? `StartExecution ${request.name}` : `PUT ${url}`);

    const fault = this.fault(kind, index);
    if (fault === 'reset') return void incoming.socket.destroy();
    if (fault === 'hang') return;
    if (typeof fault === 'object') return send(response, fault.status, fault.body, fault.headers);

    const problem = signatureProblem(method, url, headers, body) ?? this.requestProblem(kind, url, headers);
    if (problem) return send(response, 403, JSON.stringify({ __type: 'InvalidSignatureException', message: problem }));
    const answer = request ? this.start(request) : this.put(url, body.toString());
    if (fault === 'lost') return void incoming.socket.destroy();
    if (fault === 'truncated') {
      response.writeHead(answer.status, { 'content-length': answer.body.length + 1 });
      response.write(answer.body);
      return void setTimeout(() => incoming.socket.destroy(), 20);
    }
    send(response, answer.status, answer.body, kind === 'put' ? { etag: '"fake"' } : {});
  }

  private requestProblem(kind: 'start' | 'put', url: string, headers: IncomingMessage['headers']): string | undefined {
    if (!url.startsWith(`${this.basePath}/`)) return `${url} is not below ${this.basePath}/`;
    if (kind === 'put') return undefined;
    if (url !== `${this.basePath}/`) return `${url} is not the service's only path`;
    if (headers['content-type'] !== 'application/x-amz-json-1.0') return 'wrong content type';
    return headers['x-amz-target'] === 'AWSStepFunctions.StartExecution' ? undefined : 'wrong target';
  }

  private start({ stateMachineArn, name, input }: StartRequest): Answer {
    const known = this.executions.get(name);
    if (known && !(known.running && known.input === input)) {
      const message = `Execution Already Exists: '${name}'`;
      return { status: 400, body: JSON.stringify({ __type: 'ExecutionAlreadyExists', message }) };
    }
    const execution = known ?? { input, startDate: Date.now() / 1000, running: true };
    if (!known) {
      this.executions.set(name, execution);
      this.onStarted(execution);
    }
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    return { status: 200, body: JSON.stringify({ executionArn, startDate: execution.startDate }) };
  }

  private put(url: string, body: string): Answer {
    this.objects.set(decodeURIComponent(url.slice(this.basePath.length)), body);
    return { status: 200, body: '' };
  }
}

interface StartRequest {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: string;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, headers);
  response.end(body);
}
