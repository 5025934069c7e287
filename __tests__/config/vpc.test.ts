import { vpc } from '../../modules/config/vpc';
import { problemsWith, tokens } from '../stack-config/samples';

const EXISTING = { vpcId: 'vpc-1', subnetIds: ['subnet-1'] };

it.each([
  [{}],
  [EXISTING],
  [{ ...EXISTING, privateSubnets: false }],
  [{ cidrBlock: '10.1.0.0/16' }],
  [{ cidrBlock: '10.1.0.0/24', privateSubnets: true }],
  [{ privateSubnets: true, egress: 'nat' }],
  [{ privateSubnets: true, egress: 'endpoints' }],
])('%j is right, and stays as it is', (value) => {
  expect(problemsWith(vpc, value)).toEqual([]);
  expect(vpc.parse(value)).toEqual(value);
});

it('a range can be one that only Terraform knows', () => {
  expect(problemsWith(vpc, { cidrBlock: tokens().TEXT })).toEqual([]);
});

it.each([
  [{ vpcId: '', subnetIds: ['a'] }, 'vpcId', /^the ID of a VPC/],
  [{ vpcId: 'vpc-1', subnetIds: [] }, 'subnetIds', /^at least 1 entry/],
  [{ cidrBlock: 7 }, 'cidrBlock', /^an IPv4 range such as 10\.1\.0\.0\/16/],
  [{ cidrBlock: '10.1.0.0/28' }, 'cidrBlock', /^an IPv4 range from \/16 to \/24/],
  [{ privateSubnets: 'yes' }, 'privateSubnets', /true or false/],
  [{ privateSubnets: true, egress: 'none' }, 'egress', /nat/],
])('%j is refused', (value, path, accepted) => {
  expect(problemsWith(vpc, value)).toMatchObject([{ path, accepted: expect.stringMatching(accepted) }]);
});

describe('together', () => {
  const egress = {
    path: 'egress',
    found: 'egress without privateSubnets',
    accepted: 'egress only together with privateSubnets',
    fix: 'add privateSubnets: true',
  };

  it.each([
    [{ egress: 'nat' }, egress],
    [{ egress: 'nat', privateSubnets: false }, egress],
    [
      { ...EXISTING, privateSubnets: true },
      {
        path: 'privateSubnets',
        found: 'vpcId and privateSubnets',
        accepted: 'either an existing VPC, or private subnets of a new VPC',
        fix: 'remove privateSubnets, and list private subnets in subnetIds',
      },
    ],
    [
      { vpcId: 'vpc-1' },
      { path: '', found: 'vpcId without subnetIds', accepted: 'both or neither', fix: 'add subnetIds' },
    ],
    [
      { subnetIds: ['subnet-1'] },
      { path: '', found: 'subnetIds without vpcId', accepted: 'both or neither', fix: 'add vpcId' },
    ],
    [
      { ...EXISTING, cidrBlock: '10.1.0.0/16' },
      {
        path: 'cidrBlock',
        found: 'vpcId and cidrBlock',
        accepted: 'either an existing VPC, or the range of a new VPC',
        fix: 'remove cidrBlock',
      },
    ],
  ])('%j is refused', (value, problem) => {
    expect(problemsWith(vpc, value)).toEqual([problem]);
  });
});
