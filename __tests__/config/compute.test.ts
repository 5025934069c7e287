import { configProblems, SMALLEST_JOB, tokens } from '../stack-config/samples';

const IMAGE = 'ami-0123456789abcdef0';
const GROUP = 'sg-0123456789abcdef0';
const vpc = { vpcId: 'vpc-1', subnetIds: ['subnet-1'] };

function problems(compute: object, more: object = { vpc }) {
  return configProblems({ stackName: 'reports', resources: {}, compute, ...more }).map(
    ({ path, found, accepted, fix }) => [path.replace(/^compute\./, ''), found, accepted, fix],
  );
}

const images = 'the ID of a machine image, such as ami-0123456789abcdef0';
const groups = 'the ID of a security group, such as sg-0123456789abcdef0';
const imageFix = 'copy the whole ID: ami- and 17 (or 8) of the characters 0-9 and a-f';
const groupFix = 'copy the whole ID: sg- and 17 (or 8) of the characters 0-9 and a-f';
const none = 'an ID for at least one of x86_64, arm64 and gpu';

it.each<[object, string, string, string, string]>([
  [{ machineImageId: 'ami-123' }, 'machineImageId', '"ami-123"', images, imageFix],
  [{ machineImageId: 'AMI' }, 'machineImageId', '"AMI"', images, 'write the ID, which starts with ami-'],
  [{ machineImageId: { arm64: 'ami-x' } }, 'machineImageId.arm64', '"ami-x"', images, imageFix],
  [{ machineImageId: {} }, 'machineImageId', 'none of them', none, 'add one, or remove machineImageId'],
  [
    { machineImageId: { arm: IMAGE } },
    'machineImageId.arm',
    'the unknown property "arm"',
    'x86_64, arm64, gpu',
    'did you mean "arm64"?',
  ],
  [
    { machineImageId: { gpu: IMAGE }, useLatestMachineImage: true },
    'useLatestMachineImage',
    'useLatestMachineImage and machineImageId',
    'either the newest image, or one that you choose',
    'remove useLatestMachineImage',
  ],
  [{ securityGroupIds: [] }, 'securityGroupIds', '[]', 'at least 1 entry', 'add an entry'],
  [{ securityGroupIds: GROUP }, 'securityGroupIds', `"${GROUP}"`, 'a list', `write ["${GROUP}"]`],
  [{ securityGroupIds: ['sg-12'] }, 'securityGroupIds[0]', '"sg-12"', groups, groupFix],
  [
    { securityGroupIds: ['default'] },
    'securityGroupIds[0]',
    '"default"',
    groups,
    'write the ID, which starts with sg-, and not the name',
  ],
  [
    { securityGroupIds: [GROUP, GROUP] },
    'securityGroupIds[1]',
    `"${GROUP}", which is also at [0]`,
    'each group once',
    'remove it',
  ],
  [
    { securityGroupIds: Array.from({ length: 17 }, (_, index) => `sg-${(10_000_000 + index).toString()}`) },
    'securityGroupIds',
    '17 groups',
    'at most 16 groups, the maximum of a network interface',
    'combine the rules of some of them in one group',
  ],
])('refuses %j', (compute, ...problem) => {
  expect(problems(compute)).toEqual([problem]);
});

it.each([
  { machineImageId: IMAGE },
  { machineImageId: 'ami-01234567' },
  { machineImageId: { x86_64: IMAGE, arm64: IMAGE, gpu: IMAGE } },
  { securityGroupIds: [GROUP, 'sg-01234567'] },
  { userData: '#!/bin/bash\necho ready\n' },
])('takes %j', (compute) => {
  expect(problems(compute)).toEqual([]);
});

it('takes values that only Terraform knows, for images and groups', () => {
  const { TEXT, LIST_ITEM } = tokens();
  expect(problems({ machineImageId: TEXT, securityGroupIds: [TEXT, LIST_ITEM] })).toEqual([]);
});

it('takes attributes of CloudFormation resources, and refuses those that are not there', () => {
  const compute = {
    machineImageId: "$CfResourceParam('image', 'ImageId')",
    securityGroupIds: ["$CfResourceParam('group', 'GroupId')"],
  };
  const cloudformationResources = {
    image: { Type: 'AWS::ImageBuilder::Image', Properties: {} },
    group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'jobs' } },
  };
  expect(problems(compute, { vpc, cloudformationResources })).toEqual([]);
  expect(problems(compute).map(([path]) => path)).toEqual(['machineImageId', 'securityGroupIds[0]']);
});

it.each([
  ['ami', 'machineImageId'],
  ['securityGroups', 'securityGroupIds'],
  ['userdata', 'userData'],
])('knows %s as %s', (name, meant) => {
  expect(problems({ [name]: 'x' })).toMatchObject([
    [name, expect.anything(), expect.anything(), `did you mean "${meant}"?`],
  ]);
});

it('says where they belong that somebody writes into a job', () => {
  const job = { type: 'batch-job', properties: { ...SMALLEST_JOB, userData: '#!/bin/sh' } };
  const [problem] = configProblems({ stackName: 'reports', resources: { job } });
  expect(problem?.fix).toContain('compute.userData');
});
