import { type Difference, withJob } from './difference';

const LEDGER = {
  type: 'relational-database',
  properties: {
    engine: { type: 'postgres', properties: { version: '17.4', primaryInstance: { instanceSize: 'db.t4g.micro' } } },
    credentials: { masterUserName: 'postgres', masterUserPassword: "$Secret('ledger.password')" },
  },
};

const READS_HOST = {
  container: {
    packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } },
    environment: [{ name: 'LEDGER_HOST', value: "$ResourceParam('ledger', 'host')" }],
  },
};

function existingDatabase(): object {
  const existing = { engine: 'postgres', host: 'ledger.example.com', securityGroupId: 'sg-0123456789abcdef0' };
  return { ledger: { type: 'relational-database', existing } };
}

function cluster(): object {
  const hosts = { host: 'ledger.cluster-x.example.com', readerHost: 'ledger.cluster-ro-x.example.com' };
  return { ledger: { type: 'relational-database', existing: { engine: 'postgres', ...hosts } } };
}

const READS_CLIENT_SECRET = {
  container: {
    packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } },
    environment: [{ name: 'CLIENT_SECRET', value: "$ResourceParam('visitors', 'clientSecret')" }],
  },
};

const ACCESSIBILITY_MODE = 'resources.ledger.properties.accessibility.accessibilityMode';

function accessible(accessibilityMode: string): object {
  return { ...LEDGER, properties: { ...LEDGER.properties, accessibility: { accessibilityMode } } };
}

function bucket(properties: object): object {
  return { type: 'bucket', properties };
}

function withPassword(masterUserPassword: string): object {
  const credentials = { ...LEDGER.properties.credentials, masterUserPassword };
  return { ...LEDGER, properties: { ...LEDGER.properties, credentials } };
}

/** Of resources that jobs connect to. */
export const COMPANIONS: readonly Difference[] = [
  {
    stacktape: '`STP_<NAME>_CONNECTION_STRING` has the password in plain text in the job definition',
    here:
      'It is [complete, and a secret](../configure/resources/relational-database.md#the-password-in-connection-strings): ' +
      '$0.40 per month for each job, and nothing in images built from one source file',
    change: 'Nothing',
    config: withJob({ connectTo: ['ledger'] }, { ledger: LEDGER }),
    outcome: {
      creates: {
        aws_batch_job_definition: { container_properties: /"STP_LEDGER_CONNECTION_STRING","valueFrom"/ },
        aws_secretsmanager_secret: { name: /-connection-strings$/ },
      },
    },
  },
  {
    stacktape: '`masterUserPassword` and `defaultUserPassword` in plain text are in the template and in variables',
    here:
      'The synthesized files and the state have them, and synthesis says so. Jobs and functions read them from a secret: ' +
      '$0.40 per month for each',
    change: 'Write `$Secret`, or leave `masterUserPassword` out: RDS then creates one',
    config: withJob({ connectTo: ['ledger'] }, { ledger: withPassword('shelf-and-ledger') }),
    outcome: {
      hint: 'resources.ledger.properties.credentials.masterUserPassword',
      creates: { aws_secretsmanager_secret: { name: /-ledger-password$/ } },
    },
    changed: withJob({ connectTo: ['ledger'] }, { ledger: LEDGER }),
  },
  {
    stacktape:
      '`defaultUserPassword` in plain text is refused by ElastiCache if it has other characters than it permits',
    here: 'Refused at synthesis: 16 to 128 letters, digits and `!&#$^<>-`',
    change: 'Choose another password',
    config: withJob({}, { cache: { type: 'redis-cluster', properties: { defaultUserPassword: 'shelf_and_ledger' } } }),
    outcome: { refused: [['resources.cache.properties.defaultUserPassword', 'choose another password']] },
    changed: withJob({}, { cache: { type: 'redis-cluster', properties: { defaultUserPassword: 'shelf-and-ledger' } } }),
  },
  {
    stacktape: 'Jobs that connect to an Aurora cluster have `STP_<NAME>_READER_...`, and `STP_<NAME>_HOSTS`',
    here: 'They have `STP_<NAME>_READER_...` of an existing database with `readerHost`, and no `STP_<NAME>_HOSTS`',
    change: 'Create the cluster in Terraform. Name it with `existing`, its `host` and its `readerHost`',
    config: withJob({ connectTo: ['ledger'] }, cluster()),
    outcome: { creates: { aws_batch_job_definition: { container_properties: /STP_LEDGER_READER_CONNECTION_STRING/ } } },
  },
  {
    stacktape:
      'Read replicas, sharding, client secrets, domains of sign-in pages, archives and CDNs have parameters and ' +
      'variables, such as `STP_<NAME>_CLIENT_SECRET`',
    here: 'They have none: this project does not make them',
    change: 'Set a variable to the value. Keep a client secret in AWS Secrets Manager, and write `$Secret`',
    config: withJob(READS_CLIENT_SECRET, { visitors: { type: 'user-auth-pool' } }),
    outcome: { refused: [['resources.tally.properties.container.environment[0].value', 'use one of']] },
  },
  {
    stacktape: 'A database is open to the internet, so `$ResourceParam` is enough',
    here: 'Refused: only jobs with `connectTo` can reach it',
    change: 'Add the database to `connectTo`',
    config: withJob(READS_HOST, { ledger: LEDGER }),
    outcome: { refused: [['resources.tally.properties.container.environment[0].value', 'connectTo']] },
    changed: withJob({ ...READS_HOST, connectTo: ['ledger'] }, { ledger: LEDGER }),
  },
  {
    stacktape: 'An existing database is not a resource of a config',
    here: '`existing` with a security group and no `vpc` is refused: the stack would make a VPC that cannot reach it',
    change: "Set `vpc` to the database's",
    config: withJob({ connectTo: ['ledger'] }, existingDatabase()),
    outcome: { refused: [['resources.ledger.existing.securityGroupId', 'add vpc: { vpcId, subnetIds }']] },
    changed: {
      ...withJob({ connectTo: ['ledger'] }, existingDatabase()),
      vpc: { vpcId: 'vpc-0123456789abcdef0', subnetIds: ['subnet-0123456789abcdef0'] },
    },
  },
  {
    stacktape: '`accessibility` opens a database or Redis cluster to its VPC, to some addresses or to the internet',
    here: 'Only `scoping-workloads-in-vpc` is accepted',
    change: 'Write this mode, and the database in `connectTo` of each job that uses it',
    config: withJob({ connectTo: ['ledger'] }, { ledger: accessible('internet') }),
    outcome: { refused: [[ACCESSIBILITY_MODE, 'write scoping-workloads-in-vpc']] },
    changed: withJob({ connectTo: ['ledger'] }, { ledger: accessible('scoping-workloads-in-vpc') }),
  },
  {
    stacktape: '`accessibility` lets everybody read or write a bucket',
    here: 'Only `private` is accepted',
    change: 'Sign URLs in your code, or create the bucket in Terraform and name it with `existing`',
    config: withJob({}, { photos: bucket({ accessibility: { accessibilityMode: 'public-read' } }) }),
    outcome: {
      refused: [['resources.photos.properties.accessibility.accessibilityMode', 'write private and sign URLs']],
    },
    changed: withJob({}, { photos: bucket({ accessibility: { accessibilityMode: 'private' } }) }),
  },
  {
    stacktape: 'A rule of the type `expiration` deletes only old versions of objects, in a bucket with versioning',
    here: 'It deletes objects, as both references say',
    change: 'Check `daysAfterUpload` before you copy objects into the bucket',
    config: withJob(
      {},
      { photos: bucket({ lifecycleRules: [{ type: 'expiration', properties: { daysAfterUpload: 30 } }] }) },
    ),
    outcome: {
      creates: {
        aws_s3_bucket_lifecycle_configuration: { rule: [{}, { id: '1-expiration', expiration: [{ days: 30 }] }] },
      },
    },
  },
  {
    stacktape: 'A queue hides a received message for 30 seconds',
    here: '150 seconds, so that a message is not received again while its event is handled',
    change: 'Set `visibilityTimeoutSeconds`',
    config: withJob({}, { inbox: { type: 'sqs-queue' } }),
    outcome: { creates: { aws_sqs_queue: { visibility_timeout_seconds: 150 } } },
  },
  {
    stacktape: 'The access log of an HTTP API is kept for 30 days',
    here: '90 days, always as JSON',
    change: 'Set `logging.retentionDays`',
    config: withJob({}, { api: { type: 'http-api-gateway' } }),
    outcome: {
      creates: { aws_cloudwatch_log_group: { name: '/aws/vendedlogs/http-api/harvest-api', retention_in_days: 90 } },
    },
  },
  {
    stacktape: 'Anybody can sign up to a `user-auth-pool`',
    here: 'Only administrators add users, and synthesis says so',
    change: 'Write `allowOnlyAdminsToCreateAccount`: false opens it',
    config: withJob({}, { staff: { type: 'user-auth-pool' } }),
    outcome: {
      hint: 'resources.staff.properties.allowOnlyAdminsToCreateAccount',
      creates: { aws_cognito_user_pool: { admin_create_user_config: { allow_admin_create_user_only: true } } },
    },
  },
  {
    stacktape: 'Users sign in by email or phone, with passwords of 8 characters',
    here: 'By email, unless `allowPhoneNumberAsUserName` is true, with passwords of 12 characters of all kinds',
    change:
      'Set `allowPhoneNumberAsUserName` and `passwordPolicy.minimumLength`. All kinds of characters stay required',
    config: withJob({}, { staff: { type: 'user-auth-pool', properties: { allowOnlyAdminsToCreateAccount: false } } }),
    outcome: { creates: { aws_cognito_user_pool: { password_policy: { minimum_length: 12 } } } },
  },
  {
    stacktape: 'A load balancer without listeners has a certificate and listens for HTTPS on port 443',
    here: 'It listens for HTTP on port 80, and synthesis says so',
    change: 'Set `certificateArn`, or `listeners` to keep HTTP',
    config: withJob({}, { web: { type: 'application-load-balancer' } }),
    outcome: {
      hint: 'resources.web.properties.certificateArn',
      creates: { aws_lb_listener: { port: 80, protocol: 'HTTP' } },
    },
  },
  {
    stacktape: 'A load balancer answers 500 if no rule matches',
    here: '404',
    change: 'Nothing, or set `default_action` in `overrides`',
    config: withJob({}, { web: { type: 'application-load-balancer' } }),
    outcome: { creates: { aws_lb_listener: { default_action: [{ fixed_response: { status_code: '404' } }] } } },
  },
  {
    stacktape: '`shardCount` of a stream is ignored without `capacityMode`',
    here: 'It makes the stream provisioned, and synthesis says so',
    change: 'Write `capacityMode`, or remove `shardCount`',
    config: withJob({}, { clicks: { type: 'kinesis-stream', properties: { shardCount: 2 } } }),
    outcome: {
      hint: 'resources.clicks.properties.shardCount',
      creates: { aws_kinesis_stream: { shard_count: 2 } },
    },
  },
  {
    stacktape: 'A stream is encrypted if `encryption.enabled` is true',
    here: 'Always',
    change: 'Remove `enabled: false`',
    config: withJob({}, { clicks: { type: 'kinesis-stream' } }),
    outcome: { creates: { aws_kinesis_stream: { encryption_type: 'KMS' } } },
  },
  {
    stacktape: 'A table has no point-in-time recovery and can be deleted',
    here: 'It has recovery, and deletion is refused',
    change: 'Set `enablePointInTimeRecovery` or `deletionProtection` to false. Recovery costs by size',
    config: withJob(
      {},
      {
        crop: { type: 'dynamo-db-table', properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } } } },
      },
    ),
    outcome: {
      creates: {
        aws_dynamodb_table: { deletion_protection_enabled: true, point_in_time_recovery: { enabled: true } },
      },
    },
  },
];
