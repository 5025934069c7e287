import type { EnvironmentFacts } from '../../../../../cli/operate/why/facts';
import { ENVIRONMENT_REASONS } from '../../../../../cli/operate/why/reasons/environment';
import { found } from '../found';
import { runnable } from '../sample-facts';

const of = (environment: Partial<EnvironmentFacts>) => found(ENVIRONMENT_REASONS, runnable({ environment }));
const invalid = (statusReason: string) => of({ status: 'INVALID', statusReason });

describe('the message of an invalid environment', () => {
  // Each way to say a cause that a pattern knows, and what could be taken for another cause.
  it.each([
    ['not authorized to perform: sts:AssumeRole', 'environment-service-role-missing'],
    ['Not authorized to perform sts:AssumeRole (AccessDenied)', 'environment-service-role-missing'],
    ['The role batch does not exist', 'environment-service-role-missing'],
    ['Role batch cannot be found', 'environment-service-role-missing'],
    ['role batch not found', 'environment-service-role-missing'],
    ['NoSuchEntity', 'environment-service-role-missing'],
    ['SpotFleetRequestConfig.IamFleetRole is invalid', 'environment-spot-fleet-role'],
    ['AWSServiceRoleForEC2Spot is not there', 'environment-spot-service-role'],
    ['ServiceLinkedRoleCreationNotPermitted', 'environment-spot-service-role'],
    ['no permission to create the service-linked role for EC2 Spot Instances', 'environment-spot-service-role'],
    ['is not authorized to perform: iam:PassRole on resource x', 'environment-pass-role'],
    ['You are not authorized to perform this operation.', 'environment-service-role-permission'],
    ['UnauthorizedOperation', 'environment-service-role-permission'],
    ['AccessDenied', 'environment-service-role-permission'],
    ['Access Denied', 'environment-service-role-permission'],
    ['Invalid IamInstanceProfile: x', 'environment-instance-profile'],
    ['The instance profile x', 'environment-instance-profile'],
    ['Invalid instanceRole', 'environment-instance-profile'],
    ['Launch Template UserData is not valid', 'environment-user-data'],
    ['the user data', 'environment-user-data'],
    ['not MIME multipart format', 'environment-user-data'],
    ['security groups are not linked to the VPCs', 'environment-security-group-vpc'],
    ['The security group is in a different VPC', 'environment-security-group-vpc'],
    ['The security groups are not of the same network', 'environment-security-group-vpc'],
    ['InvalidGroup.NotFound', 'environment-security-group'],
    ['InvalidSecurityGroupID', 'environment-security-group'],
    ['The securityGroup x does not exist', 'environment-security-group'],
    ['subnet-1 does not exist', 'environment-subnet'],
    ['InvalidVpcID.NotFound', 'environment-subnet'],
    ['The vpc ID x does not exist', 'environment-subnet'],
    ['InvalidKeyPair.NotFound', 'environment-key-pair'],
    ['launch template: the key pair x does not exist', 'environment-key-pair'],
    ['InvalidAMIID.NotFound', 'environment-machine-image'],
    ['launch template: the image id x does not exist', 'environment-machine-image'],
    ['The AMI does not exist', 'environment-machine-image'],
    ['EC2Configuration', 'environment-machine-image'],
    ['The placement group x does not exist', 'environment-placement-group'],
    ['InvalidPlacementGroup', 'environment-placement-group'],
    ['Instance type can only be one of c5', 'environment-instance-type'],
    ['InvalidParameterCombination', 'environment-instance-type'],
    ['Unsupported', 'environment-instance-type'],
    ['AutoScalingGroup name not found - null', 'environment-auto-scaling-group'],
    ['The Auto Scaling group x', 'environment-auto-scaling-group'],
    ['The launch template lt-1 does not exist', 'environment-launch-template'],
    ['Clusters can not be blank.', 'environment-cluster'],
    ['ClusterNotFoundException', 'environment-cluster'],
    ['The cluster x is inactive', 'environment-cluster'],
    ['cluster x does not exist', 'environment-cluster'],
    ['INTERNAL_ERROR - Failed to describe clusters', 'environment-internal-error'],
    ['ThrottlingException', 'environment-throttled'],
    ['Rate exceeded (RequestLimitExceeded)', 'environment-throttled'],
    ['TooManyRequests', 'environment-throttled'],
    ['LimitExceeded', 'environment-quota'],
    ['The limit was reached', 'environment-quota'],
    ['the maximum number of rules', 'environment-quota'],
    ['A quota is used up', 'environment-quota'],
    ['not an INTERNAL_ERROR', 'environment-invalid'],
    ['anything else', 'environment-invalid'],
  ])('%s: %s', (message, code) => {
    expect(invalid(message)?.code).toBe(code);
  });

  it('is in the values, with what the texts name', () => {
    expect(of({ name: 'reports', status: 'INVALID', statusReason: 'x', instanceTypes: ['c7', 'm7'] })?.values).toEqual({
      environment: 'reports',
      region: 'eu-west-1',
      instanceTypes: 'c7, m7',
      message: 'x',
      action: 'something that AWS Batch needs',
    });
  });

  it('can be missing', () => {
    expect(of({ status: 'INVALID' })).toEqual({
      code: 'environment-invalid',
      values: expect.objectContaining({ message: '(nothing)' }),
    });
  });

  it('names the action that is not allowed', () => {
    expect(invalid('not authorized to perform: ecs:DescribeClusters on x')?.values.action).toBe('ecs:DescribeClusters');
    expect(invalid('UnauthorizedOperation')?.values.action).toBe('something that AWS Batch needs');
  });
});

describe('an environment', () => {
  it.each([
    ['that is disabled', { state: 'DISABLED' }, 'environment-disabled'],
    ['that is disabled while it is created', { state: 'DISABLED', status: 'CREATING' }, 'environment-disabled'],
    ['that is created', { status: 'CREATING' }, 'environment-creating'],
    [
      'that is being deleted, for which it was disabled',
      { state: 'DISABLED', status: 'DELETING' },
      'environment-deleting',
    ],
    ['that was deleted, for which it was disabled', { state: 'DISABLED', status: 'DELETED' }, 'environment-deleted'],
    ['that is valid', {}, undefined],
    ['that is updated, which takes jobs', { status: 'UPDATING' }, undefined],
    ['that is updated and disabled', { state: 'DISABLED', status: 'UPDATING' }, 'environment-disabled'],
  ])('%s: %s', (_, environment, code) => {
    expect(of(environment)?.code).toBe(code);
  });

  it('is named, and its region where the fix needs it', () => {
    expect(of({ name: 'reports', state: 'DISABLED' })?.values).toEqual({ environment: 'reports', region: 'eu-west-1' });
    expect(of({ name: 'reports', status: 'CREATING' })?.values).toEqual({ environment: 'reports' });
  });

  it('does not matter beside one that takes jobs, and is the reason if none does', () => {
    const facts = runnable();
    const [sample] = facts.environments as readonly [EnvironmentFacts];
    const disabled = { ...sample, name: 'disabled', state: 'DISABLED' };
    const creating = { ...sample, name: 'creating', status: 'CREATING' };
    const broken = { ...sample, name: 'broken', status: 'INVALID', statusReason: 'x' };
    const among = (...environments: EnvironmentFacts[]) => found(ENVIRONMENT_REASONS, { ...facts, environments });
    expect(among(disabled, sample)).toBeUndefined();
    expect(among(broken, { ...sample, status: 'UPDATING' })).toBeUndefined();
    expect(among()).toBeUndefined();
    expect(among(creating, disabled)?.values.environment).toBe('disabled');
    expect(among(disabled, broken)).toMatchObject({ code: 'environment-invalid', values: { environment: 'broken' } });
  });
});

it('is mended by a deployment, except for what a person must allow, raise, replace or wait for', () => {
  expect(ENVIRONMENT_REASONS.flatMap(({ code, command }) => (command === 'deploy' ? [] : [[code, command]]))).toEqual([
    ['environment-service-role-permission', undefined],
    ['environment-auto-scaling-group', undefined],
    ['environment-cluster', undefined],
    ['environment-quota', undefined],
    ['environment-creating', undefined],
  ]);
});
