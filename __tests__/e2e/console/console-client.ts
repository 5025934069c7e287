import { setTimeout as sleep } from 'node:timers/promises';
import type { SpawnedCommand } from '../engines/spawned-command';
import { PATIENCE_MS } from '../engines/until';

/** An answer of the console. */
export interface ConsoleAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what it should be is what a test checks
  readonly body: any;
}

/** Asks a console as its page does, without a browser. */
export class ConsoleClient {
  private constructor(
    private readonly origin: string,
    private readonly cookie: string,
  ) {}

  /** Opens the address that a command `console --json` prints. */
  static async of(command: SpawnedCommand): Promise<ConsoleClient> {
    await command.until(/"address": "[^"]+"/);
    const address = /"address": "([^"]+)"/.exec(command.stdout)?.[1] ?? '';
    const { headers } = await fetch(address, { redirect: 'manual' });
    return new ConsoleClient(new URL(address).origin, (headers.get('set-cookie') ?? '').split(';')[0] ?? '');
  }

  async get(path: string): Promise<ConsoleAnswer> {
    const response = await fetch(`${this.origin}${path}`, { headers: this.headers });
    return { status: response.status, body: await response.json() };
  }

  async text(path: string): Promise<string> {
    return (await fetch(`${this.origin}${path}`, { headers: this.headers })).text();
  }

  async post(path: string, body: unknown, signal?: AbortSignal): Promise<ConsoleAnswer> {
    const response = await this.send(path, body, signal);
    return { status: response.status, body: await response.json() };
  }

  /** Posts, and reads an answer of lines as it comes. */
  async *lines(path: string, body: unknown, signal?: AbortSignal): AsyncGenerator<unknown> {
    const response = await this.send(path, body, signal);
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const lines = (rest + Buffer.from(chunk).toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line);
    }
  }

  /** Asks until the answer is as it should be. */
  async until(
    path: string,
    holds: (body: ConsoleAnswer['body']) => boolean,
    timeoutMs = PATIENCE_MS,
  ): Promise<ConsoleAnswer> {
    for (const deadline = Date.now() + timeoutMs; ; await sleep(200)) {
      const answer = await this.get(path);
      if (answer.status === 200 && holds(answer.body)) return answer;
      if (Date.now() > deadline) throw new Error(`${path} stays ${JSON.stringify(answer)}`);
    }
  }

  /** Follows the changes as an open page does. */
  follow(query: string): { readonly seen: { readonly type: string }[]; stop(): void } {
    const leaving = new AbortController();
    const seen: { readonly type: string }[] = [];
    const read = async () => {
      const response = await fetch(`${this.origin}/api/events?${query}`, {
        headers: this.headers,
        signal: leaving.signal,
      });
      for await (const chunk of response.body ?? []) {
        for (const [, json = ''] of Buffer.from(chunk)
          .toString()
          .matchAll(/^data: (.+)$/gm))
          seen.push(JSON.parse(json));
      }
    };
    read().catch(() => {});
    return { seen, stop: () => leaving.abort() };
  }

  private get headers() {
    return { cookie: this.cookie, origin: this.origin };
  }

  private send(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
    return fetch(`${this.origin}${path}`, {
      method: 'POST',
      headers: { ...this.headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
  }
}
