import { planJson } from '../../../cli/deploy/commands';
import type { ResourceChange } from '../../../cli/deploy/plan-document';
import { planSummary } from '../../../cli/deploy/plan-summary';
import { planText } from '../../../cli/deploy/plan-text';
import { QueueUsers } from '../../../cli/deploy/queue-users';
import { stack, textOf } from './told-plan';

const resource = (type: string, address: string, before: object | null): ResourceChange =>
  ({
    address,
    type,
    mode: 'managed',
    change: { actions: ['delete'], before, after: null },
  }) as unknown as ResourceChange;

const machine = (job: string, ...queues: unknown[]) => {
  const states = queues.map((JobQueue, index) => [`Submit${index}`, { Type: 'Task', Parameters: { JobQueue } }]);
  const definition = JSON.stringify({ StartAt: 'Submit0', States: Object.fromEntries(states) });
  return resource('aws_sfn_state_machine', job, { definition });
};
const queue = (name: string, ...environments: string[]) =>
  resource('aws_batch_job_queue', name, {
    arn: `arn:${name}`,
    compute_environment_order: environments.map((environment) => ({ compute_environment: `arn:${environment}` })),
  });
const environment = (name: string) => resource('aws_batch_compute_environment', name, { arn: `arn:${name}` });

const USERS = new QueueUsers(
  [
    machine('report', 'arn:spot', 'arn:on-demand', 'arn:spot'),
    machine('etl', 'arn:spot'),
    machine('new', { Ref: 'no text' }),
    queue('spot', 'a', 'b'),
    queue('on-demand', 'b'),
    queue('idle', 'c'),
  ],
  (address) => address,
);

it.each([
  ['spot', ['etl', 'report']],
  ['on-demand', ['report']],
  ['idle', []],
])('the jobs on queue %s', (name, jobs) => {
  expect(USERS.queuesOf(queue(name))).toEqual([`arn:${name}`]);
  expect(USERS.jobsOf(queue(name))).toEqual(jobs);
});

it.each([
  ['a', ['arn:spot'], ['etl', 'report']],
  ['b', ['arn:spot', 'arn:on-demand'], ['etl', 'report']],
  ['c', ['arn:idle'], []],
  ['unknown', [], []],
])('the queues and jobs on compute environment %s, each once', (name, queues, jobs) => {
  expect(USERS.queuesOf(environment(name))).toEqual(queues);
  expect(USERS.jobsOf(environment(name))).toEqual(jobs);
});

it('other resources hold no runs', () => {
  expect(USERS.queuesOf(resource('aws_s3_bucket', 'spot', { arn: 'arn:spot' }))).toEqual([]);
});

it('what is created now has no users', () => {
  const users = new QueueUsers(
    [resource('aws_sfn_state_machine', 'a', null), resource('aws_batch_job_queue', 'b', null)],
    String,
  );
  expect(users.jobsOf(queue('spot'))).toEqual([]);
});

describe('a queue and its compute environment', () => {
  const definition = (queue: string) =>
    JSON.stringify({ States: { 'Attempt 1': { Type: 'Task', Parameters: { JobQueue: queue } } } });
  const machine = (job: string) => ({
    address: `aws_sfn_state_machine.${job}_StateMachine_0A1B2C3D`,
    type: 'aws_sfn_state_machine',
    change: { actions: ['no-op'], before: { arn: `arn:aws:states:::${job}`, definition: definition('arn:queue') } },
  });
  const job = (name: string) => ({
    address: `aws_batch_job_definition.${name}_JobDefinition_0A1B2C3D`,
    type: 'aws_batch_job_definition',
    change: {
      actions: ['update'],
      before: { container_properties: '{"image":"a"}' },
      after: { container_properties: '{"image":"b"}' },
    },
  });
  const capacity = (actions: string[], environment: string[]) => [
    {
      address: 'aws_batch_job_queue.batch-platform_capacity_queue_0A1B2C3D',
      type: 'aws_batch_job_queue',
      change: {
        actions,
        before: { arn: 'arn:queue', compute_environment_order: [{ compute_environment: 'arn:environment' }] },
      },
    },
    {
      address: 'aws_batch_compute_environment.batch-platform_capacity_environment_0A1B2C3D',
      type: 'aws_batch_compute_environment',
      change: { actions: environment, before: { arn: 'arn:environment' } },
    },
  ];
  const plan = { resource_changes: [machine('etl'), machine('report'), ...capacity(['delete', 'create'], ['no-op'])] };

  it('are called by the jobs that use them', () => {
    expect(textOf(plan)).toEqual([
      '  ~ capacity',
      '    ± queue of etl, report',
      '',
      '  Runs  queue of etl, report will be replaced: the runs in it fail',
      '',
      'Plan: 1 to replace',
    ]);
    const environment = { resource_changes: [machine('etl'), ...capacity(['no-op'], ['delete'])] };
    expect(textOf(environment, 120)).toContain(
      '  Runs  compute environment of etl will be deleted: its instances are terminated, and the runs on them fail',
    );
  });

  it('names the runs that AWS was asked for', () => {
    const summary = planSummary(stack, plan);
    const text = (names: string[]) => planText({ ...summary, runs: new Map([['arn:queue', names]]) }, 200).join('\n');
    expect(text(['a', 'b'])).toContain('the runs in it fail (now 2: a, b)\n');
    expect(text([])).toContain('the runs in it fail (none now)\n');
    expect(text([...'abcdefg'])).toContain('(now 7: a, b, c, d, e and 2 more)\n');
    const json = planJson({ ...summary, runs: new Map([['arn:queue', [...'abcdefg']]]) });
    expect(json.changes[0]?.warnings).toMatchObject([{ kind: 'Runs', runs: [...'abcdefg'] }]);
  });

  it('leave the runs of no other job without a word', () => {
    const changed = [...plan.resource_changes, job('etl'), job('other')];
    const lines = textOf({ resource_changes: changed }, 120);
    expect(lines).toContain('  ~ job etl                 new image');
    expect(lines).toContain('  ~ job other               new image; runs in progress are not touched');
  });
});
