import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server before an emulator, on a free port of 127.0.0.1. */
export abstract class LoopbackServer {
  /** Where it listens, once it is started: `http://127.0.0.1:<port>`. */
  endpoint = '';
  /** Its connections to the emulator. */
  protected readonly agent = new Agent({ keepAlive: true });
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((incoming, outgoing) => void this.serve(incoming, outgoing));

  constructor() {
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    this.endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    this.agent.destroy();
    await closed;
  }

  protected abstract serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>;
}
