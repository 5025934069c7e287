/** What an IAM action does, in words: what is done, to what, and the preposition before the resource's name. */
export type ActionWords = readonly [verb: string, object: string, preposition: string];

/** Actions by service. What is not here is told by its own name. */
const ACTION_WORDS: { readonly [service: string]: { readonly [action: string]: ActionWords } } = {
  s3: {
    GetObject: ['read', 'objects', 'in'],
    PutObject: ['write', 'objects', 'in'],
    DeleteObject: ['delete', 'objects', 'in'],
    GetObjectVersion: ['read', 'object versions', 'in'],
    DeleteObjectVersion: ['delete', 'object versions', 'in'],
    GetObjectTagging: ['read', 'object tags', 'in'],
    PutObjectTagging: ['write', 'object tags', 'in'],
    DeleteObjectTagging: ['delete', 'object tags', 'in'],
    GetObjectAttributes: ['read', 'object attributes', 'in'],
    RestoreObject: ['restore', 'archived objects', 'in'],
    AbortMultipartUpload: ['abort', 'multipart uploads', 'in'],
    ListMultipartUploadParts: ['list', 'parts of multipart uploads', 'in'],
    ListBucketMultipartUploads: ['list', 'multipart uploads', 'in'],
    ListBucket: ['list', 'objects', 'in'],
    ListBucketVersions: ['list', 'object versions', 'in'],
    GetBucketLocation: ['read', 'the region', 'of'],
    GetBucketVersioning: ['read', 'the versioning', 'of'],
  },
  elasticfilesystem: {
    ClientMount: ['mount and read', 'files', 'in'],
    ClientWrite: ['write', 'files', 'in'],
    ClientRootAccess: ['change as root', 'files', 'in'],
  },
  sqs: {
    SendMessage: ['send', 'messages', 'to'],
    ReceiveMessage: ['receive', 'messages', 'from'],
    DeleteMessage: ['delete', 'messages', 'from'],
    PurgeQueue: ['delete', 'all messages', 'from'],
    ChangeMessageVisibility: ['change', 'the visibility timeout of messages', 'in'],
    GetQueueAttributes: ['read', 'attributes', 'of'],
    GetQueueUrl: ['read', 'the URL', 'of'],
    ListQueueTags: ['list', 'tags', 'of'],
  },
  sns: {
    Publish: ['publish', 'messages', 'to'],
    Subscribe: ['add', 'subscriptions', 'to'],
    ConfirmSubscription: ['confirm', 'subscriptions', 'to'],
    Unsubscribe: ['remove', 'subscriptions', 'from'],
    ListSubscriptionsByTopic: ['list', 'subscriptions', 'of'],
    GetTopicAttributes: ['read', 'attributes', 'of'],
  },
  dynamodb: {
    GetItem: ['read', 'items', 'in'],
    BatchGetItem: ['read', 'batches of items', 'in'],
    PutItem: ['write', 'items', 'in'],
    UpdateItem: ['update', 'items', 'in'],
    DeleteItem: ['delete', 'items', 'in'],
    BatchWriteItem: ['write', 'batches of items', 'in'],
    ConditionCheckItem: ['check', 'items', 'in'],
    Query: ['query', 'items', 'in'],
    Scan: ['scan', 'items', 'in'],
    DescribeTable: ['read', 'the description', 'of'],
    DescribeStream: ['read', 'the description', 'of'],
    GetRecords: ['read', 'records', 'from'],
    GetShardIterator: ['read', 'positions', 'in'],
    ListStreams: ['list', 'streams', 'of'],
  },
  kinesis: {
    PutRecord: ['write', 'records', 'to'],
    PutRecords: ['write', 'batches of records', 'to'],
    GetRecords: ['read', 'records', 'from'],
    GetShardIterator: ['read', 'positions', 'in'],
    ListShards: ['list', 'shards', 'of'],
    ListStreams: ['list', 'streams', 'of'],
    SubscribeToShard: ['subscribe to', 'shards', 'of'],
    DescribeStream: ['read', 'the description', 'of'],
    DescribeStreamSummary: ['read', 'the summary', 'of'],
    DescribeStreamConsumer: ['read', 'the description', 'of'],
  },
  firehose: {
    PutRecord: ['write', 'records', 'to'],
    PutRecordBatch: ['write', 'batches of records', 'to'],
  },
  events: { PutEvents: ['put', 'events', 'on'] },
  lambda: { InvokeFunction: ['invoke', '', ''] },
  states: {
    StartExecution: ['start', 'executions', 'of'],
    ListExecutions: ['list', 'executions', 'of'],
    DescribeExecution: ['read', '', ''],
    StopExecution: ['stop', '', ''],
    GetExecutionHistory: ['read', 'the history', 'of'],
    SendTaskSuccess: ['end', 'the waits', 'of'],
  },
  batch: {
    SubmitJob: ['submit', 'jobs', 'with'],
    TerminateJob: ['end', '', ''],
    DescribeJobs: ['read', 'the status of jobs', 'on'],
    ListJobs: ['list', 'jobs', 'on'],
  },
  logs: {
    CreateLogStream: ['create', 'log streams', 'in'],
    PutLogEvents: ['write', 'log lines', 'to'],
    GetLogEvents: ['read', 'log lines', 'in'],
  },
  secretsmanager: { GetSecretValue: ['read', 'the value', 'of'] },
  ssm: { GetParameters: ['read', 'the value', 'of'] },
  kms: { Decrypt: ['decrypt', 'data', 'with'] },
  ses: {
    SendEmail: ['send', 'mail', 'with'],
    SendRawEmail: ['send', 'raw mail', 'with'],
    SendBulkEmail: ['send', 'bulk mail', 'with'],
    SendTemplatedEmail: ['send', 'mail from templates', 'with'],
    SendBulkTemplatedEmail: ['send', 'bulk mail from templates', 'with'],
  },
  ecr: {
    GetDownloadUrlForLayer: ['download', 'image layers', 'from'],
    BatchGetImage: ['read', 'images', 'in'],
    BatchCheckLayerAvailability: ['check', 'image layers', 'in'],
    PutImage: ['write', 'images', 'to'],
    DescribeImages: ['list', 'images', 'in'],
  },
  codebuild: { StartBuild: ['start', 'builds', 'of'], BatchGetBuilds: ['read', 'builds', 'of'] },
  sts: { AssumeRole: ['assume', 'the role', ''] },
};

/** What an action such as `s3:GetObject` does. Undefined for what is told by its own name. */
export function actionWords(action: string): ActionWords | undefined {
  const [service = '', name = ''] = action.split(':');
  const deeds = Object.hasOwn(ACTION_WORDS, service.toLowerCase()) ? ACTION_WORDS[service.toLowerCase()] : undefined;
  return deeds !== undefined && Object.hasOwn(deeds, name) ? deeds[name] : undefined;
}
