import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RerunOptions, rerun } from '../../../../cli/operate/rerun/rerun';
import { answers, deploymentOf, fault } from '../fake-aws';
import { printed } from '../printed';

const ARN = 'arn:aws:states:eu-west-1:123456789012:execution:shop-report:';
const FILE = join(tmpdir(), 'event.json');
const failedItems = JSON.stringify({ items: 9, succeeded: 7, failed: 2, failures: [] });

afterAll(() => rmSync(FILE, { force: true }));

/** What `rerun` does with a run that failed. */
async function again(
  options: Partial<RerunOptions> = {},
  answer?: string,
  name = 'a',
  end: object = { status: 'FAILED', cause: failedItems },
) {
  const isStarted = () => aws.requests.some((request) => request.name === 'StartExecution');
  const aws = answers({
    DescribeExecution: ({ executionArn }: { executionArn: string }) => {
      const asked = executionArn.slice(ARN.length);
      const run = { name: asked, executionArn, startDate: new Date(0), stopDate: new Date(1), input: '{"day":1}' };
      if (asked === name) return { ...run, ...end };
      return isStarted() ? { ...run, status: 'SUCCEEDED' } : fault('ExecutionDoesNotExist');
    },
    GetExecutionHistory: {},
    GetFunctionConfiguration: { Environment: { Variables: { JOB_NAME: 'report', PAYLOAD_BUCKET: 'events' } } },
    PutObject: {},
    StartExecution: {},
  });
  const all = { failed: false, follow: false, json: false, yes: true, ...options };
  const result = await printed(deploymentOf(aws), () => rerun(`${ARN}${name}`, all), { answer });
  const started = aws.requests.flatMap((request) => (request.name === 'StartExecution' ? [request.input] : []));
  return { ...result, started };
}

it('refuses options that do not belong together before anything is done', async () => {
  await expect(again({ json: true, yes: false })).rejects.toThrow('--json cannot ask: add --yes.');
  await expect(again({ failed: true, event: FILE })).rejects.toThrow(
    '--failed repeats items of the run itself. Remove --event, or --failed.',
  );
  await expect(again({ event: join(tmpdir(), 'none.json') })).rejects.toThrow('The event cannot be read');
});

describe('a run that is repeated', () => {
  it('has the event of the other one, and the next name', async () => {
    const { code, out, err, started } = await again();
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(started).toEqual([expect.objectContaining({ name: 'a-rerun-1', input: '{"day":1}' })]);
    expect(out).toMatch(
      /^Started {2}a-rerun-1\nRepeats {2}a\nNext {5}.*logs.*a-rerun-1 --follow\n +.*show.*a-rerun-1$/,
    );
  });

  it('can have another event, as it is written', async () => {
    writeFileSync(FILE, '{ "n": 1.0 }');
    const { started, err } = await again({ event: FILE });
    expect(started).toEqual([expect.objectContaining({ input: '{ "n": 1.0 }' })]);
    expect(err).toBe('');
    writeFileSync(FILE, Buffer.from('\uFEFF{}', 'utf16le'));
    expect((await again({ event: FILE })).err).toMatch(/^Note: /);
  });

  it('can be one of only the items that failed', async () => {
    const { out, started } = await again({ failed: true });
    expect(started).toEqual([expect.objectContaining({ input: expect.stringContaining('"failedItemsOf":"a"') })]);
    expect(out).toMatch(/^Started {2}a-rerun-1\nRepeats {2}a\nOnly {5}2 items that failed in a\nNext /);
  });

  it('repeats the original of a run that repeats one', async () => {
    expect((await again({}, undefined, 'a-rerun-1')).out).toMatch(/^Started {2}a-rerun-2\nRepeats {2}a\n/);
  });

  it('is one document for programs', async () => {
    const { out } = await again({ json: true });
    const document = {
      run: 'a-rerun-1',
      executionArn: `${ARN}a-rerun-1`,
      job: 'report',
      stack: 'shop',
      account: '123456789012',
      region: 'eu-west-1',
      repeats: 'a',
    };
    expect(JSON.parse(out)).toEqual(document);
    expect(out).toMatch(/^\{\n {2}"run"/);
    expect(JSON.parse((await again({ json: true, failed: true })).out)).toEqual({ ...document, failedItems: 2 });
  });

  it.each([
    [undefined, 'by hand'],
    [FILE, FILE],
  ])('is followed, with the event %s', async (event, source) => {
    writeFileSync(FILE, '{}');
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { code, out } = await again({ follow: true, json: true, event });
    const documents = write.mock.calls.map(([text]) => JSON.parse(String(text)));
    write.mockRestore();
    expect(code).toBe(0);
    expect(out).toBe('');
    expect(documents.slice(0, 2)).toMatchObject([
      { type: 'event', source },
      { type: 'started', executionName: 'a-rerun-1' },
    ]);
  });
});

describe('a question', () => {
  it.each<[string, Partial<RerunOptions>, string]>([
    ['the event', {}, 'again with its event, as a-rerun-1? [y/N]'],
    ['another event', { event: FILE }, `again with the event in ${FILE}, as a-rerun-1? [y/N]`],
    ['failed items', { failed: true }, 'again with its event, only for the 2 items that failed, as a-rerun-1? [y/N]'],
  ])('names the job, the place and %s, and starts nothing without a yes', async (_, options, question) => {
    writeFileSync(FILE, '{}');
    const no = await again({ yes: false, ...options }, 'n');
    expect(no).toMatchObject({ code: 1, out: 'Nothing was started.', started: [] });
    expect(no.err).toContain(`Run report in account 123456789012 in eu-west-1 ${question}`);
    expect((await again({ yes: false, ...options }, 'y')).started).toHaveLength(1);
  });
});
