import type { ALBEvent } from 'aws-lambda';
import { dnsSuffix, partitionOf } from '../../modules/rules/partitions';
import type { SourceEvent } from '../event-schema';
import type { SampleContext } from '../sample-context';
import type { applicationLoadBalancer as schema } from './schema';

/** A request that matches the rule. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
export function applicationLoadBalancer(
  { properties }: SourceEvent<typeof schema>,
  { stackName, jobName, region, account, now, uuid }: SampleContext,
): ALBEvent {
  const { paths: [path] = ['/sample'], methods: [method = 'POST'] = [], hosts: [host] = [], sourceIps } = properties;
  const named = (properties.headers ?? []).map(({ headerName, values: [value] }) => [
    headerName.toLowerCase(),
    matching(value ?? '*'),
  ]);
  const query = (properties.queryParams ?? []).map(({ paramName, values: [value] }) => [
    matching(paramName),
    matching(value ?? '*'),
  ]);
  const seconds = Math.floor(now.getTime() / 1000);
  return {
    requestContext: {
      elb: {
        targetGroupArn: `arn:${partitionOf(region)}:elasticloadbalancing:${region}:${account}:targetgroup/${stackName}-${jobName}/6d0ecf831eec9f09`,
      },
    },
    httpMethod: method,
    path: matching(path ?? '/*'),
    ...inForm(properties.multiValueHeaders ?? false, Object.fromEntries(query), {
      'content-type': 'application/json',
      host: host === undefined ? `sample.${region}.elb.${dnsSuffix(partitionOf(region))}` : matching(host),
      'user-agent': 'sample',
      'x-amzn-trace-id': `Root=1-${seconds.toString(16)}-${uuid().replaceAll('-', '').slice(-24)}`,
      'x-forwarded-for': sourceIps?.[0]?.split('/')[0] ?? '192.0.2.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      ...Object.fromEntries(named),
    }),
    body: method === 'GET' || method === 'HEAD' ? '' : '{"orderId":"1001"}',
    isBase64Encoded: false,
  };
}

type Fields = { readonly [name: string]: string };

/** Query parameters and headers, with one value or all values of each. */
function inForm(isMultiValue: boolean, queryStringParameters: Fields, headers: Fields): Partial<ALBEvent> {
  if (!isMultiValue) return { queryStringParameters: { ...queryStringParameters }, headers: { ...headers } };
  const lists = (fields: Fields) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]));
  return { multiValueQueryStringParameters: lists(queryStringParameters), multiValueHeaders: lists(headers) };
}

/** A string that matches a pattern with `*` and `?`. */
function matching(pattern: string): string {
  return pattern.replaceAll('*', 'sample').replaceAll('?', 'a');
}
