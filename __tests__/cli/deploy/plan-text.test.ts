import { planJson } from '../../../cli/deploy/commands';
import type { PlanDocument } from '../../../cli/deploy/plan-document';
import { planSummary } from '../../../cli/deploy/plan-summary';
import { planText } from '../../../cli/deploy/plan-text';
import changes from './plans/changes.json';
import destroy from './plans/destroy.json';
import { change, stack, textOf } from './told-plan';

it('says what happens to each job, resource and shared part', () => {
  expect(textOf(changes)).toEqual([
    '  + job cleanup                       15 resources',
    '  ~ job nightlyReport                 new image, 1,024 MiB of memory (was 512),',
    '                                      new variable A, timeout of 600 s (was',
    '                                      none)',
    '    + schedule trigger rate(6 hours)',
    '    - schedule trigger rate(12 hours)',
    "    - trigger function's permissions",
    '    - sqs trigger',
    '  - queue inbox                       2 resources',
    '  ~ capacity                          instances are replaced; runs on them have',
    '                                      up to six hours',
    '  ~ network',
    '    ~ internet gateway                vpc_id',
    '    ± route                           route_table_id',
    '    ± route table                     vpc_id',
    "    ± subnet's route table (3)        subnet_id",
    '    ± security group                  vpc_id',
    '    ± subnet (3)                      vpc_id, cidr_block',
    '    ± VPC                             cidr_block',
    '    ± VPC endpoint                    vpc_id',
    '',
    '  Data loss  queue inbox will be deleted with its messages',
    '  Runs       VPC of network will be replaced: its instances are terminated, and',
    '             runs fail',
    '',
    'Plan: 17 to add, 4 to change, 11 to replace, 6 to destroy',
  ]);
});

it('says what goes with a whole stack', () => {
  const lines = textOf(destroy);
  expect(lines.slice(0, 6)).toEqual([
    '  - job nightlyReport   20 resources',
    '  - queue inbox         2 resources',
    '  - capacity            6 resources',
    '  - large events        6 resources',
    '  - network             12 resources',
    '  - undelivered events  2 resources',
  ]);
  expect(lines).toContain('  Data loss  log group of job nightlyReport will be deleted with its log records');
  expect(lines).toContain('  Runs       job queue of capacity will be deleted: the runs in it fail');
  expect(lines.at(-1)).toBe('Plan: 48 to destroy');
});

describe('a stack of many jobs', () => {
  const jobs = Array.from({ length: 30 }, (_, index) => `job${index}`);
  const forAll = (plan: PlanDocument): PlanDocument => ({
    resource_changes: jobs.flatMap((job) =>
      (plan.resource_changes ?? [])
        .filter(({ address }) => address.includes('.nightlyReport_'))
        .map((each) => ({ ...each, address: each.address.replace('.nightlyReport_', `.${job}_`) })),
    ),
  });

  it('says once what changes in all of them, with their names', () => {
    const lines = textOf(forAll(changes));
    expect(lines[0]).toBe('  ~ 30 jobs                           new image, 1,024 MiB of memory (was 512),');
    expect(lines.filter((line) => line.includes('new image'))).toHaveLength(1);
    expect(lines.length).toBeLessThan(20);
    for (const job of jobs) expect(lines.join('\n')).toMatch(new RegExp(`\\b${job}\\b`));
  });

  it('keeps apart what does not change alike', () => {
    const isFirstMachine = ({ address }: { address: string }) => address.startsWith('aws_sfn_state_machine.job0_');
    const rest = forAll(changes).resource_changes?.filter((each) => !isFirstMachine(each));
    const lines = textOf({ resource_changes: rest });
    expect(lines.filter((line) => /^ {2}~ /.test(line)).map((line) => line.slice(0, 12).trim())).toEqual([
      '~ job job0',
      '~ 29 jobs',
    ]);
  });

  it('says once what is lost with all of them, and with which', () => {
    const lines = textOf(forAll(destroy));
    expect(lines.slice(0, 3)).toEqual([
      '  - job job0   20 resources',
      '  - job job1   20 resources',
      '  - job job2   20 resources',
    ]);
    const loss = lines.findIndex((line) => line.startsWith('  Data loss'));
    expect(lines.slice(loss, loss + 2)).toEqual([
      '  Data loss  log group of job job0 will be deleted with its log records',
      '             (the same for job1, job2, job3, job4, job5, job6, job7, job8, job9,',
    ]);
    expect(lines.length).toBeLessThan(60);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });
});

it.each([60, 80, 120])('fits a terminal of %i columns', (width) => {
  for (const line of [...textOf(changes, width), ...textOf(destroy, width)])
    expect(line.length).toBeLessThanOrEqual(width);
});

it('says that only outputs change', () => {
  expect(textOf({ output_changes: { apiUrl: { actions: ['create'] } } })).toEqual([
    'Only stack outputs change: apiUrl',
    '',
    'Plan: no resources change',
  ]);
});

describe('what only the state or tags notice', () => {
  const tags = (from: object, to: object): PlanDocument['resource_changes'] => [
    {
      address: 'aws_sqs_queue.inbox_Queue_0A1B2C3D',
      type: 'aws_sqs_queue',
      change: { actions: ['update'], before: from, after: to },
    },
  ];

  it('is a number of resources', () => {
    const resource_changes = [
      ...(tags({ tags_all: {} }, { tags: { a: 'b' }, tags_all: { a: 'b' } }) ?? []),
      {
        address: 'aws_sqs_queue.mail_Queue_0A1B2C3D',
        previous_address: 'aws_sqs_queue.post_Queue_0A1B2C3D',
        type: 'aws_sqs_queue',
        change: { actions: ['no-op'], before: {}, after: {} },
      },
    ];
    const summary = planSummary(stack, { resource_changes });
    expect(planText(summary, 80)).toEqual([
      '  1 resource only changes tags',
      '  1 resource only gets another address in the state',
      '',
      'Plan: 1 to change, 1 to move in the state',
    ]);
    expect(planJson(summary)).toMatchObject({ hasChanges: true, loses: false });
    expect(planJson(summary).changes[0]?.resources).toMatchObject([{ onlyTags: true }]);
  });

  it('is told with its arguments if more than tags change', () => {
    const resource_changes = tags({ tags_all: {}, delay_seconds: 0 }, { tags_all: { a: 'b' }, delay_seconds: 5 });
    expect(textOf({ resource_changes })).toEqual([
      '  ~ queue inbox',
      '    ~ queue      delay_seconds',
      '',
      'Plan: 1 to change',
    ]);
  });

  it('says that Terraform forgets a resource', () => {
    const plan = change('aws_sqs_queue.inbox_Queue_0A1B2C3D', ['forget']);
    expect(textOf(plan)).toEqual([
      '  1 resource stays in AWS as it is, and Terraform forgets it',
      '',
      'Plan: 1 to forget',
    ]);
    expect(planJson(planSummary(stack, plan)).loses).toBe(false);
  });
});
