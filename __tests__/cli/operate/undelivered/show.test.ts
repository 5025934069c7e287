import { shown, shownDocument, shownLines } from '../../../../cli/operate/undelivered/show';
import type { Starts } from '../../../../cli/operate/undelivered/start';
import { entry } from './made-messages';

const startsWith = (event: () => Promise<string>) => ({ event }) as unknown as Starts;
const known = startsWith(async () => '{"a":1}');

describe('an event with everything that is known of it', () => {
  it('has the event as the function would get it, and its message', async () => {
    const one = entry();
    expect(await shown(one, { Body: 'body' }, known)).toEqual({
      entry: one,
      body: 'body',
      event: '{"a":1}',
      obstacle: undefined,
    });
    expect((await shown(one, {}, known)).body).toBe('');
  });

  it('says why no run can be started, or why the event is not known', async () => {
    const several = entry({ jobs: ['a', 'b'] });
    expect((await shown(several, {}, known)).obstacle).toBe('It can be for a or b. Select the job with --job.');
    const unknown = startsWith(async () => {
      throw new Error('The records are gone.');
    });
    expect(await shown(several, { Body: 'x' }, unknown)).toEqual({
      entry: several,
      body: 'x',
      obstacle: 'The records are gone.',
    });
  });
});

/** The lines on a terminal, or in a pipe. */
function lines(of: Parameters<typeof shownLines>[0], columns?: number) {
  const { stdout } = process;
  const before = { isTTY: stdout.isTTY, columns: stdout.columns };
  Object.assign(stdout, { isTTY: columns !== undefined, columns });
  try {
    return shownLines(of);
  } finally {
    Object.assign(stdout, before);
  }
}

describe('the lines for a person', () => {
  const last = new Date(2026, 10, 26, 14, 3);

  it('have what is known, in two columns, and then the event', () => {
    const first = new Date(2026, 10, 26, 14, 0);
    const of = entry({
      messageId: '12345678-90',
      first,
      last,
      tries: 1_234,
      bytes: 2_048,
      receives: 2,
      reason: 'It failed.',
    });
    expect(lines({ entry: of, body: 'body', event: '{"a":1}' })).toEqual([
      'Event      12345678-90',
      'Queue      shop-undelivered-events (undelivered events of the stack)',
      'For        report',
      'Source     schedule',
      'Happened   2026-11-26 14:00',
      'Given up   2026-11-26 14:03, after 1,234 deliveries',
      'Looked at  2 times',
      'Size       2 KB',
      'Reason     It failed.',
      expect.stringMatching(/^Send it {4}.*undelivered.* redrive 12345678$/),
      '',
      'Event',
      '{',
      '  "a": 1',
      '}',
    ]);
  });

  it('leave out what is not known, and have the message if there is no event', () => {
    const of = entry({ jobs: [], last, receives: 1, tries: 1, error: { errorType: 'X' }, reason: 'r' });
    const all = lines({ entry: of, body: 'no {JSON\u001B[2J', obstacle: 'It is for no job.' });
    expect(all).toEqual([
      'Event      m-1',
      expect.anything(),
      'For        none of this config',
      'Source     schedule',
      'Given up   2026-11-26 14:03, after 1 delivery',
      'Looked at  1 time',
      'Size       0 B',
      'Reason     r',
      'Send it    It is for no job.',
      '',
      'Error',
      '{',
      '  "errorType": "X"',
      '}',
      '',
      'Message',
      'no {JSON^[[2J',
    ]);
    expect(lines({ entry: entry({ last }), body: '' })[4]).toBe('Given up   2026-11-26 14:03');
  });

  it('are wrapped, and the event is cut, only on a terminal', () => {
    const of = { entry: entry({ reason: 'word '.repeat(20).trim() }), body: '', event: 'x'.repeat(16_001) };
    const [narrow, wide] = [lines(of, 40), lines(of)];
    expect(narrow.filter((line) => line.includes('word')).length).toBeGreaterThan(1);
    expect(wide.filter((line) => line.includes('word'))).toHaveLength(1);
    expect(narrow.slice(-2)).toEqual(['x'.repeat(16_000), '... and 1 character. A pipe and --json get all.']);
    expect(wide.at(-1)).toBe(of.event);
    expect(lines({ ...of, event: 'x'.repeat(16_000) }, 40).at(-1)).toBe('x'.repeat(16_000));
  });
});

describe('the JSON document', () => {
  it('has the event as it is written, whose long numbers parsing would round', () => {
    const document = shownDocument({
      entry: entry({ error: { a: 1 } }),
      body: 'body',
      event: '{ "n":12345678901234567890 }',
    });
    expect(document).toMatch(/,"event":\{ "n":12345678901234567890 \}\}$/);
    expect(JSON.parse(document)).toMatchObject({ id: 'm-1', messageId: 'm-1', error: { a: 1 }, body: 'body' });
  });

  it('has no event if it is not known, and why', () => {
    const long = entry({ messageId: '12345678-90', jobs: [] });
    const document = JSON.parse(shownDocument({ entry: long, body: 'body', obstacle: 'The records are gone.' }));
    expect(document).toMatchObject({ id: '12345678', obstacle: 'The records are gone.' });
    expect(document).not.toHaveProperty('event');
  });
});
