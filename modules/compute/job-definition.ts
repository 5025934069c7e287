import { BatchJobDefinition } from '@cdktf/provider-aws/lib/batch-job-definition';
import { Token, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import type { SecretReference } from '../access/secret';
import type { ServiceRole } from '../access/service-role';
import type { ResolvedBatchJobProps } from '../config/batch-job';
import { environmentPairs } from '../config/environment';
import type { ContainerImage } from '../container/image';
import { NAME_LIMITS, physicalName } from '../naming';
import type { JobRetryStrategy } from '../orchestration/retry-plan';
import { jsonLiteral } from '../terraform-literal';
import { containerProperties, type LogDestination } from './container-properties';

export interface JobDefinitionProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly image: ContainerImage;
  readonly environment: ResolvedBatchJobProps['container']['environment'];
  /** Variables whose values are never written down. @default none */
  readonly secrets?: readonly (readonly [name: string, secret: SecretReference])[];
  readonly resources: ResolvedBatchJobProps['resources'];
  /** Region of the stack: what its clients of AWS take for theirs. */
  readonly region: string;
  readonly jobRoleArn: string;
  /** It is ready before a container starts with this definition. */
  readonly executionRole: ServiceRole;
  readonly logs: LogDestination;
  /** How AWS Batch itself runs a job again after a Spot interruption. */
  readonly batchRetry: JobRetryStrategy;
  readonly tags?: { readonly [key: string]: string };
}

/**
 * The job definition. A change registers a new revision of it, once the image is there. Old revisions stay active, so that a deployment breaks
 * no run that has begun. Nothing here changes what the provider replaces a definition for (name, type, platform, the rules of the retry
 * strategy): to replace one is to deregister all of its revisions first.
 */
export function jobDefinition(scope: Construct, id: string, props: JobDefinitionProps): BatchJobDefinition {
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
    batchRetry,
    tags,
  } = props;
  const ready = [...(image.dependencies ?? []), ...(executionRole.policy === undefined ? [] : [executionRole.policy])];
  return new BatchJobDefinition(scope, id, {
    name: physicalName(NAME_LIMITS.jobDefinition, stackName, jobName),
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
      }),
    ),
    retryStrategy: { ...batchRetry, evaluateOnExit: [...batchRetry.evaluateOnExit] },
    tags,
    ...(ready.length > 0 && { dependsOn: ready }),
  });
}

/** Where clients of AWS look for their region: the AWS CLI and most SDKs in the first, those for Python in the second. */
const REGION_VARIABLES = ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const;

/**
 * The variables, sorted by name, with the region, of which no container on EC2 is told. If the job sets one of the two, the other follows it, so that
 * all clients agree; if one is a secret, the other is left out.
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

/** Batch wants numbers as texts; a CDKTF number token has a text form of its own. */
function numberText(value: number): string {
  return Token.isUnresolved(value) ? Tokenization.stringifyNumber(value) : String(value);
}
