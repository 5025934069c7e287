import fc from 'fast-check';
import { executionArn, executionName } from '../../../modules/orchestration/trigger/execution-name';
import type { EventKind, Identity } from '../../../modules/orchestration/trigger/identity';
import { anyCharacter } from '../../any-character';

const identities: fc.Arbitrary<Identity> = fc.record({
  kind: fc.constantFrom<EventKind>('sqs', 'sns', 's3', 'invocation'),
  parts: fc.array(fc.string({ unit: anyCharacter }), { maxLength: 4 }),
});

test('any job name gives a name that Step Functions accepts, the whole hash included', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), identities, (job, identity) => {
      const name = executionName(job, identity);
      expect(name).toMatch(/^[0-9A-Za-z_-]*-[0-9a-f]{32}$/);
      expect(name.length).toBeLessThanOrEqual(80);
    }),
  );
});

test('the same identity has the same name, another identity another one', () => {
  fc.assert(
    fc.property(identities, identities, (one, other) => {
      const same = JSON.stringify([one.kind, one.parts]) === JSON.stringify([other.kind, other.parts]);
      expect(executionName('job', one) === executionName('job', other)).toBe(same);
    }),
  );
});

test('parts do not run into each other', () => {
  const name = (...parts: string[]) => executionName('job', { kind: 'sqs', parts });
  expect(new Set([name('ab', 'c'), name('a', 'bc'), name('abc'), name('a', 'b', 'c'), name('["ab","c"]')]).size).toBe(
    5,
  );
});

test('stays as it is from release to release, since running jobs are found by it', () => {
  expect(executionName('nightly-report', { kind: 'sqs', parts: ['059f36b4-87a3-44ab-83d2-661975830a7d'] })).toBe(
    'nightly-report-5013219b969d602edc3edc4ae8b3fbde',
  );
});

test('a name of 47 characters is kept, a longer one is cut', () => {
  const identity: Identity = { kind: 'sns', parts: ['m'] };
  expect(executionName('j'.repeat(47), identity)).toMatch(/^j{47}-[0-9a-f]{32}$/);
  expect(executionName('j'.repeat(48), identity)).toBe(executionName('j'.repeat(47), identity));
});

test('the ARN of an execution is made from its state machine', () => {
  expect(executionArn('arn:aws-cn:states:cn-north-1:123456789012:stateMachine:reports', 'reports-1')).toBe(
    'arn:aws-cn:states:cn-north-1:123456789012:execution:reports:reports-1',
  );
});
