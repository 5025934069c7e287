import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import type { Construct } from 'constructs';
import type { MachineImageId } from '../config/compute';

/** The kind of machine image that an instance needs. */
export interface MachineImageKind {
  readonly gpu: boolean;
  readonly architecture: 'x86_64' | 'arm64';
}

/** The image in a config for a kind. Undefined if AWS chooses it. */
export function machineImageOf(images: MachineImageId | undefined, { gpu, architecture }: MachineImageKind) {
  return typeof images === 'object' ? images[gpu ? 'gpu' : architecture] : images;
}

/** Public parameter with AWS's latest ECS-optimized image of a kind. There is none for GPUs with arm64, which no job can use. */
function parameterOf({ gpu, architecture }: MachineImageKind): string {
  const variant = gpu ? 'gpu/' : architecture === 'arm64' ? 'arm64/' : '';
  return `/aws/service/ecs/optimized-ami/amazon-linux-2023/${variant}recommended/image_id`;
}

/**
 * ID of the latest ECS-optimized image of Amazon Linux 2023, read at each plan.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html
 */
export function readLatestMachineImage(scope: Construct, kind: MachineImageKind): string {
  const name = parameterOf(kind);
  const id = `MachineImage-${kind.gpu ? 'gpu' : kind.architecture.replace('_', '-')}`;
  const existing = scope.node.tryFindChild(id);
  const parameter = existing instanceof DataAwsSsmParameter ? existing : new DataAwsSsmParameter(scope, id, { name });
  // Not `value`, which Terraform treats as sensitive and hides in the plan.
  return parameter.insecureValue;
}
