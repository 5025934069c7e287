import type { ResourceChange } from '../../../cli/deploy/plan-document';
import { QueueUsers } from '../../../cli/deploy/queue-users';

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
