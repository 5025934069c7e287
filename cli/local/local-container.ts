import type { IConstruct } from 'constructs';
import type { BatchJob } from '../../modules/batch-job';
import { readContainerProperties } from '../../modules/compute/container-properties';
import type { Architecture } from '../../modules/container/build-context';
import type { ConnectionStrings } from '../../modules/container/connection-strings/connection-strings';
import type { Composition } from '../../modules/container/connection-strings/function/compose';
import type { ResolvedBatchJobProps } from '../../modules/stack-config/batch-job';
import { templateDocument } from '../../modules/terraform/template';
import type { Fill } from './fill';
import { type LocalVolumes, localMounts } from './local-volumes';
import type { TerraformDocument } from './placeholders';
import { attributesIn } from './terraform-attributes';

/** The container properties of the job definition that a local run uses. */
export interface LocalContainer extends LocalVolumes {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Names of variables in which `$(<variable>)` stands for a secret. Their whole values are in a secret of the deployed stack. @default none */
  readonly completed?: readonly string[];
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
  { jobDefinition, volumes, connectionStrings }: BatchJob,
  { architecture }: ResolvedBatchJobProps['resources'],
  fill: Fill,
  stack: string,
): LocalContainer {
  // Read before placeholders are replaced, because the values can contain characters that JSON escapes.
  const { container_properties: text } = attributesIn(document, jobDefinition);
  const defined = fill(readContainerProperties(text) ?? {});
  const { image = '', command, environment = [], secrets = [], resourceRequirements = [], ulimits = [] } = defined;
  const composed = connectionStrings && fill(compositionIn(document, connectionStrings).variables);
  const isComposed = ({ name }: { readonly name: string }) => composed?.[name] !== undefined;
  const completed = secrets.filter(isComposed).map(({ name }) => name);
  return {
    image,
    command,
    environment: Object.fromEntries([
      ...environment.map(({ name, value }) => [name, value]),
      ...completed.map((name) => [name, composed?.[name]]),
    ]),
    ...(completed.length > 0 && { completed }),
    secrets: Object.fromEntries(
      secrets.filter((secret) => !isComposed(secret)).map(({ name, valueFrom }) => [name, valueFrom]),
    ),
    architecture,
    memory: Number(resourceRequirements.find(({ type }) => type === 'MEMORY')?.value),
    init: defined.linuxParameters?.initProcessEnabled ?? false,
    ulimits: ulimits.map(({ name, softLimit, hardLimit }) => `${name}=${softLimit}:${hardLimit}`),
    mounts: localMounts(volumes, stack, nameOf),
    tmpfs: defined.linuxParameters?.tmpfs,
    sharedMemoryMb: defined.linuxParameters?.sharedMemorySize,
  };
}

/** What the function of a job composes connection strings of. */
function compositionIn(document: TerraformDocument, { function: { function: made } }: ConnectionStrings): Composition {
  const { environment } = attributesIn(document, made) as { environment?: { variables?: { [name: string]: string } } };
  const composition = templateDocument(environment?.variables?.CONNECTION_STRINGS) as Composition | undefined;
  // An override can have changed the function.
  return composition ?? { variables: {}, secrets: {} };
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
