import { httpApiGateway } from '../../../triggers/http-api-gateway/sample';
import type { SampleContext } from '../../../triggers/sample-context';

const CONTEXT: SampleContext = {
  guesses: [],
  stackName: 'reports',
  region: 'eu-west-1',
  account: '123456789012',
  jobName: 'nightly',
  now: new Date('2026-11-07T12:00:00.999Z'),
  uuid: () => 'id-1',
  physicalName: () => '',
  payloadFormat: (gateway) => (gateway === 'old' ? '1.0' : '2.0'),
  tableKeys: () => [],
};

function sample(properties: object = {}, context: Partial<SampleContext> = {}) {
  const given = { httpApiGatewayName: 'web', path: '/orders', method: 'POST', ...properties };
  const event = { type: 'http-api-gateway', properties: given } as Parameters<typeof httpApiGateway>[0];
  return httpApiGateway(event, { ...CONTEXT, ...context });
}

const HEADERS = {
  'content-type': 'application/json',
  host: 'sampleapi.execute-api.eu-west-1.amazonaws.com',
  'user-agent': 'sample',
  'x-forwarded-for': '192.0.2.1',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
};

it('a request in payload format 2.0', () => {
  expect(sample()).toEqual({
    version: '2.0',
    routeKey: 'POST /orders',
    rawPath: '/orders',
    rawQueryString: '',
    headers: HEADERS,
    requestContext: {
      accountId: '123456789012',
      apiId: 'sampleapi',
      domainName: 'sampleapi.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'sampleapi',
      http: { method: 'POST', path: '/orders', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'sample' },
      requestId: 'id-1',
      routeKey: 'POST /orders',
      stage: '$default',
      time: '07/Nov/2026:12:00:00 +0000',
      timeEpoch: 1_794_052_800_999,
    },
    body: '{"orderId":"1001"}',
    isBase64Encoded: false,
  });
});

it('a request in payload format 1.0', () => {
  expect(sample({ payloadFormat: '1.0' })).toEqual({
    version: '1.0',
    resource: '/orders',
    path: '/orders',
    httpMethod: 'POST',
    headers: HEADERS,
    multiValueHeaders: Object.fromEntries(Object.entries(HEADERS).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'sampleapi',
      domainName: 'sampleapi.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'sampleapi',
      httpMethod: 'POST',
      identity: { sourceIp: '192.0.2.1', userAgent: 'sample' },
      path: '/orders',
      protocol: 'HTTP/1.1',
      requestId: 'id-1',
      requestTime: '07/Nov/2026:12:00:00 +0000',
      requestTimeEpoch: 1_794_052_800_999,
      resourceId: 'POST /orders',
      resourcePath: '/orders',
      stage: '$default',
    },
    pathParameters: null,
    stageVariables: null,
    body: '{"orderId":"1001"}',
    isBase64Encoded: false,
  });
});

describe('the format', () => {
  it('is that of the route, else that of the gateway', () => {
    expect(sample({ httpApiGatewayName: 'old' }).version).toBe('1.0');
    expect(sample({ httpApiGatewayName: 'old', payloadFormat: '2.0' }).version).toBe('2.0');
    expect(sample().version).toBe('2.0');
  });
});

describe.each(['1.0', '2.0'])('in format %s', (payloadFormat) => {
  const made = (properties: object) => sample({ payloadFormat, ...properties });
  const isOld = payloadFormat === '1.0';

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('a %s has a body', (method) => {
    expect(made({ method }).body).toBe('{"orderId":"1001"}');
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('a %s has none', (method) => {
    expect(made({ method }).body).toBe(isOld ? null : undefined);
    expect('body' in made({ method })).toBe(isOld);
  });

  it.each([
    ['/orders', 'POST', 'POST /orders', 'POST', '/orders', undefined],
    ['/orders', '*', 'ANY /orders', 'POST', '/orders', undefined],
    [
      '/a/{id}/{rest+}',
      'GET',
      'GET /a/{id}/{rest+}',
      'GET',
      '/a/sample-id/sample/path',
      { id: 'sample-id', rest: 'sample/path' },
    ],
    ['*', '*', '$default', 'POST', '/sample', undefined],
    ['$default', '*', '$default', 'POST', '/sample', undefined],
  ])('a request to %s, %s', (path, method, key, sent, to, parameters) => {
    const { requestContext, pathParameters } = made({ path, method });
    expect(requestContext).toMatchObject(
      isOld
        ? { httpMethod: sent, path: to, resourceId: key, resourcePath: key.split(' ').at(-1) }
        : { http: { method: sent, path: to }, routeKey: key },
    );
    expect(pathParameters).toEqual(parameters ?? (isOld ? null : undefined));
  });

  it.each<[string, object, object]>([
    ['Cognito', { type: 'cognito', properties: {} }, { claims: { sub: 'sample-user', token_use: 'access' } }],
    [
      'JWT',
      {
        type: 'jwt',
        properties: { issuer: 'https://i', audience: ['a', 'b'], authorizationScopes: ['read', 'write'] },
      },
      { claims: { iss: 'https://i', sub: 'sample-user', aud: 'a', scope: 'read' } },
    ],
    [
      'JWT without scopes',
      { type: 'jwt', properties: { issuer: 'https://i', audience: [] } },
      { claims: { iss: 'https://i', sub: 'sample-user', aud: '' } },
    ],
  ])('a request says who calls, by an authorizer of %s', (_, authorizer, claims) => {
    expect(made({ authorizer }).requestContext.authorizer).toEqual(
      isOld ? claims : { jwt: { ...claims, scopes: null } },
    );
  });

  it.each([[undefined], [{ type: 'lambda', properties: {} }]])(
    'a request does not say who calls, by %j',
    (authorizer) => {
      expect(made({ authorizer }).requestContext).not.toHaveProperty('authorizer');
    },
  );

  it.each([
    ['lambda', 'sample-token', 'sample-token'],
    ['jwt', 'Bearer sample-token', 'Bearer+sample-token'],
  ])('the parts that an authorizer of type %s reads are there', (type, value, inQuery) => {
    const identitySources = ['$request.header.X-Key', '$request.querystring.Key', '$context.path'];
    const authorizer = { type, properties: { identitySources, issuer: 'https://i', audience: [] } };
    const { headers, queryStringParameters, ...others } = made({ authorizer });
    expect(headers).toEqual({ ...HEADERS, 'x-key': value });
    expect(queryStringParameters).toEqual({ Key: value });
    expect(others).toMatchObject(
      isOld ? { multiValueQueryStringParameters: { Key: [value] } } : { rawQueryString: `Key=${inQuery}` },
    );
  });
});

it('without query parameters, there is no property for them in format 2.0', () => {
  expect(sample()).not.toHaveProperty('queryStringParameters');
  expect(sample()).not.toHaveProperty('pathParameters');
});

it('a request is to the domain of its partition', () => {
  expect(sample({}, { region: 'cn-north-1' }).requestContext.domainName).toBe(
    'sampleapi.execute-api.cn-north-1.amazonaws.com.cn',
  );
});
