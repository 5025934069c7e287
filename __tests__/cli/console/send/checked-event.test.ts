import { checkedEvent } from '../../../../cli/console/send/checked-event';
import type { SendRequest } from '../../../../cli/model/send';
import { executionName } from '../../../../modules/orchestration/trigger/execution-name';

const JOB = { name: 'etl', triggers: [], eventBudget: 100 };

const check = (event: unknown, request: Partial<SendRequest> = {}) =>
  checkedEvent(typeof event === 'string' ? event : JSON.stringify(event), JOB, {
    job: 'etl',
    place: 'local',
    faults: {},
    ...request,
  });

const RULE = {
  id: '1',
  source: 'aws.s3',
  'detail-type': 'x',
  account: '123456789012',
  region: 'eu-west-1',
  detail: {},
};

it.each(['', '{', 'text'])('%j is no event', (text) => {
  expect(check(text)).toBeUndefined();
});

it.each(['{}', '[]', 'null', '1', '"text"'])('%s names no run: each delivery starts one', (text) => {
  expect(check(text)).toEqual({ kind: 'invocation', parts: [], fits: true });
});

it('an event of a source names its run', () => {
  const {
    kind,
    parts = [],
    ...rest
  } = checkedEvent(
    JSON.stringify(RULE),
    { ...JOB, eventBudget: 1000 },
    {
      job: 'etl',
      place: 'local',
      faults: {},
    },
  ) ?? { kind: 'none' };
  expect(kind).toBe('eventbridge');
  expect(parts).toContain('1');
  expect(rest).toEqual({ executionName: executionName('etl', { kind: 'eventbridge', parts }), fits: true });
});

it('why an event starts no job', () => {
  expect(check({ Event: 's3:TestEvent', Service: 'Amazon S3' })).toMatchObject({ ignored: 's3-test-event' });
});

it('whether it fits into the overrides', () => {
  const text = (length: number) => `"${'a'.repeat(length - 2)}"`;
  expect([check(text(90))?.fits, check(text(101))?.fits]).toEqual([true, false]);
});

it("an event that does not fit cannot be sent with one's credentials on this machine", () => {
  const large = JSON.stringify('a'.repeat(100));
  expect(check(large, { faults: { aws: true } })?.problem).toBe(
    '--aws cannot be used with an event larger than 8,192 characters: the job would look for it in your account.',
  );
  expect(check(large)).not.toHaveProperty('problem');
  expect(check('{}', { faults: { aws: true } })).not.toHaveProperty('problem');
});

it('an event that Lambda would refuse cannot be sent to AWS', () => {
  const large = JSON.stringify('a'.repeat(6 * 2 ** 20));
  expect(check(large, { place: 'aws' })?.problem).toMatch(
    /^The event has 6,291,458 bytes, and Lambda accepts less than 6,291,456 \(6 MB\)\./,
  );
  expect(check(large)).not.toHaveProperty('problem');
  expect(check('{}', { place: 'aws' })).not.toHaveProperty('problem');
});

it.each([undefined, { aws: true }])(
  'an event too deep for this version of Node.js cannot be sent, with faults %j',
  (faults) => {
    const serialize = JSON.stringify;
    jest.spyOn(JSON, 'stringify').mockImplementation((value, ...more) => {
      if (Array.isArray(value)) throw new RangeError('Maximum call stack size exceeded');
      return serialize(value, ...(more as []));
    });
    expect(check('[[[]]]', faults && { faults })?.problem).toBe('The event is nested too deeply.');
    jest.restoreAllMocks();
  },
);
