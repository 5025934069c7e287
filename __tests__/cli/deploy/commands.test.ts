import { planJson } from '../../../cli/deploy/commands';
import { planSummary } from '../../../cli/deploy/plan-summary';
import changes from './plans/changes.json';
import { change, stack, textOf } from './told-plan';

it('is JSON for programs', () => {
  const json = planJson(planSummary(stack, changes)) as { changes: { kind: string; name: string; action: string }[] };
  expect(json).toMatchObject({
    stack: 'reports',
    region: 'eu-west-1',
    hasChanges: true,
    loses: true,
    counts: { add: 17, change: 4, replace: 11, destroy: 6, move: 0, forget: 0 },
  });
  expect(json.changes.map(({ kind, name, action }) => [kind, name, action])).toEqual([
    ['job', 'cleanup', 'add'],
    ['job', 'nightlyReport', 'change'],
    ['queue', 'inbox', 'destroy'],
    ['shared', 'capacity', 'change'],
    ['shared', 'network', 'change'],
  ]);
  expect(json.changes[2]).toMatchObject({
    warnings: [{ kind: 'Data loss', text: 'queue inbox will be deleted with its messages' }],
  });
});

describe('what was deployed with protect: true', () => {
  const tags = { 'cdktf-batch-jobs:protected': 'true' };
  const protectedBy = (actions: string[]) =>
    planJson(planSummary(stack, change('aws_sqs_queue.inbox_Queue_0A1B2C3D', actions, { tags }))).protected;

  it('is named if it would be deleted or replaced, and may change in place', () => {
    expect(protectedBy(['delete'])).toEqual(['queue inbox']);
    expect(protectedBy(['delete', 'create'])).toEqual(['queue inbox']);
    expect(protectedBy(['update'])).toEqual([]);
    expect(protectedBy(['forget'])).toEqual([]);
  });

  it('is told in terms of the job, once for each owner, when protection begins or ends, and other tags are not', () => {
    const job = 'aws_sfn_state_machine.a_StateMachine_0A1B2C3D';
    const update = (address: string, before: object, after: object) => ({
      address,
      type: address.split('.')[0] ?? '',
      change: { actions: ['update'], before: { name: 'x', tags: before }, after: { name: 'x', tags: after } },
    });
    const parts = [
      'aws_batch_job_definition.a_Definition_0A1B2C3D',
      job,
      'aws_cloudwatch_log_group.a_Log_0A1B2C3D',
      'aws_vpc.batch-network_Vpc_0A1B2C3D',
    ];
    const plan = (before: object, after: object) => ({
      resource_changes: parts.map((part, index) =>
        update(part, index === 0 ? {} : before, index === 0 ? { a: 'b' } : after),
      ),
    });
    expect(textOf(plan({}, tags), 120)).toEqual([
      '  ~ job a    protected from now on: no deployment deletes or replaces it',
      '  ~ network  protected from now on: no deployment deletes or replaces it',
      '',
      '  1 resource only changes tags',
      '',
      'Plan: 4 to change',
    ]);
    expect(textOf(plan(tags, { team: 'a' }), 120).slice(0, 2)).toEqual([
      '  ~ job a    no longer protected',
      '  ~ network  no longer protected',
    ]);
    expect(textOf(plan(tags, { ...tags, team: 'a' }), 120)[0]).toBe('  4 resources only change tags');
  });

  it('is not what only has other tags', () => {
    const plan = change('aws_sqs_queue.inbox_Queue_0A1B2C3D', ['delete'], { tags: { team: 'a' } });
    expect(planJson(planSummary(stack, plan)).protected).toEqual([]);
  });
});
