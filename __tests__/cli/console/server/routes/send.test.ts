import type { ConsoleContext } from '../../../../../cli/console/server/context';
import { RouteQuery, StreamedText } from '../../../../../cli/console/server/route';
import { sendRoutes } from '../../../../../cli/console/server/routes/send';

const ANSWER = { jobs: [{ name: 'etl', triggers: [], eventBudget: 100 }], sources: {} };

/** A context with some of its parts. */
function context(parts: { [name: string]: object | undefined } = {}) {
  const ask = jest.fn(async (_name: string, _argument?: unknown): Promise<unknown> => ANSWER);
  const recordings = { eventText: async (id: string) => (id === 'r1' ? '{"a":1}' : undefined), ...parts.recordings };
  const local = { opened: async () => recordings, start: jest.fn(), stop: jest.fn(), ...parts.local };
  const stack = { config: () => undefined, ask, ...parts.stack };
  return {
    ask: stack.ask as typeof ask,
    local,
    context: { stack, local, options: parts.options ?? {}, aws: parts.aws },
  };
}

/** What a route answers. */
async function call(path: string, made: ReturnType<typeof context>, { query = '', body = undefined as unknown } = {}) {
  const route = sendRoutes.find((each) => each.path === path);
  const request = { query: new RouteQuery(new URLSearchParams(query)), body, signal: new AbortController().signal };
  return route?.answer(request, made.context as unknown as ConsoleContext) as Promise<unknown>;
}

it('only what starts or stops a run is a write', () => {
  expect(sendRoutes.map(({ method, path, isWrite }) => [method, path, isWrite ?? method === 'POST'])).toEqual([
    ['GET', '/api/send', false],
    ['GET', '/api/sample', false],
    ['POST', '/api/send/check', false],
    ['GET', '/api/event', false],
    ['POST', '/api/local/start', true],
    ['POST', '/api/local/stop', true],
  ]);
});

describe('what the page needs', () => {
  it('is asked once for each synthesis', async () => {
    let config = {};
    const made = context({ stack: { config: () => config } });
    expect([await call('/api/send', made), await call('/api/send', made)]).toEqual([ANSWER, ANSWER]);
    expect(made.ask.mock.calls).toEqual([['send', {}]]);
    config = {};
    await call('/api/send', made);
    expect(made.ask).toHaveBeenCalledTimes(2);
  });

  it('is asked again without a config, and after a failure', async () => {
    const made = context();
    await call('/api/send', made);
    await call('/api/send', made);
    expect(made.ask).toHaveBeenCalledTimes(2);
    const config = {};
    const failing = context({ stack: { config: () => config } });
    failing.ask.mockRejectedValueOnce(new Error('no answer'));
    await expect(call('/api/send', failing)).rejects.toThrow('no answer');
    expect(await call('/api/send', failing)).toBe(ANSWER);
  });
});

describe('a sample', () => {
  it.each([
    ['job=etl', { job: 'etl', deployment: undefined }],
    ['job=etl&type=sqs', { job: 'etl', type: 'sqs', place: 1, deployment: undefined }],
    ['job=etl&type=sqs&number=1', { job: 'etl', type: 'sqs', place: 1, deployment: undefined }],
    ['job=etl&type=sqs&number=1000', { job: 'etl', type: 'sqs', place: 1000, deployment: undefined }],
    ['job=etl&number=2', { job: 'etl', deployment: undefined }],
  ])('of %s', async (query, expected) => {
    const made = context();
    await call('/api/sample', made, { query });
    expect(made.ask).toHaveBeenCalledWith('sample', expected);
  });

  it.each(['', 'job=etl&type=sqs&number=0', 'job=etl&type=sqs&number=1001'])('of %j is refused', async (query) => {
    await expect(call('/api/sample', context(), { query })).rejects.toThrow(/^The parameter "/);
  });

  const on = { kind: 'on', account: '1', region: 'eu-west-1' };

  it('in AWS has the account and region of the deployment', async () => {
    const made = context({ aws: { state: () => on, retry: async () => ({ kind: 'problem' }) } });
    await call('/api/sample', made, { query: 'job=etl&place=aws' });
    expect(made.ask).toHaveBeenCalledWith('sample', {
      job: 'etl',
      deployment: { account: '1', region: 'eu-west-1' },
    });
  });

  it.each([
    [{ kind: 'opening' }, on, undefined],
    [{ kind: 'opening' }, { kind: 'opening' }, 'AWS cannot be reached yet. Try again.'],
    [{ kind: 'opening' }, { kind: 'problem', message: 'No credentials.' }, 'No credentials.'],
    [{ kind: 'problem', message: 'No credentials.' }, on, 'No credentials.'],
  ])('in AWS, which is at first %j, then %j', async (first, then, expected) => {
    const made = context({ aws: { state: () => first, retry: async () => then } });
    const error = await call('/api/sample', made, { query: 'job=etl&place=aws' }).then(
      () => undefined,
      (caught) => caught,
    );
    expect(error?.message).toBe(expected);
    expect(error?.status).toBe(expected === undefined ? undefined : 409);
  });
});

describe('a check', () => {
  const check = (body: object, made = context()) => call('/api/send/check', made, { body });

  it('of an event', async () => {
    expect(await check({ job: 'etl', eventText: '{}', shownText: '{}', faults: { grace: 'x' } })).toEqual({
      event: { kind: 'invocation', parts: [], fits: true },
      problems: { grace: expect.stringContaining('"x"') },
      command: expect.stringContaining('local -- etl --grace x'),
    });
  });

  it('without an event, or with one that is no JSON', async () => {
    expect(await check({ job: 'etl' })).toEqual({ problems: {}, command: expect.any(String) });
    expect(await check({ job: 'etl', eventText: '{' })).not.toHaveProperty('event');
  });

  it('for AWS looks at no faults, and names region and profile', async () => {
    const made = context({ options: { region: 'eu-west-1', profile: 'dev' } });
    expect(await check({ job: 'etl', place: 'aws', faults: { grace: 'x' } }, made)).toEqual({
      problems: {},
      command: expect.stringContaining('start etl --region eu-west-1 --profile dev'),
    });
    expect(await check({ job: 'etl', place: 'aws' })).toMatchObject({ command: expect.stringMatching(/start etl$/) });
  });

  it('of a run that is sent again has its other options, on this machine', async () => {
    const read = async () => ({ run: { words: ['etl', '--env', 'A=1', '--event-type', 'sqs'] } });
    const made = context({ recordings: { read } });
    expect(await check({ job: 'etl', from: 'r1' }, made)).toMatchObject({
      command: expect.stringMatching(/local -- etl --env A=1 --event-type sqs$/),
    });
    expect(await check({ job: 'etl', from: 'r1', place: 'aws' }, made)).toMatchObject({
      command: expect.not.stringContaining('A=1'),
    });
  });

  it('of another job is refused', async () => {
    await expect(check({ job: 'none' })).rejects.toMatchObject({
      status: 404,
      message: 'There is no job "none" in the config.',
    });
  });
});

describe('the event of a run', () => {
  it('on this machine is a file', async () => {
    const answer = await call('/api/event', context(), { query: 'id=r1' });
    expect(answer).toEqual(new StreamedText(['{"a":1}'], 'event.json'));
  });

  it('in AWS too', async () => {
    const made = context({ aws: { eventText: async (id: string) => `"${id}"` } });
    expect(await call('/api/event', made, { query: 'id=r1&place=aws' })).toEqual(
      new StreamedText(['"r1"'], 'event.json'),
    );
  });

  it.each([
    ['that is gone', context()],
    ['where nothing is recorded', context({ local: { opened: async () => undefined } })],
  ])('%s is not there', async (_, made) => {
    await expect(call('/api/event', made, { query: 'id=r2' })).rejects.toMatchObject({
      status: 404,
      message: 'There is no run r2 on this machine. It may have been deleted.',
    });
  });
});

it('a run is started with its words and event', async () => {
  const made = context();
  made.local.start.mockResolvedValue({ id: 'r3' });
  expect(await call('/api/local/start', made, { body: { job: 'etl', eventText: '{}' } })).toEqual({ id: 'r3' });
  expect(made.local.start).toHaveBeenCalledWith({ words: ['etl'], eventText: '{}' });
});

it('a run is stopped by its id', async () => {
  const made = context();
  expect(await call('/api/local/stop', made, { body: { id: 'r1' } })).toEqual({});
  expect(made.local.stop).toHaveBeenCalledWith('r1');
  for (const body of [undefined, {}, { id: 1 }]) {
    await expect(call('/api/local/stop', made, { body })).rejects.toMatchObject({
      status: 400,
      message: '"id" is missing.',
    });
  }
});
