import {
  type ArrayEnded,
  type ItemFailure,
  type ItemsAnswer,
  type ItemsPlan,
  type ItemsRequest,
  type ItemsSource,
  type NextArrays,
  readIndexLine,
} from '../../../modules/orchestration/items/format';
import { itemsProgram } from '../../../modules/orchestration/items-bundle';
import { type Outcome, TriggerProcess } from '../trigger/trigger-process';
import { FakeAws, type FakeChild, type Fault, variablesAt } from './fake-aws';

const RUN = '/events/tile/run-1';
const MiB = 1024 * 1024;
const ONE_ATTEMPT: ItemsPlan = { MaximumAttempts: 1, Waits: [], ThenOnDemand: false, MaxFailures: 0 };
const DONE: FakeChild = { status: 'SUCCEEDED' };
const FAILED: FakeChild = { status: 'FAILED', statusReason: 'Essential container in task exited', exitCode: 1 };
const RECLAIMED: FakeChild = { status: 'FAILED', statusReason: 'Host EC2 (instance i-1) terminated.' };
const MISFIT: FakeChild = { status: 'FAILED', statusReason: 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT' };

let aws: FakeAws;
let lambda: TriggerProcess;

beforeAll(() => {
  lambda = new TriggerProcess(itemsProgram.text());
});
afterAll(() => lambda.stop());
beforeEach(async () => {
  aws = new FakeAws();
  await aws.listen();
});
afterEach(() => aws.close());

type Request = Omit<Extract<ItemsRequest, { Operation: 'plan' }>, 'Execution'> | Record<string, unknown>;

/** An invocation, with the text of its input as it is: parsed, numbers would be rounded. */
function invoke(request: Request, timeoutMs = 30_000): Promise<Outcome> {
  return lambda.invoke({ Execution: 'run-1', ...request }, { variables: variablesAt(aws.url), timeoutMs });
}

async function plan(input: unknown, source: Partial<ItemsSource>): Promise<ItemsAnswer> {
  const { result, error } = await invoke({
    Operation: 'plan',
    Input: input,
    ForEach: { MaxItems: 100_000, ...source },
  });
  expect(error).toBeUndefined();
  return result as ItemsAnswer;
}

const keys = (count: number) => Array.from({ length: count }, (_, index) => `scene-${index}.tif`);

/** What a child of an array gets: line n of its index, and that range of the items. */
function item(index: string, child: number): { readonly item: number; readonly text: string } {
  const line = aws.text(`${RUN}/${index}`).slice(child * 36, (child + 1) * 36);
  const { start, end, item } = readIndexLine(line);
  const text = end === start ? '' : (aws.objects.get(`${RUN}/items.jsonl`) as Buffer).toString('utf8', start, end);
  return { item, text };
}

describe('plan', () => {
  it('gives each child its item, of a list in the event', async () => {
    expect(await plan({ keys: ['a', { b: 'ü' }, 3] }, { Items: '$.keys' })).toEqual({
      Next: 'run',
      Count: 3,
      Children: 3,
      Attempt: 1,
      OnDemand: false,
      Wait: 0,
      Arrays: [{ Number: 0, Size: 3, Items: 's3://events/tile/run-1/1-0.index' }],
      Aside: 0,
    });
    expect([0, 1, 2].map((child) => item('1-0.index', child))).toEqual([
      { item: 0, text: '"a"' },
      { item: 1, text: '{"b":"ü"}' },
      { item: 2, text: '3' },
    ]);
  });

  it('gives each number as it was sent', async () => {
    const text =
      '{"Execution":"run-1","Operation":"plan","ForEach":{"Items":"$.n","MaxItems":9},"Input":{"n":[1.123456789012345678]}}';
    await lambda.invokeText(text, { variables: variablesAt(aws.url) });
    expect(item('1-0.index', 0).text).toBe('1.123456789012345678');
  });

  it('makes an array for each 10,000 items, of which the last one can have one', async () => {
    const answer = (await plan({ keys: keys(20_001) }, { Items: '$.keys' })) as NextArrays;
    expect(answer.Arrays.map(({ Number: number, Size }) => [number, Size])).toEqual([
      [0, 10_000],
      [1, 10_000],
      [2, 1],
    ]);
    expect(item('1-1.index', 9_999)).toEqual({ item: 19_999, text: '"scene-19999.tif"' });
    expect(item('1-2.index', 0)).toEqual({ item: 20_000, text: '"scene-20000.tif"' });
    expect(aws.text(`${RUN}/1-2.index`)).toHaveLength(36);
  });

  it('makes smaller arrays, and says how many places they take, if items are counted', async () => {
    const answer = async (count: number) =>
      (
        await invoke({
          ...{ Operation: 'plan', Input: { keys: keys(count) }, ArraySize: 4 },
          ForEach: { MaxItems: 100, Items: '$.keys' },
        })
      ).result as unknown as NextArrays;
    const { Arrays, Places, Room } = await answer(10);
    expect([Arrays.map(({ Size }) => Size), Places, Room]).toEqual([[4, 4, 2], '4', '0']);
    expect(item('1-2.index', 1)).toEqual({ item: 9, text: '"scene-9.tif"' });
    aws.objects.clear();
    expect(await answer(3)).toMatchObject({ Arrays: [{ Size: 3 }], Places: '3', Room: '1' });
    aws.objects.clear();
    expect(await answer(0)).toMatchObject({ Next: 'end' });
  });

  it('counts children that keep the event, without items', async () => {
    expect(await plan({ a: 1 }, { Total: 3 })).toMatchObject({ Count: 3, Arrays: [{ Size: 3 }] });
    expect([...aws.objects.keys()]).toEqual([`${RUN}/1-0.index`]);
    expect([0, 2].map((child) => item('1-0.index', child))).toEqual([
      { item: 0, text: '' },
      { item: 2, text: '' },
    ]);
  });

  it('ends a run without items, and stores nothing', async () => {
    const result = { items: 0, succeeded: 0, failed: 0, failures: [] };
    expect(await plan({ Records: [] }, { Items: 'records' })).toEqual({ Next: 'end', Result: result });
    expect(aws.requests).toEqual([]);
  });

  it('refuses more items than the run may have', async () => {
    expect(await plan({ keys: keys(4) }, { Items: '$.keys', MaxItems: 3 })).toEqual({
      Next: 'fail',
      Error: 'TooManyItems',
      Cause: 'The run has 4 items, and may have 3. Raise maxItems of forEach, or send fewer items.',
    });
    aws.objects.set('/in/list', Buffer.from('a\nb\nc\nd\n'));
    expect(await plan({ key: 's3://in/list' }, { S3Manifest: '$.key', MaxItems: 3 })).toMatchObject({
      Error: 'TooManyItems',
      Cause: expect.stringMatching(/^The run has more than the 3 items that it may have\./),
    });
    expect([...aws.objects.keys()]).toEqual(['/in/list']);
  });

  it('reads a large event from where it is, and refuses another object there', async () => {
    const event = Buffer.from(JSON.stringify({ keys: ['a'] }));
    aws.objects.set('/events/tile/run-1/e.json', event);
    const sha256 = 'ed2a0ff4e8a7a5c27ee1d9b7c2a1ebbb94e7bd4af4d1a6e45be0b6c93fb60bd1';
    const reference = { s3Uri: 's3://events/tile/run-1/e.json', bytes: event.length };
    expect(await plan({ stpPayload: reference }, { Items: '$.keys' })).toMatchObject({ Count: 1 });
    expect(await plan({ stpPayload: { ...reference, sha256 } }, { Items: '$.keys' })).toMatchObject({
      Error: 'ItemsNotFound',
      Cause: 'The object s3://events/tile/run-1/e.json is not the event that started the run.',
    });
    expect(await plan({ stpPayload: { s3Uri: 's3://events/gone' } }, { Items: '$.keys' })).toMatchObject({
      Error: 'ItemsNotFound',
      Cause: expect.stringContaining('The event in s3://events/gone cannot be read: NoSuchKey'),
    });
  });

  it('says how to let the job read a manifest, and that there is none', async () => {
    aws.fault = (request) => (request === 'GET /in/list' ? { status: 403, code: 'AccessDenied' } : undefined);
    expect(await plan({ key: 's3://in/list' }, { S3Manifest: '$.key' })).toEqual({
      Next: 'fail',
      Error: 'ManifestNotReadable',
      Cause:
        's3://in/list cannot be read: AccessDenied (HTTP 403): asked for. ' +
        'Let the job read it (s3:GetObject): with connectTo or iamRoleStatements. ' +
        'S3 says the same of a key that does not exist.',
    });
    expect(await plan({ key: 's3://in/other' }, { S3Manifest: '$.key' })).toMatchObject({
      Cause: 's3://in/other cannot be read: NoSuchKey (HTTP 404): as S3 says it.',
    });
  });

  it('keeps the items of a try whose answer was lost, if the manifest is gone since or has too many', async () => {
    const source = { S3Manifest: '$.key', MaxItems: 2 };
    aws.objects.set('/in/list', Buffer.from('a\nb\n'));
    const first = await plan({ key: 's3://in/list' }, source);
    expect(first).toMatchObject({ Count: 2 });
    aws.objects.set('/in/list', Buffer.from('a\nb\nc\n'));
    expect(await plan({ key: 's3://in/list' }, source)).toEqual(first);
    aws.objects.delete('/in/list');
    expect(await plan({ key: 's3://in/list' }, source)).toEqual(first);
  });

  it('reads a key with any character', async () => {
    aws.objects.set("/in/a b+c/ü(1)'*!.txt", Buffer.from('x'));
    expect(await plan({ key: "a b+c/ü(1)'*!.txt" }, { S3Manifest: '$.key', Bucket: 'in' })).toMatchObject({ Count: 1 });
  });

  /** Lines of 1 KiB, from any byte on. */
  function* manifest(start: number, bytes: number): Generator<Buffer> {
    const line = (number: number) => `${JSON.stringify({ n: number, x: '' }).slice(0, -2).padEnd(1_021, 'x')}"}\n`;
    for (let at = start; at < bytes; ) {
      const chunk = Buffer.from(line(Math.floor(at / 1024))).subarray(at % 1024);
      yield chunk.subarray(0, bytes - at);
      at += chunk.length;
    }
  }
  const made = (bytes: number) => ({ bytes, from: (start: number) => manifest(start, bytes) });

  it('uploads a large manifest in parts, and each child finds its line', async () => {
    aws.objects.set('/in/list', made(20 * MiB));
    const answer = await plan({ key: 's3://in/list' }, { S3Manifest: '$.key' });
    expect(answer).toMatchObject({ Count: 20 * 1024, Arrays: [{ Size: 10_000 }, { Size: 10_000 }, { Size: 480 }] });
    expect(JSON.parse(item('1-2.index', 479).text)).toMatchObject({ n: 20_479 });
    expect(JSON.parse(item('1-1.index', 0).text)).toMatchObject({ n: 10_000 });
    expect(aws.requests.filter((request) => request.includes('partNumber'))).toHaveLength(3);
    expect(aws.openUploads).toBe(0);
  });

  it('goes on where the connection broke, if the manifest is the same', async () => {
    const text = Buffer.from(keys(5_000).join('\n'));
    aws.objects.set('/in/list', text);
    let broken = 0;
    aws.fault = (request): Fault | undefined => (request === 'GET /in/list' && broken++ < 3 ? 'broken' : undefined);
    expect(await plan({ key: 's3://in/list' }, { S3Manifest: '$.key' })).toMatchObject({ Count: 5_000 });
    expect(item('1-0.index', 4_999).text).toBe('"scene-4999.tif"');
    expect(aws.requests.filter((request) => request === 'GET /in/list')).toHaveLength(4);
  });

  it('is repeated, from the beginning, if the manifest changed meanwhile, and stores nothing of the first one', async () => {
    aws.objects.set('/in/list', Buffer.from(keys(5_000).join('\n')));
    aws.fault = (request): Fault | undefined => {
      if (request !== 'GET /in/list' || aws.requests.length > 0) return undefined;
      setTimeout(() => aws.objects.set('/in/list', Buffer.from('x\ny')), 0);
      return 'broken';
    };
    const request = {
      Operation: 'plan',
      Input: { key: 's3://in/list' },
      ForEach: { S3Manifest: '$.key', MaxItems: 9 },
    };
    const first = await invoke({ ...request, ForEach: { ...request.ForEach, MaxItems: 9_999 } });
    expect(first.error).toMatchObject({ code: 'ManifestChanged' });
    expect([...aws.objects.keys()]).toEqual(['/in/list']);
    expect((await invoke(request)).result).toMatchObject({ Count: 2 });
    expect(item('1-0.index', 1).text).toBe('"y"');
  });

  it.each([
    ['small', 2],
    ['large', 9 * 1024],
  ])('has the same answer again after a lost one, also if the %s manifest has changed since', async (_, lines) => {
    aws.objects.set('/in/list', made(lines * 1024));
    const first = await plan({ key: 's3://in/list' }, { S3Manifest: '$.key' });
    expect(first).toMatchObject({ Count: lines });
    const before = aws.text(`${RUN}/1-0.index`);
    aws.objects.set('/in/list', made((lines + 1) * 1024));
    expect(await plan({ key: 's3://in/list' }, { S3Manifest: '$.key' })).toEqual(first);
    expect(aws.text(`${RUN}/1-0.index`)).toBe(before);
    expect(aws.openUploads).toBe(0);
  });

  it.each([
    'POST /events/tile/run-1/items.jsonl?uploadId',
    'PUT /events/tile/run-1/items.jsonl',
    'PUT /events/tile/run-1/1-0.index',
  ])('stores the items once, if the answer to %s is lost', async (lost) => {
    const lines = lost.startsWith('POST') ? 9 * 1024 : 2;
    aws.objects.set('/in/list', made(lines * 1024));
    let done = false;
    aws.fault = (request) => {
      if (done || request !== lost) return undefined;
      done = true;
      return 'lost';
    };
    expect(await plan({ key: 's3://in/list' }, { S3Manifest: '$.key' })).toMatchObject({ Count: lines });
    expect(done).toBe(true);
    expect(JSON.parse(item('1-0.index', lines - 1).text)).toMatchObject({ n: lines - 1 });
  });

  it('takes back the parts of an upload that cannot end', async () => {
    aws.objects.set('/in/list', {
      bytes: 20 * MiB,
      from: (start) => [...manifest(start, 17 * MiB), Buffer.from('no JSON'), Buffer.alloc(3 * MiB - 7)],
    });
    expect(await plan({ key: 's3://in/list' }, { S3Manifest: '$.key' })).toMatchObject({
      Error: 'ManifestNotReadable',
    });
    expect(aws.openUploads).toBe(0);
    expect(aws.requests.slice(-2)).toEqual([`DELETE ${RUN}/items.jsonl?uploadId`, `GET ${RUN}/items.jsonl`]);
  });
});

describe('ends', () => {
  async function ends(children: readonly FakeChild[], more: object = {}): Promise<Record<string, unknown>[]> {
    aws.jobs.set('job-1', { statusReason: 'Array Child Job failed', children, ...more });
    const { result, error } = await invoke({
      Operation: 'ends',
      Attempt: 2,
      OnDemand: false,
      Number: 3,
      Size: children.length,
      JobId: 'job-1',
    });
    expect(error).toBeUndefined();
    const lines = aws.text(`${RUN}/2-3.failed`).split('\n').filter(Boolean);
    expect(result).toEqual({ Number: 3, Failed: lines.length });
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  const reason = 'Essential container in task exited';

  it('lists failed children, why each one failed, and whether it can be helped', async () => {
    const late: FakeChild = { status: 'FAILED', statusReason: 'Job attempt duration exceeded timeout', exitCode: 143 };
    const sigterm: FakeChild = { ...FAILED, exitCode: 143 };
    const killed: FakeChild = {
      ...FAILED,
      exitCode: 137,
      reason: 'OutOfMemoryError: Container killed due to memory usage',
    };
    const children = [DONE, FAILED, RECLAIMED, late, sigterm, { ...sigterm, isTerminated: true }, MISFIT, killed, DONE];
    expect(await ends(children)).toEqual([
      { child: 1, reason, exitCode: 1, end: 'failed' },
      { child: 2, reason: 'Host EC2 (instance i-1) terminated.', end: 'reclaimed' },
      { child: 3, reason: 'Job attempt duration exceeded timeout', exitCode: 143, end: 'failed' },
      { child: 4, reason, exitCode: 143, end: 'reclaimed' },
      { child: 5, reason, exitCode: 143, end: 'failed' },
      { child: 6, reason: 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT', end: 'incurable' },
      { child: 7, reason: 'OutOfMemoryError: Container killed due to memory usage', exitCode: 137, end: 'failed' },
    ]);
  });

  it('takes a plain job for its own child', async () => {
    expect(await ends([FAILED])).toEqual([{ child: 0, reason, exitCode: 1, end: 'failed' }]);
  });

  it('reads each page of a long list, throttled or not', async () => {
    let calls = 0;
    aws.fault = (request) =>
      request.includes('listjobs') && calls++ % 2 === 0 ? { status: 429, code: 'TooManyRequestsException' } : undefined;
    const listed = await ends(Array.from({ length: 1_000 }, (_, child) => (child % 2 === 0 ? FAILED : DONE)));
    expect(listed.map(({ child }) => child)).toEqual(Array.from({ length: 500 }, (_, index) => index * 2));
    expect(calls).toBe(10);
  });

  it('counts a child as failed that AWS Batch has in no state, also of an array that never began', async () => {
    expect((await ends([DONE, FAILED, DONE], { forgotten: [1] })).map(({ child }) => child)).toEqual([1]);
    const never = [MISFIT, MISFIT, MISFIT];
    const statusReason = 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE';
    const listed = await ends(never, { forgotten: [0, 1, 2], statusReason });
    expect(listed).toEqual([0, 1, 2].map((child) => ({ child, reason: statusReason, end: 'incurable' })));
  });
});

describe('collect', () => {
  /** Lets the arrays of an answer end, and asks what is next. `end` gives each item's end. */
  async function collect(answer: NextArrays, end: (item: number) => FakeChild, more: Partial<ItemsPlan> = {}) {
    const Ended: ArrayEnded[] = [];
    for (const { Number: number, Size, Items } of answer.Arrays) {
      const index = Items.slice('s3://'.length);
      const items = Array.from({ length: Size }, (_, child) => item(index.split('/').at(-1) ?? '', child).item);
      aws.jobs.set('job', { children: items.map(end) });
      const array = { Attempt: answer.Attempt, OnDemand: answer.OnDemand, Number: number, Size, JobId: 'job' };
      const failed = items.map(end).some(({ status }) => status === 'FAILED');
      const { result } = failed
        ? await invoke({ Operation: 'ends', ...array })
        : { result: { Number: number, Failed: 0 } };
      Ended.push(result as ArrayEnded);
    }
    const request = { Operation: 'collect', Answer: answer, Ended, Plan: { ...ONE_ATTEMPT, ...more } };
    const { result, error } = await invoke(request);
    expect(error).toBeUndefined();
    const again = (await invoke(request)).result;
    expect(again).toEqual(result);
    return result as ItemsAnswer;
  }

  const begin = (count: number) => plan({ keys: keys(count) }, { Items: '$.keys' }) as Promise<NextArrays>;
  const itemsOf = ({ Arrays }: NextArrays) =>
    Arrays.flatMap(({ Size, Items }) =>
      Array.from({ length: Size }, (_, child) => item(Items.split('/').at(-1) ?? '', child).item),
    );
  const failure = (index: number): ItemFailure => ({
    index,
    reason: 'Essential container in task exited',
    exitCode: 1,
  });

  it('ends well if no child failed', async () => {
    expect(await collect(await begin(3), () => DONE)).toEqual({
      Next: 'end',
      Result: { items: 3, succeeded: 3, failed: 0, failures: [] },
    });
  });

  it('runs only the failed children again, after the wait, and then those that still fail', async () => {
    const retries = { MaximumAttempts: 3, Waits: [0, 7] };
    const second = (await collect(
      await begin(10_003),
      (index) => (index % 5_001 === 0 ? FAILED : DONE),
      retries,
    )) as NextArrays;
    expect([second.Next, second.Attempt, itemsOf(second)]).toEqual(['run', 2, [0, 5_001, 10_002]]);
    expect(second.Arrays).toEqual([{ Number: 0, Size: 3, Items: 's3://events/tile/run-1/2-0.index' }]);
    expect(item('2-0.index', 1).text).toBe('"scene-5001.tif"');
    const third = (await collect(second, (index) => (index === 5_001 ? FAILED : DONE), retries)) as NextArrays;
    expect([third.Next, third.Wait, third.Attempt, itemsOf(third)]).toEqual(['wait', 7, 3, [5_001]]);
    expect(await collect(third, () => FAILED, retries)).toEqual({
      Next: 'fail',
      Error: 'ItemsFailed',
      Cause: JSON.stringify({
        items: 10_003,
        succeeded: 10_002,
        failed: 1,
        failures: [failure(5_001)],
        failuresUri: 's3://events/tile/run-1/failures.jsonl',
      }),
    });
  });

  it('runs failed children again in arrays of the same size', async () => {
    const again = (await collect(await begin(10), (index) => (index < 7 ? FAILED : DONE), {
      MaximumAttempts: 2,
      Waits: [0],
      ArraySize: 4,
    })) as NextArrays;
    expect(again.Arrays.map(({ Size }) => Size)).toEqual([4, 3]);
    expect(itemsOf(again)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  describe('children that were killed for memory', () => {
    const reason = 'OutOfMemoryError: Container killed due to memory usage';
    const KILLED: FakeChild = { ...FAILED, exitCode: 137, reason };
    const plan = { MaximumAttempts: 9, Waits: [], MemoryLevels: [512, 1024, 1500] };
    const given = (ends: readonly FakeChild[]) => (index: number) => ends[index] ?? DONE;
    const arraysOf = (answer: ItemsAnswer) =>
      'Arrays' in answer
        ? answer.Arrays.map((array) => [array.Number, array.Memory, itemsOf({ ...answer, Arrays: [array] })])
        : answer.Next;
    const first = async (count: number) => {
      const request = { Operation: 'plan', Input: { keys: keys(count) }, ForEach: { Items: '$.keys', MaxItems: 99 } };
      return (await invoke({ ...request, Memory: '512' })).result as NextArrays;
    };

    it('get the next memory, in an array of their own, and others keep theirs', async () => {
      const answer = await first(5);
      expect(arraysOf(answer)).toEqual([[0, '512', [0, 1, 2, 3, 4]]]);
      const second = await collect(answer, given([KILLED, FAILED, DONE, KILLED]), plan);
      expect(arraysOf(second)).toEqual([
        [0, '512', [1]],
        [1, '1024', [0, 3]],
      ]);
      const third = await collect(second as NextArrays, given([KILLED, KILLED, DONE, FAILED]), plan);
      expect(arraysOf(third)).toEqual([
        [0, '1024', [3, 1].sort()],
        [1, '1500', [0]],
      ]);
      const fourth = await collect(third as NextArrays, given([KILLED, DONE, DONE, DONE]), plan);
      expect(arraysOf(fourth)).toEqual([[0, '1500', [0]]]);
      expect((await collect(fourth as NextArrays, () => DONE, plan)).Next).toBe('end');
    });

    it('keep their memory in mind while others go on demand', async () => {
      const more = { ...plan, ThenOnDemand: true };
      const onDemand = await collect(await first(3), given([KILLED, RECLAIMED, FAILED]), more);
      expect(arraysOf(onDemand)).toEqual([[1, '512', [1]]]);
      expect(arraysOf(await collect(onDemand as NextArrays, () => KILLED, more))).toEqual([
        [0, '512', [2]],
        [1, '1024', [0, 1]],
      ]);
    });

    it('have the same memory again where the job doesn’t give more', async () => {
      const second = await collect(await begin(2), () => KILLED, { MaximumAttempts: 2 });
      expect(arraysOf(second)).toEqual([[0, undefined, [0, 1]]]);
    });

    it('are in the list of failures without it', async () => {
      await collect(await first(1), () => KILLED, { MaximumAttempts: 1, MemoryLevels: [512, 1024] });
      expect(Object.keys(JSON.parse(aws.text(`${RUN}/failures.jsonl`)))).not.toContain('memory');
    });
  });

  it('sends reclaimed children on demand in the same attempt, and only then repeats the others', async () => {
    const retries = { MaximumAttempts: 2, Waits: [5], ThenOnDemand: true };
    const ends = [DONE, RECLAIMED, FAILED, MISFIT, RECLAIMED];
    const reclaimed = (await collect(await begin(5), (index) => ends[index] ?? DONE, retries)) as NextArrays;
    expect(reclaimed).toMatchObject({ Next: 'run', Attempt: 1, OnDemand: true, Wait: 0, Aside: 2 });
    expect([reclaimed.Arrays.map(({ Number: number }) => number), itemsOf(reclaimed)]).toEqual([[1], [1, 4]]);
    // On demand, a host that is gone is a failure.
    const second = (await collect(reclaimed, (index) => (index === 4 ? RECLAIMED : DONE), retries)) as NextArrays;
    expect(second).toMatchObject({ Next: 'wait', Attempt: 2, OnDemand: false, Wait: 5, Aside: 1 });
    expect(itemsOf(second)).toEqual([2, 4]);
    const end = await collect(second, () => DONE, retries);
    expect(JSON.parse((end as { Cause: string }).Cause)).toMatchObject({
      items: 5,
      succeeded: 4,
      failures: [{ index: 3 }],
    });
  });

  it('repeats no child that no attempt can help', async () => {
    const end = await collect(await begin(2), () => MISFIT, { MaximumAttempts: 5, Waits: [1, 1, 1, 1] });
    expect(end).toMatchObject({ Next: 'fail', Error: 'ItemsFailed' });
  });

  it.each<[number | string, number, boolean]>([
    [0, 1, false],
    [2, 2, true],
    [2, 3, false],
    ['30%', 3, true],
    ['29.99%', 3, false],
    ['100%', 10, true],
  ])('with maxFailures %s and %d of 10 failed: ends well %s', async (MaxFailures, failed, well) => {
    const end = await collect(await begin(10), (index) => (index < failed ? FAILED : DONE), { MaxFailures });
    expect(end.Next).toBe(well ? 'end' : 'fail');
    expect(aws.text(`${RUN}/failures.jsonl`).trim().split('\n')).toHaveLength(failed);
  });

  it('lists the first failures, and all in the bucket, in the order of the items', async () => {
    const long = '\\"'.repeat(500);
    const broken: FakeChild = { ...FAILED, reason: long };
    const end = await collect(await begin(120), () => broken);
    const { Cause } = end as { Cause: string };
    expect(Cause.length).toBeLessThanOrEqual(32_768);
    const { failures, failed } = JSON.parse(Cause) as { failures: ItemFailure[]; failed: number };
    expect([failed, failures[0]?.index, failures.length > 20, failures.length <= 50]).toEqual([120, 0, true, true]);
    const lines = aws
      .text(`${RUN}/failures.jsonl`)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ItemFailure);
    expect(lines.map(({ index }) => index)).toEqual(Array.from({ length: 120 }, (_, index) => index));
  });

  it('is repeated by another run, with the indexes and the count that the items had', async () => {
    await collect(await begin(10), (index) => (index % 4 === 1 ? FAILED : DONE));
    const reference = { s3Uri: 's3://events/tile/run-2/e.json', failedItemsOf: 'run-1' };
    const { result } = await invoke({
      Execution: 'run-2',
      Operation: 'plan',
      Input: { stpPayload: reference },
      ForEach: { Items: '$.keys', MaxItems: 100_000 },
    });
    expect(result).toMatchObject({
      Count: 10,
      Children: 3,
      Arrays: [{ Size: 3, Items: 's3://events/tile/run-2/1-0.index' }],
    });
    const line = readIndexLine(aws.text('/events/tile/run-2/1-0.index').slice(36, 72));
    expect(line.item).toBe(5);
    expect(aws.text('/events/tile/run-2/items.jsonl').slice(line.start, line.end)).toBe('"scene-5.tif"');
    const small = await invoke({
      ...{ Execution: 'run-4', Operation: 'plan', Input: { stpPayload: reference }, ArraySize: 2 },
      ForEach: { Items: '$.keys', MaxItems: 100_000 },
    });
    expect(small.result).toMatchObject({ Children: 3, Arrays: [{ Size: 2 }, { Size: 1 }], Places: '2', Room: '0' });
    const gone = await invoke({
      Execution: 'run-3',
      Operation: 'plan',
      Input: { stpPayload: { failedItemsOf: 'run-0' } },
      ForEach: { Items: '$.keys', MaxItems: 100_000 },
    });
    expect(gone.result).toMatchObject({ Error: 'EarlierRunNotFound' });
  });
});

it('is small, and loads without the rest of the project', () => {
  expect(itemsProgram.text().length).toBeLessThan(36_000);
});

it('takes a list of failed children that lost some for no list', async () => {
  aws.objects.set(`${RUN}/1-0.failed`, Buffer.from(''));
  aws.objects.set(`${RUN}/1-0.index`, Buffer.from('0000000000000 0000000000012 0000000\n'));
  const Arrays = [{ Number: 0, Size: 1, Items: 's3://events/tile/run-1/1-0.index' }];
  const Answer = { Next: 'run', Count: 1, Children: 1, Attempt: 1, OnDemand: false, Wait: 0, Arrays, Aside: 0 };
  const request = { Operation: 'collect', Answer, Ended: [{ Number: 0, Failed: 1 }], Plan: ONE_ATTEMPT };
  const { error } = await invoke(request);
  expect(error?.message).toBe('s3://events/tile/run-1/1-0.failed lists 0 failed children, and 1 failed.');
});
