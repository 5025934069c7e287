/** Properties that no pair changes: what their address begins with, and why it takes none. */
export const EXEMPT: Readonly<Record<string, string>> = {
  $schema: 'nothing but editors reads it',
  stackName: 'another name is another stack, with a separate state',
  'allowedAccountIds.': 'makes no resource: account-settings.test.ts shows that Terraform refuses other accounts',
  namePrefix: 'another prefix is another name for everything, as the documentation says',
  region: 'another region is another stack, with a separate state',
  'compute.useLatestMachineImage':
    'the emulator refuses the names of the parameters that AWS keeps, so that no plan can read them',
  'backend.': 'says where the state is, and makes no resource',
  'alarms.': 'the default of the same property of jobs, in the same code',
  'notifications.': 'the default of the same property of jobs, in the same code',
  imageBuilder: 'another builder makes the image anew, and the job waits for it as for any build: failed-build.test.ts',
  'directives.': 'functions of the config, gone before there are resources',
  serviceName: 'read from a file as stackName',
  variables: 'values of the config, gone before there are resources',
  scripts: 'has no effect: stacktape-sections.test.ts',
  hooks: 'has no effect: stacktape-sections.test.ts',
  'stackConfig.': 'read from a file as tags and outputs',
  'tags.*.': 'read as the map of tags',
  'resources.*.batch-job.properties.tags.*.': 'read as the map of tags',
  'resources.*.function.properties.tags.*.': 'read as the map of tags',
  'outputs.': 'values that Terraform prints: they make no resource',
  'cloudformationResources.': 'CloudFormation decides what it replaces',
  overrides: 'attributes of Terraform that are set by whoever knows them',
  'resources.*.batch-job.overrides.': 'attributes of Terraform that are set by whoever knows them',
  ...Object.fromEntries(
    ['custom-dockerfile', 'external-buildpack', 'stacktape-image-buildpack'].map((type) => [
      `resources.*.batch-job.properties.container.packaging.${type}.`,
      'changes nothing but the command and the digest that the image is tagged with: failed-build.test.ts',
    ]),
  ),
  ...Object.fromEntries(
    [
      'application-load-balancer',
      'bucket',
      'dynamo-db-table',
      'efs-filesystem',
      'event-bus',
      'function',
      'http-api-gateway',
      'kinesis-stream',
      'redis-cluster',
      'relational-database',
      'sns-topic',
      'sqs-queue',
      'state-machine',
      'user-auth-pool',
    ].flatMap((type) => [
      [`resources.*.${type}.existing.`, 'names another resource, which the stack does not make'],
      ...(type === 'state-machine'
        ? []
        : [[`resources.*.${type}.overrides.`, 'attributes of Terraform that are set by whoever knows them']]),
    ]),
  ),
  'resources.*.existing.': 'permissions and variables of those who connect, which connectTo changes',
  'resources.*.function.properties.connectTo.*.': 'the same as those of jobs, in the same code',
  'resources.*.function.properties.packaging.stacktape-lambda-buildpack.properties.':
    'changes the handler, the runtime or the bytes of the bundle: bundled-function.test.ts',
  'resources.*.function.properties.events.*.': 'the same as those of jobs, in the same code',
  'resources.*.batch-job.properties.events.*.sns.properties.topicName': 'another word for snsTopicName',
  'resources.*.batch-job.properties.events.*.kinesis-stream.properties.consumerArn':
    'excludes streamArn, and names what is read as it does',
  'resources.*.redis-cluster.protect': 'the emulator has no replication group that the provider takes',
  'resources.*.redis-cluster.properties.': 'the emulator has no replication group that the provider takes',
};
