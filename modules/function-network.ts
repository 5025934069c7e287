import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { IngressRule } from './access/connection';
import type { Statement } from './access/policy';
import { AllowedSecurityGroup } from './compute/allowed-security-group';
import type { Network } from './network/network';
import type { ReachedService } from './rules/endpoint-services';
import { NAME_LIMITS, physicalName } from './rules/naming';
import type { AwsContext } from './terraform/aws-context';

export interface FunctionNetworkProps {
  readonly stackName: string;
  /** Name of the function in the stack. */
  readonly name: string;
  readonly aws: AwsContext;
  readonly network: Network;
  /** Of the resources that the function connects to. */
  readonly ingressRules: readonly IngressRule[];
  /** Services that the function calls, and that the network can have endpoints of. */
  readonly services: readonly ReachedService[];
}

/** What a function in the network needs. */
export interface FunctionNetwork {
  readonly network: { readonly subnetIds: string[]; readonly securityGroupIds: string[] };
  readonly statements: readonly Statement[];
  /** What the function cannot do without from its first invocation. */
  readonly endpoints: readonly ITerraformDependable[];
}

/** Permissions with which Lambda connects a function to subnets. */
const CONNECT = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Places a function in the subnets of the jobs, with a security group that the resources let in.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function joinNetwork(scope: Construct, props: FunctionNetworkProps): FunctionNetwork {
  const { stackName, name, aws, network, ingressRules, services } = props;
  const { keepsSecurityGroups = false } = network;
  const group =
    keepsSecurityGroups && ingressRules.length === 0
      ? []
      : [
          new AllowedSecurityGroup(scope, 'Network', {
            stackName,
            vpcId: network.vpcId,
            ingressRules,
            onlyTheirs: keepsSecurityGroups,
            owner: {
              name: 'function',
              description: 'Function: no ingress',
              callers: `Function ${name} of ${stackName}`,
            },
          }).securityGroup.id,
        ];
  const functionArn = aws.arn('lambda', `function:${physicalName(NAME_LIMITS.lambdaFunction, stackName, name)}`);
  return {
    network: {
      subnetIds: network.subnetIds,
      securityGroupIds: [...(keepsSecurityGroups ? network.securityGroupIds : []), ...group],
    },
    endpoints: services.flatMap((service) => network.endpointOf?.(service) ?? []),
    // Lambda looks for these permissions in the function's role. Requests of the function's code name it as their source, and are refused.
    statements: [
      { Sid: 'JoinNetwork', Action: CONNECT, Resource: ['*'] },
      {
        Sid: 'JoinOnlyByLambda',
        Effect: 'Deny',
        Action: CONNECT,
        Resource: ['*'],
        Condition: { ArnEquals: { 'lambda:SourceFunctionArn': [functionArn] } },
      },
    ],
  };
}
