import { s3Options, terraformState } from '../../modules/stack-config/terraform-state';

describe('where the state of a stack is', () => {
  const stackName = 'reports';
  const region = 'eu-west-1';

  it('is a file outside of the stack, with a region the file of this region', () => {
    const backend = { type: 'local' } as const;
    expect(terraformState({ stackName, backend })).toEqual({
      type: 'local',
      path: '../../../terraform.reports.tfstate',
    });
    expect(terraformState({ stackName, region, backend })).toEqual({
      type: 'local',
      path: '../../../terraform.reports.eu-west-1.tfstate',
    });
  });

  it('is the file that the config names', () => {
    const backend = { type: 'local', path: 'here.tfstate' } as const;
    expect(terraformState({ stackName, region, backend })).toEqual({ type: 'local', path: 'here.tfstate' });
  });

  it('is a key of stack and region in a bucket of the same region', () => {
    const backend = { type: 's3', bucket: 'states', encrypt: true, useLockfile: true } as const;
    expect(terraformState({ stackName, region, backend })).toEqual({
      type: 's3',
      bucket: 'states',
      key: 'reports/eu-west-1/terraform.tfstate',
      region,
    });
    expect(terraformState({ stackName, backend })).toEqual({
      type: 's3',
      bucket: 'states',
      key: 'reports/terraform.tfstate',
      region: undefined,
    });
  });

  it('is the key and the region of the bucket that the config names', () => {
    const own = { key: 'a/b', region: 'us-east-1', encrypt: true, useLockfile: true };
    expect(terraformState({ stackName, region, backend: { type: 's3', bucket: 'states', ...own } })).toEqual({
      type: 's3',
      bucket: 'states',
      key: 'a/b',
      region: 'us-east-1',
    });
  });

  it('is a workspace of stack and region, or the one that the config names', () => {
    const backend = { type: 'cloud', organization: 'acme' } as const;
    const state = { type: 'cloud', organization: 'acme', hostname: undefined };
    expect(terraformState({ stackName, region, backend })).toEqual({ ...state, workspace: 'reports-eu-west-1' });
    expect(terraformState({ stackName, backend })).toEqual({ ...state, workspace: 'reports' });
    const named = { ...backend, hostname: 'tfe.example.com', workspace: 'nightly' };
    expect(terraformState({ stackName, region, backend: named })).toEqual(named);
  });
});

describe('the options of the S3 backend', () => {
  const backend = {
    type: 's3',
    bucket: 'states',
    key: 'a',
    region: 'eu-west-1',
    encrypt: true,
    useLockfile: true,
  } as const;

  it('have nothing of where the state is, and no `encrypt`, which CDKTF takes itself', () => {
    expect(s3Options(backend)).toEqual({ use_lockfile: true });
    expect(s3Options({ ...backend, useLockfile: false })).toEqual({});
  });

  it('have the names of Terraform, objects in them too, but not the keys of tags', () => {
    const assumeRole = {
      roleArn: 'arn:aws:iam::123456789012:role/a',
      policyArns: ['arn:aws:iam::aws:policy/A'],
      tags: { madeBy: 'us' },
    };
    expect(s3Options({ ...backend, kmsKeyId: 'key', assumeRole })).toEqual({
      use_lockfile: true,
      kms_key_id: 'key',
      assume_role: {
        role_arn: 'arn:aws:iam::123456789012:role/a',
        policy_arns: ['arn:aws:iam::aws:policy/A'],
        tags: { madeBy: 'us' },
      },
    });
  });
});
