import { stacktapeProperty, stacktapeType } from '../../modules/config/stacktape-resources';

/** A config with one resource of a type and its properties. */
function config(type: string, properties: object) {
  return { resources: { one: { type, properties } } };
}

it.each<[string, object, string, unknown]>([
  ['function', { reservedConcurrency: 5 }, 'reservedConcurrency', { Function: { reserved_concurrent_executions: 5 } }],
  ['sns-topic', { smsDisplayName: 'App' }, 'smsDisplayName', { SnsTopic: { display_name: 'App' } }],
  [
    'sqs-queue',
    { fifoHighThroughput: true },
    'fifoHighThroughput',
    { SqsQueue: { deduplication_scope: 'messageGroup', fifo_throughput_limit: 'perMessageGroupId' } },
  ],
  ['sqs-queue', { fifoHighThroughput: false }, 'fifoHighThroughput', 'remove it'],
  [
    'dynamo-db-table',
    { provisionedThroughput: { readUnits: 5, writeUnits: 3 } },
    'provisionedThroughput',
    { DynamoDbTable: { billing_mode: 'PROVISIONED', read_capacity: 5, write_capacity: 3 } },
  ],
  [
    'dynamo-db-table',
    { provisionedThroughput: { readUnits: 5, writeUnits: 3, readScaling: { minUnits: 1 } } },
    'provisionedThroughput',
    expect.stringContaining('aws_appautoscaling_target'),
  ],
  [
    'relational-database',
    { logging: {}, engine: { type: 'mysql' } },
    'logging',
    { RelationalDatabase: { enabled_cloudwatch_logs_exports: ['error'] } },
  ],
  [
    'relational-database',
    { logging: {}, engine: { type: 'postgres' } },
    'logging',
    { RelationalDatabase: { enabled_cloudwatch_logs_exports: ['postgresql'] } },
  ],
  [
    'application-load-balancer',
    { interface: 'internal' },
    'interface',
    { ApplicationLoadBalancer: { internal: true } },
  ],
  ['application-load-balancer', { interface: 'internet' }, 'interface', 'remove it: load balancers are public'],
  [
    'user-auth-pool',
    { idTokenValiditySeconds: 3600 },
    'idTokenValiditySeconds',
    { Client: { id_token_validity: 3600, token_validity_units: { id_token: 'seconds' } } },
  ],
  [
    'user-auth-pool',
    { mfaConfiguration: { status: 'ON', enabledTypes: ['SOFTWARE_TOKEN'] } },
    'mfaConfiguration',
    { UserAuthPool: { mfa_configuration: 'ON', software_token_mfa_configuration: { enabled: true } } },
  ],
  [
    'user-auth-pool',
    { mfaConfiguration: { status: 'ON', enabledTypes: ['SMS'] } },
    'mfaConfiguration',
    expect.stringContaining('not part of this project'),
  ],
  [
    'user-auth-pool',
    { emailConfiguration: { from: 'a@example.com', sesAddressArn: 'arn:ses', replyToEmailAddress: 'b@example.com' } },
    'emailConfiguration',
    {
      UserAuthPool: {
        email_configuration: {
          email_sending_account: 'DEVELOPER',
          source_arn: 'arn:ses',
          from_email_address: 'a@example.com',
          reply_to_email_address: 'b@example.com',
        },
      },
    },
  ],
  [
    'user-auth-pool',
    { passwordPolicy: { requireNumbers: true } },
    'passwordPolicy.requireNumbers',
    { UserAuthPool: { password_policy: { require_numbers: true } } },
  ],
  ['redis-cluster', { port: 6380 }, 'port', expect.stringContaining('port 6379')],
  ['bucket', { alarms: [] }, 'alarms', expect.stringContaining('aws_cloudwatch_metric_alarm')],
])('%s with %j', (type, properties, at, instead) => {
  expect(stacktapeProperty(['resources', 'one', 'properties', ...at.split('.')], config(type, properties))).toEqual(
    instead,
  );
});

it.each([
  // Jobs have alarms of their own, and a near name is the usual fix elsewhere.
  ['batch-job', 'alarms'],
  ['bucket', 'versionning'],
  ['nothing', 'port'],
])('leaves a property of %s that Stacktape has not: %s', (type, property) => {
  const root = config(type, { [property]: 1 });
  expect(stacktapeProperty(['resources', 'one', 'properties', property], root)).toBeUndefined();
  expect(stacktapeProperty(['compute', property], root)).toBeUndefined();
});

it('a state machine stands in existing only', () => {
  const root = config('state-machine', {});
  expect(stacktapeProperty(['resources', 'one', 'properties'], root)).toContain('name it in existing');
  expect(stacktapeProperty(['resources', 'one', 'other'], root)).toBeUndefined();
});

it.each<[string, PropertyKey[], unknown]>([
  ['web-service', ['resources', 'one'], expect.stringContaining('aws_ecs_service')],
  ['nextjs-web', ['resources', 'one', 'type'], 'remove it: not part of this project. Leave it in its stack'],
  ['websocket', ['resources', 'one'], undefined],
  ['aurora-mysql', ['resources', 'one', 'properties', 'engine', 'type'], expect.stringContaining('existing')],
  ['mongo', ['resources', 'one', 'properties', 'engine', 'type'], undefined],
  ['custom-artifact', ['resources', 'one', 'properties', 'packaging'], expect.stringContaining('existing')],
  ['nixpacks', ['resources', 'one', 'properties', 'container', 'packaging'], expect.stringContaining('dockerfile')],
  ['zip', ['resources', 'one', 'properties', 'packaging'], undefined],
  ['aurora-mysql', ['resources', 'one', 'properties', 'engine'], expect.stringContaining('existing')],
  ['web-service', ['backend', 'type'], undefined],
  ['web-service', ['resources', 'one', 'properties', 'engine'], undefined],
])('type %s at %j', (type, path, instead) => {
  expect(stacktapeType(type, path)).toEqual(instead);
});
