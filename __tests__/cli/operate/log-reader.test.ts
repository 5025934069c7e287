import type { FilteredLogEvent, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from '../../../cli/operate/aws/clients';
import { AwsFault } from '../../../cli/operate/aws/fault';
import { LogReader } from '../../../cli/operate/log-reader';

const MINUTE = 60_000;
const T = Date.UTC(2026, 10, 26, 12);

/** A log group as FilterLogEvents answers for it (shapes of the service's model; the events are made). */
class Group {
  readonly events: Required<Pick<FilteredLogEvent, 'eventId' | 'timestamp' | 'message' | 'logStreamName'>>[] = [];
  readonly requests: FilterLogEventsCommand['input'][] = [];
  readonly streams = new Set<string>();
  pageSize = 3;
  /** Pages without an event before each page, as AWS answers while it searches. */
  emptyPages = 0;
  private ids = 0;

  put(stream: string, ...lines: (readonly [time: number, text: string])[]): void {
    this.streams.add(stream);
    for (const [timestamp, message] of lines) {
      this.events.push({ eventId: `id-${this.ids++}`, timestamp, message, logStreamName: stream });
    }
  }

  get clients(): Pick<Clients, 'logs'> {
    return { logs: { send: async (command: FilterLogEventsCommand) => this.answer(command.input) } } as never;
  }

  private answer(input: FilterLogEventsCommand['input']) {
    this.requests.push(input);
    const { logStreamNames, startTime = 0, nextToken, filterPattern } = input;
    if (logStreamNames?.some((name) => !this.streams.has(name))) {
      throw new AwsFault(
        'The specified log stream does not exist.',
        'ResourceNotFoundException',
        'logs:FilterLogEvents',
      );
    }
    const found = this.events
      .filter(({ logStreamName }) => logStreamNames?.includes(logStreamName) ?? true)
      .filter(({ timestamp, message }) => timestamp >= startTime && message.includes(filterPattern ?? ''))
      .sort((a, b) => a.timestamp - b.timestamp);
    const [position = 0, empty = 0] = (nextToken ?? '').split('/').map(Number);
    if (empty < this.emptyPages) return { events: [], nextToken: `${position}/${empty + 1}` };
    const end = position + this.pageSize;
    return { events: found.slice(position, end), nextToken: end < found.length ? `${end}/0` : undefined };
  }
}

async function texts(reader: LogReader): Promise<string[]> {
  const all: string[] = [];
  for await (const { text } of reader.read()) all.push(text);
  return all;
}

describe('the lines of a stream', () => {
  test('in the order of their times, over all pages, also those that are empty', async () => {
    const group = new Group();
    group.emptyPages = 2;
    group.put('a', [T + 2, 'two'], [T + 1, 'one'], [T + 3, 'three'], [T + 4, 'four']);
    group.put('b', [T, 'of another stream']);
    const reader = new LogReader(group.clients, { logGroup: '/g', stream: 'a' });
    expect(await texts(reader)).toEqual(['one', 'two', 'three', 'four']);
  });

  test('of a whole group, with their streams and times', async () => {
    const group = new Group();
    group.put('a', [T, 'one'], [T + 2, 'three']);
    group.put('b', [T + 1, 'two']);
    const lines = await new LogReader(group.clients, { logGroup: '/g' }).next();
    expect(lines.map(({ time, stream, text }) => [time.getTime(), stream, text])).toEqual([
      [T, 'a', 'one'],
      [T + 1, 'b', 'two'],
      [T + 2, 'a', 'three'],
    ]);
  });

  test('a page at a time, so a large log is never in memory', async () => {
    const group = new Group();
    group.put('a', ...Array.from({ length: 10 }, (_, index) => [T + index, `${index}`] as const));
    const lines = new LogReader(group.clients, { logGroup: '/g', stream: 'a' }).read();
    await lines.next();
    expect(group.requests).toHaveLength(1);
  });

  test('from a time on, and those of a pattern only', async () => {
    const group = new Group();
    group.put('a', [T, 'ERROR old'], [T + 5, 'ERROR new'], [T + 6, 'fine']);
    const reader = new LogReader(group.clients, {
      logGroup: '/g',
      stream: 'a',
      since: new Date(T + 1),
      filter: 'ERROR',
    });
    expect(await texts(reader)).toEqual(['ERROR new']);
  });

  test('none while the stream does not exist', async () => {
    const group = new Group();
    const reader = new LogReader(group.clients, { logGroup: '/g', stream: 'a' });
    expect(await reader.next()).toEqual([]);
    group.put('a', [T, 'one']);
    expect(await texts(reader)).toEqual(['one']);
  });
});

describe('lines that arrive while they are read', () => {
  test('come once: those of the same millisecond, equal texts, and late ones', async () => {
    const group = new Group();
    const reader = new LogReader(group.clients, { logGroup: '/g' });
    group.put('a', [T, 'same'], [T, 'same']);
    expect(await texts(reader)).toEqual(['same', 'same']);
    group.put('a', [T, 'same'], [T + 1, 'next']);
    expect(await texts(reader)).toEqual(['same', 'next']);
    group.put('b', [T - 4 * MINUTE, 'late']);
    expect(await texts(reader)).toEqual(['late']);
    expect(await texts(reader)).toEqual([]);
  });

  test('come once for a chatty container, with a bounded memory', async () => {
    const group = new Group();
    group.pageSize = 20_000;
    const reader = new LogReader(group.clients, { logGroup: '/g', stream: 'a' });
    const expected: string[] = [];
    const arrived: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      // Three lines a millisecond: the border of what is remembered is within one.
      const lines = Array.from(
        { length: 4_000 },
        (_, index) => [T + Math.floor(index / 3) + round * 2_000, `${round}-${index}`] as const,
      );
      expected.push(...lines.map(([, text]) => text));
      group.put('a', ...lines);
      arrived.push(...(await texts(reader)));
    }
    expect(arrived).toEqual(expected);
    expect((group.requests.at(-1)?.startTime ?? 0) > T).toBe(true);
    expect((reader as unknown as { seen: Map<string, number> }).seen.size).toBeLessThanOrEqual(10_000);
  });

  test('come once if more than are remembered have the same time', async () => {
    const group = new Group();
    group.pageSize = 20_000;
    const reader = new LogReader(group.clients, { logGroup: '/g', stream: 'a' });
    group.put('a', ...Array.from({ length: 11_000 }, (_, index) => [T, `${index}`] as const));
    expect(await texts(reader)).toHaveLength(11_000);
    group.put('a', [T, 'another'], [T + 1, 'newer']);
    expect(await texts(reader)).toEqual(['another', 'newer']);
    expect(await texts(reader)).toEqual([]);
  });

  test('are searched from a recent time on, also if a pattern matches none', async () => {
    const group = new Group();
    const reader = new LogReader(group.clients, { logGroup: '/g', filter: 'ERROR' });
    await reader.next();
    await reader.next();
    expect(group.requests[0]?.startTime).toBe(0);
    expect(group.requests[1]?.startTime ?? 0).toBeGreaterThan(Date.now() - 10 * MINUTE);
  });
});

describe('a log that is followed', () => {
  test('ends once the container has ended and its last lines have arrived', async () => {
    const group = new Group();
    let looks = 0;
    const reader = new LogReader(group.clients, { logGroup: '/g', stream: 'a' });
    const all: string[] = [];
    const ended = () => {
      looks += 1;
      if (looks === 1) group.put('a', [T, 'one']);
      if (looks === 2) group.put('a', [T + 1, 'printed just before the end']);
      return looks >= 2;
    };
    for await (const { text } of reader.follow({ every: 1, quiet: 20, ended })) all.push(text);
    expect(all).toEqual(['one', 'printed just before the end']);
  });

  test('ends at once with its signal', async () => {
    const group = new Group();
    const stop = new AbortController();
    group.put('a', [T, 'one']);
    const lines = new LogReader(group.clients, { logGroup: '/g', signal: stop.signal }).follow({ every: 60 * MINUTE });
    expect((await lines.next()).value).toMatchObject({ text: 'one' });
    const rest = lines.next();
    stop.abort();
    await expect(rest).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('fails with what AWS answered', async () => {
    const denied = new AwsFault('Your credentials do not allow it.', 'AccessDeniedException', 'logs:FilterLogEvents');
    const clients = { logs: { send: async () => Promise.reject(denied) } } as never;
    await expect(new LogReader(clients, { logGroup: '/g' }).next()).rejects.toBe(denied);
  });
});
