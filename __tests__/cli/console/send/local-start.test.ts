import { localStart, wordsOf } from '../../../../cli/console/send/local-start';

type Recordings = NonNullable<Parameters<typeof localStart>[1]>;

/** The recording of one run, `r1`. */
function recorded(words: readonly string[], source = 'by hand', eventText: string | undefined = '{"a":1}'): Recordings {
  return {
    read: async (id: string) => (id === 'r1' ? { run: { words, event: { source } } } : undefined),
    eventText: async (id: string) => (id === 'r1' ? eventText : undefined),
  } as unknown as Recordings;
}

const GONE = 'There is no run r2 on this machine. It may have been deleted.';

describe('an event', () => {
  it('that a person has written', async () => {
    expect(await localStart({ job: 'etl', eventText: '{}' }, undefined)).toEqual({ words: ['etl'], eventText: '{}' });
  });

  it('that is the sample of a trigger', async () => {
    expect(
      await localStart({ job: 'etl', eventText: '{}', trigger: 'sqs:2', source: 'sample of sqs' }, undefined),
    ).toEqual({ words: ['etl'], eventText: '{}', source: 'sample of sqs', eventType: 'sqs:2' });
  });

  it.each([
    ['without a text', { trigger: 'sqs' }, ['etl', '--event-type', 'sqs']],
    [
      "with one's credentials",
      { trigger: 'sqs', eventText: '{}', faults: { aws: true } },
      ['etl', '--aws', '--event-type', 'sqs'],
    ],
  ])('of a trigger is made by the command %s', async (_, given, words) => {
    expect(await localStart({ job: 'etl', ...given }, undefined)).toEqual({ words });
  });

  it('is needed without a trigger', async () => {
    await expect(localStart({ job: 'etl', faults: { aws: true } }, undefined)).rejects.toThrow(
      '"eventText" is missing.',
    );
  });

  it('of an earlier run has the other options of that run', async () => {
    const recordings = recorded(['old', '--env', 'A=1', '--fast', '--event', 'x.json']);
    expect(await localStart({ job: 'etl', eventText: '{}', from: 'r1' }, recordings)).toEqual({
      words: ['etl', '--env', 'A=1'],
      eventText: '{}',
    });
  });

  it.each([undefined, recorded([])])('of a run that is gone is refused', async (recordings) => {
    await expect(localStart({ job: 'etl', eventText: '{}', from: 'r2' }, recordings)).rejects.toThrow(GONE);
  });

  it('has all problems of its options told', async () => {
    const faults = { failAttempts: 'x', grace: 'y' };
    const error: Error = await localStart({ job: 'etl', eventText: '{}', faults }, undefined).then(
      () => new Error('started'),
      (caught) => caught,
    );
    expect(error.message.split('\n')).toEqual([expect.stringContaining('"x"'), expect.stringContaining('"y"')]);
  });
});

describe('a run that is repeated', () => {
  it('has its event, options and faults', async () => {
    const recordings = recorded(['etl', '--fast', '--env', 'A=1', '--event', 'x.json'], 'x.json');
    expect(await localStart({ again: 'r1' }, recordings)).toEqual({
      words: ['etl', '--fast', '--env', 'A=1'],
      eventText: '{"a":1}',
      source: 'x.json',
    });
  });

  it('can have other faults', async () => {
    const recordings = recorded(['etl', '--fast', '--env', 'A=1']);
    expect(await localStart({ again: 'r1', faults: { plain: true } }, recordings)).toMatchObject({
      words: ['etl', '--plain', '--env', 'A=1'],
    });
    await expect(localStart({ again: 'r1', faults: { grace: 'y' } }, recordings)).rejects.toThrow('"y"');
  });

  it.each([
    [['etl', '--event-type', 'sqs:2'], 'sample of sqs', 'sqs:2'],
    [['etl'], 'sample of sqs', 'sqs'],
    [['etl'], 'by hand', undefined],
    [['etl', '--event', 'sample of sqs'], 'sample of sqs', undefined],
  ])('of the words %j and source %j has the type %s', async (words, source, expected) => {
    const started = await localStart({ again: 'r1' }, recorded(words, source));
    expect(started).toEqual({
      words: ['etl'],
      eventText: '{"a":1}',
      source,
      ...(expected !== undefined && { eventType: expected }),
    });
  });

  it('must be there, with its event', async () => {
    await expect(localStart({ again: 'r2' }, undefined)).rejects.toThrow(GONE);
    await expect(localStart({ again: 'r2' }, recorded(['etl']))).rejects.toThrow(GONE);
    const { read } = recorded(['etl']);
    const recordings = { read, eventText: async () => undefined };
    await expect(localStart({ again: 'r1' }, recordings)).rejects.toThrow('There is no run r1 on this machine.');
  });
});

it('the words of an earlier run, of none, and of one that is gone', async () => {
  expect(await wordsOf(recorded(['etl', '--engine', 'podman']), 'r1')).toMatchObject({
    job: 'etl',
    others: ['--engine', 'podman'],
  });
  expect(await wordsOf(recorded(['etl']), undefined)).toBeUndefined();
  await expect(wordsOf(undefined, 'r2')).rejects.toThrow(GONE);
});
