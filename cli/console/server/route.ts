import type { ConsoleContext } from './context';

/** One address of the server's interface. The request has passed all checks of `guard.ts` when it gets here. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** The whole path: `/api/run`. What varies is in the query or the body. */
  readonly path: string;
  /** Whether it changes something: such a route is refused with `--read-only`. @default true for POST */
  readonly isWrite?: boolean;
  /**
   * @returns what is answered as JSON, or a `StreamedLines`, `StreamedText` or `EventStream`
   * @throws RequestError for a status of 4xx. UsageError becomes 400, CommandFailure and AwsFault become 502, all others 500
   */
  readonly answer: (request: RouteRequest, context: ConsoleContext) => unknown;
}

/** A request to a route. */
export interface RouteRequest {
  readonly query: RouteQuery;
  /** The parsed JSON of a POST. */
  readonly body: unknown;
  /** Aborted once the browser is gone. */
  readonly signal: AbortSignal;
}

/** An error of a request. The message is for people, and complete with the fix. */
export class RequestError extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 421 | 502 | 503,
    message: string,
  ) {
    super(message);
  }
}

/** Values that are sent one by one, as lines of JSON (NDJSON). An error becomes a last line `{ error }`. */
export class StreamedLines {
  constructor(readonly values: AsyncIterable<unknown>) {}
}

/** A text that is sent piece by piece. It is downloaded as a file if it has a name. Never HTML. */
export class StreamedText {
  constructor(
    readonly pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
    readonly fileName?: string,
  ) {}
}

/** The parameters of an address. Each is given once. */
export class RouteQuery {
  constructor(private readonly parameters: URLSearchParams) {}

  /** @throws RequestError if it is missing or empty */
  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined) throw new RequestError(400, `The parameter "${name}" is missing.`);
    return value;
  }

  /** Undefined if it is missing or empty. */
  optional(name: string): string | undefined {
    const values = this.parameters.getAll(name);
    if (values.length > 1) throw new RequestError(400, `The parameter "${name}" is given ${values.length} times.`);
    return values[0] || undefined;
  }

  /**
   * A whole number.
   *
   * @param otherwise its value if it is missing. @default it must be given
   */
  number(name: string, minimum: number, maximum: number, otherwise?: number): number {
    const text = otherwise === undefined ? this.required(name) : this.optional(name);
    if (text === undefined) return otherwise as number;
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    throw new RequestError(400, `The parameter "${name}" must be a whole number from ${minimum} to ${maximum}.`);
  }

  /** Where runs are. */
  place(): 'local' | 'aws' {
    const place = this.optional('place') ?? 'local';
    if (place === 'local' || place === 'aws') return place;
    throw new RequestError(400, 'The parameter "place" must be "local" or "aws".');
  }
}
