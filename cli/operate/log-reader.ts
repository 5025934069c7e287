import { setTimeout as sleep } from 'node:timers/promises';
import type { Clients } from './aws/clients';
import { AwsFault } from './aws/fault';

/** An event of a log stream. */
export interface LogLine {
  readonly time: Date;
  readonly stream: string;
  /** As the container printed it. An event of several lines is one text with line breaks. */
  readonly text: string;
}

/** Which lines of a log group to read. */
export interface LogSelection {
  readonly logGroup: string;
  /** @default all streams of the group, by time */
  readonly stream?: string;
  /** A filter pattern of CloudWatch Logs. @default every line */
  readonly filter?: string;
  /** @default from the first line */
  readonly since?: Date;
  /** Ends requests and waits. */
  readonly signal?: AbortSignal;
}

/** How long and how often to look for further lines. */
export interface Following {
  /** Milliseconds between two looks. @default 2000 */
  readonly every?: number;
  /** Whether the container has ended, so that only what it has printed can still arrive. @default never */
  readonly ended?: () => boolean | Promise<boolean>;
  /** Milliseconds without a line, after the end, that count as the end of the log: agents send lines every 5 seconds. @default 6000 */
  readonly quiet?: number;
  /** Sends a request, and can repeat it if it fails. @default once */
  readonly patiently?: <T>(request: () => Promise<T>) => Promise<T>;
}

/**
 * A line can arrive up to so many milliseconds after a newer one, and is still read. Agents send lines in batches, and several streams
 * do not wait for each other.
 */
const LATENESS = 5 * 60_000;

/** At least so many lines are remembered to recognize late ones. A chattier container has a shorter time to be late. */
const REMEMBERED = 5_000;

/**
 * Reads lines of a log group with FilterLogEvents, each exactly once, also if lines of the same millisecond or older ones arrive later.
 *
 * GetLogEvents would not do: its tokens are positions in time, and its events have no IDs.
 */
export class LogReader {
  /** Within a page-wise pass through the group: what the next page is asked with. */
  private pass?: { readonly token: string; readonly from: number };
  /** IDs of the newest lines, in the order of their arrival, and their times. */
  private readonly seen = new Map<string, number>();
  private newest = 0;
  /** Everything before this time has been read. */
  private floor: number;

  constructor(
    private readonly clients: Pick<Clients, 'logs'>,
    private readonly selection: LogSelection,
  ) {
    this.floor = selection.since?.getTime() ?? 0;
  }

  /**
   * The lines that arrived since the last call, at most a page (1 MB or 10,000 lines). Empty only if there are none at present, or if the
   * stream or its group does not exist yet.
   */
  async next(): Promise<LogLine[]> {
    for (;;) {
      const lines = await this.page();
      if (lines.length > 0 || this.pass === undefined) return lines;
    }
  }

  /** All lines that are there. */
  async *read(): AsyncGenerator<LogLine> {
    for (let lines = await this.next(); lines.length > 0; lines = await this.next()) {
      yield* lines;
      if (this.pass === undefined) return;
    }
  }

  /** All lines, and those that arrive, until the container has ended and its last line is read. */
  async *follow(following: Following = {}): AsyncGenerator<LogLine> {
    const { every = 2_000, ended = () => false, quiet = 6_000, patiently = (request) => request() } = following;
    let quietSince: number | undefined;
    for (;;) {
      const lines = await patiently(() => this.next());
      yield* lines;
      if (lines.length > 0) quietSince = undefined;
      if (this.pass !== undefined) continue;
      if (lines.length === 0 && (await ended())) {
        quietSince ??= Date.now();
        if (Date.now() - quietSince >= quiet) return;
      }
      await sleep(every, undefined, { signal: this.selection.signal });
    }
  }

  private async page(): Promise<LogLine[]> {
    const { logGroup, stream, filter, signal } = this.selection;
    type Logs = typeof import('@aws-sdk/client-cloudwatch-logs');
    const { FilterLogEventsCommand } = require('@aws-sdk/client-cloudwatch-logs') as Logs;
    const started = Date.now();
    const from = this.pass?.from ?? this.start();
    const request = new FilterLogEventsCommand({
      logGroupName: logGroup,
      logStreamNames: stream === undefined ? undefined : [stream],
      filterPattern: filter,
      startTime: from,
      nextToken: this.pass?.token,
      // Assumed by AWS. Emulators sort by time only if they are asked to.
      interleaved: true,
    });
    const { events = [], nextToken } = await this.clients.logs.send(request, { abortSignal: signal }).catch(ifThere);
    this.pass = nextToken ? { token: nextToken, from } : undefined;
    const lines: LogLine[] = [];
    for (const { eventId = '', timestamp = 0, logStreamName = stream ?? '', message = '' } of events) {
      if (this.seen.has(eventId)) continue;
      this.remember(eventId, timestamp);
      lines.push({ time: new Date(timestamp), stream: logStreamName, text: message });
    }
    // A pattern that nothing matches must not search the whole group every time.
    if (filter !== undefined && this.pass === undefined) this.floor = Math.max(this.floor, started - LATENESS);
    return lines;
  }

  /** Time of the first line that a new pass asks for. */
  private start(): number {
    return Math.max(this.floor, this.newest - LATENESS);
  }

  private remember(id: string, time: number): void {
    this.seen.set(id, time);
    this.newest = Math.max(this.newest, time);
    if (this.seen.size > 2 * REMEMBERED) this.forget(this.seen.size - REMEMBERED);
  }

  /** Forgets lines, the oldest first, except those of the newest time, which can get company at any moment. */
  private forget(count: number): void {
    let left = count;
    for (const [id, time] of this.seen) {
      if (left === 0) return;
      left -= 1;
      if (time === this.newest) continue;
      this.seen.delete(id);
      // Without its ID, it would be read again.
      this.floor = Math.max(this.floor, time + 1);
    }
  }
}

/** What there is of a stream or group that does not exist yet. */
function ifThere(error: unknown): { readonly events?: undefined; readonly nextToken?: undefined } {
  if (error instanceof AwsFault && error.code === 'ResourceNotFoundException') return {};
  throw error;
}
