import type { ServerResponse } from 'node:http';
import type { Change } from '../../model/console';
import { SAFE_HEADERS } from './guard';

/** Milliseconds between messages that keep the connection open. */
const HEARTBEAT_MS = 15_000;
/** Bytes that wait for a browser which doesn't read. It then connects again and asks for everything. */
const LONGEST_QUEUE = 256 * 1024;

/** Changes that are sent as they happen (server-sent events). */
export class EventStream {
  /** @param follow gets a function that sends a change. Returns a function that stops it */
  constructor(private readonly follow: (tell: (change: Change) => void) => () => void) {}

  /** Sends until the browser is gone. */
  async sendTo(response: ServerResponse): Promise<void> {
    response.writeHead(200, { ...SAFE_HEADERS, 'Content-Type': 'text/event-stream' });
    // Browsers wait this long, in milliseconds, before they connect again.
    response.write('retry: 1000\n\n');
    const write = (text: string) => {
      if (response.writableLength > LONGEST_QUEUE) response.destroy();
      else response.write(text);
    };
    const stop = this.follow((change) => write(`data: ${JSON.stringify(change)}\n\n`));
    const heartbeat = setInterval(write, HEARTBEAT_MS, ':\n\n');
    await new Promise<void>((closed) => response.once('close', closed));
    clearInterval(heartbeat);
    stop();
  }
}
