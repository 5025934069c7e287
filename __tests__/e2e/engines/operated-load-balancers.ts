import type { AwsAnswer } from './aws-answer';
import type { AwsRequest } from './aws-request';
import type { AppliedResource } from './terraform';

/** What DescribeLoadBalancers answers about a placed stack. moto's load balancers would need its network. */
export function loadBalancers(
  resources: readonly AppliedResource[],
  { action, body }: AwsRequest,
): AwsAnswer | undefined {
  if (action !== 'elasticloadbalancing:DescribeLoadBalancers') return undefined;
  const names = Object.entries(body).flatMap(([key, value]) => (key.startsWith('Names.') ? [String(value)] : []));
  const all = resources.filter(({ type }) => type === 'aws_lb').map(({ values }) => values);
  const found = all.filter(({ name }) => names.length === 0 || names.includes(String(name)));
  const headers = { 'content-type': 'text/xml' };
  const missing = names.find((name) => !all.some((values) => values.name === name));
  if (missing !== undefined) {
    const error = `<Error><Type>Sender</Type><Code>LoadBalancerNotFound</Code><Message>Load balancer ${missing} not found</Message></Error>`;
    return { status: 400, headers, body: `<ErrorResponse>${error}</ErrorResponse>` };
  }
  const members = found.map(
    ({ name, arn, internal }) =>
      `<member><LoadBalancerName>${name}</LoadBalancerName><LoadBalancerArn>${arn}</LoadBalancerArn>` +
      `<DNSName>${name}-1234567890.eu-west-1.elb.amazonaws.com</DNSName><Scheme>${internal === true ? 'internal' : 'internet-facing'}</Scheme>` +
      '<State><Code>active</Code></State><Type>application</Type></member>',
  );
  const result = `<DescribeLoadBalancersResult><LoadBalancers>${members.join('')}</LoadBalancers></DescribeLoadBalancersResult>`;
  return { status: 200, headers, body: `<DescribeLoadBalancersResponse>${result}</DescribeLoadBalancersResponse>` };
}
