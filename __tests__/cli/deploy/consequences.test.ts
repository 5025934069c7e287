import { consequencesOf, refusedCreation } from '../../../cli/deploy/consequences';

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
