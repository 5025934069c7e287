import { DataAwsEc2InstanceTypeOfferings } from '@cdktf/provider-aws/lib/data-aws-ec2-instance-type-offerings';
import { Fn, Token } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * The first of several lists of families of which the region offers any, reduced to those that it offers. Known during plan.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypeOfferings.html
 */
export function readOfferedFamilies(scope: Construct, id: string, lists: readonly (readonly string[])[]): string[] {
  const values = lists.flat().map((family) => `${family}.*`);
  const { instanceTypes } = new DataAwsEc2InstanceTypeOfferings(scope, id, {
    filter: [{ name: 'instance-type', values }],
  });
  // `g5.xlarge,g6.xlarge` to `g5`, `g6`: the part before the dot.
  const offered = Fn.flatten(Fn.regexall('([a-z0-9-]+)[.]', Fn.join(',', instanceTypes)));
  const found = lists.map((list) => Fn.sort(Fn.setintersection([...list], [offered])));
  // If the list is empty, AWS Batch's error lists what it accepts.
  return Token.asList(Fn.coalescelist([...found, [...(lists.at(-1) ?? [])]]));
}
