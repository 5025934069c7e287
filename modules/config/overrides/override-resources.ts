import type { CreatedResource } from '../vocabulary';
import type { DescribedResource } from './attribute-shapes';

/** The resources of every job that often need more settings than a config has properties for. */
export const JOB_RESOURCES: readonly CreatedResource[] = [
  ['JobDefinition', 'batch-job-definition'],
  ['TriggerFunction', 'lambda-function'],
  ['StateMachine', 'sfn-state-machine'],
  ['LogGroup', 'cloudwatch-log-group'],
  ['JobRole', 'iam-role'],
];

/** The resources of all instances that jobs run on. */
export const INSTANCE_RESOURCES: readonly CreatedResource[] = [
  ['LaunchTemplate', 'launch-template'],
  ['InstanceRole', 'iam-role'],
];

/** The resources of each kind of capacity: the ends of their names, after the kind. */
export const CAPACITY_RESOURCES: readonly CreatedResource[] = [
  ['environment', 'batch-compute-environment'],
  ['queue', 'batch-job-queue'],
];

/**
 * Settings of a container on EC2 in AWS Batch for which a config has no properties.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
 */
export const CONTAINER_PROPERTIES: readonly string[] = [
  'enableExecuteCommand',
  'linuxParameters',
  'mountPoints',
  'privileged',
  'readonlyRootFilesystem',
  'ulimits',
  'user',
  'volumes',
];

/**
 * The class of a module of the provider's bindings. Loaded only for an error message about an attribute, because these modules are large.
 */
export function classOf(module: string): { readonly prototype: DescribedResource } {
  const exported = require(`@cdktf/provider-aws/lib/${module}`) as { readonly [name: string]: unknown };
  const name = module.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return exported[name] as { readonly prototype: DescribedResource };
}
