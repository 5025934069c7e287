import { templateDocument } from '../terraform/template';

/** Destination of the container's output. */
export type LogDestination =
  | { readonly logGroupName: string; readonly region: string }
  /** Kept on the instance, rotated. */
  | 'instance';

export interface ContainerPropertiesInput {
  readonly image: string;
  readonly command?: readonly string[];
  /** Names and values, sorted, without empty ones. */
  readonly environment: readonly (readonly [name: string, value: string])[];
  /** Variables whose values ECS reads when it starts the container, sorted by name. @default none */
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  /** vCPUs, as a string. */
  readonly cpu: string;
  /** MiB, as a string. */
  readonly memory: string;
  /** GPUs, as a string. */
  readonly gpu?: string;
  readonly jobRoleArn: string;
  readonly executionRoleArn: string;
  readonly repositoryCredentialsSecretArn?: string;
  readonly logs: LogDestination;
  /** Whether Docker's init process runs the command. @default false */
  readonly init?: boolean;
}

/** Maximum open files of a container. Docker's default can be as low as 1,024, which is too few for some jobs. */
const OPEN_FILES = 10_000;

/** The container properties of a job definition. */
export interface ContainerProperties {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly resourceRequirements: readonly { readonly type: 'VCPU' | 'MEMORY' | 'GPU'; readonly value: string }[];
  readonly ulimits?: readonly { readonly name: string; readonly softLimit: number; readonly hardLimit: number }[];
  readonly linuxParameters?: { readonly initProcessEnabled: boolean };
  readonly jobRoleArn: string;
  readonly executionRoleArn: string;
  readonly repositoryCredentials?: { readonly credentialsParameter: string };
  readonly logConfiguration: {
    readonly logDriver: string;
    readonly options: { readonly [name: string]: string };
  };
}

/**
 * The container properties in a synthesized job definition. Undefined if they are no JSON, which `transform` or `overrides` can cause: they
 * can also have changed any property.
 */
export function readContainerProperties(text: unknown): Partial<ContainerProperties> | undefined {
  const document = templateDocument(text);
  return typeof document === 'object' && document !== null ? document : undefined;
}

/**
 * Writes the container properties of a job definition.
 *
 * CPU and memory are strings in `resourceRequirements`, the only form that isn't deprecated. Unused optional properties are omitted,
 * because a different default of AWS would be a change in each plan.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
 */
export function containerProperties(input: ContainerPropertiesInput): ContainerProperties {
  const { image, command, environment, secrets = [], cpu, memory, gpu, jobRoleArn, executionRoleArn, logs } = input;
  const credentials = input.repositoryCredentialsSecretArn;
  return {
    image,
    ...(command && { command }),
    ...(environment.length > 0 && { environment: environment.map(([name, value]) => ({ name, value })) }),
    ...(secrets.length > 0 && { secrets }),
    resourceRequirements: [
      { type: 'VCPU', value: cpu },
      { type: 'MEMORY', value: memory },
      ...(gpu === undefined ? [] : [{ type: 'GPU' as const, value: gpu }]),
    ],
    ulimits: [{ name: 'nofile', softLimit: OPEN_FILES, hardLimit: OPEN_FILES }],
    ...(input.init && { linuxParameters: { initProcessEnabled: true } }),
    jobRoleArn,
    executionRoleArn,
    ...(credentials !== undefined && { repositoryCredentials: { credentialsParameter: credentials } }),
    logConfiguration: logConfiguration(logs),
  };
}

/** Always set, because without a log configuration AWS Batch writes to its shared log group, which never expires. */
function logConfiguration(logs: LogDestination): ContainerProperties['logConfiguration'] {
  if (logs === 'instance') {
    return { logDriver: 'json-file', options: { 'max-file': '3', 'max-size': '10m' } };
  }
  return {
    logDriver: 'awslogs',
    options: {
      'awslogs-group': logs.logGroupName,
      'awslogs-region': logs.region,
      'awslogs-stream-prefix': 'batch',
    },
  };
}
