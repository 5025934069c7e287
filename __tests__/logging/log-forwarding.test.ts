// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import { shortHash } from '../../modules/rules/naming';
import type { BatchJobProps } from '../../modules/stack-config/batch-job';
import { configProblems, jobProblems, SMALLEST_JOB } from '../stack-config/samples';
import { document, job, jobsStack, permissions, Synthesis, typesUnder } from '../synthesis';

type Forwarding = NonNullable<NonNullable<BatchJobProps['logging']>['logForwarding']>;

const stackOf = (logForwarding: Forwarding) => jobsStack({ nightly: job({ logging: { logForwarding } }) });
const synthesize = (logForwarding: Forwarding) => new Synthesis(stackOf(logForwarding));
const endpointOf = (logForwarding: Forwarding) => {
  const { http_endpoint_configuration } = synthesize(logForwarding).one('aws_kinesis_firehose_delivery_stream');
  return http_endpoint_configuration as { readonly [argument: string]: unknown };
};

const DATADOG: Forwarding = { type: 'datadog', properties: { apiKey: "$Secret('monitoring.api_key')" } };
const SECRET = `\${data.aws_secretsmanager_secret.batch-platform_aws_Secret-${shortHash('monitoring')}.arn}`;
const DELIVERY_ROLE = '${aws_iam_role.nightly_LogForwarding_DeliveryRole.arn}';

describe('log forwarding', () => {
  it('makes', () => {
    const { logForwarding } = stackOf(DATADOG).jobs.get('nightly') ?? {};
    if (logForwarding === undefined) throw new Error('nothing forwarded');
    expect(typesUnder(logForwarding)).toEqual([
      'aws_cloudwatch_log_subscription_filter',
      'aws_iam_role 2', // delivery, subscription
      'aws_iam_role_policy 2',
      'aws_kinesis_firehose_delivery_stream',
      'aws_s3_bucket', // failed records
      'aws_s3_bucket_policy',
    ]);
  });

  it('sends every record of the job’s group', () => {
    expect(synthesize(DATADOG).one('aws_cloudwatch_log_subscription_filter')).toEqual({
      name: 'reports-nightly-forwarding',
      log_group_name: '${aws_cloudwatch_log_group.nightly_LogGroup.name}',
      filter_pattern: '',
      destination_arn: '${aws_kinesis_firehose_delivery_stream.nightly_LogForwarding_DeliveryStream.arn}',
      role_arn: '${aws_iam_role.nightly_LogForwarding_SubscriptionRole.arn}',
      depends_on: [
        'aws_iam_role.nightly_LogForwarding_SubscriptionRole',
        'aws_iam_role_policy.nightly_LogForwarding_SubscriptionRole_Policy',
      ],
    });
  });

  it('to Datadog: compressed, 4 MB or a minute, the key read by Firehose', () => {
    expect(endpointOf(DATADOG)).toMatchObject({
      name: 'Datadog',
      url: 'https://aws-kinesis-http-intake.logs.datadoghq.com/v1/input',
      buffering_size: 4,
      buffering_interval: 60,
      retry_duration: 60,
      request_configuration: { content_encoding: 'GZIP' },
      secrets_manager_configuration: { enabled: true, role_arn: DELIVERY_ROLE, secret_arn: SECRET },
    });
    expect(endpointOf(DATADOG)).not.toHaveProperty('access_key');
  });

  it('to Highlight: compressed, with the project', () => {
    const endpoint = endpointOf({ type: 'highlight', properties: { projectId: 'p${1}' } });
    expect(endpoint).toMatchObject({
      name: 'Highlight',
      url: 'https://pub.highlight.io/v1/logs/firehose',
      buffering_size: 1,
      retry_duration: 300,
      request_configuration: {
        content_encoding: 'GZIP',
        common_attributes: [{ name: 'x-highlight-project', value: 'p$${1}' }],
      },
    });
    expect(endpoint).not.toHaveProperty('secrets_manager_configuration');
  });

  it('to an HTTPS endpoint: as it says', () => {
    const endpointUrl = 'https://logs.example.com/in';
    expect(endpointOf({ type: 'http-endpoint', properties: { endpointUrl } })).toMatchObject({
      url: endpointUrl,
      buffering_size: 1,
      retry_duration: 300,
      request_configuration: { content_encoding: 'NONE' },
    });
    const all = endpointOf({
      type: 'http-endpoint',
      properties: {
        endpointUrl,
        gzipEncodingEnabled: true,
        parameters: { team: 'data', app: 'reports' },
        retryDuration: 0,
        accessKey: "$Secret('monitoring')",
      },
    });
    expect(all).toMatchObject({
      retry_duration: 0,
      request_configuration: {
        content_encoding: 'GZIP',
        common_attributes: [
          { name: 'app', value: 'reports' },
          { name: 'team', value: 'data' },
        ],
      },
      secrets_manager_configuration: { secret_arn: SECRET },
    });
  });

  it('keeps what was not delivered, and only that, in a private bucket', () => {
    const bucket = '${aws_s3_bucket.nightly_LogForwarding_FailedRecords.arn}';
    expect(endpointOf(DATADOG)).toMatchObject({
      s3_backup_mode: 'FailedDataOnly',
      s3_configuration: {
        bucket_arn: bucket,
        buffering_interval: 300,
        buffering_size: 5,
        compression_format: 'GZIP',
        prefix: 'failed/',
        role_arn: DELIVERY_ROLE,
      },
    });
    expect(synthesize(DATADOG).one('aws_s3_bucket', 'FailedRecords')).toEqual({
      bucket_prefix: 'reports-nightly-failed-logs-',
      force_destroy: false,
    });
  });

  it('is allowed', () => {
    const synthesis = synthesize(DATADOG);
    const bucket = '${aws_s3_bucket.nightly_LogForwarding_FailedRecords.arn}';
    expect(permissions(synthesis, 'DeliveryRole_Policy')).toEqual([
      {
        Sid: 'KeepFailedRecords',
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:PutObject'],
        Resource: [`${bucket}/*`],
      },
      {
        Sid: 'FindBucket',
        Effect: 'Allow',
        Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        Resource: [bucket],
      },
      {
        Sid: 'ReadSecrets',
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue'],
        Resource: [SECRET],
      },
      {
        Sid: 'DecryptSecrets',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: [expect.stringMatching(/^arn:.*:kms:.*:key\/\*$/)],
        Condition: {
          StringEquals: { 'kms:EncryptionContext:SecretARN': [SECRET] },
          StringLike: { 'kms:ViaService': 'secretsmanager.*' },
        },
      },
    ]);
    expect(permissions(synthesis, 'SubscriptionRole_Policy')).toEqual([
      {
        Sid: 'SendRecords',
        Effect: 'Allow',
        Action: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
        Resource: ['${aws_kinesis_firehose_delivery_stream.nightly_LogForwarding_DeliveryStream.arn}'],
      },
    ]);
    const trusts = ['DeliveryRole', 'SubscriptionRole'].map(
      (role) => document(synthesis.one('aws_iam_role', role).assume_role_policy).Statement[0],
    );
    expect(trusts.map((trust) => trust?.Condition)).toEqual([
      { StringEquals: { 'sts:ExternalId': expect.stringContaining('account_id') } },
      { StringLike: { 'aws:SourceArn': expect.stringMatching(/^arn:.*:logs:.*:\*$/) } },
    ]);
  });

  it('cuts a long name to 64 characters', () => {
    const stack = jobsStack({ [`n${'a'.repeat(80)}`]: job({ logging: { logForwarding: DATADOG } }) });
    expect(new Synthesis(stack).one('aws_kinesis_firehose_delivery_stream').name).toHaveLength(64);
  });
});

describe('is refused', () => {
  const key = (apiKey: string) =>
    jobProblems({ logging: { logForwarding: { type: 'datadog', properties: { apiKey } } } });

  it('with a key in plain text, which the report does not repeat', () => {
    const problems = key('0123456789abcdef');
    expect(problems).toEqual([
      {
        path: 'logging.logForwarding.properties.apiKey',
        found: 'a key in plain text',
        accepted: "$Secret('<name>.api_key')",
        fix: `store {"api_key":"<the key>"} in AWS Secrets Manager, and write $Secret('<name>.api_key')`,
      },
    ]);
  });

  it('with another key of a secret than the one that Firehose reads', () => {
    expect(key("$Secret('monitoring.key')")).toEqual([
      expect.objectContaining({ fix: expect.stringContaining("$Secret('monitoring.api_key')") }),
    ]);
  });

  it('with a secret that is none, or a number', () => {
    expect(key("$Secret('my.monitoring:key')")).toEqual([
      expect.objectContaining({ fix: expect.stringContaining("$Secret('my.monitoring:api_key')") }),
    ]);
    expect(key("$Secret('monitoring:api_key:AWSPREVIOUS')")).toEqual([
      expect.objectContaining({ fix: 'remove the version: Firehose reads the current one' }),
    ]);
    expect(key('$Secret(monitoring)')).toEqual([
      expect.objectContaining({ path: 'logging.logForwarding.properties.apiKey', found: '"$Secret(monitoring)"' }),
    ]);
    expect(jobProblems({ logging: { logForwarding: { type: 'datadog', properties: { apiKey: 1 } } } })).toHaveLength(1);
  });

  it('of a job that does not log, and to what is not HTTPS', () => {
    const logForwarding = { type: 'highlight', properties: { projectId: 'x', endpointUrl: 'http://x' } };
    expect(jobProblems({ logging: { disabled: true, logForwarding } }).map(({ path }) => path)).toEqual([
      'logging.logForwarding',
      'logging.logForwarding.properties.endpointUrl',
    ]);
  });

  it('next to two subscriptions of the same group', () => {
    const subscribes = {
      type: 'batch-job',
      properties: {
        ...SMALLEST_JOB,
        events: [{ type: 'cloudwatch-log', properties: { logGroupArn: "$ResourceParam('nightly', 'logGroupArn')" } }],
      },
    };
    const nightly = { type: 'batch-job', properties: { ...SMALLEST_JOB, logging: { logForwarding: DATADOG } } };
    const resources = { nightly, first: subscribes };
    expect(configProblems({ stackName: 'reports', resources })).toEqual([]);
    expect(configProblems({ stackName: 'reports', resources: { ...resources, second: subscribes } })).toEqual([
      expect.objectContaining({
        path: 'resources.second.properties.events[0].properties.logGroupArn',
        found:
          'another subscription, in addition to resources.nightly.properties.logging.logForwarding and resources.first.properties.events[0].properties',
      }),
    ]);
  });
});

describe('the log of what could not be delivered', () => {
  const options = (stream: string) => ({
    enabled: true,
    log_group_name: '${aws_cloudwatch_log_group.nightly_LogForwarding_Errors_LogGroup.name}',
    log_stream_name: `\${aws_cloudwatch_log_stream.nightly_LogForwarding_Errors_${stream}.name}`,
  });

  it('is not there unless asked for', () => {
    expect(synthesize(DATADOG).all('aws_cloudwatch_log_stream')).toEqual([]);
    // Without a word about it, Firehose would keep the log that it had before.
    const off = { cloudwatch_logging_options: { enabled: false } };
    expect(endpointOf(DATADOG)).toMatchObject({ ...off, s3_configuration: off });
  });

  it('has a stream for each destination, which Firehose may write to', () => {
    const logged = { ...DATADOG, errorLog: true };
    const synthesis = synthesize(logged);
    expect(endpointOf(logged)).toMatchObject({
      cloudwatch_logging_options: options('Endpoint'),
      s3_configuration: { cloudwatch_logging_options: options('Backup') },
    });
    expect(synthesis.byId('aws_cloudwatch_log_group').nightly_LogForwarding_Errors_LogGroup).toEqual({
      name: '/aws/kinesisfirehose/reports-nightly-logs',
      retention_in_days: 90,
    });
    expect(permissions(synthesis, 'nightly_LogForwarding_DeliveryRole_Policy')).toContainEqual({
      Sid: 'WriteErrors',
      Effect: 'Allow',
      Action: ['logs:PutLogEvents'],
      Resource: ['${aws_cloudwatch_log_group.nightly_LogForwarding_Errors_LogGroup.arn}:log-stream:*'],
    });
  });
});
