import type { IConstruct } from 'constructs';
import type { BatchJob } from '../../modules/batch-job';
import { readContainerProperties } from '../../modules/compute/container-properties';
import type { Architecture } from '../../modules/container/build-context';
import type { ResolvedBatchJobProps } from '../../modules/stack-config/batch-job';
import type { Fill } from './fill';
import { type LocalVolumes, localMounts } from './local-volumes';
import type { TerraformDocument } from './placeholders';
import { attributesIn } from './terraform-attributes';

/** The container properties of the job definition that a local run uses. */
export interface LocalContainer extends LocalVolumes {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Sources of secret variables, by variable name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly architecture: Architecture;
  /** Memory in MiB. */
  readonly memory: number;
  readonly init: boolean;
  /** Process limits in the format of `docker run --ulimit`: `nofile=65536:65536`. */
  readonly ulimits: readonly string[];
}

/** A string with a placeholder, and its use in the container: a variable, the command or the image. */
export interface Unknown {
  readonly part: string;
  readonly text: string;
}

/**
 * The container of a job definition.
 *
 * @param document the stack's, in which `overrides` have changed the definition
 */
export function containerOf(
  document: TerraformDocument,
  { jobDefinition, volumes }: BatchJob,
  { architecture }: ResolvedBatchJobProps['resources'],
  fill: Fill,
  stack: string,
): LocalContainer {
  // Read before placeholders are replaced, because the values can contain characters that JSON escapes.
  const { container_properties: text } = attributesIn(document, jobDefinition);
  const defined = fill(readContainerProperties(text) ?? {});
  const { image = '', command, environment = [], secrets = [], resourceRequirements = [], ulimits = [] } = defined;
  return {
    image,
    command,
    environment: Object.fromEntries(environment.map(({ name, value }) => [name, value])),
    secrets: Object.fromEntries(secrets.map(({ name, valueFrom }) => [name, valueFrom])),
    architecture,
    memory: Number(resourceRequirements.find(({ type }) => type === 'MEMORY')?.value),
    init: defined.linuxParameters?.initProcessEnabled ?? false,
    ulimits: ulimits.map(({ name, softLimit, hardLimit }) => `${name}=${softLimit}:${hardLimit}`),
    mounts: localMounts(volumes, stack, nameOf),
    tmpfs: defined.linuxParameters?.tmpfs,
    sharedMemoryMb: defined.linuxParameters?.sharedMemorySize,
  };
}

/** A file system of a config is a construct whose ID is its name. */
function nameOf(fileSystem: object): string {
  return 'node' in fileSystem ? (fileSystem as IConstruct).node.id : 'file-system';
}

/** The strings that are passed to a container. An image that is built locally has no name to pass. */
export function partsOf({ environment, secrets, command = [], image }: LocalContainer, built: boolean): Unknown[] {
  return [
    ...Object.entries({ ...environment, ...secrets }).map(([part, text]) => ({ part, text })),
    ...command.map((text) => ({ part: 'its command', text })),
    ...(built ? [] : [{ part: 'its image', text: image }]),
  ];
}
