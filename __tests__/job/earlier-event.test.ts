import { earlierEvent, type RunEndEvent } from '../../job';
import { runEndEvent } from '../../triggers/batch-job/run-end-event';
import { ObjectStore } from '../container/resolver/object-store';

const store = new ObjectStore();

beforeAll(() => store.start());

afterAll(() => store.stop());

describe('the event of the run whose end started this one', () => {
  const end = (input: string) =>
    runEndEvent(
      {
        stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-load',
        ...{ name: 'load-1', status: 'SUCCEEDED', startedAt: 1, endedAt: 2, input },
      },
      { id: '1', region: 'eu-west-1', account: '123456789012' },
    ) as unknown as RunEndEvent;

  it('is in the event', async () => {
    expect(await earlierEvent(end('{"a":1}'))).toEqual({ a: 1 });
  });

  it('is read from S3 if it was large', async () => {
    const reference = store.store('{"large":7}');
    Object.assign(process.env, store.environment('{}'));
    expect(await earlierEvent(end(reference))).toEqual({ large: 7 });
    expect(store.requests).toHaveLength(1);
  });

  it('is unknown if Step Functions left it out', async () => {
    expect(await earlierEvent(end(JSON.stringify('x'.repeat(300_000))))).toBeUndefined();
  });

  it('that is not JSON is refused', async () => {
    await expect(earlierEvent(end('{'))).rejects.toThrow(/^detail\.input is not JSON: /);
  });
});
