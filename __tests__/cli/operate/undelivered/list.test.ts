import type { Undelivered } from '../../../../cli/operate/undelivered/entry';
import {
  eventDocument,
  eventTable,
  type Listing,
  listDocument,
  listLines,
  size,
} from '../../../../cli/operate/undelivered/list';
import { entry, queue } from './made-messages';

const LAST = new Date(2026, 10, 26, 14, 3);
const OTHER = queue('shop-dead', {
  roles: ['dead-letter queue of inbox', 'undelivered sns events'],
  messages: 2,
  hidden: 3,
});

const listing = (entries: readonly Undelivered[], more: Partial<Listing> = {}): Listing => ({
  stackName: 'shop',
  entries,
  queues: [queue(), OTHER],
  isComplete: true,
  notes: ['a note'],
  problems: ['a problem'],
  ...more,
});

const [first, second] = [
  entry({ messageId: '11111111-a', last: LAST }),
  entry({ messageId: '22222222-b', queue: OTHER, last: LAST }),
];

describe('the lines of a list', () => {
  it('say that nothing is undelivered, or that nothing was found of what could be looked at', () => {
    expect(listLines(listing([]))).toEqual([
      'Nothing is undelivered in shop. Looked into: shop-undelivered-events, shop-dead.',
    ]);
    expect(listLines(listing([], { isComplete: false }))).toEqual(['Nothing was found.']);
  });

  it('have a table for each queue that has events, with why they are in it', () => {
    const lines = listLines(listing([first, second]));
    expect(lines[0]).toBe('2 undelivered events of shop');
    expect(lines.slice(1, 4)).toEqual(['', 'shop-undelivered-events (undelivered events of the stack)', '']);
    expect(lines[5]).toMatch(/^11111111 /);
    expect(lines.slice(6, 9)).toEqual(['', 'shop-dead (dead-letter queue of inbox, undelivered sns events)', '']);
    expect(lines[10]).toMatch(/^22222222 /);
    const one = listLines(listing([second]));
    expect(one[0]).toBe('1 undelivered event of shop');
    expect(one.join('\n')).not.toContain('(undelivered events of the stack)');
  });

  it('say that there are more, about so many as SQS counts, or at least those that were found', () => {
    const some = (messages: number) => {
      const queues = [queue('a', { messages, hidden: 5 }), OTHER];
      return listLines(listing([first, second], { isComplete: false, queues }))[0];
    };
    expect(some(1_990)).toBe('The first 2 of about 2,000 messages of shop');
    const none = [queue('a', { messages: 0, hidden: 0 })];
    expect(listLines(listing([first, second], { isComplete: false, queues: none }))[0]).toBe(
      'The first 2 of about 2 messages of shop',
    );
    const many = Array.from({ length: 1_000 }, () => first);
    expect(listLines(listing(many))[0]).toBe('1,000 undelivered events of shop');
  });
});

describe('the table of events', () => {
  const cells = (...entries: Undelivered[]) => eventTable(entries).map((line) => line.trim().split(/ {2,}/));

  it('has who gets an event, and what is known of it', () => {
    const known = entry({ messageId: '11111111-a', last: LAST, tries: 3, bytes: 2048, reason: 'It failed.' });
    expect(cells(known, entry({ messageId: '22222222-b', jobs: [], last: LAST }))).toEqual([
      ['ID', 'JOB', 'SOURCE', 'GIVEN UP', 'TRIES', 'SIZE', 'REASON'],
      ['11111111', 'report', 'schedule', '2026-11-26 14:03', '3', '2 KB', 'It failed.'],
      ['22222222', '-', 'schedule', '2026-11-26 14:03', '0 B'],
    ]);
  });

  it('has longer IDs where two begin the same, and those that it is given', () => {
    const [one, two] = [entry({ messageId: '11111111-a' }), entry({ messageId: '11111111-b' })];
    expect(cells(one, two).map(([id]) => id)).toEqual(['ID', '11111111-a', '11111111-b']);
    expect(eventTable([one], new Map([['11111111-a', 'short']]))[1]).toMatch(/^short /);
    expect(eventTable([one], new Map())[1]).toMatch(/^11111111-a /);
  });
});

describe('a list as JSON', () => {
  it('has the events by their short IDs, the queues, notes and problems', () => {
    expect(listDocument(listing([first], { isComplete: false, queues: [OTHER] }))).toEqual({
      stack: 'shop',
      events: [expect.objectContaining({ id: '11111111', messageId: '11111111-a' })],
      complete: false,
      queues: [
        {
          name: 'shop-dead',
          arn: OTHER.arn,
          url: OTHER.url,
          roles: OTHER.roles,
          approximateMessages: 2,
          approximateHidden: 3,
        },
      ],
      notes: ['a note'],
      problems: ['a problem'],
    });
  });

  it('has of an event what is known', () => {
    const known = entry({
      first: new Date(0),
      last: new Date(60_000),
      tries: 3,
      bytes: 12,
      functions: [],
      reason: 'x',
    });
    expect(eventDocument(known, 'short')).toEqual({
      id: 'short',
      messageId: 'm-1',
      queue: 'shop-undelivered-events',
      jobs: ['report'],
      functions: [],
      source: 'schedule',
      reason: 'x',
      happened: '1970-01-01T00:00:00.000Z',
      givenUp: '1970-01-01T00:01:00.000Z',
      tries: 3,
      receives: 1,
      bytes: 12,
      obstacle: undefined,
    });
    expect(eventDocument(entry({}), 'short').happened).toBeUndefined();
  });

  it('says why an event cannot be sent again', () => {
    const none = entry({ start: { kind: 'none', why: 'It is no event.' }, jobs: [] });
    expect(eventDocument(none, 'x').obstacle).toBe('It is no event.');
    expect(eventDocument(entry({ jobs: ['a', 'b'] }), 'x').obstacle).toBe(
      'It can be for a or b. Select the job with --job.',
    );
  });
});

it.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_024, '1 KB'],
  [1_536, '2 KB'],
  [1_048_575, '1024 KB'],
  [1_048_576, '1.0 MB'],
  [1_677_722, '1.6 MB'],
])('the size of %s bytes: %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});
