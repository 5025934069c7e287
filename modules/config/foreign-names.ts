import type { EventVocabulary } from './vocabulary';

/** A name for comparison: without case, hyphens, underscores and plural. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_\s]/g, '')
    .replace(/(?<=..)s$/, '');
}

/**
 * Names that other tools and AWS use for properties of a config, with the ends of the paths that they mean, the most likely first.
 * Those of events come from their sources. Most are from AWS Batch, ECS and Lambda, the rest from Kubernetes, Docker Compose, Serverless and Nextflow.
 */
const FOREIGN: { readonly [meant: string]: string } = {
  'resources.cpu': 'vcpu vcpuCount cpus cpuUnits cpuCount cores',
  'resources.memory': 'memoryMb memoryMib memorySize memoryLimitMib memoryLimit memoryReservation mem ram',
  'resources.gpu': 'gpuCount accelerator accelerators',
  'resources.instanceTypes': 'instanceClass machineType instanceFamily',
  'resources.architecture': 'arch cpuArchitecture platform runtimePlatform',
  useSpotInstances: 'spot useSpot capacityType spotInstances capacityProvider',
  'retryConfig.attempts': 'retries retry retryStrategy retryPolicy maxAttempts maxRetries retryAttempts errorStrategy',
  'retryConfig.retryIntervalSeconds': 'retryInterval backoff intervalSeconds retryDelay',
  'retryConfig.retryIntervalMultiplier': 'backoffRate backoffMultiplier multiplier retryBackoffRate',
  timeout: 'timeoutSeconds attemptDurationSeconds activeDeadlineSeconds maxDuration timeoutInSeconds timeLimit',
  'container.environment': 'env envVars environmentVariables variables secrets envs',
  'container.environment[].name': 'key',
  'environment[].name': 'key',
  'tags[].name': 'key tagKey',
  'tags[].value': 'tagValue',
  'packaging.properties.image': 'imageUri dockerImage containerImage imageName',
  'packaging.properties.command': 'cmd entrypoint args arguments commands startCmd startCommand',
  'packaging.properties.dockerfilePath': 'dockerfile dockerFile',
  'packaging.properties.entryfilePath': 'entryfile handler entry entryPointFile script codePath',
  'packaging.properties.buildContextPath': 'buildContext dockerContext',
  connectTo: 'links uses access bindings dependsOn allowAccessTo',
  'connectTo[].name': 'resource resourceName target ref',
  'connectTo[].access': 'permission permissions mode actions',
  iamRoleStatements: 'policies policyStatements iamPolicies permissions iam statements rolePolicy initialPolicy',
  'logging.retentionDays': 'retention logRetention retentionInDays logRetentionDays logRetentionInDays',
  events: 'triggers eventSources on eventSourceMappings',
  'limits.concurrentRuns':
    'concurrency maxConcurrency concurrencyLimit maxConcurrent maxConcurrentRuns maxConcurrentJobs maxParallel parallelism',
  'limits.runsPerHour': 'hourly maxPerHour perHour rateLimit',
  'limits.runsPerDay': 'daily maxPerDay perDay',
  'limits.whenExceeded': 'onExceeded whenLimited onLimit overflow',
  'compute.maxVcpus': 'maxVcpu maximumVcpus maxCpu computeMaxVcpus',
  'compute.minVcpus': 'minVcpu minimumVcpus desiredVcpus minCpu warmPool warmVcpus',
  'compute.rootVolumeIops': 'iops volumeIops diskIops',
  'compute.rootVolumeThroughputMibps': 'throughput volumeThroughput diskThroughput',
  'compute.rootVolumeGb': 'diskSize disk storageSize ephemeralStorage volumeSize rootVolumeSize diskGb',
  'compute.machineImageId': 'ami amiId imageId imageIdOverride machineImage',
  'compute.machineImageId.x86_64': 'amd64 x64 intel x86',
  'compute.machineImageId.arm64': 'aarch64 graviton arm',
  'compute.securityGroupIds': 'securityGroups instanceSecurityGroups',
  'compute.userData': 'userdata bootstrapScript customUserData',
  'vpc.subnetIds': 'subnets',
  'resources.sharedMemoryMb': 'shm shmSize sharedMemory sharedMemorySize',
  'resources.useInstanceStore': 'instanceStore localDisk ephemeralDisk nvme',
  volumes: 'volumeMounts mounts mountPoints',
  'volumes[].properties.mountPath': 'containerPath mountPoint target mountTarget',
  'volumes[].properties.efsFilesystemName': 'fileSystemId fileSystemName filesystem efs',
  'volumes[].properties.rootDirectory': 'directory subPath rootPath',
  'volumes[].properties.sizeMb': 'size sizeMib sizeLimit',
  'iam.permissionsBoundaryArn': 'permissionsBoundary permissionBoundary boundary boundaryArn',
  'iam.path': 'iamPath rolePath',
  'partitionKey.name': 'attributeName',
  'partitionKey.type': 'attributeType',
  'sortKey.name': 'attributeName',
  'sortKey.type': 'attributeType',
  fifoEnabled: 'fifo isFifo fifoQueue',
  'encryption.kmsKeyArn': 'kmsKey kmsKeyId kms kmsMasterKeyId',
  namePrefix: 'prefix resourcePrefix stackPrefix',
  allowedAccountIds: 'account accountId awsAccountId accounts',
  'backend.assumeRole.roleArn': 'arn role',
  'existing.arn':
    'id name url bucketName tableName topicArn topicName queueArn queueUrl queueName functionArn functionName streamArn streamName fileSystemId stateMachineArn busName eventBusName',
  'existing.host': 'endpoint hostname address',
  resources: 'jobs functions',
  stackName: 'service serviceName project projectName app appName',
};

/**
 * Ends of the paths that a foreign name can mean, as keys and `[]`.
 *
 * @param event type of the event that has the name. Other sources can use the name for a property that this one has too. @default none
 */
export function meantByForeign(
  name: string,
  { aliases }: EventVocabulary,
  event?: string,
): readonly (readonly string[])[] {
  const own = aliases.filter(([type]) => type === event);
  const hasProperty = new Set(own.map(([, property]) => property));
  const ofEvents = aliases
    .filter(([type, property]) => type === event || !hasProperty.has(property))
    .map(([, property, names]) => [`events[].properties.${property}`, names] as const);
  const wanted = plainName(name);
  const meant = [...Object.entries(FOREIGN), ...ofEvents].filter(([, names]) =>
    names.split(' ').some((foreign) => plainName(foreign) === wanted),
  );
  return [...new Set(meant.map(([path]) => path))].map((path) => path.replace(/\[\]/g, '.[]').split('.'));
}

/** Parts of an IAM statement that a role's statement can't have, each with its fix. */
export const STATEMENT_PARTS: { readonly [name: string]: string } = {
  Principal:
    'remove it: the statement is about the job itself; whom else a resource lets in stands in the policy of that resource',
  NotPrincipal: 'remove it: the statement is about the job itself',
  NotAction: 'list the actions in Action; for all but some, allow all of a service and deny those with Effect: Deny',
  NotResource: 'list the ARNs in Resource; for all but some, allow all and deny those with Effect: Deny',
};
