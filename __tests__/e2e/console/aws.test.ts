import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from '../../../cli/model/console';
import { operatorPolicy } from '../../../cli/operate/info/policy';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { deployed } from '../../cli/operate/info/deployment';
import { lambdaFailure, message, SCHEDULED } from '../../cli/operate/undelivered/made-messages';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import type { PolicyDocument } from '../engines/policy-document';
import type { SpawnedCommand } from '../engines/spawned-command';
import { describeWith, terraformAvailable } from '../engines/terraform';
import { ConsoleClient } from './console-client';

/*
 * The side of AWS of `batch-jobs console`, asked by HTTP without a browser, against moto. The stack's state machines run there, its jobs end
 * as a script says, and the trigger function is the real one.
 */

const job = (attempts: number, more: object = {}) => ({
  type: 'batch-job' as const,
  properties: {
    container: { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } },
    resources: { cpu: 1, memory: 512 },
    retryConfig: { attempts, retryIntervalSeconds: 1 },
    ...more,
  },
});

const config: BatchJobsConfig = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    report: job(2, {
      useSpotInstances: true,
      retryConfig: { attempts: 2, retryIntervalSeconds: 1, spotInterruption: { freeRestarts: 1, thenOnDemand: true } },
      events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 hour)' } }],
    }),
    clean: job(1),
  },
};

const ACCOUNT = '123456789012';
const PLACE = { account: ACCOUNT, region: 'eu-west-1' };
const UNDELIVERED = 'shop-undelivered-events';
const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith([terraformAvailable(), moto], 'the console and a deployed stack', () => {
  let stack: OperatedStack;
  let command: SpawnedCommand;
  let page: ConsoleClient;

  beforeAll(async () => {
    stack = await operatedStack(config);
    command = stack.spawn(['console', '--aws', '--json']);
    page = await ConsoleClient.of(command);
    await page.until('/api/console', ({ aws }) => aws.kind === 'on');
  });
  afterEach(() => stack.front.reset());
  afterAll(async () => {
    command?.signal();
    await command?.end;
    await stack?.stop();
  });

  const run = (id: string) => `/api/run?place=aws&id=${encodeURIComponent(id)}`;
  const hasStarted = (id: string) =>
    page.until(run(id), ({ attempts: [attempt] }) => attempt?.starts[0]?.outcome === 'running');

  it('says which account and region are shown', async () => {
    const { body } = await page.get('/api/console');
    expect(body.aws).toMatchObject({ kind: 'on', ...PLACE });
  });

  it('lists runs, tells their stories and keeps those that have ended', async () => {
    await stack.script('report', { ends: [1, 0], lines: ['start {start}', 'two\nlines'] });
    await stack.run('report', 'retried');
    const listed = await page.until('/api/runs?place=aws', ({ runs }) => runs.length > 0);
    expect(listed.body).toMatchObject({ runs: [{ id: 'retried', job: 'report', outcome: 'succeeded' }] });
    const { body } = await page.get(run('retried'));
    expect(body).toMatchObject({
      place: 'aws',
      outcome: 'succeeded',
      policy: { attempts: 2, isSpot: true },
      attempts: [
        { number: 1, outcome: 'failed', starts: [{ exitCode: 1 }] },
        { number: 2, outcome: 'succeeded', starts: [{ exitCode: 0, instanceType: expect.any(String) }] },
      ],
      waits: [{ kind: 'retry', before: 2 }],
      event: { text: '{}', source: 'by hand' },
      facts: expect.arrayContaining([expect.objectContaining({ label: 'Price' })]),
    });
    const detailed = await page.post('/api/runs/details', { ids: ['retried'] });
    expect(detailed.body.runs).toMatchObject([
      { id: 'retried', attempt: 2, source: 'by hand', bars: expect.any(Array) },
    ]);
  });

  it('fetches the log of a run, with marks between its lines', async () => {
    const path = '/api/log?place=aws&id=retried&from=0&count=100';
    const { body } = await page.until(path, ({ isComplete }) => isComplete);
    const lines = body.lines.map(({ start, stream, text, mark }: LogLine) => [start, stream, mark?.title ?? text]);
    expect(lines).toEqual([
      ['1.1', 'log', 'start 1'],
      ['1.1', 'log', 'two'],
      ['1.1', 'log', 'lines'],
      ['1.1', 'mark', 'Attempt 1 failed'],
      ['2.1', 'log', 'start 1'],
      ['2.1', 'log', 'two'],
      ['2.1', 'log', 'lines'],
      ['2.1', 'mark', 'Succeeded'],
    ]);
    expect(body.lines[3].mark.detail).toMatch(/exit code 1.*Attempt 2 starts in 1s/i);
  });

  it('says that there is no run, and that one can have expired', async () => {
    const { status, body } = await page.get(run('missing'));
    expect([status, body.error]).toEqual([404, expect.stringMatching(/no run "missing".*90 days/s)]);
  });

  it('names runs of two jobs with the same name by their job', async () => {
    await stack.run('report', 'twin');
    await stack.run('clean', 'twin');
    const { body } = await page.until('/api/runs?place=aws', ({ runs }) => runs.length >= 3);
    const ids = body.runs.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(expect.arrayContaining(['report:twin', 'clean:twin']));
    expect((await page.get(run('clean:twin'))).body).toMatchObject({ job: 'clean' });
  });

  it('follows a run that goes on, and tells pages that watch it', async () => {
    await stack.script('clean', { ends: ['running'] });
    const arn = await stack.start('clean', 'live');
    const follower = page.follow('place=aws&run=live');
    const { body } = await page.until(
      run('live'),
      ({ outcome, attempts }) => outcome === 'running' && attempts.length > 0,
    );
    expect(body.endedAt).toBeUndefined();
    await stack.tell('live', { end: '0' });
    await stack.ended(arn);
    await page.until('/api/runs?place=aws', () => follower.seen.some(({ type }) => type === 'run'));
    follower.stop();
    await page.until(run('live'), ({ outcome }) => outcome === 'succeeded');
  });

  it('starts, repeats and stops runs in the account that was confirmed', async () => {
    await stack.script('report', { ends: ['running'] });
    const started = await page.post('/api/aws/start', {
      ...PLACE,
      job: 'report',
      eventText: JSON.stringify(SCHEDULED),
    });
    expect(started).toMatchObject({
      status: 200,
      body: { id: expect.stringMatching(/^report-[0-9a-f]{32}$/), isDuplicate: false },
    });
    const { id } = started.body;
    const early = await page.post('/api/aws/rerun', { ...PLACE, id });
    expect([early.status, early.body.error]).toEqual([400, expect.stringContaining('has not ended')]);
    await hasStarted(id);
    const stopped = await page.post('/api/aws/stop', { ...PLACE, id });
    expect(stopped).toMatchObject({ status: 200, body: { id } });
    // moto stops executions a while after its answer.
    await page.until(run(id), ({ outcome }) => outcome === 'stopped');
    const again = await page.post('/api/aws/start', { ...PLACE, job: 'report', eventText: JSON.stringify(SCHEDULED) });
    expect(again.body).toEqual({ id, isDuplicate: true });
    const twice = await page.post('/api/aws/stop', { ...PLACE, id });
    expect([twice.status, twice.body.error]).toEqual([400, expect.stringContaining('Nothing to stop')]);
    await stack.script('report', { ends: [0] });
    const rerun = await page.post('/api/aws/rerun', { ...PLACE, id });
    expect(rerun.body).toEqual({ id: `${id}-rerun-1` });
  });

  it.each([
    ['start', { job: 'report', eventText: '{' }, 400, 'not valid JSON'],
    ['start', { job: 'reprot', eventText: '{}' }, 400, 'Did you mean report?'],
    ['start', { job: 'report' }, 400, 'no "eventText"'],
    ['stop', { id: 'missing' }, 404, 'no run'],
    ['stop', { id: 'retried', reason: ' ' }, 400, 'The reason accepts 1 to 1,024 characters'],
  ])('refuses to %s with %j', async (what, body, status, error) => {
    const answer = await page.post(`/api/aws/${what}`, { ...PLACE, ...body });
    expect(answer).toMatchObject({ status, body: { error: expect.stringContaining(error) } });
  });

  it('changes nothing in an account or a region that nobody has confirmed', async () => {
    const other = await page.post('/api/aws/start', {
      account: '1',
      region: 'eu-west-1',
      job: 'report',
      eventText: '{}',
    });
    expect(other).toMatchObject({ status: 409, body: { error: expect.stringContaining('you confirmed account 1') } });
    const elsewhere = await page.post('/api/aws/stop', { account: ACCOUNT, region: 'us-east-1', id: 'retried' });
    expect(elsewhere.status).toBe(409);
    const nowhere = await page.post('/api/aws/stop', { id: 'retried' });
    expect(nowhere).toMatchObject({ status: 400, body: { error: 'The body has no "account".' } });
  });

  it('notices that the credentials have become those of another account', async () => {
    stack.front.answerAs('210987654321');
    const { status, body } = await page.post('/api/aws/start', { ...PLACE, job: 'report', eventText: '{}' });
    expect([status, body.error]).toEqual([409, expect.stringContaining('account 210987654321')]);
    expect(stack.front.actions).toEqual(['sts:GetCallerIdentity']);
    expect((await page.get('/api/console')).body.aws).toMatchObject({ kind: 'on', account: '210987654321' });
    stack.front.reset();
    expect((await page.post('/api/aws/retry', {})).body).toMatchObject({ kind: 'on', account: ACCOUNT });
  });

  it('says in place what is not allowed or throttled, while the rest goes on', async () => {
    stack.front.deny('batch:DescribeJobQueues');
    const capacity = await page.get('/api/capacity');
    expect(capacity.body.problem).toMatch(/^Could not describe the capacity: .*batch:DescribeJobQueues/);
    stack.front.throttle('states:DescribeExecution');
    const { status, body } = await page.get(run('unknown'));
    expect([status, body.error]).toEqual([502, expect.stringContaining('AWS throttles states:DescribeExecution')]);
    stack.front.deny('states:ListExecutions');
    const listed = await page.until('/api/runs?place=aws', ({ problem }) => problem !== undefined);
    expect(listed.body.problem).toMatch(/^Could not list executions: .*do not allow states:ListExecutions/);
    expect(listed.body.runs.length).toBeGreaterThan(2);
    stack.front.deny('sqs:GetQueueUrl');
    const undelivered = await page.get('/api/undelivered');
    expect(undelivered.body.problems).toEqual([expect.stringContaining('sqs:GetQueueUrl')]);
  });

  it('goes on when a run that a page follows cannot be read', async () => {
    stack.front.deny('states:DescribeExecution');
    const begun = Date.now();
    const following = page.follow('place=aws&run=unread');
    try {
      // It looks every 2 seconds. A console that has ended does not answer.
      await page.until('/api/console', () => Date.now() - begun > 6_000);
    } finally {
      following.stop();
    }
    expect(command.isRunning).toBe(true);
  });

  it('shows environments and queues, and how the config differs', async () => {
    const { body } = await page.get('/api/capacity');
    expect(body.problem).toBeUndefined();
    expect(body.environments).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ isSpot: true, state: 'ENABLED', maxVcpus: expect.any(Number) }),
        expect.objectContaining({ isSpot: false }),
      ]),
    );
    expect(body.queues.length).toBe(2);
    const same = await page.get('/api/deployment');
    expect(same.body).toMatchObject({ isDeployed: true, missing: [], differences: [], deployedAt: expect.any(Number) });
    const larger = {
      ...config,
      resources: { ...config.resources, clean: job(1, { resources: { cpu: 1, memory: 768 } }) },
    };
    writeFileSync(join(stack.folder, 'batch-jobs.config.json'), JSON.stringify(larger));
    const { body: changed } = await page.until('/api/deployment', ({ differences }) => differences.length > 0);
    expect(changed.differences).toEqual([
      {
        job: 'clean',
        property: 'resources.memory',
        deployed: expect.stringContaining('512'),
        config: expect.stringContaining('768'),
      },
    ]);
    writeFileSync(join(stack.folder, 'batch-jobs.config.json'), JSON.stringify(config));
    await page.until('/api/deployment', ({ differences }) => differences.length === 0);
  });

  describe('undelivered events', () => {
    const url = (name: string) => `${stack.moto.endpoint}/${ACCOUNT}/${name}`;
    const sqs = <Answer = unknown>(action: string, body: object) =>
      stack.api.json<Answer>('sqs', `AmazonSQS.${action}`, body);
    const send = async (event: unknown) => {
      const request = { QueueUrl: url(UNDELIVERED), MessageBody: message(lambdaFailure(event)).Body };
      return (await sqs<{ MessageId: string }>('SendMessage', request)).MessageId;
    };
    const all = async (lines: AsyncIterable<unknown>) => {
      const found: unknown[] = [];
      for await (const line of lines) found.push(line);
      return found;
    };

    it('are listed, shown, sent again and deleted', async () => {
      const first = await send({ ...SCHEDULED, id: 'one' });
      const second = await send({ ...SCHEDULED, id: 'two' });
      const { body } = await page.get('/api/undelivered');
      expect(body).toMatchObject({
        isComplete: true,
        problems: [],
        events: [
          { id: first, jobs: ['report'], source: 'schedule', queue: UNDELIVERED, expiresAt: expect.any(Number) },
          { id: second },
        ],
      });
      expect((await page.get('/api/console')).body.aws.undelivered).toBe(2);
      const detail = await page.get(`/api/undelivered/event?id=${first}`);
      expect(JSON.parse(detail.body.text)).toMatchObject({ id: 'one' });
      const sent = await all(page.lines('/api/undelivered/redrive', { ...PLACE, ids: [first] }));
      expect(sent).toEqual([
        { result: { id: first, outcome: 'started', run: expect.stringMatching(/^report-/) } },
        { done: { summary: '1 started.', problems: [] } },
      ]);
      const deleted = await all(page.lines('/api/undelivered/delete', { ...PLACE, ids: [second, 'unknown'] }));
      expect(deleted).toEqual([
        { result: { id: second, outcome: 'deleted' } },
        { result: { id: 'unknown', outcome: 'gone' } },
        { done: { summary: '1 deleted, 1 not in the queue any more.', problems: [] } },
      ]);
      expect((await page.get('/api/undelivered')).body.events).toEqual([]);
    });

    it('are sent at most 10 a second, and left where they are after a stop', async () => {
      const ids = await Promise.all(
        Array.from({ length: 80 }, (_, index) => send({ ...SCHEDULED, id: `many ${index}` })),
      );
      const leaving = new AbortController();
      let results = 0;
      await expect(async () => {
        for await (const _ of page.lines('/api/undelivered/delete', { ...PLACE, ids }, leaving.signal)) {
          results += 1;
          if (results === 4) leaving.abort();
        }
      }).rejects.toThrow('aborted');
      const { body } = await page.until('/api/undelivered', ({ events }) => events.length > 5);
      expect(body.events.length).toBeLessThan(77);
      const left = body.events.map(({ id }: { id: string }) => id).slice(0, 20);
      const begun = Date.now();
      await all(page.lines('/api/undelivered/delete', { ...PLACE, ids: left }));
      expect(Date.now() - begun).toBeGreaterThan((left.length - 1) * 100);
    });
  });

  it('needs no more than the policies of info allow', async () => {
    stack.front.enforce(operatorPolicy(deployed(config), 'read') as PolicyDocument);
    await page.post('/api/aws/retry', {});
    for (const path of ['/api/runs?place=aws', run('retried'), run('live'), '/api/capacity', '/api/deployment']) {
      expect((await page.get(path)).body.problem).toBeUndefined();
    }
    expect((await page.get('/api/undelivered')).body.problems).toEqual([]);
    stack.front.enforce(operatorPolicy(deployed(config), 'steer') as PolicyDocument);
    await stack.script('clean', { ends: ['running'] });
    const started = await page.post('/api/aws/start', { ...PLACE, job: 'clean', eventText: '{"any":1}' });
    expect(started.status).toBe(200);
    await hasStarted(started.body.id);
    expect((await page.post('/api/aws/stop', { ...PLACE, id: started.body.id })).status).toBe(200);
    await page.until(run(started.body.id), ({ outcome }) => outcome === 'stopped');
    const rerun = await page.post('/api/aws/rerun', { ...PLACE, id: started.body.id });
    expect(rerun.body).toEqual({ id: `${started.body.id}-rerun-1` });
    expect(stack.front.calls.filter(({ status }) => status === 403)).toEqual([]);
  });

  it('changes nothing with --read-only, and says without credentials what to do', async () => {
    const noKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    const other = stack.spawn(['console', '--aws', '--read-only', '--json'], { env: noKeys });
    const its = await ConsoleClient.of(other);
    for (const path of ['aws/start', 'aws/stop', 'aws/rerun', 'undelivered/redrive', 'undelivered/delete']) {
      const answer = await its.post(`/api/${path}`, {
        ...PLACE,
        id: 'retried',
        ids: ['one'],
        job: 'report',
        eventText: '{}',
      });
      expect([path, answer.status, answer.body.error]).toEqual([path, 403, expect.stringContaining('--read-only')]);
    }
    const { body } = await its.until('/api/console', ({ aws }) => aws.kind === 'problem');
    expect(body.aws.message).toMatch(/^No AWS credentials were found .*aws sso login\.$/);
    const runs = await its.get('/api/runs?place=aws');
    expect([runs.status, runs.body.error]).toEqual([400, body.aws.message]);
    expect((await its.post('/api/aws/retry', {})).body).toMatchObject({ kind: 'problem' });
    other.signal();
    await other.end;
  });
});
