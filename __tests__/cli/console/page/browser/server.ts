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
        stream: (parts) => resolve(streamed(parts)),
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

/** An answer in parts. Those of `Response` arrive some turns of the event loop later, which no test needs to wait for. */
function streamed(parts: readonly string[]): Response {
  const left = [...parts];
  const read = async () => (left.length === 0 ? { done: true } : { done: false, value: left.shift() });
  return {
    ok: true,
    status: 200,
    body: { pipeThrough: () => ({ getReader: () => ({ read }) }) },
  } as unknown as Response;
}

/** A whole answer, for the same reason no real one. */
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
