import { relative } from 'node:path';
import type { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { BatchJob } from '../../../modules/batch-job';
import { indexed, type Written } from '../../../modules/config/indexed-config';
import { asObject, valueAt } from '../../../modules/config/value-at';
import { partitionOf } from '../../../modules/rules/partitions';
import type { BatchJobsStack } from '../../../modules/stack';
import type { LoadedConfig } from '../../../modules/stack-config/loaded-config';
import { type ReferenceEdge, referenceEdges } from '../../../modules/stack-config/reference-edges';
import { synthesized } from '../../../modules/stack-config/synthesis-problems';
import { resolved } from '../../../modules/terraform/resolved';
import { stackCheck } from '../../cost/stack-check';
import { createStackInMemory, documentOf } from '../../local/stacks/stack-in-memory';
import type { BandPicture, JobPicture, StackPicture } from '../../model/stack';
import type { StackCheck } from '../../model/stack-check';
import { functionPicture } from './function-box';
import { type JobPaths, jobPicture } from './job-box';
import { Painter } from './painter';
import { sharedItems } from './shared';
import { StackResources } from './stack-resources';

/** A picture, and the JSON of the resources in it. */
export interface SynthesizedPicture {
  readonly picture: StackPicture;
  /** The JSON of each resource and data source by address, as Terraform gets it, without values of secrets. */
  readonly resources: Readonly<Record<string, unknown>>;
}

/**
 * The stack of a config as a picture. All of it is JSON.
 *
 * @param workingFolder the folder that the config's path is relative to
 * @throws ConfigError if the config cannot be synthesized
 */
export function synthesizedPicture(loaded: LoadedConfig, workingFolder = process.cwd()): SynthesizedPicture {
  return synthesized(loaded, () => {
    const stack = createStackInMemory(loaded);
    // What `synth` refuses has no picture.
    stack.prepareStack();
    stack.runAllValidations();
    return pictureOf(stack, loaded, workingFolder);
  });
}

/** The picture of a stack that is already synthesized in memory. */
export function pictureOf(
  stack: BatchJobsStack,
  { file, config }: Pick<LoadedConfig, 'file' | 'config'>,
  workingFolder: string,
): SynthesizedPicture {
  const document = documentOf(stack);
  const resources = new StackResources(document);
  const painter = new Painter(config, resources, {
    partition: partitionOf(config.region ?? 'us-east-1'),
    resolve: (value) => resolved(stack, value),
  });
  const jobs = Object.entries(config.resources).flatMap(([name, resource]): JobPicture[] => {
    const job = stack.jobs.get(name);
    if (resource.type !== 'batch-job' || job === undefined) return [];
    return [jobPicture(name, resource, placesOf(job, stack), painter)];
  });
  // Names give permission to invoke. A directive is only text.
  const named = referenceEdges(indexed(config as unknown as Written)).filter(({ to, text }) => to === text);
  const functions = Object.entries(config.resources).flatMap(([name, resource]): BandPicture[] => {
    if (resource.type !== 'function') return [];
    const triggers = stack.functionTriggers.get(name) ?? [];
    const paths = triggers.map((trigger) => pathOf(trigger, stack));
    const drawn = functionPicture(name, resource, paths, painter);
    const invokedBy = [...new Set(named.filter(({ to }) => to === name).map((edge) => callerOf(edge, config)))];
    return drawn === undefined ? [] : [{ ...drawn, ...(invokedBy.length > 0 && { invokedBy }) }];
  });
  return {
    picture: {
      stackName: config.stackName,
      ...(config.region !== undefined && { region: config.region }),
      configFile: relative(workingFolder, file),
      resourceCount: resources.managed.length,
      jobs,
      functions,
      shared: sharedItems(painter),
      check: shownCheck(stackCheck(stack, config, document, { now: new Date() })),
    },
    resources: resources.json,
  };
}

/** Who invokes a function that is named: the resource that names it, or the gateway that asks it about requests. */
function callerOf({ from, path }: ReferenceEdge, config: unknown): string {
  const authorizer = path.indexOf('authorizer');
  const { httpApiGatewayName = from } = authorizer < 0 ? {} : asObject(valueAt(config, path.slice(0, authorizer)));
  return String(httpApiGatewayName);
}

/** A check without the many types that each job can land on, which no picture shows. */
function shownCheck(check: StackCheck): StackCheck {
  return { ...check, jobs: check.jobs.map((job) => ({ ...job, instances: job.instances.slice(0, 1) })) };
}

function placesOf(job: BatchJob, stack: BatchJobsStack): JobPaths {
  const pools = [job.pool, job.onDemandPool].flatMap((pool, index) =>
    pool === undefined
      ? []
      : [{ environment: addressOf(pool.environment), queue: addressOf(pool.queue), isFallback: index === 1 }],
  );
  return { triggers: job.triggers.map((trigger) => pathOf(trigger, stack)), pools };
}

/** Path of a construct within the stack. */
function pathOf({ node }: IConstruct, stack: BatchJobsStack): string {
  return node.path.slice(stack.node.path.length + 1);
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
