import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TriggerProcess } from '../../orchestration/trigger/trigger-process';

/** A function of a state machine as Step Functions invokes it, at an address that the emulated integration posts to. */
export class FunctionEndpoint {
  private readonly lambda: TriggerProcess;
  private readonly server: Server;
  /** Requests of which the answer is lost, after the function has given it. */
  losesNext = 0;
  requests = 0;

  /** @param bundle text of the function's program */
  constructor(
    bundle: string,
    private readonly variables: { readonly [name: string]: string },
  ) {
    this.lambda = new TriggerProcess(bundle);
    this.server = createServer(async (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      this.requests++;
      const text = Buffer.concat(chunks).toString('utf8');
      const { result, error } = await this.lambda.invokeText(text, { variables: this.variables, timeoutMs: 120_000 });
      const lost = this.losesNext > 0;
      if (lost) this.losesNext--;
      const failed = lost
        ? { errorType: 'Sandbox.Timedout', errorMessage: 'lost' }
        : error && { errorType: error.name, errorMessage: error.message };
      outgoing.writeHead(failed ? 500 : 200, { 'content-type': 'application/json' });
      // Lambda answers null for a function that returns nothing.
      outgoing.end(JSON.stringify(failed ?? result ?? null));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
    await this.lambda.stop();
  }
}
