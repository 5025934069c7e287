/** Where the container's output goes. */
export type LogDestination =
  | { readonly logGroupName: string; readonly region: string }
  /** Stays on the instance, rotated. */
  | 'instance';

export interface ContainerPropertiesInput {
  readonly image: string;
  readonly command?: readonly string[];
  /** Names and values, sorted, none empty. */
  readonly environment: readonly (readonly [name: string, value: string])[];
  /** Variables whose values ECS reads when it starts the container, sorted by name. @default none */
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  /** vCPUs, as text. */
  readonly cpu: string;
  /** MiB, as text. */
  readonly memory: string;
  /** GPUs, as text. */
  readonly gpu?: string;
  readonly jobRoleArn: string;
  readonly executionRoleArn: string;
  readonly repositoryCredentialsSecretArn?: string;
  readonly logs: LogDestination;
  /** Whether Docker's own init stands before the command. @default false */
  readonly init?: boolean;
}

/** Open files a container may have: the 1,024 that Docker may start with stops busy jobs. */
const OPEN_FILES = 10_000;

/**
 * The container properties of a job definition.
 *
 * CPU and memory stand in `resourceRequirements` as texts, the only form that AWS has not deprecated; optional parts that are not used are
 * left out, since what AWS would fill in differently shows as a change at each plan.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
 */
export function containerProperties(input: ContainerPropertiesInput) {
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
      ...(gpu === undefined ? [] : [{ type: 'GPU', value: gpu }]),
    ],
    ulimits: [{ name: 'nofile', softLimit: OPEN_FILES, hardLimit: OPEN_FILES }],
    ...(input.init && { linuxParameters: { initProcessEnabled: true } }),
    jobRoleArn,
    executionRoleArn,
    ...(credentials !== undefined && { repositoryCredentials: { credentialsParameter: credentials } }),
    logConfiguration: logConfiguration(logs),
  };
}

/** Without a log configuration AWS Batch writes to its own shared group, which never expires; so one always stands here. */
function logConfiguration(logs: LogDestination) {
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
