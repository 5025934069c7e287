import { consequencesOf } from '../../../cli/deploy/consequences';

it('says what the replacement of a role does to runs, and nothing if a job takes its role with it', () => {
  expect(consequencesOf('aws_iam_role', {}, true)).toEqual([
    { kind: 'runs', text: 'runs in progress lose its permissions, and fail when they need them' },
  ]);
  expect(consequencesOf('aws_iam_instance_profile', {}, true)).toEqual([
    { kind: 'runs', text: 'instances lose their permissions, and jobs on them fail' },
  ]);
  expect(consequencesOf('aws_iam_role', {}, false)).toEqual([]);
});
