/** A question that the page asked the console's server. */
export interface Question {
  readonly path: string;
  readonly method: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Answers with JSON, and with another status than 200 if one is given. */
  answer(value: unknown, status?: number): void;
  /** Answers with a text in parts, as they are sent. */
  stream(parts: readonly string[]): void;
  /** Has the server be gone. */
  refuse(): void;
}

/** The console's server, as the page sees it: `fetch`. It answers when the test says so, or at once what the test said before. */
class Server {
  readonly questions: Question[] = [];
  private readonly answers = new Map<string, unknown>();

  readonly fetch = (path: string, init: RequestInit = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      const { method = 'GET', signal, body } = init;
      signal?.addEventListener('abort', () => reject(signal.reason));
      const question: Question = {
        path,
        method,
        ...(typeof body === 'string' && { body: JSON.parse(body) as unknown }),
        ...(signal != null && { signal }),
        answer: (value, status = 200) => resolve(answered(value, status)),
        stream: (parts) => resolve(new Response(streamed(parts))),
        refuse: () => reject(new TypeError('Failed to fetch')),
      };
      this.questions.push(question);
      const known = [...this.answers].find(([start]) => path === start || path.startsWith(`${start}?`));
      if (known !== undefined) question.answer(known[1]);
    });

  /** Answers each question for a path, with any query, at once. */
  always(path: string, value: unknown): void {
    this.answers.set(path, value);
  }

  /** The questions so far, as `GET /api/runs`, and forgets them. */
  asked(): string[] {
    return this.questions.splice(0).map(({ method, path }) => `${method} ${path}`);
  }

  /** The latest question. */
  get last(): Question {
    const last = this.questions.at(-1);
    if (last === undefined) throw new Error('The page has asked nothing');
    return last;
  }
}

/** The parts of a text, one after the other. */
function streamed(parts: readonly string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });
}

/** A whole answer. One of `Response` arrives some turns of the event loop later, which no test needs to wait for. */
function answered(value: unknown, status: number): Response {
  const text = JSON.stringify(value);
  const answer = { ok: status < 300, status, json: async () => JSON.parse(text), text: async () => text };
  return answer as unknown as Response;
}

/** Gives each test of a file a server that knows nothing. */
export function openServer(): Server {
  const server = new Server();
  const before = globalThis.fetch;
  beforeEach(() => {
    Object.assign(server, new Server());
    globalThis.fetch = ((path: string, init?: RequestInit) => server.fetch(path, init)) as typeof fetch;
  });
  afterEach(() => {
    globalThis.fetch = before;
  });
  return server;
}
