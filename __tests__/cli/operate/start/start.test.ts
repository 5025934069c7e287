import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StartOptions, start } from '../../../../cli/operate/start/start';
import { answers, deploymentOf, type Given } from '../fake-aws';
import { printed } from '../printed';

const ARN = 'arn:aws:states:eu-west-1:123456789012:execution:shop-report:report-1';
const FILE = join(tmpdir(), 'event.json');

afterAll(() => rmSync(FILE, { force: true }));

/** What `start` does with a trigger function that has started a run, or had before. */
async function started(
  options: Partial<StartOptions> = {},
  duplicate = false,
  { answer, ...given }: Given & { readonly answer?: string } = {},
) {
  const payload = JSON.stringify({ executionName: 'report-1', executionArn: ARN, duplicate });
  const aws = answers({
    Invoke: { Payload: { transformToString: () => payload } },
    DescribeExecution: ({ executionArn }: { executionArn: string }) => ({
      name: executionArn.slice(executionArn.lastIndexOf(':') + 1),
      executionArn,
      status: 'SUCCEEDED',
      startDate: new Date(0),
      stopDate: new Date(1),
      input: '{}',
    }),
    GetExecutionHistory: {},
  });
  const all = { printEvent: false, follow: false, json: false, yes: true, ...options };
  const result = await printed(deploymentOf(aws, given), () => start('report', all), { answer });
  const sent = aws.requests.flatMap(({ name, input }) => (name === 'Invoke' ? [String(input.Payload)] : []));
  return { ...result, sent };
}

it('refuses options that exclude each other before anything is done', async () => {
  const eventType = { type: 's3', place: 1 };
  await expect(started({ event: FILE, eventType })).rejects.toThrow('--event and --event-type exclude each other.');
  await expect(started({ json: true, yes: false })).rejects.toThrow('--json cannot ask: add --yes.');
  await expect(started({ event: join(tmpdir(), 'none.json') })).rejects.toThrow('The event cannot be read');
});

describe('a run', () => {
  it('is started by hand with an empty event, if the job has no events', async () => {
    const { code, out, err, sent } = await started();
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(sent).toEqual(['{}']);
    expect(out).toMatch(
      /^Event {4}by hand, 2 bytes\nStarted {2}report-1\nNext {5}.*logs.*report-1 --follow\n +.*show.*report-1$/,
    );
  });

  it('is told to exist already', async () => {
    const { code, out } = await started({}, true);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Event {6}by hand, 2 bytes\nDuplicate {2}run report-1 already exists\. Nothing was started\nNext {7}.*show.*report-1\n +.*rerun.*report-1$/,
    );
  });

  it('is one document for programs', async () => {
    const { out } = await started({ json: true });
    const document = {
      run: 'report-1',
      executionArn: ARN,
      job: 'report',
      stack: 'shop',
      account: '123456789012',
      region: 'eu-west-1',
      event: { source: 'by hand', bytes: 2 },
    };
    expect(JSON.parse(out)).toEqual({ ...document, duplicate: false });
    expect(out).toMatch(/^\{\n {2}"run"/);
    expect(JSON.parse((await started({ json: true }, true)).out)).toEqual({ ...document, duplicate: true });
  });

  it('is followed', async () => {
    writeFileSync(FILE, '{}');
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { code, out } = await started({ follow: true, json: true, event: FILE }, true);
    const documents = write.mock.calls.map(([text]) => JSON.parse(String(text)));
    write.mockRestore();
    expect(code).toBe(0);
    expect(out).toBe('');
    expect(documents.slice(0, 2)).toMatchObject([
      { type: 'event', source: FILE },
      { type: 'duplicate', executionName: 'report-1' },
    ]);
  });
});

describe('the event', () => {
  const schedule = { properties: { events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }] } };

  it('is a sample of the first trigger of the job, or of the one that is wanted', async () => {
    const { sent } = await started({}, false, schedule);
    expect(JSON.parse(sent[0] ?? '')).toMatchObject({ 'detail-type': 'Scheduled Event' });
    await expect(started({ eventType: { type: 's3', place: 1 } }, false, schedule)).rejects.toThrow(
      'report has no trigger of type s3.',
    );
  });

  it('is that of a file, as it is written', async () => {
    writeFileSync(FILE, '{ "n": 1.0 }');
    const { sent, err } = await started({ event: FILE });
    expect(sent).toEqual(['{ "n": 1.0 }']);
    expect(err).toBe('');
    writeFileSync(FILE, Buffer.from('\uFEFF{}', 'utf16le'));
    expect((await started({ event: FILE })).err).toMatch(/^Note: /);
  });

  it('is only printed, also as the document of a program', async () => {
    const { code, out, sent } = await started({ printEvent: true, json: true, yes: false }, false, schedule);
    expect(code).toBe(0);
    expect(sent).toEqual([]);
    expect(JSON.parse(out)).toMatchObject({ source: 'aws.events' });
    expect(out).toMatch(/^\{\n {2}"/);
  });

  it('is refused before a question if it is too large', async () => {
    writeFileSync(FILE, JSON.stringify('x'.repeat(6_291_456)));
    await expect(started({ event: FILE, yes: false })).rejects.toThrow('The event has 6,291,458 bytes');
  });
});

describe('a question', () => {
  it('names the job, the place and the event, and starts nothing without a yes', async () => {
    const question = 'Start report in account 123456789012 in eu-west-1 with this event: by hand, 2 bytes? [y/N]';
    const no = await started({ yes: false }, false, { answer: 'n' });
    expect(no).toMatchObject({ code: 1, out: 'Nothing was started.', sent: [] });
    expect(no.err).toContain(question);
    expect((await started({ yes: false }, false, { answer: 'y' })).sent).toEqual(['{}']);
  });
});
