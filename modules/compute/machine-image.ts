import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import type { Construct } from 'constructs';

/** Which machine image an instance needs. */
export interface MachineImageKind {
  readonly gpu: boolean;
  readonly architecture: 'x86_64' | 'arm64';
}

/** Parameter in which AWS names its newest ECS-optimized image of a kind. There is none for GPUs with arm64, as there is no such job. */
function parameterOf({ gpu, architecture }: MachineImageKind): string {
  const variant = gpu ? 'gpu/' : architecture === 'arm64' ? 'arm64/' : '';
  return `/aws/service/ecs/optimized-ami/amazon-linux-2023/${variant}recommended/image_id`;
}

/**
 * Id of the newest ECS-optimized image of Amazon Linux 2023, read at each plan.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html
 */
export function latestMachineImage(scope: Construct, kind: MachineImageKind): string {
  const name = parameterOf(kind);
  const id = `MachineImage-${kind.gpu ? 'gpu' : kind.architecture.replace('_', '-')}`;
  const existing = scope.node.tryFindChild(id);
  const parameter = existing instanceof DataAwsSsmParameter ? existing : new DataAwsSsmParameter(scope, id, { name });
  // Not `value`, which Terraform takes for a secret and hides in the plan.
  return parameter.insecureValue;
}
