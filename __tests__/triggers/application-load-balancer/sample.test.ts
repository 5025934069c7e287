import { applicationLoadBalancer } from '../../../triggers/application-load-balancer/sample';
import type { SampleContext } from '../../../triggers/sample-context';

const CONTEXT: SampleContext = {
  guesses: [],
  stackName: 'reports',
  region: 'eu-west-1',
  account: '123456789012',
  jobName: 'nightly',
  now: new Date('2026-11-27T12:00:00.999Z'),
  uuid: () => 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  physicalName: () => '',
  payloadFormat: () => '2.0',
  tableKeys: () => [],
};

function sample(properties: object = {}, context: Partial<SampleContext> = {}) {
  const given = { loadBalancerName: 'web', priority: 1, ...properties };
  const event = { type: 'application-load-balancer', properties: given } as Parameters<
    typeof applicationLoadBalancer
  >[0];
  return applicationLoadBalancer(event, { ...CONTEXT, ...context });
}

it('a request of a rule without conditions', () => {
  expect(sample()).toEqual({
    requestContext: {
      elb: {
        targetGroupArn:
          'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/reports-nightly/6d0ecf831eec9f09',
      },
    },
    httpMethod: 'POST',
    path: '/sample',
    queryStringParameters: {},
    headers: {
      'content-type': 'application/json',
      host: 'sample.eu-west-1.elb.amazonaws.com',
      'user-agent': 'sample',
      'x-amzn-trace-id': 'Root=1-6a097f40-bbbbccccddddeeeeeeeeeeee'.replace('6a097f40', (1_795_780_800).toString(16)),
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    body: '{"orderId":"1001"}',
    isBase64Encoded: false,
  });
});

it.each([
  ['paths', { paths: ['/v?/*/x', '/other'] }, { path: '/va/sample/x' }],
  ['no path in the list', { paths: [] }, { path: '/sample' }],
  ['a method', { methods: ['PUT', 'GET'] }, { httpMethod: 'PUT', body: '{"orderId":"1001"}' }],
  ['no method in the list', { methods: [] }, { httpMethod: 'POST' }],
  ['a method without a body', { methods: ['GET'] }, { httpMethod: 'GET', body: '' }],
  ['another method without a body', { methods: ['HEAD'] }, { httpMethod: 'HEAD', body: '' }],
  ['hosts', { hosts: ['*.example.com'] }, { headers: { host: 'sample.example.com' } }],
  ['a range of addresses', { sourceIps: ['198.51.100.0/24'] }, { headers: { 'x-forwarded-for': '198.51.100.0' } }],
  [
    'headers',
    {
      headers: [
        { headerName: 'X-Kind', values: ['a?', 'c'] },
        { headerName: 'Host', values: [] },
      ],
    },
    { headers: { 'x-kind': 'aa', host: 'sample' } },
  ],
  [
    'query parameters',
    {
      queryParams: [
        { paramName: 'a*', values: ['1?'] },
        { paramName: 'b', values: [] },
      ],
    },
    { queryStringParameters: { asample: '1a', b: 'sample' } },
  ],
])('it fulfils a condition on %s', (_, properties, expected) => {
  expect(sample(properties)).toMatchObject(expected);
});

it('it has lists of values where the target group has', () => {
  const { multiValueHeaders, multiValueQueryStringParameters, ...others } = sample({
    multiValueHeaders: true,
    queryParams: [{ paramName: 'a', values: ['1'] }],
  });
  expect(multiValueHeaders).toMatchObject({ host: ['sample.eu-west-1.elb.amazonaws.com'], 'user-agent': ['sample'] });
  expect(multiValueQueryStringParameters).toEqual({ a: ['1'] });
  expect(others).not.toHaveProperty('headers');
  expect(others).not.toHaveProperty('queryStringParameters');
});

it('it is of the partition of its region', () => {
  const { requestContext, headers } = sample({}, { region: 'cn-north-1' });
  expect(requestContext.elb.targetGroupArn).toMatch(/^arn:aws-cn:elasticloadbalancing:cn-north-1:/);
  expect(headers?.host).toBe('sample.cn-north-1.elb.amazonaws.com.cn');
});
