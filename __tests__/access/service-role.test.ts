// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { ServiceRole } from '../../modules/access/service-role';
import { document, foreignStack, permissions, Synthesis } from '../synthesis';

const aws = { region: 'eu-west-1' };
const statements = [{ Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::a/*'] }];

describe('ServiceRole', () => {
  it('is a role and one inline policy', () => {
    const stack = foreignStack();
    const role = new ServiceRole(stack, 'Job', {
      nameParts: ['reports', 'job'],
      aws,
      service: 'ecs-tasks.amazonaws.com',
      statements,
    });
    const synthesis = new Synthesis(stack);
    expect(synthesis.types).toEqual(['aws_iam_role', 'aws_iam_role_policy']);
    const { assume_role_policy: trust, ...given } = synthesis.one('aws_iam_role');
    expect(given).toEqual({ name: 'reports-job-eu-west-1' });
    expect(document(trust).Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    expect(synthesis.one('aws_iam_role_policy')).toMatchObject({
      name: 'permissions',
      role: '${aws_iam_role.Job.name}',
    });
    expect(permissions(synthesis, 'Job_Policy')).toEqual([{ ...statements[0], Effect: 'Allow' }]);
    expect(role.dependencies).toEqual([role.role, role.policy]);
  });

  it('is a role alone if there is nothing to allow', () => {
    const stack = foreignStack();
    const role = new ServiceRole(stack, 'Job', { nameParts: ['reports'], aws, service: 'ecs-tasks.amazonaws.com' });
    expect(new Synthesis(stack).types).toEqual(['aws_iam_role']);
    expect(role.policy).toBeUndefined();
    expect(role.dependencies).toEqual([role.role]);
  });

  it('bears its tags and its condition', () => {
    const stack = foreignStack();
    const condition = { StringEquals: { 'aws:SourceAccount': '123456789012' } };
    new ServiceRole(stack, 'Job', {
      nameParts: ['a'],
      aws,
      service: 'states.amazonaws.com',
      condition,
      tags: { team: 'x' },
    });
    const role = new Synthesis(stack).one('aws_iam_role');
    expect(role.tags).toEqual({ team: 'x' });
    expect(document(role.assume_role_policy).Statement[0]?.Condition).toEqual(condition);
  });
});
