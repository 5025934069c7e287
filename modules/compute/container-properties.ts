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
  /** Size of `/dev/shm` in MiB. @default 64 */
  readonly sharedMemoryMb?: number;
  /** @default none */
  readonly tmpfs?: readonly TmpfsMount[];
  /** @default none */
  readonly efs?: readonly EfsMount[];
}

/** A file system of Amazon EFS in a container, by an access point. */
export interface EfsMount {
  /** Letters, digits, hyphens and underscores. Unique within the job. */
  readonly name: string;
  readonly containerPath: string;
  readonly readOnly: boolean;
  readonly fileSystemId: string;
  readonly accessPointId: string;
}

/** Files in memory in a container. */
export interface TmpfsMount {
  readonly containerPath: string;
  /** MiB. */
  readonly size: number;
}

/** Maximum open files of a container. Docker's default can be as low as 1,024, which is too few for some jobs. */
const OPEN_FILES = 10_000;

interface EfsConfiguration {
  readonly fileSystemId: string;
  readonly transitEncryption: 'ENABLED';
  readonly authorizationConfig: { readonly accessPointId: string; readonly iam: 'ENABLED' };
}

interface MountPoint {
  readonly sourceVolume: string;
  readonly containerPath: string;
  readonly readOnly: boolean;
}

/** The container properties of a job definition. */
export interface ContainerProperties {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly resourceRequirements: readonly { readonly type: 'VCPU' | 'MEMORY' | 'GPU'; readonly value: string }[];
  readonly ulimits?: readonly { readonly name: string; readonly softLimit: number; readonly hardLimit: number }[];
  readonly linuxParameters?: {
    readonly initProcessEnabled?: boolean;
    readonly sharedMemorySize?: number;
    readonly tmpfs?: readonly TmpfsMount[];
  };
  readonly volumes?: readonly { readonly name: string; readonly efsVolumeConfiguration: EfsConfiguration }[];
  readonly mountPoints?: readonly MountPoint[];
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
    ...linuxParameters(input),
    ...efsVolumes(input),
    jobRoleArn,
    executionRoleArn,
    ...(credentials !== undefined && { repositoryCredentials: { credentialsParameter: credentials } }),
    logConfiguration: logConfiguration(logs),
  };
}

function linuxParameters({ init, sharedMemoryMb, tmpfs = [] }: ContainerPropertiesInput) {
  if (!init && sharedMemoryMb === undefined && tmpfs.length === 0) return {};
  return {
    linuxParameters: {
      ...(init && { initProcessEnabled: true }),
      ...(sharedMemoryMb !== undefined && { sharedMemorySize: sharedMemoryMb }),
      ...(tmpfs.length > 0 && { tmpfs }),
    },
  };
}

/** Encrypted in transit, and allowed by the job role: AWS requires the first for the second. */
function efsVolumes({ efs = [] }: ContainerPropertiesInput): Pick<ContainerProperties, 'volumes' | 'mountPoints'> {
  if (efs.length === 0) return {};
  return {
    volumes: efs.map(({ name, fileSystemId, accessPointId }) => ({
      name,
      efsVolumeConfiguration: {
        fileSystemId,
        transitEncryption: 'ENABLED',
        authorizationConfig: { accessPointId, iam: 'ENABLED' },
      },
    })),
    mountPoints: efs.map(({ name, containerPath, readOnly }) => ({ sourceVolume: name, containerPath, readOnly })),
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
