import type { EnvironmentFacts } from '../../../../../cli/operate/why/facts';
import { LAUNCH_REASONS, QUOTA_REASONS } from '../../../../../cli/operate/why/reasons/launch';
import { found } from '../found';
import { minutesAgo, RUN, runnable, running } from '../sample-facts';

const QUOTA = { code: 'L-34B43A08', name: 'All Standard Spot Instance Requests', vcpus: 64 };

const environment = (message: string, more: Partial<EnvironmentFacts> = {}) => ({
  launchFailure: { at: minutesAgo(1), message },
  ...more,
});
const launch = (message: string, more?: Partial<EnvironmentFacts>) =>
  found(LAUNCH_REASONS, runnable({ environment: environment(message, more) }));

describe('the message of a launch that failed', () => {
  // Each way to say a cause that a pattern knows, and what could be taken for another cause.
  it.each([
    ['your current vCPU limit of 0 allows', 'launch-vcpu-quota-zero'],
    ['your current vCPU limit of 05 allows', 'launch-vcpu-quota'],
    ['VcpuLimitExceeded', 'launch-vcpu-quota'],
    ['MaxSpotInstanceCountExceeded', 'launch-spot-quota'],
    ['Max spot instance count', 'launch-spot-quota'],
    ['SpotMaxPriceTooLow', 'launch-spot-price'],
    ['Your Spot request price of 0.015', 'launch-spot-price'],
    ['UnfulfillableCapacity', 'launch-no-spot-capacity'],
    ['There is no Spot capacity', 'launch-no-spot-capacity'],
    ['Could not launch Spot Instances. InsufficientInstanceCapacity', 'launch-no-spot-capacity'],
    ['capacity-not-available', 'launch-no-spot-capacity'],
    ['InsufficientInstanceCapacity', 'launch-no-capacity'],
    ['InsufficientHostCapacity', 'launch-no-capacity'],
    ['ReservationCapacityExceeded', 'launch-no-capacity'],
    ['we do not have sufficient p3.large capacity', 'launch-no-capacity'],
    ['insufficient c7i.large capacity', 'launch-no-capacity'],
    ['sufficient capacity', 'launch-no-capacity'],
    ['InvalidParameterCombination: not eligible for Free Tier', 'launch-free-plan'],
    ['PendingVerification', 'launch-account-pending'],
    ['Your request is being validated', 'launch-account-pending'],
    ['OptInRequired', 'launch-account-pending'],
    ['Your account is blocked', 'launch-account-pending'],
    ['This account was suspended', 'launch-account-pending'],
    ['Your account could not be verified', 'launch-account-pending'],
    ['InstanceLimitExceeded', 'launch-instance-quota'],
    ['4 instance(s) are already running', 'launch-instance-quota'],
    ['VolumeLimitExceeded', 'launch-volume-quota'],
    ['MaxIOPSLimitExceeded', 'launch-volume-quota'],
    ['your maximum gp3 storage of the limit', 'launch-volume-quota'],
    ['InsufficientFreeAddressesInSubnet', 'launch-no-addresses'],
    ['There are not enough free addresses in subnet-1', 'launch-no-addresses'],
    ['The Availability Zone is no longer supported', 'launch-zone'],
    ['c8i is not supported in your requested Availability Zone', 'launch-instance-type'],
    ['The requested configuration is currently not supported', 'launch-instance-type'],
    ['Unsupported', 'launch-instance-type'],
    ['InvalidInstanceType', 'launch-instance-type'],
    ['InvalidGroup.NotFound', 'launch-security-group'],
    ['InvalidSecurityGroupID', 'launch-security-group'],
    ['The security group sg-1 does not exist', 'launch-security-group'],
    ['InvalidSubnetID.NotFound', 'launch-subnet'],
    ['InvalidKeyPair.NotFound', 'launch-key-pair'],
    ['The key pair x does not exist', 'launch-key-pair'],
    ['InvalidAMIID.NotFound', 'launch-machine-image'],
    ['The image id x does not exist', 'launch-machine-image'],
    ['This AMI is gone', 'launch-machine-image'],
    ['Invalid IamInstanceProfile', 'launch-instance-profile'],
    ['The instance profile x', 'launch-instance-profile'],
    ['Invalid device name upload', 'launch-volume'],
    ['Value (xvdb) for parameter virtualName', 'launch-volume'],
    ['InvalidBlockDeviceMapping', 'launch-volume'],
    ['EBS block device mappings', 'launch-volume'],
    ['Client.InternalError: Client error on launch.', 'launch-volume-key'],
    ['The KMS key', 'launch-volume-key'],
    ['Placement groups may not be used', 'launch-placement-group'],
    ['InvalidPlacementGroup.Unknown', 'launch-placement-group'],
    ['You are not authorized to perform this operation', 'launch-not-authorized'],
    ['UnauthorizedOperation', 'launch-not-authorized'],
    ['Access denied.', 'launch-not-authorized'],
    ['with an explicit deny', 'launch-not-authorized'],
    ['The default Service-Linked Role', 'launch-not-authorized'],
    ['InvalidLaunchTemplateId.NotFound', 'launch-template'],
    ['The launch template does not exist', 'launch-template'],
    ['Something else', 'launch-failed'],
  ])('%s: %s', (message, code) => {
    expect(launch(message)?.code).toBe(code);
  });

  it('is in the values, with what the texts name', () => {
    const more = { instanceTypes: ['c7', 'm7'], quota: QUOTA };
    expect(launch('x', more)?.values).toEqual({
      subject: `Run ${RUN}`,
      region: 'eu-west-1',
      vcpus: '2 vCPUs',
      market: 'Spot',
      limit: '64 vCPUs',
      quotaName: ': EC2, "All Standard Spot Instance Requests" (L-34B43A08)',
      instanceTypes: 'c7, m7',
      capacityFix: expect.stringContaining('useSpotInstances to false'),
      message: 'x',
    });
  });

  it('is told without what is not known', () => {
    expect(launch('x', { spot: false, instanceTypes: [] })?.values).toMatchObject({
      market: 'on-demand',
      limit: 'unknown',
      quotaName: '',
      instanceTypes: 'its instance types',
    });
  });

  it('names the quota where the message has it', () => {
    expect(
      launch('VcpuLimitExceeded: vCPU capacity than your vCPU limit of 1958', { quota: QUOTA })?.values.limit,
    ).toBe('1958');
    expect(launch('VcpuLimitExceeded', { quota: QUOTA })?.values.limit).toBe('64 vCPUs');
  });

  it('says less than a quota of 0 of Spot vCPUs, which it does not name', () => {
    const none = { quota: { ...QUOTA, vcpus: 0 } };
    const found = launch('MaxSpotInstanceCountExceeded', none);
    expect(found).toMatchObject({
      code: 'launch-vcpu-quota-zero',
      values: { message: 'MaxSpotInstanceCountExceeded' },
    });
    expect(launch('MaxSpotInstanceCountExceeded', { quota: { ...QUOTA, vcpus: 1 } })?.code).toBe('launch-spot-quota');
    expect(launch('sufficient capacity', none)?.code).toBe('launch-no-capacity');
  });

  it('matters only to a job that waits for an instance', () => {
    const { environments } = runnable({ environment: environment('x') });
    expect(found(LAUNCH_REASONS, { ...running({}, { status: 'STARTING' }), environments })).toBeUndefined();
    expect(found(LAUNCH_REASONS, runnable())).toBeUndefined();
  });

  it('is that of the first environment that has one', () => {
    const facts = runnable();
    const [fine] = facts.environments as readonly [EnvironmentFacts];
    const environments = [fine, { ...fine, ...environment('one') }, { ...fine, ...environment('two') }];
    expect(found(LAUNCH_REASONS, { ...facts, environments })?.values.message).toBe('one');
  });
});

describe('a quota, before a launch has failed', () => {
  const quota = (vcpus: number, more: Partial<EnvironmentFacts> = {}) =>
    found(QUOTA_REASONS, runnable({ environment: { quota: { ...QUOTA, vcpus }, ...more } }));

  it.each([
    [0, 'quota-zero'],
    [1, 'quota-too-low'],
    [2, undefined],
  ])('of %s vCPUs for a job with 2: %s', (vcpus, code) => {
    expect(quota(vcpus)?.code).toBe(code);
  });

  it('is in the values, with its market', () => {
    const values = {
      subject: `Run ${RUN}`,
      region: 'eu-west-1',
      vcpus: '2 vCPUs',
      market: 'Spot',
      limit: 1,
      quotaName: ': EC2, "All Standard Spot Instance Requests" (L-34B43A08)',
    };
    expect(quota(1)?.values).toEqual(values);
    expect(quota(1, { spot: false })?.values).toEqual({ ...values, market: 'on-demand' });
  });

  it('matters only to a job that waits for an instance, if it is known', () => {
    const { environments } = runnable({ environment: { quota: { ...QUOTA, vcpus: 0 } } });
    expect(found(QUOTA_REASONS, { ...running({}, { status: 'STARTING' }), environments })).toBeUndefined();
    expect(found(QUOTA_REASONS, runnable())).toBeUndefined();
  });
});

it('is mended by a deployment where the config or its resources are the cause', () => {
  const deployed = [...LAUNCH_REASONS, ...QUOTA_REASONS].flatMap(({ code, command }) =>
    command === undefined ? [] : [[code, command]],
  );
  expect(Object.fromEntries(deployed)).toEqual({
    'launch-spot-price': 'deploy',
    'launch-zone': 'deploy',
    'launch-instance-type': 'deploy',
    'launch-security-group': 'deploy',
    'launch-subnet': 'deploy',
    'launch-key-pair': 'deploy',
    'launch-machine-image': 'deploy',
    'launch-instance-profile': 'deploy',
    'launch-volume': 'deploy',
    'launch-placement-group': 'deploy',
    'launch-template': 'deploy',
  });
});
