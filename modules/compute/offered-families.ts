import { DataAwsEc2InstanceTypeOfferings } from '@cdktf/provider-aws/lib/data-aws-ec2-instance-type-offerings';
import { Fn, Token } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * Of several lists of families the first of which the region offers any, as far as it does: known when Terraform plans.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypeOfferings.html
 */
export function offeredFamilies(scope: Construct, id: string, lists: readonly (readonly string[])[]): string[] {
  const values = lists.flat().map((family) => `${family}.*`);
  const { instanceTypes } = new DataAwsEc2InstanceTypeOfferings(scope, id, {
    filter: [{ name: 'instance-type', values }],
  });
  // `g5.xlarge,g6.xlarge` to `g5`, `g6`: what stands before a dot.
  const offered = Fn.flatten(Fn.regexall('([a-z0-9-]+)[.]', Fn.join(',', instanceTypes)));
  const found = lists.map((list) => Fn.sort(Fn.setintersection([...list], [offered])));
  // With none at all AWS Batch says what it takes.
  return Token.asList(Fn.coalescelist([...found, [...(lists.at(-1) ?? [])]]));
}
