import type { TerraformStack } from 'cdktf';
import { Capacity, type CapacityDemand, type CapacityProps } from '../../modules/compute/capacity';
import { AwsContext } from '../../modules/terraform/aws-context';
import { foreignStack, Synthesis } from '../synthesis';

export const demand = (given: Partial<CapacityDemand> = {}): CapacityDemand => ({
  spot: false,
  gpu: false,
  architecture: 'x86_64',
  ...given,
});

export let stack: TerraformStack;

let aws: AwsContext;

export let capacity: Capacity;

beforeEach(() => {
  stack = foreignStack();
  aws = new AwsContext(stack, 'aws');
  makeCapacity();
});

/** Replaces the capacity of the stack. */
export function makeCapacity(
  stackName = 'reports',
  tags: { [key: string]: string } = { team: 'billing' },
  more: Partial<CapacityProps> = {},
): void {
  stack.node.tryRemoveChild('capacity');
  capacity = new Capacity(stack, 'capacity', {
    stackName,
    aws,
    network: { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] },
    maxVcpus: 64,
    minVcpus: 0,
    rootVolumeGb: 50,
    tags,
    ...more,
  });
}

export function environmentOf(given: Partial<CapacityDemand>) {
  capacity.pool(demand(given));
  return new Synthesis(stack).one('aws_batch_compute_environment') as {
    readonly compute_resources: { readonly [key: string]: unknown };
    readonly [key: string]: unknown;
  };
}
