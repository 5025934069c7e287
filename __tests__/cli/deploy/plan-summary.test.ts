import { CommandFailure } from '../../../cli/command/reported-error';
import { planJson } from '../../../cli/deploy/commands';
import type { PlanDocument } from '../../../cli/deploy/plan-document';
import { planSummary } from '../../../cli/deploy/plan-summary';
import { planText } from '../../../cli/deploy/plan-text';
import { refusePlan } from '../../../cli/deploy/refusals';
import { stackOf } from '../../../cli/deploy/synthesized-stack';
import changes from './plans/changes.json';
import destroy from './plans/destroy.json';
import stackDocument from './plans/stack.json';

// `plans/` holds what Terraform 1.11 showed for a stack on an emulator, without what is not read: a job, a queue and its events were applied, then
// the config was changed in many ways at once.
const stack = stackOf('reports', 'cdktf.out/stacks/reports', stackDocument);
const textOf = (plan: PlanDocument, width = 80) => planText(planSummary(stack, plan), width);

const change = (address: string, actions: string[], values: object = {}): PlanDocument => ({
  resource_changes: [
    { address, mode: 'managed', type: address.split('.')[0] ?? '', change: { actions, before: values, after: values } },
  ],
});

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

it('warns of a schedule that AWS does not create, although the old one is deleted', () => {
  const schedule = (event: string) => `aws_scheduler_schedule.nightlyReport_schedule-${event}_Schedule_0A1B2C3D`;
  const changed = (address: string, action: string, start: string) =>
    change(address, [action], { schedule_expression: 'rate(6 hours)', start_date: start }).resource_changes ?? [];
  const planOf = (start: string) => ({
    resource_changes: [
      ...changed(schedule('1'), 'delete', '2026-01-01T00:00:00Z'),
      ...changed(schedule('2'), 'create', start),
    ],
  });
  expect(textOf(planOf('2026-01-01T00:00:00Z'), 200).join('\n')).toMatch(
    /\n {2}Refused {2}.*2026-01-01T00:00:00Z has passed/,
  );
  const refused = () => refusePlan(planSummary(stack, planOf('2026-01-01T00:00:00Z')));
  expect(refused).toThrow(CommandFailure);
  expect(refused).toThrow(
    /^Nothing was changed, because AWS will refuse a part of the plan:\n {2}schedule of job nightlyReport will not be created: .* Remove startDate, or set a later one\.\nDo that, and run the command again\.$/,
  );
  expect(() => refusePlan(planSummary(stack, planOf('2199-01-01T00:00:00Z')))).not.toThrow();
  expect(textOf(planOf('2199-01-01T00:00:00Z'), 200).join('\n')).not.toContain('Refused');
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

describe('a plan without changes', () => {
  it.each([
    ['an empty one', {}],
    ['reads and no-ops', change('aws_sqs_queue.inbox_Queue_0A1B2C3D', ['no-op'])],
    ['data sources', { resource_changes: [{ ...change('x.y', ['create']).resource_changes?.[0], mode: 'data' }] }],
    ['outputs that stay', { output_changes: { url: { actions: ['no-op'] } } }],
  ])('is %s', (_, plan) => {
    expect(planSummary(stack, plan as PlanDocument)).toMatchObject({ hasChanges: false, owners: [], outputs: [] });
  });
});

it('says that only outputs change', () => {
  expect(textOf({ output_changes: { apiUrl: { actions: ['create'] } } })).toEqual([
    'Only stack outputs change: apiUrl',
    '',
    'Plan: no resources change',
  ]);
});

describe('what is deleted', () => {
  it.each([
    [
      'aws_dynamodb_table',
      { deletion_protection_enabled: true },
      'Refused',
      'will not be deleted: AWS refuses. To delete it, first set deletionProtection',
    ],
    ['aws_cognito_user_pool', { deletion_protection: 'ACTIVE' }, 'Refused', 'AWS refuses'],
    ['aws_cognito_user_pool', { deletion_protection: 'INACTIVE' }, 'Data loss', 'its users are deleted'],
    [
      'aws_db_instance',
      { deletion_protection: false, skip_final_snapshot: false },
      'Data loss',
      'after a final snapshot',
    ],
    ['aws_s3_bucket', { force_destroy: false }, 'Data loss', 'AWS refuses while there are any'],
    ['aws_s3_bucket', { force_destroy: true }, 'Data loss', 'its objects are deleted'],
    ['aws_ecr_repository', {}, 'Data loss', 'its images are deleted'],
  ])('%s %j is told: %s', (type, values, label, text) => {
    const lines = textOf(change(`${type}.orders_Thing_0A1B2C3D`, ['delete', 'create'], values), 200);
    expect(lines.find((line) => line.includes(text))).toMatch(new RegExp(`^ {2}${label} `));
  });

  it('is nothing to tell if it holds nothing, or is kept', () => {
    for (const plan of [
      change('aws_iam_role.x_Role_0A1B2C3D', ['delete']),
      change('aws_cloudwatch_log_group.x_Logs_0A1B2C3D', ['delete'], { skip_destroy: true }),
    ]) {
      expect(planSummary(stack, plan).owners[0]?.parts[0]?.consequences).toEqual([]);
    }
  });

  it('means something for runs while a function is made anew', () => {
    const plan = change('aws_lambda_function.nightlyReport_Trigger_62BEACB5', ['delete', 'create']);
    expect(textOf(plan, 200).join('\n')).toContain('no event starts a run until the new one exists');
  });
});

it('knows a job that is gone by its definition, wherever it was', () => {
  const [one] = change('aws_batch_job_definition.old_JobDefinition_0A1B2C3D', ['delete']).resource_changes ?? [];
  const [two] = change('aws_sqs_queue.old_inner_Queue_0A1B2C3D', ['delete']).resource_changes ?? [];
  const summary = planSummary(stack, { resource_changes: [one, two].flatMap((each) => each ?? []) });
  expect(summary.owners).toMatchObject([{ kind: 'job', name: 'old', action: 'destroy', parts: [{}, {}] }]);
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

describe('the permissions of a role', () => {
  const statement = (Action: string | string[], Resource: string) => ({
    Statement: [{ Effect: 'Allow', Action, Resource }],
  });
  const lines = (from: unknown, to: unknown, part = 'StateMachine_Policy') => {
    const address = `aws_iam_role_policy.nightlyReport_${part}_0A1B2C3D`;
    const values = (policy: unknown) => ({ policy: policy === undefined ? undefined : JSON.stringify(policy) });
    const change = {
      actions: ['update'],
      before: values(from),
      after: values(to),
      after_unknown: { policy: to === undefined },
    };
    return textOf({ resource_changes: [{ address, type: 'aws_iam_role_policy', change }] }, 120).slice(1, -2);
  };

  it('change by what it may do, if that is known', () => {
    expect(lines(statement('batch:SubmitJob', 'a'), statement(['batch:SubmitJob', 'batch:TagResource'], 'a'))).toEqual([
      "    ~ state machine's permissions  also batch:TagResource",
    ]);
    expect(lines(statement(['a:B', 'a:C'], '*'), statement('a:C', '*'), 'ExecutionRole_Policy')).toEqual([
      "    ~ execution role's permissions  no longer a:B",
    ]);
    expect(lines(statement('a:B', 'one'), statement('a:B', 'two'), 'Trigger_Role_Policy')).toEqual([
      "    ~ trigger function's permissions  on other resources",
    ]);
  });

  it('only change if it is not', () => {
    expect(lines(statement('a:B', 'one'), undefined)).toEqual(["    ~ state machine's permissions"]);
    expect(lines(statement('a:B', 'one'), statement('a:B', 'one'))).toEqual(["    ~ state machine's permissions"]);
  });
});

describe('what is lost is told once', () => {
  const kinds = (...addresses: string[]) => {
    const resource_changes = addresses.flatMap((address) => change(address, ['delete']).resource_changes ?? []);
    return planSummary(stack, { resource_changes }).owners.flatMap(({ parts }) =>
      parts.flatMap(({ type, consequences }) => consequences.map(({ kind }) => `${type} ${kind}`)),
    );
  };

  it('by the state machine of a job, not also by its definition', () => {
    const [definition, machine] = [
      'aws_batch_job_definition.a_Definition_0A1B2C3D',
      'aws_sfn_state_machine.a_Machine_0A1B2C3D',
    ];
    expect(kinds(definition, machine)).toEqual(['aws_sfn_state_machine runs']);
    expect(kinds(definition)).toEqual(['aws_batch_job_definition runs']);
  });

  it('by a file system, not also by its mount targets', () => {
    const [target, files] = ['aws_efs_mount_target.a_Zone1_0A1B2C3D', 'aws_efs_file_system.a_Files_0A1B2C3D'];
    expect(kinds(target, files)).toEqual(['aws_efs_file_system data']);
    expect(kinds(target)).toEqual(['aws_efs_mount_target runs']);
  });

  it('and not at all for what keeps limits that no job has any more', () => {
    const table = 'aws_dynamodb_table.batch-platform_run-places_Table_0A1B2C3D';
    expect(kinds(table)).toEqual([]);
    const replaced = planSummary(stack, change(table, ['delete', 'create']));
    expect(replaced.owners[0]?.parts[0]?.consequences).toHaveLength(1);
    expect(kinds('aws_dynamodb_table.orders_Table_0A1B2C3D')).toEqual(['aws_dynamodb_table data']);
  });
});
