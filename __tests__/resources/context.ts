import { TerraformOutput, type TerraformStack } from 'cdktf';
import type { Network } from '../../modules/network/network';
import { UndeliveredEvents } from '../../modules/orchestration/undelivered-events';
import type { CompanionContext } from '../../modules/resources/companion';
import { AwsContext } from '../../modules/terraform/aws-context';
import { foreignStack, Synthesis } from '../synthesis';

/** What companion resources get from their stack, in a custom stack without jobs. */
export function context(stack: TerraformStack, network: Partial<Network> = {}): CompanionContext {
  const aws = new AwsContext(stack, 'aws');
  return {
    stackName: 'reports',
    baseDir: __dirname,
    aws,
    network: { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'], ...network },
    undeliveredEvents: new UndeliveredEvents(stack, 'undelivered-events', { stackName: 'reports', aws }),
  };
}

/** A custom stack with what `build` creates from the context. */
export function withContext(build: (stack: TerraformStack, context: CompanionContext) => void): Synthesis {
  const stack = foreignStack();
  build(stack, context(stack));
  return new Synthesis(stack);
}

/** A value as Terraform gets it: tokens as references, without the hashes of ids. */
export function resolved(stack: TerraformStack, value: unknown): unknown {
  new TerraformOutput(stack, 'resolved', { value });
  return new Synthesis(stack).outputs.resolved?.value;
}
