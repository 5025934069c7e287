import type { BatchJob } from '../../modules/batch-job';
import type { ResolvedBatchJobProps } from '../../modules/config/batch-job';
import type { Architecture } from '../../modules/container/build-context';
import { resolved } from '../../modules/resolved';
import type { Fill } from './fill';

/** What of a container's properties in the job definition counts on a laptop. */
export interface LocalContainer {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where the values of further variables are kept, by the variable's name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly architecture: Architecture;
  /** MiB. */
  readonly memory: number;
  readonly init: boolean;
  /** Limits of its processes, as `docker run --ulimit` takes them: `nofile=65536:65536`. */
  readonly ulimits: readonly string[];
}

/** A text with a placeholder, and what it is of the container: a variable, its command, its image. */
export interface Unknown {
  readonly part: string;
  readonly text: string;
}

interface DefinedContainer {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly resourceRequirements: readonly { readonly type: string; readonly value: string }[];
  readonly linuxParameters?: { readonly initProcessEnabled: boolean };
  readonly ulimits?: readonly { readonly name: string; readonly softLimit: number; readonly hardLimit: number }[];
}

/** The container of a job definition. */
export function containerOf(
  { jobDefinition }: BatchJob,
  { architecture }: ResolvedBatchJobProps['resources'],
  fill: Fill,
): LocalContainer {
  // Parsed before it is filled in: what takes a token's place may hold characters that JSON escapes.
  const text = resolved(jobDefinition, jobDefinition.containerPropertiesInput ?? '{}');
  const defined = fill(JSON.parse(text)) as DefinedContainer;
  const { image, command, environment = [], secrets = [], resourceRequirements, ulimits = [] } = defined;
  return {
    image,
    command,
    environment: Object.fromEntries(environment.map(({ name, value }) => [name, value])),
    secrets: Object.fromEntries(secrets.map(({ name, valueFrom }) => [name, valueFrom])),
    architecture,
    memory: Number(resourceRequirements.find(({ type }) => type === 'MEMORY')?.value),
    init: defined.linuxParameters?.initProcessEnabled ?? false,
    ulimits: ulimits.map(({ name, softLimit, hardLimit }) => `${name}=${softLimit}:${hardLimit}`),
  };
}

/** The texts that a container is given. An image that is built here needs none. */
export function partsOf({ environment, secrets, command = [], image }: LocalContainer, built: boolean): Unknown[] {
  return [
    ...Object.entries({ ...environment, ...secrets }).map(([part, text]) => ({ part, text })),
    ...command.map((text) => ({ part: 'its command', text })),
    ...(built ? [] : [{ part: 'its image', text: image }]),
  ];
}
