// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { createExecutionRole, createJobRole } from '../../modules/compute/job-roles';
import { AwsContext } from '../../modules/terraform/aws-context';
import { document, foreignStack, permissions, Synthesis } from '../synthesis';

function setUp() {
  const stack = foreignStack();
  return { stack, props: { stackName: 'reports', jobName: 'nightly', aws: new AwsContext(stack, 'aws') } };
}

const TRUST = {
  Effect: 'Allow',
  Principal: { Service: 'ecs-tasks.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'aws:SourceAccount': '${data.aws_caller_identity.aws_Account.account_id}' } },
};

describe('createJobRole', () => {
  it('may do nothing but what is granted', () => {
    const { stack, props } = setUp();
    createJobRole(stack, { ...props, statements: [] });
    const synthesis = new Synthesis(stack);
    expect(synthesis.types).toEqual(['aws_iam_role']);
    expect(synthesis.one('aws_iam_role').name).toBe('reports-nightly-job-${data.aws_region.aws_Region.id}');
  });

  it('is for containers of this account only', () => {
    const { stack, props } = setUp();
    const statements = [{ Sid: 'Notify', Action: ['sns:Publish'], Resource: ['arn:aws:sns:r:a:t'] }];
    createJobRole(stack, { ...props, statements, tags: { team: 'x' } });
    const synthesis = new Synthesis(stack);
    expect(document(synthesis.one('aws_iam_role').assume_role_policy).Statement).toEqual([TRUST]);
    expect(synthesis.one('aws_iam_role').tags).toEqual({ team: 'x' });
    expect(permissions(synthesis, 'JobRole_Policy')).toEqual([{ ...statements[0], Effect: 'Allow' }]);
  });
});

describe('createExecutionRole', () => {
  it('writes to the group of the job and pulls its image', () => {
    const { stack, props } = setUp();
    const pull = { Sid: 'RegistryLogin', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] };
    const logGroup = new CloudwatchLogGroup(stack, 'LogGroup', { name: 'a' });
    createExecutionRole(stack, { ...props, pullStatements: [pull], logGroup });
    const synthesis = new Synthesis(stack);
    const role = synthesis.one('aws_iam_role');
    expect(role.name).toBe('reports-nightly-execution-${data.aws_region.aws_Region.id}');
    expect(document(role.assume_role_policy).Statement).toEqual([TRUST]);
    expect(permissions(synthesis, 'ExecutionRole_Policy')).toEqual([
      {
        Sid: 'WriteLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['${aws_cloudwatch_log_group.LogGroup.arn}:*'],
      },
      { ...pull, Effect: 'Allow' },
    ]);
  });

  it('may do nothing for a public image whose output stays on the instance', () => {
    const { stack, props } = setUp();
    createExecutionRole(stack, { ...props, pullStatements: [] });
    expect(new Synthesis(stack).types).toEqual(['aws_iam_role']);
  });
});
