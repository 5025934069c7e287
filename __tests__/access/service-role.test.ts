// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { mergedStatements } from '../../modules/access/merged-statements';
import { ServiceRole } from '../../modules/access/service-role';
import { document, foreignStack, permissions, Synthesis } from '../synthesis';

const aws = { region: 'eu-west-1', iam: {} };
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
      role: '${aws_iam_role.Job.id}',
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

describe('a role that may do more than IAM takes in inline policies', () => {
  const arn = (index: number) => `arn:aws:sqs:eu-west-1:123456789012:queue-with-a-rather-long-name-${index}`;
  const read = (index: number) => ({ Sid: 'Read', Action: ['sqs:ReceiveMessage'], Resource: [arn(index)] });
  const base = { Sid: 'Base', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::a/*'] };

  function synthesize(count: number, listed = 0, reverse = false) {
    const stack = foreignStack();
    const list = { Sid: 'List', Action: ['sns:Publish'], Resource: Array.from({ length: listed }, (_, i) => arn(i)) };
    const role = new ServiceRole(stack, 'Job', {
      nameParts: ['reports', 'job'],
      aws,
      service: 'lambda.amazonaws.com',
      statements: listed === 0 ? [base] : [base, list],
    });
    const indices = Array.from({ length: count }, (_, index) => index);
    for (const index of reverse ? indices.reverse() : indices) {
      const grantee = new Construct(stack, `grantee${index}`);
      new TerraformOutput(stack, `output${index}`, { value: '', dependsOn: [role.grant(grantee, [read(index)])] });
    }
    return new Synthesis(stack);
  }

  const arnsIn = (policy: unknown): string[] => String(policy).match(/arn:aws:sqs[^"]*/g) ?? [];
  const byPolicy = (synthesis: Synthesis): { [name: string]: string[] } =>
    Object.fromEntries(synthesis.all('aws_iam_policy').map(({ name, policy }) => [name, arnsIn(policy).sort()]));

  it('keeps what is granted in one second policy while it fits', () => {
    const synthesis = synthesize(90);
    expect(synthesis.types).toEqual(['aws_iam_role', 'aws_iam_role_policy 2']);
    expect(permissions(synthesis, 'Job_Grants')).toHaveLength(1);
    expect(synthesis.outputs.output7?.depends_on).toEqual(['aws_iam_role_policy.Job_Grants']);
  });

  it('has it in managed policies then, each within its limit, and waits for the one that counts', () => {
    const synthesis = synthesize(200);
    const names = Object.keys(byPolicy(synthesis));
    expect(names).toEqual(Array.from({ length: 8 }, (_, i) => `reports-job-eu-west-1-permissions-${i + 1}`));
    for (const { policy } of synthesis.all('aws_iam_policy')) expect(String(policy).length).toBeLessThanOrEqual(6144);
    expect(Object.values(byPolicy(synthesis)).flat().sort()).toEqual(
      Array.from({ length: 200 }, (_, i) => arn(i)).sort(),
    );
    expect(permissions(synthesis, 'Job_Policy')).toEqual([{ ...base, Effect: 'Allow' }]);
    expect(synthesis.byId('aws_iam_role_policy')).not.toHaveProperty('Job_Grants');
    const index = names.findIndex((name) => byPolicy(synthesis)[name]?.includes(arn(7))) + 1;
    expect(synthesis.outputs.output7?.depends_on).toEqual([
      `aws_iam_role_policy_attachment.Job_Spread_Attachment${index}`,
    ]);
  });

  it('leaves each permission in its place when others are added and removed, in any order', () => {
    const [fewer, more] = [byPolicy(synthesize(150)), byPolicy(synthesize(200, 0, true))];
    for (const [name, arns] of Object.entries(fewer)) expect(more[name]).toEqual(expect.arrayContaining(arns));
  });

  it('spreads long lists, and keeps the rest inline', () => {
    const synthesis = synthesize(0, 200);
    expect(permissions(synthesis, 'Job_Policy')).toEqual([{ ...base, Effect: 'Allow' }]);
    const statements = synthesis.all('aws_iam_policy').flatMap(({ policy }) => document(policy).Statement);
    expect(new Set(statements.map(({ Sid, Action }) => JSON.stringify([Sid, Action])))).toEqual(
      new Set([JSON.stringify(['List', ['sns:Publish']])]),
    );
    expect(statements.flatMap(({ Resource }) => Resource)).toHaveLength(200);
  });
});

describe('mergedStatements', () => {
  const statement = { Sid: 'A', Action: ['s3:GetObject'], Resource: ['a'] };

  it('joins the resources of statements that are equal else, each once', () => {
    expect(mergedStatements([statement, { ...statement, Resource: ['b', 'a'] }])).toEqual([
      { ...statement, Resource: ['a', 'b'] },
    ]);
  });

  it('keeps apart what says other things, under names of their own', () => {
    const condition = { Bool: { 'aws:SecureTransport': 'true' } };
    expect(
      mergedStatements([
        statement,
        { ...statement, Action: ['s3:PutObject'] },
        { ...statement, Condition: condition },
        { ...statement, Effect: 'Deny' },
      ]).map(({ Sid }) => Sid),
    ).toEqual(['A', 'A2', 'A3', 'A4']);
  });

  it('never lets a job definition into the queue of another: SubmitJob asks for both', () => {
    const submit = (job: string) => ({ Sid: 'S', Action: ['batch:SubmitJob'], Resource: [job, `queue-of-${job}`] });
    expect(mergedStatements([submit('a'), submit('b')]).map(({ Resource }) => Resource)).toEqual([
      ['a', 'queue-of-a'],
      ['b', 'queue-of-b'],
    ]);
  });
});
