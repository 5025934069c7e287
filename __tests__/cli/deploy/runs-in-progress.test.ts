import type { PartChange } from '../../../cli/deploy/part-change';
import { effectOnRuns } from '../../../cli/deploy/runs-in-progress';

const DEFINITION = 'aws_batch_job_definition';
const ENVIRONMENT = 'aws_batch_compute_environment';
const RUNS = { kind: 'runs', text: 'is deleted, and its runs fail' } as const;

const part = (differences: Partial<PartChange>) =>
  ({
    action: 'change',
    isTags: false,
    users: [],
    facts: [],
    consequences: [],
    ...differences,
  }) as unknown as PartChange;

/** A state machine with so many attempts. */
const machine = (attempts: number) => ({
  address: 'a',
  type: 'aws_sfn_state_machine',
  change: {
    actions: ['update'],
    before: {
      definition: JSON.stringify({
        States: Object.fromEntries(Array.from({ length: attempts }, (_, index) => [`Attempt ${index + 1}`, {}])),
      }),
    },
  },
});

/** What is said of the runs of the job `etl`. */
const effect = (parts: readonly Partial<PartChange>[], others: readonly Partial<PartChange>[] = [], attempts = 3) =>
  effectOnRuns('etl', [machine(attempts)], parts.map(part), [...parts, ...others].map(part));

const LATER = 'attempts in progress are not touched, later ones use it';
const NONE = 'runs in progress are not touched';

it.each([
  ['aws_batch_job_definition', LATER],
  ['aws_sfn_state_machine', NONE],
  ['aws_lambda_function', NONE],
  ['aws_batch_job_queue', undefined],
  ['aws_iam_role_policy', undefined],
])('a changed %s: %s', (type, expected) => {
  expect(effect([{ type }])).toBe(expected);
});

it.each([
  ['add', undefined],
  ['replace', undefined],
  ['destroy', undefined],
  ['move', undefined],
  ['forget', undefined],
] as const)('to %s a job definition says nothing', (action, expected) => {
  expect(effect([{ type: DEFINITION, action }])).toBe(expected);
});

it('tags are nothing to runs', () => {
  expect(effect([{ type: DEFINITION, isTags: true }])).toBeUndefined();
  expect(effect([{ type: DEFINITION, isTags: true }, { type: 'aws_lambda_function' }])).toBe(NONE);
});

it.each([
  [0, NONE],
  [1, NONE],
  [2, LATER],
])('of %d attempts, later ones use another definition: %s', (attempts, expected) => {
  expect(effect([{ type: DEFINITION }], [], attempts)).toBe(expected);
});

it('without a state machine before, there are no later attempts', () => {
  expect(effectOnRuns('etl', [], [part({ type: DEFINITION })], [])).toBe(NONE);
});

it.each<[string, Partial<PartChange>, string | undefined]>([
  ['runs of all jobs are lost', { consequences: [RUNS] }, undefined],
  ['runs of the job are lost', { consequences: [RUNS], users: ['other', 'etl'] }, undefined],
  ['runs of others are lost', { consequences: [RUNS], users: ['other'] }, LATER],
  ['data is lost', { consequences: [{ kind: 'data', text: 'is lost' }] }, LATER],
  ['instances are replaced', { type: ENVIRONMENT, facts: ['instances are replaced'] }, undefined],
  ['instances of others are replaced', { type: ENVIRONMENT, facts: ['x'], users: ['other'] }, LATER],
  ['an environment only scales', { type: ENVIRONMENT }, LATER],
  ['something else has facts', { type: 'aws_cloudwatch_log_group', facts: ['x'] }, LATER],
])('if %s', (_, other, expected) => {
  expect(effect([{ type: DEFINITION }], [other])).toBe(expected);
});
