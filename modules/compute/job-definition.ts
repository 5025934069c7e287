import { BatchJobDefinition } from '@cdktf/provider-aws/lib/batch-job-definition';
import { type ITerraformDependable, Token, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import type { SecretReference } from '../access/secret';
import type { ServiceRole } from '../access/service-role';
import { environmentPairs } from '../config/environment';
import type { ResolvedJobProps } from '../config/job';
import type { ContainerImage } from '../container/image';
import type { JobRetryStrategy } from '../orchestration/retry-plan';
import { jobDefinitionName } from '../rules/job-names';
import { jsonLiteral } from '../terraform/literal';
import { containerProperties, type EfsMount, type LogDestination, type TmpfsMount } from './container-properties';

/** What is mounted in a job's containers. */
export interface JobMounts {
  readonly tmpfs: readonly TmpfsMount[];
  readonly efs: readonly EfsMount[];
  /** Exist before a container starts with the definition. */
  readonly dependencies: readonly ITerraformDependable[];
}

export interface JobDefinitionProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly image: ContainerImage;
  readonly environment: ResolvedJobProps['container']['environment'];
  /** Variables with secret values, which are never stored in the definition. @default none */
  readonly secrets?: readonly (readonly [name: string, secret: SecretReference])[];
  readonly resources: ResolvedJobProps['resources'];
  /** Region of the stack: the default region of AWS clients in the job. */
  readonly region: string;
  readonly jobRoleArn: string;
  /** Its permissions exist before a container starts with this definition. */
  readonly executionRole: ServiceRole;
  readonly logs: LogDestination;
  /** Files in memory, and file systems with what must exist before a container mounts them. @default none */
  readonly mounts?: JobMounts;
  /** What a container needs besides, in addition to the image, the role and the mounts. @default nothing */
  readonly needs?: readonly ITerraformDependable[];
  /** How AWS Batch itself restarts a job after a Spot interruption. */
  readonly batchRetry: JobRetryStrategy;
  readonly tags?: { readonly [key: string]: string };
}

/**
 * The job definition. A change registers a new revision, after the image was built. Old revisions stay active, so that a deployment breaks
 * no running job. The properties for which the provider replaces a definition (name, type, platform, the rules of the retry strategy)
 * never change, because a replacement deregisters all revisions first.
 */
export function createJobDefinition(scope: Construct, id: string, props: JobDefinitionProps): BatchJobDefinition {
  const {
    stackName,
    jobName,
    image,
    environment = [],
    secrets = [],
    resources,
    region,
    jobRoleArn,
    executionRole,
    logs,
    mounts,
    needs = [],
    batchRetry,
    tags,
  } = props;
  const ready = [
    ...(image.dependencies ?? []),
    ...(executionRole.policy === undefined ? [] : [executionRole.policy]),
    ...(mounts?.dependencies ?? []),
    ...needs,
  ];
  return new BatchJobDefinition(scope, id, {
    name: jobDefinitionName(stackName, jobName),
    type: 'container',
    platformCapabilities: ['EC2'],
    propagateTags: true,
    deregisterOnNewRevision: false,
    containerProperties: jsonLiteral(
      containerProperties({
        image: image.image,
        command: image.command,
        repositoryCredentialsSecretArn: image.repositoryCredentialsSecretArn,
        environment: withRegion(environmentPairs(environment), new Set(secrets.map(([name]) => name)), region),
        init: image.init,
        secrets: [...secrets]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, { valueFrom }]) => ({ name, valueFrom })),
        cpu: numberText(resources.cpu),
        memory: numberText(resources.memory),
        gpu: resources.gpu === undefined ? undefined : numberText(resources.gpu),
        jobRoleArn,
        executionRoleArn: executionRole.arn,
        logs,
        sharedMemoryMb: resources.sharedMemoryMb,
        tmpfs: mounts?.tmpfs,
        efs: mounts?.efs,
      }),
    ),
    retryStrategy: { ...batchRetry, evaluateOnExit: [...batchRetry.evaluateOnExit] },
    tags,
    ...(ready.length > 0 && { dependsOn: ready }),
  });
}

/** Variables with the region of AWS clients: the AWS CLI and most SDKs read the first, the SDK for Python the second. */
const REGION_VARIABLES = ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const;

/**
 * The variables, sorted by name, including the region, which containers on EC2 don't get otherwise. If the job sets one of the two, the
 * other gets the same value, so that all clients agree. If one is a secret, the other is omitted.
 */
function withRegion(
  pairs: readonly (readonly [name: string, value: string])[],
  secrets: ReadonlySet<string>,
  region: string,
) {
  const given = new Map(pairs);
  const isSecret = REGION_VARIABLES.some((name) => secrets.has(name));
  const missing = isSecret ? [] : REGION_VARIABLES.filter((name) => !given.has(name));
  const [own = region] = REGION_VARIABLES.flatMap((name) => given.get(name) ?? []);
  return [...pairs, ...missing.map((name) => [name, own] as const)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** AWS Batch requires numbers as strings. A CDKTF number token has its own string form. */
function numberText(value: number): string {
  return Token.isUnresolved(value) ? Tokenization.stringifyNumber(value) : String(value);
}
