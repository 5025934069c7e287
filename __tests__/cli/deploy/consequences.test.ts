import { consequencesOf, refusedCreation } from '../../../cli/deploy/consequences';
import { planSummary } from '../../../cli/deploy/plan-summary';
import { change, stack, textOf } from './told-plan';

it('says what the replacement of a role does to runs, and nothing if a job takes its role with it', () => {
  expect(consequencesOf('aws_iam_role', {}, true)).toEqual([
    { kind: 'runs', text: 'will be replaced: runs in progress lose its permissions, and fail when they need them' },
  ]);
  expect(consequencesOf('aws_iam_instance_profile', {}, true)).toEqual([
    { kind: 'runs', text: 'will be replaced: instances lose their permissions, and jobs on them fail' },
  ]);
  expect(consequencesOf('aws_iam_role', {}, false)).toEqual([]);
});

it('says that AWS creates no schedule whose start was more than five minutes ago', () => {
  const now = new Date('2026-01-01T00:10:00Z');
  const created = (start: string | undefined, type = 'aws_scheduler_schedule') =>
    refusedCreation(type, { start_date: start }, now);
  expect(created('2026-01-01T00:04:59Z')).toEqual([
    {
      kind: 'refused',
      text: 'will not be created: AWS refuses, because its startDate 2026-01-01T00:04:59Z has passed. Remove startDate, or set a later one',
    },
  ]);
  expect(created('2026-01-01T00:05:00Z')).toEqual([]);
  expect(created('2027-01-01T00:00:00Z')).toEqual([]);
  expect(created(undefined)).toEqual([]);
  expect(created('2020-01-01T00:00:00Z', 'aws_db_instance')).toEqual([]);
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
