import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { givenEvent, sampleOf, startsNoJob } from '../../../cli/local/job-event';

type Sampled = Parameters<typeof sampleOf>[0];

const folder = mkdtempSync(join(tmpdir(), 'job-event-'));
const own = (name: string) => Object.getOwnPropertyDescriptor(process, name) as PropertyDescriptor;
const [input, system] = [own('stdin'), own('platform')];

afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  Object.defineProperty(process, 'stdin', input);
  Object.defineProperty(process, 'platform', system);
  delete process.env.BATCH_JOBS_EVENT_SOURCE;
  jest.restoreAllMocks();
});

/** The path of a file. */
function file(content: string | Buffer): string {
  const path = join(folder, 'event.json');
  writeFileSync(path, content);
  return path;
}

/** Gives a text to standard input. */
function give(text: string, isTTY = false): void {
  const stdin = Object.assign(Readable.from([Buffer.from(text.slice(0, 2)), Buffer.from(text.slice(2))]), { isTTY });
  Object.defineProperty(process, 'stdin', { configurable: true, value: stdin });
}

describe('the event in a file', () => {
  it('is its JSON, with its own text', async () => {
    const path = file('{ "a": [1] }\n');
    expect(await givenEvent(path)).toEqual({ source: path, event: { a: [1] }, text: '{ "a": [1] }\n' });
  });

  it.each([
    ['', /is empty\. An event is JSON, for example \{\}\.$/],
    [' \n', /is empty\./],
    ['{\n\n"a": x\n}', /event\.json is not JSON: [^\n]+\.$/],
  ])('%# is refused', async (text, message) => {
    await expect(givenEvent(file(text))).rejects.toThrow(message);
  });

  it('is refused if this version of Node.js cannot serialize such depth: 26 can', async () => {
    const path = file('[[[]]]');
    jest.spyOn(JSON, 'stringify').mockImplementationOnce(() => {
      throw new RangeError('Maximum call stack size exceeded');
    });
    await expect(givenEvent(path)).rejects.toThrow(/event\.json is nested too deeply\.$/);
  });

  it('in another encoding is read, and that is noted', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"a":1}', 'utf16le')]);
    expect(await givenEvent(file(utf16))).toMatchObject({ event: { a: 1 }, note: expect.any(String) });
  });

  it('must be there', async () => {
    await expect(givenEvent(join(folder, 'none'))).rejects.toThrow(/^The event cannot be read: ENOENT.*\.$/);
  });
});

describe('the event in standard input', () => {
  it('has that as its source, or what is said to be it', async () => {
    give('{"a":1}');
    expect(await givenEvent('-')).toEqual({ source: 'standard input', event: { a: 1 }, text: '{"a":1}' });
    give('{}');
    process.env.BATCH_JOBS_EVENT_SOURCE = 'sample of sqs';
    expect((await givenEvent('-')).source).toBe('sample of sqs');
  });

  it('is named in errors', async () => {
    give('');
    await expect(givenEvent('-')).rejects.toThrow('Standard input is empty.');
  });

  it.each([
    ['linux', 'Ctrl-D'],
    ['win32', 'Ctrl-Z and Enter'],
  ])('is asked for at a terminal of %s, and ended with %s', async (platform, end) => {
    const said = jest.spyOn(console, 'error').mockImplementation();
    Object.defineProperty(process, 'platform', { ...system, value: platform });
    give('{}');
    await givenEvent('-');
    await givenEvent(file('{}'));
    expect(said).not.toHaveBeenCalled();
    give('{}', true);
    await givenEvent('-');
    expect(said.mock.calls).toEqual([[`Type the event as JSON. End it with a new line and ${end}.`]]);
  });
});

describe('a sample', () => {
  const schedule = { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', input: { a: 1 } } };
  const other = { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', input: { a: 2 } } };
  const sns = { type: 'sns', properties: { snsTopicName: 'topic' } };
  const sample = (events: object[], wanted?: { type: string; place: number }) =>
    sampleOf(
      {
        name: 'etl',
        events,
        sampleContext: {
          stackName: 'reports',
          jobName: 'etl',
          region: 'eu-west-1',
          account: '1',
          now: new Date(0),
          uuid: () => 'id',
          physicalName: () => 'topic',
        },
      } as unknown as Sampled,
      wanted,
    );

  it('of a job without triggers is an empty object', () => {
    expect(sample([])).toEqual({ source: 'by hand', event: {}, text: '{}' });
  });

  it('is that of the first trigger, or of the one that is wanted', () => {
    const first = { source: 'sample of schedule', event: { a: 1 }, text: '{"a":1}' };
    expect(sample([schedule, other, sns])).toEqual(first);
    expect(sample([sns, schedule, other], { type: 'schedule', place: 1 })).toEqual(first);
    expect(sample([sns, schedule, other], { type: 'schedule', place: 2 })).toMatchObject({ text: '{"a":2}' });
    expect(sample([sns, schedule])).toMatchObject({ source: 'sample of sns' });
  });

  it.each([
    [[], { type: 'sqs', place: 1 }, 'etl has no trigger of type sqs. Its triggers are: none.'],
    [
      [schedule, other, sns],
      { type: 'sqs', place: 1 },
      'etl has no trigger of type sqs. Its triggers are: schedule, sns.',
    ],
    [[sns], { type: 'sns', place: 2 }, 'etl has 1 trigger of type sns. Found sns:2.'],
    [[schedule, other], { type: 'schedule', place: 3 }, 'etl has 2 triggers of type schedule. Found schedule:3.'],
  ])('of %j cannot be %j', (events, wanted, message) => {
    expect(() => sample(events, wanted)).toThrow(message);
  });
});

it('why no job is started', () => {
  expect(startsNoJob({}).message).toBe('The trigger function starts no job for this event.');
  expect(startsNoJob({ Event: 's3:TestEvent', Service: 'Amazon S3' }).message).toBe(
    'The trigger function starts no job for this event: s3-test-event.',
  );
});
