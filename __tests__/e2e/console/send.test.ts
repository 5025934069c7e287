import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../engines/free-port';
import { SpawnedCommand } from '../engines/spawned-command';
import { ConsoleClient } from './console-client';

// Events that the page sends, by the real command: what it can send, and the runs on this machine that come of it.

const JOB = `
const event = JSON.parse(process.env.STP_TRIGGER_EVENT_DATA);
console.log('event', JSON.stringify(event));
if (event.stay) setInterval(() => {}, 1000);
`;

function job(events: readonly object[]) {
  const packaging = { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.js' } };
  return { type: 'batch-job', properties: { container: { packaging }, resources: { cpu: 1, memory: 512 }, events } };
}

const CONFIG = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    orders: { type: 'sqs-queue' },
    report: job([
      { type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } },
      { type: 'sqs', properties: { sqsQueueName: 'orders' } },
      { type: 'schedule', properties: { scheduleRate: 'rate(2 days)', input: { kind: 'fixed' } } },
    ]),
    byHand: job([]),
  },
};

let folder: string;
let command: SpawnedCommand;
let page: ConsoleClient;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'console-send-')));
  writeFileSync(join(folder, 'batch-jobs.config.json'), JSON.stringify(CONFIG));
  writeFileSync(join(folder, 'job.js'), JOB);
  const { BATCH_JOBS_CONFIG, ...env } = process.env;
  command = new SpawnedCommand(['console', '--json', '--port', String(await freePort())], {
    cwd: folder,
    env: { ...env, TSX_TSCONFIG_PATH: resolve('tsconfig.json') },
  });
  page = await ConsoleClient.of(command);
});
afterAll(async () => {
  command.signal();
  await command.end;
  rmSync(folder, { recursive: true, force: true });
});

const start = async (body: object) => page.post('/api/local/start', body);
const ended = (id: string) => page.until(`/api/run?place=local&id=${id}`, ({ outcome }) => outcome !== 'running');

test('each job is offered with its triggers, and each trigger has a sample', async () => {
  const { body } = await page.get('/api/send');
  expect(body.jobs.map(({ name, triggers }: never) => [name, triggers])).toEqual([
    [
      'report',
      [
        { type: 'schedule', place: 1, label: 'rate(1 day)', isReshaped: false },
        { type: 'sqs', place: 1, label: 'orders', isReshaped: false },
        { type: 'schedule', place: 2, label: 'rate(2 days)', isReshaped: true },
      ],
    ],
    ['byHand', []],
  ]);
  expect(body.jobs[0].eventBudget).toBeGreaterThan(7_000);
  const sample = async (query: string) => (await page.get(`/api/sample?job=${query}`)).body;
  expect(JSON.parse((await sample('report')).text)).toMatchObject({ 'detail-type': 'Scheduled Event' });
  expect(JSON.parse((await sample('report&type=sqs')).text).Records[0].eventSourceARN).toMatch(/:shop-orders$/);
  expect(await sample('report&type=schedule&number=2')).toEqual({
    text: '{\n  "kind": "fixed"\n}',
    source: 'sample of schedule',
  });
  expect(await sample('byHand')).toEqual({ text: '{}', source: 'by hand' });
  expect(await page.get('/api/sample?job=reprot')).toEqual({
    status: 400,
    body: { error: 'There is no job "reprot". Did you mean "report"?' },
  });
  expect((await sample('report&type=s3')).error).toBe(
    'report has no trigger of type s3. Its triggers are: schedule, sqs.',
  );
  expect((await page.get('/api/sample?job=report&place=aws')).body.error).toMatch(/without access to AWS/);
});

describe('what becomes of an event', () => {
  const check = async (event: unknown, more: object = {}) => {
    const eventText = typeof event === 'string' ? event : JSON.stringify(event);
    return (await page.post('/api/send/check', { job: 'report', eventText, ...more })).body;
  };
  const record = { eventSource: 'aws:sqs', messageId: 'a', body: 'x' };

  test.each<[string, unknown, object]>([
    [
      'a message',
      { Records: [record] },
      { kind: 'sqs', parts: ['a'], fits: true, executionName: expect.stringMatching(/^report-[0-9a-f]{32}$/) },
    ],
    ['any JSON', 5, { kind: 'invocation', parts: [], fits: true }],
    ['a large message', { Records: [{ ...record, body: 'x'.repeat(8_000) }] }, { kind: 'sqs', fits: false }],
    [
      'a test event',
      { Records: [{ ...record, body: '{"Event":"s3:TestEvent","Service":"Amazon S3"}' }] },
      { ignored: 's3-test-event' },
    ],
    ['a preflight', { requestContext: { requestId: 'a', http: { method: 'OPTIONS' } } }, { ignored: 'preflight' }],
    ['too much depth', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, { problem: 'The event is nested too deeply.' }],
  ])('%s', async (_, event, expected) => {
    expect((await check(event)).event).toMatchObject(expected);
  });

  test('text that is not JSON, and an event that cannot be sent', async () => {
    expect((await check('{')).event).toBeUndefined();
    const large = { text: 'x'.repeat(9_000) };
    expect((await check(large, { faults: { aws: true } })).event.problem).toMatch(
      /^--aws cannot be used with an event/,
    );
    const huge = { text: 'x'.repeat(6_291_456) };
    expect((await check(huge, { place: 'aws' })).event.problem).toMatch(/Lambda accepts less than 6,291,456/);
    expect((await check(huge)).event.problem).toBeUndefined();
  });

  test('bad options are named by field, and the command is that of the terminal', async () => {
    const faults = { failAttempts: 'x', throttle: '1', grace: '1y', fast: true };
    expect(await check('{}', { trigger: 'sqs', faults })).toMatchObject({
      problems: {
        failAttempts: '--fail-attempts accepts whole numbers from 1. Found "x".',
        grace: '--grace accepts a time of up to 24 days, such as 500ms, 5s or 2m. Found "1y".',
      },
      command: 'npx batch-jobs local report --fail-attempts x --grace 1y --throttle 1 --fast --event-type sqs',
    });
    expect(await check('{}', { job: 'nope' })).toEqual({ error: 'There is no job "nope" in the config.' });
  });
});

test('a run gets the event of the editor, and is repeated with it, with the same faults or others', async () => {
  const eventText = '{"id":12345678901234567890,"text":"ü"}';
  const faults = { failAttempts: '1', fast: true, plain: true };
  const first = await start({ job: 'report', eventText, source: 'changed sample of sqs', faults });
  expect(first).toMatchObject({ status: 200, body: { id: expect.any(String) } });
  const { id } = first.body;
  const { body: run } = await ended(id);
  expect(run).toMatchObject({ outcome: 'failed', event: { source: 'changed sample of sqs', text: eventText } });
  expect(run.words).toEqual(expect.arrayContaining(['--plain', '--fail-attempts', '1']));
  expect(await page.text(`/api/event?place=local&id=${id}`)).toBe(eventText);

  const same = await start({ job: 'report', again: id });
  expect((await ended(same.body.id)).body).toMatchObject({ outcome: 'failed', event: { text: eventText } });
  const other = await start({ job: 'report', again: id, faults: { plain: true } });
  const repeated = (await ended(other.body.id)).body;
  expect(repeated).toMatchObject({ outcome: 'succeeded', event: { text: eventText, source: 'changed sample of sqs' } });
  expect(repeated.words).not.toContain('--fail-attempts');
});

test('an untouched sample is sent as it was shown, and the command of the run names its trigger', async () => {
  const { body } = await page.get('/api/sample?job=report&type=sqs');
  const eventText = JSON.stringify(JSON.parse(body.text));
  const sent = { job: 'report', eventText, trigger: 'sqs', source: body.source, faults: { plain: true } };
  const { body: run } = await ended((await start(sent)).body.id);
  expect(run).toMatchObject({ outcome: 'succeeded', event: { text: eventText, source: 'sample of sqs' } });
  expect(run.words).toEqual(['report', '--event-type', 'sqs', '--plain']);
  const again = await start({ job: 'report', again: run.id });
  expect((await ended(again.body.id)).body).toMatchObject({ words: run.words, event: { text: eventText } });
});

test.each<[string, object, RegExp]>([
  [
    'bad options, all of them',
    { eventText: '{}', faults: { grace: 'x', throttle: 'y' } },
    /^--grace accepts.*\n--throttle accepts/s,
  ],
  [
    'an event that starts no job',
    { eventText: '{"requestContext":{"requestId":"a","http":{"method":"OPTIONS"}}}', faults: { plain: true } },
    /^The trigger function starts no job for this event: preflight\.$/,
  ],
  ['no event', {}, /^"eventText" is missing\.$/],
  ['a text that is not JSON', { eventText: '{' }, /is not JSON/],
  ['a value of another type', { eventText: 5 }, /^"eventText" must be a string\.$/],
  ['a fault of another type', { eventText: '{}', faults: { fast: 'yes' } }, /^"faults.fast" must be a boolean\.$/],
  ['a run that is not there', { again: '20261126-151146914-3b7e58' }, /^There is no run 2026.* on this machine/],
  [
    'a run to take options from that is not there',
    { eventText: '{}', from: '20261126-151146914-3b7e58' },
    /^There is no run/,
  ],
])('is refused in words: %s', async (_, body, error) => {
  const answer = await start({ job: 'report', ...body });
  expect(answer).toEqual({ status: 400, body: { error: expect.stringMatching(error) } });
});

test('a run is stopped', async () => {
  const { body } = await start({ job: 'byHand', eventText: '{"stay":true}', faults: { plain: true } });
  await page.until(`/api/log?place=local&id=${body.id}&from=0&count=10`, ({ total }) => total > 0);
  expect(await page.post('/api/local/stop', { id: body.id })).toMatchObject({ status: 200 });
  expect((await ended(body.id)).body).toMatchObject({ outcome: 'stopped' });
  expect((await page.post('/api/local/stop', { id: body.id })).body.error).toBe('The run has ended already.');
  expect((await page.post('/api/local/stop', {})).body.error).toBe('"id" is missing.');
});
