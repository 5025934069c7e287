import { z } from 'zod';
import { foundValue, UNKNOWN_VALUE } from '../problems/found';
import { isToken, nonEmpty, numberIn, refuse, strict, text } from './checked';
import { isArn, isSecretDirective, parseSecret } from './secret-directive';

/** The JSON key in which Firehose looks for the access key: https://docs.aws.amazon.com/firehose/latest/dev/secrets-manager-whats-secret.html */
const FIREHOSE_SECRET_KEY = 'api_key';

const endpointUrl = text({
  pattern: /^https:\/\//,
  orDirective: true,
  accepted: 'a URL that starts with https://',
  fix: 'use the HTTPS URL of the endpoint',
});

/**
 * Firehose reads the key from the secret, so that no document contains it. The report doesn't show the value found, which can be the key
 * itself.
 */
const key = z.string({ error: () => ACCEPTED_KEY }).check((context) => {
  const { value } = context;
  const secret = parseSecret(value);
  if (secret?.stage !== undefined || secret?.versionId !== undefined) {
    const fix = 'remove the version: Firehose reads the current one';
    refuse(context, { found: foundValue(value), accepted: ACCEPTED_KEY, fix });
    return;
  }
  if (secret !== undefined && (secret.key === undefined || secret.key === FIREHOSE_SECRET_KEY)) return;
  if (secret !== undefined) {
    const fix = `store it as ${FIREHOSE_SECRET_KEY} in the secret's JSON, the only key that Firehose reads, and write $Secret('${secret.id}${isArn(secret.id) || secret.id.includes('.') ? ':' : '.'}${FIREHOSE_SECRET_KEY}')`;
    refuse(context, { found: foundValue(value), accepted: ACCEPTED_KEY, fix });
    return;
  }
  // The check of directives reports a wrong one.
  if (isSecretDirective(value)) return;
  const found = isToken(value) ? UNKNOWN_VALUE : 'a key in plain text';
  const fix = `store {"${FIREHOSE_SECRET_KEY}":"<the key>"} in AWS Secrets Manager, and write $Secret('<name>.${FIREHOSE_SECRET_KEY}')`;
  refuse(context, { found, accepted: ACCEPTED_KEY, fix });
});

const ACCEPTED_KEY = `$Secret('<name>.${FIREHOSE_SECRET_KEY}')`;

const delivery = {
  /** Writes why records could not be delivered to a log group, `/aws/kinesisfirehose/<stack>-<job>-logs`, kept as long as the job's log. @default false: only the bucket of failed records has an error code */
  errorLog: z.boolean().optional(),
};

/** Where a job's log records are forwarded. */
export const logForwarding = z.discriminatedUnion('type', [
  strict({
    /** Sends log records to an HTTPS endpoint. */
    type: z.literal('http-endpoint'),
    ...delivery,
    /** The endpoint, and how it gets the records. */
    properties: strict({
      /** HTTPS URL. */
      endpointUrl,
      /** Compresses requests. @default false */
      gzipEncodingEnabled: z.boolean().default(false),
      /** Parameters of each request, in the header X-Amz-Firehose-Common-Attributes. @default none */
      parameters: z.record(z.string(), z.string()).default({}),
      /** Seconds for which a failed request is retried. Records that still fail are stored in a bucket. @default 300 */
      retryDuration: numberIn({ unit: 'seconds', min: 0, max: 7200 }).default(300),
      /** Key of each request, in the header X-Amz-Firehose-Access-Key: `$Secret('<name>.api_key')`. @default none */
      accessKey: key.optional(),
    }),
  }),
  strict({
    /** Sends log records to Highlight. */
    type: z.literal('highlight'),
    ...delivery,
    /** The project in Highlight. */
    properties: strict({
      /** The project's id in Highlight. */
      projectId: nonEmpty('an id'),
      /** URL of the endpoint. @default https://pub.highlight.io/v1/logs/firehose */
      endpointUrl: endpointUrl.default('https://pub.highlight.io/v1/logs/firehose'),
    }),
  }),
  strict({
    /** Sends log records to Datadog. */
    type: z.literal('datadog'),
    ...delivery,
    /** The account in Datadog. */
    properties: strict({
      /** The API key of Datadog: `$Secret('<name>.api_key')`. */
      apiKey: key,
      /** URL of the endpoint. @default https://aws-kinesis-http-intake.logs.datadoghq.com/v1/input */
      endpointUrl: endpointUrl.default('https://aws-kinesis-http-intake.logs.datadoghq.com/v1/input'),
    }),
  }),
]);

/** Where a job's log records are forwarded, with the defaults filled in. */
export type LogForwardingConfig = z.output<typeof logForwarding>;
