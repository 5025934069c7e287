import { constants } from 'node:os';
import { exitOnSignals } from '../../../../cli/command/process-end';
import type { UndeliveredOptions } from '../../../../cli/operate/undelivered/arguments';
import { undelivered } from '../../../../cli/operate/undelivered/commands';
import type { Listing } from '../../../../cli/operate/undelivered/list';
import type { Result } from '../../../../cli/operate/undelivered/redrive';
import { type FoundEntry, UndeliveredEvents } from '../../../../cli/operate/undelivered/session';
import { answers, deploymentOf } from '../fake-aws';
import { printed } from '../printed';
import { entry, queue } from './made-messages';

const one: FoundEntry = { entry: entry({ messageId: '12345678-a' }), message: { Body: 'body' } };
const two: FoundEntry = { entry: entry({ messageId: '22222222-b' }), message: {} };

/** What the process does at signals, without a process that gets them. */
const onSignal = new Map<string, (signal: string) => void>();

beforeAll(() => {
  const keep = (name: string | symbol, handler: (signal: string) => void) => void onSignal.set(String(name), handler);
  const spies = [process, process.stdout, process.stderr].map((each) =>
    jest.spyOn(each as typeof process, 'on').mockImplementation(keep as never),
  );
  exitOnSignals();
  for (const spy of spies) spy.mockRestore();
});

/** What is undelivered, instead of the queues. */
interface Made {
  readonly notes?: readonly string[];
  readonly problems?: readonly string[];
  readonly found?: readonly FoundEntry[] | undefined;
  readonly results?: readonly Result[];
  readonly entries?: Listing['entries'];
  /** Signals that the process gets while it works. */
  readonly signals?: readonly ('SIGINT' | 'SIGTERM')[];
}

async function run(
  action: string | undefined,
  ids: string[],
  given: Partial<UndeliveredOptions> = {},
  made: Made = {},
  answer?: string,
) {
  const { notes = [], problems = [], results = [], entries = [one.entry], signals = [] } = made;
  const asked: unknown[] = [];
  const interrupted = () => {
    for (const signal of signals) onSignal.get(signal)?.(signal);
  };
  const events = {
    queues: [queue('a', { messages: 1_000 }), queue('b', { messages: 234 })],
    notes,
    problems,
    list: async (limit: number) => {
      asked.push(limit);
      interrupted();
      return { stackName: 'shop', entries, queues: [queue()], isComplete: true, notes, problems };
    },
    find: async (words: readonly string[]) => {
      asked.push(words);
      interrupted();
      return 'found' in made ? made.found : [one];
    },
    show: async (of: FoundEntry) => ({ entry: of.entry, body: 'body', event: '{"a":1}' }),
    handle: async (treatment: string, which: unknown, tell: (result: Result) => void) => {
      asked.push([treatment, which]);
      interrupted();
      for (const result of results) tell(result);
      return results;
    },
    stop: () => asked.push('stopped'),
  };
  const spy = jest.spyOn(UndeliveredEvents, 'of').mockResolvedValue(events as unknown as UndeliveredEvents);
  const options = { all: false, json: false, yes: false, countReceives: false, ...given };
  try {
    const result = await printed(deploymentOf(answers({})), () => undelivered(action, ids, options), { answer });
    return { ...result, asked, options: spy.mock.calls[0]?.[1] };
  } finally {
    spy.mockRestore();
  }
}

it('refuses words that do not belong together, and a job that is not there, before anything is looked at', async () => {
  await expect(run('show', [])).rejects.toThrow('Use show with the ID of one event');
  await expect(run(undefined, [], { job: 'reprot' })).rejects.toThrow('Stack shop has no job "reprot".');
});

describe('the list', () => {
  it('is what it does by itself: up to 100 events, and what to do with them', async () => {
    const { code, out, err, asked } = await run(undefined, []);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out.split('\n')[0]).toBe('1 undelivered event of shop');
    expect(out).toMatch(
      /\n\nSee one event {6}.*show <id>\nSend it again {6}.*redrive <id>\nSend all again {5}.*redrive --all$/,
    );
    expect(asked).toEqual([100]);
    expect((await run('list', [], { limit: 7 })).asked).toEqual([7]);
  });

  it('has its notes last, and nothing to do without events', async () => {
    expect((await run('list', [], {}, { entries: [], notes: ['a note', 'more'] })).out).toBe(
      'Nothing is undelivered in shop. Looked into: shop-undelivered-events.\n\na note\nmore',
    );
  });

  it('is one JSON document', async () => {
    const { code, out } = await run('list', [], { json: true });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ stack: 'shop', events: [{ id: '12345678' }], complete: true });
  });

  it('fails with its problems, without their control characters', async () => {
    const { code, out, err } = await run('list', [], {}, { problems: ['A queue\u001B[1m is gone.'] });
    expect(code).toBe(1);
    expect(out).toContain('1 undelivered event of shop');
    expect(err).toBe('A queue is gone.');
  });

  it('looks where the options say', async () => {
    expect((await run('list', [], { job: 'report', countReceives: true })).options).toMatchObject({
      job: 'report',
      countReceives: true,
    });
  });

  it('shows control characters of events instead of sending them to a terminal', async () => {
    const { out } = await run('list', [], {}, { entries: [entry({ reason: 'x\u001B[2J' })] });
    expect(out).toContain('x^[[2J');
  });
});

describe('an event that is shown', () => {
  it('is told in lines, or as JSON', async () => {
    const lines = await run('show', ['1234']);
    expect(lines.code).toBe(0);
    expect(lines.out).toMatch(/^Event {6}12345678-a\n/);
    expect(lines.asked).toEqual([['1234']]);
    expect(JSON.parse((await run('show', ['1234'], { json: true })).out)).toMatchObject({
      id: '12345678',
      event: { a: 1 },
    });
  });

  it('is not, if the user gave up', async () => {
    expect(await run('show', ['1234'], {}, { found: undefined })).toMatchObject({ code: 1, out: '' });
  });
});

describe('events that are handled', () => {
  const results: Result[] = [
    { messageId: '12345678-a', outcome: 'started', run: 'report-1' },
    { messageId: '22222222-b', outcome: 'gone' },
  ];

  it('are told one by one, with a summary and the notes', async () => {
    const { code, out, asked } = await run('redrive', ['1234'], { yes: true }, { results, notes: ['a note'] });
    expect(code).toBe(0);
    expect(out).toBe(
      '12345678  started report-1\n22222222  not in the queue any more\n1 started, 1 not in the queue any more.\na note',
    );
    expect(asked).toEqual([['1234'], ['redrive', [one]]]);
  });

  it('are one JSON document', async () => {
    const { code, out } = await run('delete', [], { yes: true, json: true, all: true }, { results, notes: ['a note'] });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ stack: 'shop', action: 'delete', results, notes: ['a note'], problems: [] });
  });

  it('fail if one is left', async () => {
    const left: Result[] = [{ messageId: '12345678-a', outcome: 'failed', reason: 'x' }];
    expect((await run('redrive', [], { yes: true, all: true }, { results: [...results, ...left] })).code).toBe(1);
  });

  it('are all, which are not looked for before', async () => {
    expect((await run('redrive', [], { yes: true, all: true })).asked).toEqual([['redrive', 'all']]);
  });

  it('are none if the user gave up the search', async () => {
    const { code, asked } = await run('redrive', ['1234'], { yes: true }, { found: undefined });
    expect(code).toBe(1);
    expect(asked).toEqual([['1234']]);
  });

  it('are none without an answer, for which they are shown', async () => {
    const { code, out, err, asked } = await run('redrive', ['1234'], {}, { results }, 'n');
    expect(code).toBe(1);
    expect(out).toMatch(/^ID .*\n12345678 /);
    expect(err).toContain(
      'Send this event of shop again? Each starts a run of its job, or invokes its function. [y/N]',
    );
    expect(asked).toEqual([['1234']]);
    await expect(run('redrive', ['1234'])).rejects.toThrow('Add --yes to go ahead.');
  });

  it.each<[string, string[], Partial<UndeliveredOptions>, string]>([
    [
      'redrive',
      ['1', '2'],
      {},
      'Send these 2 events of shop again? Each starts a run of its job, or invokes its function.',
    ],
    ['delete', ['1', '2'], {}, 'Delete these 2 events of shop? Nothing is done for them.'],
    [
      'delete',
      [],
      { all: true },
      'Delete all undelivered events (about 1,234 messages in a, b) of shop? Nothing is done for them.',
    ],
    [
      'redrive',
      [],
      { all: true, job: 'report' },
      'Send all undelivered events of report (about 1,234 messages in a, b) of shop again?',
    ],
  ])('are asked about: %s %j %j', async (action, ids, options, question) => {
    const { code, out, err, asked } = await run(action, ids, options, { found: [one, two], results }, 'y');
    expect(code).toBe(0);
    expect(err).toContain(question);
    expect(asked).toContainEqual([action, options.all ? 'all' : [one, two]]);
    expect(out.startsWith('ID ')).toBe(!options.all);
  });
});

describe('a signal', () => {
  it.each<[string, string[], Partial<UndeliveredOptions>]>([
    ['list', [], {}],
    ['show', ['1'], {}],
    ['redrive', [], { all: true, yes: true }],
  ])('ends %s %j once its messages are visible again, with its exit code', async (action, ids, options) => {
    const { code, asked } = await run(action, ids, options, { signals: ['SIGINT'], problems: ['a problem'] });
    expect(code).toBe(128 + constants.signals.SIGINT);
    expect(asked).toContain('stopped');
    expect((await run(action, ids, options, { signals: ['SIGTERM'] })).code).toBe(143);
  });

  it('ends at once if it is the second one', async () => {
    const exit = jest.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${code}`);
    });
    await expect(run('list', [], {}, { signals: ['SIGINT', 'SIGTERM'] })).rejects.toThrow('exit 143');
    exit.mockRestore();
  });
});
