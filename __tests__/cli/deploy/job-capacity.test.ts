import { JobCapacity } from '../../../cli/deploy/job-capacity';
import type { PlanDocument, ResourceChange } from '../../../cli/deploy/plan-document';

/* Real plans are in __tests__/e2e/deployments/diff.test.ts. */

const MACHINE = 'aws_sfn_state_machine.report';

interface Kind {
  readonly type: string;
  readonly instances: readonly string[];
}

const queueOf = (name: string) => `aws_batch_job_queue.${name}`;
const environmentOf = (name: string) => `aws_batch_compute_environment.${name}`;

/** Resources of kinds of capacity that a plan keeps, adds or deletes. */
function resources(name: string, { type, instances }: Kind, actions: string[]): ResourceChange[] {
  const sides = (values: object, arn: string) => ({
    actions,
    ...(actions[0] === 'create' ? { after: values } : { before: { ...values, arn } }),
    ...(actions[0] === 'no-op' && { after: { ...values, arn } }),
  });
  const order = [{ compute_environment: `arn:environment/${name}`, order: 1 }];
  return [
    {
      address: queueOf(name),
      type: 'aws_batch_job_queue',
      // The ARN of a new environment is unknown.
      change: sides(actions[0] === 'create' ? {} : { compute_environment_order: order }, `arn:queue/${name}`),
    },
    {
      address: environmentOf(name),
      type: 'aws_batch_compute_environment',
      change: sides({ compute_resources: [{ type, instance_type: instances }] }, `arn:environment/${name}`),
    },
  ];
}

function facts(to: string, more: readonly ResourceChange[], kinds: readonly string[]): string[] {
  const States = { Attempt: { Parameters: { JobQueue: 'arn:queue/old' } } };
  const machine: ResourceChange = {
    address: MACHINE,
    type: 'aws_sfn_state_machine',
    change: { actions: ['update'], before: { definition: JSON.stringify({ States }) }, after: {} },
  };
  const configuration: PlanDocument['configuration'] = {
    root_module: {
      resources: [
        { address: MACHINE, expressions: { definition: { references: [`${queueOf(to)}.arn`, queueOf(to)] } } },
        ...kinds.map((name) => ({
          address: queueOf(name),
          expressions: {
            compute_environment_order: [{ compute_environment: { references: [`${environmentOf(name)}.arn`] } }],
          },
        })),
      ],
    },
  };
  return new JobCapacity([machine, ...more], configuration).facts(machine);
}

const ON_DEMAND: Kind = { type: 'EC2', instances: ['m6i', 'c6i'] };

it.each([
  ['Spot', { ...ON_DEMAND, type: 'SPOT' }, ['Spot capacity (was on-demand)']],
  ['other instances', { ...ON_DEMAND, instances: ['m7g'] }, ['instances of m7g (was c6i, m6i)']],
  [
    'many instances',
    { ...ON_DEMAND, instances: ['c7g', 'm7g', 'r7g', 'c6g', 'm6g'] },
    ['instances of c6g, c7g, m6g and 2 more (was c6i, m6i)'],
  ],
  ['both', { type: 'SPOT', instances: ['m7g'] }, ['Spot capacity (was on-demand)', 'instances of m7g (was c6i, m6i)']],
  ['the same kind', { ...ON_DEMAND, instances: ['c6i', 'm6i'] }, ['another job queue']],
])('a job that moves to a new queue: %s', (_, kind, told) => {
  const more = [...resources('old', ON_DEMAND, ['no-op']), ...resources('new', kind, ['create'])];
  expect(facts('new', more, ['old', 'new'])).toEqual(told);
});

it('a job that moves to a queue that is there, while its own is deleted', () => {
  const spot = { ...ON_DEMAND, type: 'SPOT' };
  const more = [...resources('old', spot, ['delete']), ...resources('other', ON_DEMAND, ['no-op'])];
  expect(facts('other', more, ['other'])).toEqual(['on-demand capacity (was Spot)']);
});

it('a job that stays says nothing', () => {
  expect(facts('old', resources('old', ON_DEMAND, ['no-op']), ['old'])).toEqual([]);
});

it('a queue that is in no plan is only another one', () => {
  expect(facts('new', resources('new', ON_DEMAND, ['create']), ['new'])).toEqual(['another job queue']);
});

it('a plan without its configuration says nothing', () => {
  const [, machine] = resources('old', ON_DEMAND, ['no-op']);
  if (machine === undefined) throw new Error('there are two');
  expect(new JobCapacity([machine], undefined).facts(machine)).toEqual([]);
});
