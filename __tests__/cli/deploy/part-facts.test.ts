import { partFacts } from '../../../cli/deploy/part-facts';
import { PROTECTED_TAG } from '../../../modules/rules/protected-types';

/** The facts of an update. */
const facts = (type: string, before: unknown, after: unknown, path: readonly string[] = []) =>
  partFacts(type, path, { actions: ['update'], before, after });

it.each([
  ['a job definition with another image', 'container_properties', '{"image":"a"}', '{"image":"b"}', ['new image']],
  ['a job definition with the same image', 'container_properties', '{"image":"a"}', '{"image":"a"}', []],
  ['a job definition that was not known', 'container_properties', undefined, '{"image":"b"}', []],
  ['a job definition that is not known yet', 'container_properties', '{"image":"a"}', undefined, []],
  [
    'a job definition with other retries',
    'retry_strategy',
    [{ a: 1 }],
    [{ a: 2 }],
    ['other restarts after a Spot interruption'],
  ],
  ['a job definition with the same retries', 'retry_strategy', [{ a: 1 }], [{ a: 1 }], []],
])('%s', (_, argument, before, after, expected) => {
  expect(facts('aws_batch_job_definition', { [argument]: before }, { [argument]: after })).toEqual(expected);
});

it('a state machine with limits', () => {
  const document = (States: object) => ({ definition: JSON.stringify({ StartAt: 'A', States }) });
  const [before, after] = [document({}), document({ 'Attempt 1': { Type: 'Task' } })];
  expect(facts('aws_sfn_state_machine', before, before)).toEqual([]);
  expect(facts('aws_sfn_state_machine', before, after)).toEqual(['1 attempt (was 0)']);
  expect(facts('aws_sfn_state_machine', {}, after)).toEqual([]);
});

it("only the job's own role says that its permissions change", () => {
  expect(facts('aws_iam_role_policy', {}, {}, ['JobRole', 'Policy'])).toEqual(['other permissions']);
  expect(facts('aws_iam_role_policy', {}, {}, ['Trigger', 'JobRole'])).toEqual([]);
});

it.each([
  [30, 90, ['logs are kept 90 days (was 30 days)']],
  [7, 1, ['logs are kept 1 day (was 7 days)']],
  [30, 0, ['logs are kept indefinitely (was 30 days)']],
  [undefined, 30, ['logs are kept 30 days (was indefinitely)']],
  [0, undefined, []],
  [30, 30, []],
])('logs kept %s days, then %s', (before, after, expected) => {
  expect(facts('aws_cloudwatch_log_group', { retention_in_days: before }, { retention_in_days: after })).toEqual(
    expected,
  );
});

it.each([
  [{ max_vcpus: 8, min_vcpus: 0, desired_vcpus: 0 }, { max_vcpus: 16, min_vcpus: 4, desired_vcpus: 2 }, false],
  [{ max_vcpus: 8 }, { max_vcpus: 8, instance_type: ['c6i'] }, true],
  [{ instance_type: ['c6i'] }, {}, true],
  [{ instance_type: ['c6i'], max_vcpus: 8 }, { instance_type: ['m6i'], max_vcpus: 8 }, true],
  [{ tags: {} }, { tags: null }, false],
  [undefined, { type: 'SPOT' }, true],
  [{ type: 'SPOT' }, undefined, true],
  [undefined, undefined, false],
])('instances with %j, then %j: replaced %s', (before, after, expected) => {
  const list = (compute: object | undefined) => (compute === undefined ? {} : { compute_resources: [compute] });
  expect(facts('aws_batch_compute_environment', list(before), list(after))).toEqual(
    expected ? ['instances are replaced; runs on them have up to six hours'] : [],
  );
});

it('a change of another type has none', () => {
  expect(facts('aws_sqs_queue', { retention_in_days: 1 }, { retention_in_days: 2 })).toEqual([]);
});

it.each([
  [{}, { [PROTECTED_TAG]: 'true' }, ['protected from now on: no deployment deletes or replaces it']],
  [{ [PROTECTED_TAG]: 'true' }, {}, ['no longer protected']],
  [{ [PROTECTED_TAG]: 'true' }, null, ['no longer protected']],
  [{ [PROTECTED_TAG]: 'true' }, { [PROTECTED_TAG]: 'true' }, []],
  [{}, {}, []],
])('with the tags %j, then %j', (before, after, expected) => {
  expect(facts('aws_sqs_queue', { tags: before }, { tags: after })).toEqual(expected);
});

it('protection comes after what else changes', () => {
  const tags = { [PROTECTED_TAG]: 'true' };
  expect(facts('aws_cloudwatch_log_group', { retention_in_days: 3 }, { retention_in_days: 5, tags })).toEqual([
    'logs are kept 5 days (was 3 days)',
    'protected from now on: no deployment deletes or replaces it',
  ]);
});
