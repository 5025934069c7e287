import { deliver, type LocalRun } from '../../../cli/local/local-run';

const mock = {
  executions: [] as { name: string; input: string }[],
  invoke: jest.fn(),
  stop: jest.fn(),
  trigger: jest.fn(),
  aws: { url: 'http://loopback', objects: { isEmpty: true }, readOnly: false, close: jest.fn() },
  batch: jest.fn(),
  submit: jest.fn(),
  unused: [] as string[],
  items: jest.fn(),
  bucket: jest.fn(),
  interpret: jest.fn(),
  delays: [] as number[],
};
jest.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    mock.delays.push(ms);
    jest.advanceTimersByTime(ms);
  },
}));
jest.mock('../../../cli/local/function-process', () => ({
  FunctionProcess: class {
    constructor(...given: unknown[]) {
      mock.trigger(...given);
    }
    invoke = mock.invoke;
    stop = mock.stop;
  },
}));
jest.mock('../../../cli/local/loopback-aws', () => ({
  LoopbackAws: class {
    executions = mock.executions;
    url = mock.aws.url;
    objects = mock.aws.objects;
    async listen() {}
    close = mock.aws.close;
    set readOnly(value: boolean) {
      mock.aws.readOnly = value;
    }
  },
}));
jest.mock('../../../cli/local/local-batch', () => ({
  LocalBatch: class {
    attempts = new Set(['a', 'b']);
    unused = mock.unused;
    submit = mock.submit;
    constructor(given: unknown) {
      mock.batch(given);
    }
  },
}));
jest.mock('../../../cli/local/items/items-run', () => ({
  ItemsRun: { start: (...given: unknown[]) => mock.items(...given) },
  isOfItems: ({ resource }: { resource: string }) => resource === 'items',
}));
jest.mock('../../../cli/local/places/places-table', () => ({
  PlacesTable: class {
    call = () => ({ output: 'a place' });
  },
  isOfPlaces: ({ resource }: { resource: string }) => resource === 'places',
}));
jest.mock('../../../cli/local/emulator/emulated-run', () => ({
  createPayloadBucket: (...given: unknown[]) => mock.bucket(...given),
}));
jest.mock('../../../cli/local/state-machine/interpreter', () => ({
  interpret: (...given: unknown[]) => mock.interpret(...given),
}));

const EMULATOR = {
  endpoint: 'http://emulator',
  region: 'eu-west-1',
  account: '1',
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: undefined },
};
const REFERENCE = JSON.stringify({ stpPayload: { s3Uri: 's3://a/b', sha256: 'c', bytes: 1 } });
const LOCAL = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

let told: { type: string }[];

beforeEach(() => {
  for (const each of [
    mock.invoke,
    mock.stop,
    mock.trigger,
    mock.batch,
    mock.submit,
    mock.items,
    mock.bucket,
    mock.interpret,
    mock.aws.close,
  ])
    each.mockReset();
  mock.invoke.mockImplementation(async () => {
    mock.executions[0] ??= { name: 'run', input: '{"a":1}' };
    return {};
  });
  mock.interpret.mockResolvedValue({ status: 'SUCCEEDED', output: { done: true } });
  Object.assign(mock, { executions: [], unused: [], delays: [] });
  Object.assign(mock.aws, { objects: { isEmpty: true }, readOnly: false });
  told = [];
});
afterEach(() => jest.useRealTimers());

function runOf({
  options = {},
  job = {},
  ...others
}: {
  options?: object;
  job?: object;
  [part: string]: unknown;
} = {}) {
  const report = { tell: (event: { type: string }) => told.push(event), countDown: jest.fn(), seconds: 1 };
  const run = {
    job: {
      trigger: { bundle: 'bundle', variables: { A: '1', PAYLOAD_BUCKET: 'payloads' } },
      container: 'container',
      retry: 'retry',
      queueNames: 'names',
      definition: 'definition',
      ...job,
    },
    given: { source: 'by hand', event: { a: 'ä' }, text: '{"a":"ä"}' },
    source: 'source',
    variables: { V: '1' },
    options: { aws: false, deliverTwice: false, fast: false, create: false, faults: 'faults', ...options },
    report,
    ...others,
  };
  return { run: run as unknown as LocalRun, report };
}

const started = async (given: Parameters<typeof runOf>[0] = {}) => deliver(runOf(given).run);
const ended = async (given: Parameters<typeof runOf>[0] = {}) => (await started(given))();

describe('the trigger function', () => {
  it('is invoked once with the event, and then stopped', async () => {
    await started();
    expect(mock.trigger.mock.calls).toEqual([
      ['bundle', { A: '1', PAYLOAD_BUCKET: 'payloads', ...LOCAL, AWS_ENDPOINT_URL: 'http://loopback' }],
    ]);
    expect(mock.invoke.mock.calls).toEqual([['{"a":"ä"}', expect.stringMatching(/^[0-9a-f-]{36}$/)]]);
    expect([mock.stop.mock.calls.length, mock.aws.readOnly, mock.aws.close.mock.calls.length]).toEqual([1, true, 0]);
    expect(told).toEqual([
      { type: 'event', source: 'by hand', bytes: 10 },
      { type: 'started', executionName: 'run', claimCheck: false },
    ]);
  });

  it('finds large events in an emulator', async () => {
    await started({ emulator: EMULATOR });
    expect(mock.trigger.mock.calls[0]?.[1]).toMatchObject({
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: 'http://loopback',
      AWS_ENDPOINT_URL_S3: 'http://emulator',
    });
  });

  it('can fail', async () => {
    mock.invoke.mockResolvedValue({ error: 'No access' });
    await expect(started()).rejects.toThrow('The trigger function failed: No access.');
    expect([mock.stop.mock.calls.length, mock.aws.close.mock.calls.length]).toEqual([1, 1]);
  });

  it('can start no job', async () => {
    mock.invoke.mockResolvedValue({});
    await expect(started()).rejects.toThrow('The trigger function starts no job for this event.');
    expect(mock.aws.close).toHaveBeenCalledTimes(1);
  });

  it('gets the event twice if that is wanted, as one request', async () => {
    await started({ options: { deliverTwice: true } });
    const [[, first], [, second]] = mock.invoke.mock.calls;
    expect(first).toBe(second);
    expect(told.at(-1)).toEqual({ type: 'duplicate', executionName: 'run' });
  });

  it('must not start two executions then', async () => {
    mock.invoke.mockImplementation(async () => {
      mock.executions.push({ name: `${mock.executions.length}`, input: '{}' });
      return {};
    });
    await expect(started({ options: { deliverTwice: true } })).rejects.toThrow('one event started two executions');
  });
});

describe('a large event', () => {
  beforeEach(() => {
    mock.executions[0] = { name: 'run', input: REFERENCE };
  });

  it('is told', async () => {
    await started();
    expect(told.at(-1)).toMatchObject({ type: 'started', claimCheck: true });
  });

  it("cannot be one of a run with one's credentials", async () => {
    await expect(started({ options: { aws: true } })).rejects.toThrow(
      '--aws cannot be used with an event larger than 8,192 characters: the job would look for it in your account.',
    );
    mock.executions[0] = { name: 'run', input: '{}' };
    await started({ options: { aws: true } });
  });

  it('needs the payload bucket of an emulator', async () => {
    mock.invoke.mockResolvedValueOnce({ error: 'x', code: 'NoSuchBucket' });
    await expect(started({ emulator: EMULATOR })).rejects.toThrow(
      'The event is larger than 8,192 characters, and the payload bucket payloads is not at http://emulator. Add --create.',
    );
  });

  it('has it created if that is wanted', async () => {
    mock.invoke.mockResolvedValueOnce({ error: 'x', code: 'NoSuchBucket' }).mockResolvedValueOnce({});
    const given = { emulator: EMULATOR, options: { create: true } };
    await started(given);
    expect(mock.bucket).toHaveBeenCalledWith(EMULATOR, expect.objectContaining({ container: 'container' }));
    expect(mock.invoke).toHaveBeenCalledTimes(2);
    mock.invoke.mockResolvedValueOnce({ error: 'x', code: 'NoSuchBucket' }).mockResolvedValueOnce({ error: 'again' });
    await expect(started(given)).rejects.toThrow('The trigger function failed: again.');
  });

  it('has no bucket created without an emulator, or after another error', async () => {
    mock.invoke.mockResolvedValueOnce({ error: 'x', code: 'NoSuchBucket' });
    await expect(started({ options: { create: true } })).rejects.toThrow('failed: x.');
    mock.invoke.mockResolvedValueOnce({ error: 'y', code: 'Other' });
    await expect(started({ emulator: EMULATOR, options: { create: true } })).rejects.toThrow('failed: y.');
    expect(mock.bucket).not.toHaveBeenCalled();
  });
});

describe('a recording', () => {
  it('begins with the execution, and is told', async () => {
    const recorder = { invoked: jest.fn(), start: jest.fn(() => ({ id: 'r1' })) };
    await started({ recorder });
    expect(recorder.invoked).toHaveBeenCalledTimes(1);
    expect(recorder.start).toHaveBeenCalledWith('run', expect.objectContaining({ source: 'by hand' }));
    expect(told.at(-1)).toEqual({ type: 'recorded', id: 'r1' });
  });

  it('that cannot be made is noted', async () => {
    await started({ recorder: { invoked: () => {}, start: () => undefined, fault: 'EACCES' } });
    expect(told.at(-1)).toEqual({ type: 'note', text: expect.stringMatching(/: EACCES$/), isRecorded: false });
  });
});

describe('the execution', () => {
  it('is interpreted, and its end told', async () => {
    const onEnd = jest.fn();
    expect(await ended({ onEnd })).toEqual({ executionName: 'run', status: 'SUCCEEDED', attempts: 2, seconds: 0 });
    expect(mock.interpret.mock.calls[0]).toEqual([
      'definition',
      expect.objectContaining({ executionName: 'run', input: { a: 1 } }),
    ]);
    expect(onEnd.mock.calls).toEqual([[{ input: '{"a":1}', output: '{"done":true}' }]]);
    expect(mock.aws.close).toHaveBeenCalledTimes(1);
  });

  it('can fail', async () => {
    const onEnd = jest.fn();
    mock.interpret.mockResolvedValue({ status: 'FAILED', error: 'JobFailed', cause: 'exit 1' });
    expect(await ended({ onEnd })).toMatchObject({ status: 'FAILED', error: 'JobFailed', cause: 'exit 1' });
    expect(onEnd.mock.calls).toEqual([[{ input: '{"a":1}' }]]);
  });

  it('takes its time', async () => {
    const { run, report } = runOf();
    mock.interpret.mockImplementation(async () => {
      report.seconds = 3.45678;
      return { status: 'SUCCEEDED', output: null };
    });
    expect((await (await deliver(run))()).seconds).toBe(2.457);
  });

  it('ends the server also if it cannot be interpreted', async () => {
    mock.interpret.mockRejectedValue(new Error('unknown state'));
    await expect(ended()).rejects.toThrow('unknown state');
    expect(mock.aws.close).toHaveBeenCalledTimes(1);
  });

  it('tells its states, and options that had no effect', async () => {
    mock.unused = ['--grace'];
    mock.interpret.mockImplementation(async (_, { onState }) => {
      onState('Attempt 1', 'Task');
      return { status: 'SUCCEEDED', output: null };
    });
    await ended();
    expect(told.slice(2)).toEqual([
      { type: 'state', state: 'Attempt 1', kind: 'Task' },
      { type: 'unused', option: '--grace' },
    ]);
  });

  it('has its tasks done by who can', async () => {
    mock.submit.mockReturnValue('a job');
    mock.items.mockResolvedValue({ call: () => 'items', summary: () => undefined, stop: jest.fn() });
    const answers: unknown[] = [];
    mock.interpret.mockImplementation(async (_, { task }) => {
      for (const resource of ['places', 'items', 'batch']) answers.push(await task({ resource }));
      return { status: 'SUCCEEDED', output: null };
    });
    await ended();
    await ended({ job: { items: {} } });
    expect(answers).toEqual([{ output: 'a place' }, 'a job', 'a job', { output: 'a place' }, 'items', 'a job']);
  });
});

describe('the containers', () => {
  const environment = async (given: Parameters<typeof runOf>[0] = {}) => {
    await ended(given);
    return mock.batch.mock.calls.at(-1)?.[0].environment;
  };
  const LOOPBACK = { V: '1', ...LOCAL, AWS_ENDPOINT_URL_S3: 'http://loopback' };
  const items = () => mock.items.mockResolvedValue({ summary: () => undefined, stop: jest.fn() });

  it('are those of the job', async () => {
    await ended();
    expect(mock.batch.mock.calls[0]?.[0]).toMatchObject({
      container: 'container',
      retry: 'retry',
      queueNames: 'names',
      source: 'source',
      faults: 'faults',
      items: undefined,
    });
  });

  it('read large events, items and earlier events from the server', async () => {
    expect(await environment()).toEqual({ V: '1' });
    mock.executions[0] = { name: 'run', input: REFERENCE };
    expect(await environment()).toEqual(LOOPBACK);
    mock.executions[0] = { name: 'run', input: '{}' };
    mock.aws.objects = { isEmpty: false };
    expect(await environment()).toEqual(LOOPBACK);
    mock.aws.objects = { isEmpty: true };
    items();
    expect(await environment({ job: { items: {} } })).toEqual(LOOPBACK);
  });

  it('read them from an emulator if there is one', async () => {
    mock.executions[0] = { name: 'run', input: REFERENCE };
    expect(await environment({ emulator: EMULATOR })).toEqual({ V: '1' });
  });
});

describe('a run of items', () => {
  it('is started with what it needs, stopped, and summed up', async () => {
    const found = { summary: jest.fn(() => 'sum'), stop: jest.fn() };
    mock.items.mockResolvedValue(found);
    const job = { items: { bundle: 'items' } };
    expect(await ended({ job })).toMatchObject({ items: 'sum' });
    expect(found.summary).toHaveBeenCalledWith('{"done":true}');
    expect(found.stop).toHaveBeenCalledTimes(1);
    expect(mock.items.mock.calls[0]?.slice(1)).toEqual([
      job.items,
      expect.objectContaining({ objects: mock.aws.objects }),
    ]);
    mock.interpret.mockResolvedValue({ status: 'FAILED', error: 'x', cause: 'why' });
    await ended({ job });
    expect(found.summary).toHaveBeenLastCalledWith('why');
  });

  it('is stopped also if it cannot be interpreted', async () => {
    const found = { stop: jest.fn() };
    mock.items.mockResolvedValue(found);
    mock.interpret.mockRejectedValue(new Error('unknown state'));
    await expect(ended({ job: { items: {} } })).rejects.toThrow('unknown state');
    expect(found.stop).toHaveBeenCalledTimes(1);
  });

  it('needs a bucket as well', async () => {
    mock.items.mockImplementation(async (_job, _items, { createBucket }) => createBucket(EMULATOR));
    await expect(ended({ job: { items: {} } })).rejects.toThrow(
      'The items are stored, and the payload bucket payloads is not at http://emulator. Add --create.',
    );
  });
});

it.each([
  [false, 2.5, 2.5, [1000, 1000, 500], ['3 s left', '2 s left', '1 s left']],
  [true, 60, 1, [1000], ['1 s left']],
  [true, 0.5, 0.5, [500], ['1 s left']],
  [false, 0, 0, [], []],
])('a wait, fast: %s, of %d s takes %d s', async (fast, seconds, waited, delays, counted) => {
  jest.useFakeTimers({ now: 0 });
  const { run, report } = runOf({ options: { fast } });
  mock.interpret.mockImplementation(async (_, { sleep }) => {
    await sleep({ state: 'Wait', of: 'Retry', seconds });
    return { status: 'SUCCEEDED', output: null };
  });
  await (await deliver(run))();
  expect(told.at(-1)).toEqual({ type: 'wait', state: 'Wait', of: 'Retry', seconds, waited });
  expect(mock.delays).toEqual(delays);
  expect(report.countDown.mock.calls).toEqual([...counted.map((text) => [text]), [undefined]]);
});
