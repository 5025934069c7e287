import { LocalObjects } from '../../../cli/local/local-objects';
import { type BatchCalls, LoopbackAws } from '../../../cli/local/loopback-aws';

const open: LoopbackAws[] = [];
afterEach(async () => {
  for (const aws of open.splice(0)) await aws.close();
});

/** A server that listens, and what it answers. */
async function listening(objects?: LocalObjects, batch?: BatchCalls) {
  const aws = new LoopbackAws(objects, batch);
  await aws.listen();
  open.push(aws);
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${aws.url}${path}`, init);
    return { status: answer.status, body: await answer.text() };
  };
  const start = (name: string, input = '{}') =>
    ask('/', {
      method: 'POST',
      body: JSON.stringify({ stateMachineArn: 'arn:aws:states:eu-west-1:1:stateMachine:etl', name, input }),
    });
  return { aws, ask, start };
}

it('listens on this machine only', async () => {
  const { aws } = await listening();
  expect(aws.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(Reflect.get(aws, 'server').address()).toMatchObject({ address: '127.0.0.1' });
});

it('starts executions, each name once', async () => {
  const { aws, start } = await listening();
  const before = Date.now() / 1000;
  const { status, body } = await start('one', '{"a":1}');
  const { executionArn, startDate } = JSON.parse(body);
  expect([status, executionArn]).toEqual([200, 'arn:aws:states:eu-west-1:1:execution:etl:one']);
  expect(startDate - before).toBeLessThan(60);
  expect(startDate).toBeGreaterThanOrEqual(before);
  expect(await start('one', '{"a":2}')).toEqual({
    status: 400,
    body: '{"__type":"ExecutionAlreadyExists","message":"Execution Already Exists: \'one\'"}',
  });
  await start('two');
  expect(aws.executions).toEqual([
    { name: 'one', input: '{"a":1}' },
    { name: 'two', input: '{}' },
  ]);
});

it('what is no request of Step Functions is refused', async () => {
  const { ask } = await listening();
  const { status, body } = await ask('/', { method: 'POST', body: '{' });
  expect([status, JSON.parse(body)]).toEqual([400, { __type: 'InvalidRequest', message: expect.any(String) }]);
});

it('stores objects, until it is only read', async () => {
  const objects = new LocalObjects();
  const { aws, ask } = await listening(objects);
  expect((await ask('/bucket/key', { method: 'PUT', body: 'text' })).status).toBe(200);
  expect(objects.read('/bucket/key')?.toString()).toBe('text');
  aws.readOnly = true;
  expect(await ask('/bucket/key')).toEqual({ status: 200, body: 'text' });
  for (const method of ['PUT', 'DELETE', 'POST']) {
    expect(await ask('/bucket/key', { method })).toEqual({
      status: 403,
      body: '<Error><Code>AccessDenied</Code><Message>This server holds the event of a local run and nothing else</Message></Error>',
    });
  }
  expect((await ask('/bucket/none')).status).toBe(404);
});

it('it can be read only while executions are started', async () => {
  const { aws, start } = await listening();
  aws.readOnly = true;
  expect((await start('one')).status).toBe(200);
});

it('an object has its tag', async () => {
  const { aws, ask } = await listening();
  await ask('/bucket/key', { method: 'PUT', body: 'text' });
  expect((await fetch(`${aws.url}/bucket/key`)).headers.get('etag')).toMatch(/^".+"$/);
});

it('calls of AWS Batch are answered by their operation, if it is there', async () => {
  const batch = jest.fn((operation: string) => ({ operation }));
  const { ask, aws } = await listening(undefined, batch);
  const call = { method: 'POST', body: '{"jobs":["1"]}' };
  aws.readOnly = true;
  expect(await ask('/v1/describejobs', call)).toEqual({ status: 200, body: '{"operation":"describejobs"}' });
  expect(batch).toHaveBeenCalledWith('describejobs', { jobs: ['1'] });
  expect((await ask('/v1/describejobs/more', call)).status).toBe(403);
  expect((await ask('/x/v1/describejobs', call)).status).toBe(403);
  const without = await listening();
  expect((await without.ask('/v1/describejobs')).status).toBe(404);
});

it('an error of AWS Batch is told', async () => {
  const { ask } = await listening(undefined, () => {
    throw new Error('no such job');
  });
  expect(await ask('/v1/describejobs', { method: 'POST', body: '{}' })).toEqual({
    status: 400,
    body: '{"__type":"InvalidRequest","message":"no such job"}',
  });
});
