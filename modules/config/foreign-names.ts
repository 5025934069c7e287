/** A name for comparison: without case, hyphens, underscores and plural. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_\s]/g, '')
    .replace(/(?<=..)s$/, '');
}

/**
 * Names that other tools and AWS use for properties of a config, with the ends of the paths that they mean, the most likely first.
 * Most are from AWS Batch, ECS, Lambda and EventBridge, the rest from Kubernetes, Docker Compose, Serverless and Nextflow.
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
  'packaging.properties.image': 'imageUri dockerImage containerImage imageName',
  'packaging.properties.command': 'cmd entrypoint args arguments commands',
  'packaging.properties.dockerfilePath': 'dockerfile dockerFile',
  'packaging.properties.entryfilePath': 'entryfile handler entry entryPointFile script codePath',
  'packaging.properties.buildContextPath': 'buildContext dockerContext',
  'events[].properties.scheduleRate': 'schedule cron rate scheduleExpression expression crontab',
  'events[].properties.eventPattern': 'pattern eventFilter',
  'events[].properties.sqsQueueName': 'queue queueName sqsQueue',
  'events[].properties.sqsQueueArn': 'queueArn',
  'events[].properties.snsTopicName': 'topic snsTopic',
  'events[].properties.bucketArn': 'bucket bucketName',
  'events[].properties.streamArn': 'eventSourceArn tableArn',
  'events[].properties.kinesisStreamName': 'stream streamName kinesisStream',
  'events[].properties.logGroupArn': 'logGroup logGroupName',
  'events[].properties.eventBusName': 'bus busName eventBus',
  'events[].properties.maxBatchWindowSeconds':
    'maximumBatchingWindowInSeconds batchWindow maximumBatchingWindow maxBatchingWindow batchingWindow',
  'events[].properties.maximumRetryAttempts': 'maxRetryAttempts retryCount',
  'events[].properties.bisectBatchOnFunctionError': 'bisectBatchOnError bisectOnError',
  'events[].properties.onFailure': 'destinationConfig failureDestination',
  'events[].properties.onDeliveryFailure': 'deadLetterConfig dlq deadLetterQueue redrivePolicy deadLetterTarget',
  'events[].properties.filterRule': 'filter filters filterRules s3Filter',
  'events[].properties.inputTransformer': 'transformer inputTransform',
  connectTo: 'links uses access bindings dependsOn',
  iamRoleStatements: 'policies policyStatements iamPolicies permissions iam statements rolePolicy initialPolicy',
  'logging.retentionDays': 'retention logRetention retentionInDays logRetentionDays logRetentionInDays',
  events: 'triggers eventSources on eventSourceMappings',
  'compute.maxVcpus': 'maxVcpu maximumVcpus maxCpu computeMaxVcpus',
  'compute.rootVolumeGb': 'diskSize disk storageSize ephemeralStorage volumeSize rootVolumeSize diskGb',
  'vpc.subnetIds': 'subnets',
  resources: 'jobs functions',
  stackName: 'service serviceName project app appName',
};

const BY_NAME: ReadonlyMap<string, readonly string[]> = Object.entries(FOREIGN).reduce((all, [meant, names]) => {
  for (const name of names.split(' ')) all.set(plainName(name), [...(all.get(plainName(name)) ?? []), meant]);
  return all;
}, new Map<string, readonly string[]>());

/** Ends of the paths that a foreign name can mean, as keys and `[]`. */
export function meantByForeign(name: string): readonly (readonly string[])[] {
  return (BY_NAME.get(plainName(name)) ?? []).map((path) => path.replace(/\[\]/g, '.[]').split('.'));
}

/** Parts of an IAM statement that a role's statement can't have, each with its fix. */
export const STATEMENT_PARTS: { readonly [name: string]: string } = {
  Principal:
    'remove it: the statement is about the job itself; whom else a resource lets in stands in the policy of that resource',
  NotPrincipal: 'remove it: the statement is about the job itself',
  NotAction: 'list the actions in Action; for all but some, allow all of a service and deny those with Effect: Deny',
  NotResource: 'list the ARNs in Resource; for all but some, allow all and deny those with Effect: Deny',
};
