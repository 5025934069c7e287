import { z } from 'zod';
import { across, isToken, nonEmpty, refuse, strict } from './checked';
import { cidrBlockProblem } from './cidr-block';
import { subnetIds } from './subnet-ids';

/** Network that jobs run in. */
export const vpc = across(
  strict({
    /** Id of an existing VPC. Requires `subnetIds`. @default the stack creates a VPC */
    vpcId: nonEmpty('the ID of a VPC').optional(),
    /** Subnets of the existing VPC for the instances. They need a route to the internet, or endpoints for ECR, ECS, CloudWatch Logs and S3. Requires `vpcId`. @default the stack creates subnets */
    subnetIds: subnetIds(1).optional(),
    /** Address range of the VPC that the stack creates, /16 to /24. You can't combine it with `vpcId`. @default 10.0.0.0/16 */
    cidrBlock: z
      .string({ error: () => 'an IPv4 range such as 10.1.0.0/16' })
      .check((context) => {
        const problem = isToken(context.value) ? undefined : cidrBlockProblem(context.value);
        if (problem !== undefined) refuse(context, problem);
      })
      .optional(),
    /** Gives instances no public address. `egress` selects how they reach AWS. You can't combine it with `vpcId`. @default false: public subnets, which are free of charge */
    privateSubnets: z.boolean().optional(),
    /** How instances in private subnets reach AWS: `nat`, a gateway to the whole internet, or `endpoints` for ECR, ECS, CloudWatch Logs and Secrets Manager only. Both have an hourly price. @default nat */
    egress: z.enum(['nat', 'endpoints']).optional(),
  }),
  (value, context) => {
    const { vpcId, subnetIds, cidrBlock, privateSubnets, egress } = value;
    if (egress !== undefined && privateSubnets !== true) {
      const accepted = 'egress only together with privateSubnets';
      refuse(context, { found: 'egress without privateSubnets', accepted, fix: 'add privateSubnets: true' }, [
        'egress',
      ]);
    }
    if (vpcId !== undefined && privateSubnets === true) {
      const accepted = 'either an existing VPC, or private subnets of a new VPC';
      const fix = 'remove privateSubnets, and list private subnets in subnetIds';
      refuse(context, { found: 'vpcId and privateSubnets', accepted, fix }, ['privateSubnets']);
    }
    if ((vpcId === undefined) !== (subnetIds === undefined)) {
      const [given, missing] = vpcId === undefined ? ['subnetIds', 'vpcId'] : ['vpcId', 'subnetIds'];
      refuse(context, { found: `${given} without ${missing}`, accepted: 'both or neither', fix: `add ${missing}` });
    }
    if (vpcId !== undefined && cidrBlock !== undefined) {
      const accepted = 'either an existing VPC, or the range of a new VPC';
      refuse(context, { found: 'vpcId and cidrBlock', accepted, fix: 'remove cidrBlock' }, ['cidrBlock']);
    }
  },
);
