import { gzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import type { SourceEvent } from '../event-schema';
import type { SampleContext } from '../sample-context';
import type { cloudwatchLog as schema } from './schema';

/** One record, encoded like CloudWatch does. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
export function cloudwatchLog({ properties }: SourceEvent<typeof schema>, context: SampleContext): CloudWatchLogsEvent {
  const { account, jobName, stackName, now } = context;
  const given = properties.logGroupArn;
  const timestamp = now.getTime();
  const content: CloudWatchLogsDecodedData = {
    messageType: 'DATA_MESSAGE',
    owner: account,
    logGroup: given.startsWith('arn:') ? (given.split(':')[6] ?? '') : context.physicalName({ arn: given }),
    logStream: 'sample',
    subscriptionFilters: [`${stackName}-${jobName}`],
    logEvents: [{ id: String(timestamp).padEnd(56, '0'), timestamp, message: messageFor(properties.filter) }],
  };
  return { awslogs: { data: gzipSync(JSON.stringify(content)).toString('base64') } };
}

/** A record that matches a filter. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
function messageFor(filter: string): string {
  if (filter.trim().startsWith('{')) return JSON.stringify(recordFor(filter));
  // A term after a minus must not occur.
  const terms = filter.match(/-?"[^"]*"|[^\s"]+/g) ?? [];
  const wanted = terms.filter((term) => !term.startsWith('-')).map((term) => term.replace(/^\?|"/g, ''));
  return [...wanted, 'sample record'].join(' ').trim();
}

/** An object with the values that a JSON filter compares: `{ $.level = "ERROR" && $.status = 500 }`. */
function recordFor(filter: string): { readonly [key: string]: unknown } {
  // No prototype, so that names such as `constructor` are ordinary names.
  const record: { [key: string]: unknown } = Object.assign(Object.create(null), { message: 'sample record' });
  for (const [, path = '', text, word = ''] of filter.matchAll(/\$\.([\w.]+)\s*=\s*(?:"([^"]*)"|([\w.*-]+))/g)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let within = record;
    for (const key of keys) {
      const inner: { [key: string]: unknown } = Object.create(null);
      if (typeof within[key] !== 'object') within[key] = inner;
      within = within[key] as { [key: string]: unknown };
    }
    const value = (text ?? word).replaceAll('*', 'sample');
    within[last] = /^-?\d+(\.\d+)?$/.test(word) ? Number(word) : value;
  }
  return record;
}
