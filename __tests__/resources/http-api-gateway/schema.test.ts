import { parse } from '../../../modules/config/parse';
import { httpApiGatewayResource, httpApiProperties } from '../../../modules/resources/http-api-gateway/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

function problems(properties: object) {
  return problemsWith(httpApiGatewayResource, { type: 'http-api-gateway', properties });
}

it('fills in the defaults', () => {
  expect(parse(httpApiProperties, {}, 'test')).toEqual({
    payloadFormat: '1.0',
    throttling: { burst: 5000, rate: 10_000 },
    logging: { disabled: false, retentionDays: 90 },
  });
  expect(parse(httpApiProperties, { cors: {} }, 'test').cors).toEqual({
    enabled: true,
    allowedOrigins: ['*'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'x-amz-date',
      'x-amz-security-token',
      'x-amz-user-agent',
      'x-api-key',
    ],
    allowedMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
    allowCredentials: false,
    exposedResponseHeaders: ['retry-after'],
    maxAge: 300,
  });
});

it('needs no properties', () => {
  expect(problemsWith(httpApiGatewayResource, { type: 'http-api-gateway' })).toEqual([]);
});

it.each([
  [{ payloadFormat: '3.0' }, 'properties.payloadFormat'],
  [{ throttling: { burst: -1 } }, 'properties.throttling.burst'],
  [{ throttling: { burst: 1.5 } }, 'properties.throttling.burst'],
  [{ throttling: { rate: -0.1 } }, 'properties.throttling.rate'],
  [{ logging: { retentionDays: 31 } }, 'properties.logging.retentionDays'],
  [{ logging: { format: 'CLF' } }, 'properties.logging.format'],
  [{ cors: { maxAge: 86_401 } }, 'properties.cors.maxAge'],
  [{ cors: { allowedMethods: ['FETCH'] } }, 'properties.cors.allowedMethods[0]'],
  [{ cors: { allowedOrigins: [] } }, 'properties.cors.allowedOrigins'],
  [{ cors: { allowedHeaders: [''] } }, 'properties.cors.allowedHeaders[0]'],
])('%j is refused', (properties, path) => {
  expect(problems(properties).map((problem) => problem.path)).toEqual([path]);
});

it('takes the name of the one format of its log', () => {
  expect(problems({ logging: { format: 'JSON' } })).toEqual([]);
});

it('takes fractions of a request a second, and none at all', () => {
  expect(problems({ throttling: { burst: 0, rate: 0.5 } })).toEqual([]);
});

it.each([
  ['example.com', 'write https://example.com'],
  ['http://localhost:3000/', 'write http://localhost:3000'],
  ['https://example.com/app', 'write https://example.com'],
])('%s is no origin', (origin, fix) => {
  expect(problems({ cors: { allowedOrigins: [origin] } })).toMatchObject([{ fix }]);
});

it('takes origins, directives and tokens', () => {
  const allowedOrigins = ['https://example.com', 'http://localhost:3000', tokens().TEXT];
  expect(problems({ cors: { allowedOrigins } })).toEqual([]);
});

it('credentials need named origins', () => {
  const expected = [
    {
      path: 'properties.cors.allowCredentials',
      found: 'allowCredentials with any origin',
      accepted: 'allowCredentials only with named origins: API Gateway rejects it with *',
      fix: 'list the origins in allowedOrigins',
    },
  ];
  expect(problems({ cors: { allowCredentials: true } })).toEqual(expected);
  expect(problems({ cors: { allowCredentials: true, allowedOrigins: ['https://a.example', '*'] } })).toEqual(expected);
  expect(problems({ cors: { allowCredentials: true, allowedOrigins: ['https://a.example'] } })).toEqual([]);
});

describe('an existing one', () => {
  const existing = (apiId: string) =>
    problemsWith(httpApiGatewayResource, { type: 'http-api-gateway', existing: { apiId } });

  it('is named by its id', () => {
    expect(existing('a1b2c3d4e5')).toEqual([]);
    expect(existing(tokens().TEXT)).toEqual([]);
  });

  it.each([
    ['https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com', 'use a1b2c3d4e5'],
    ['arn:aws:apigateway:eu-west-1::/apis/a1b2c3d4e5', 'use a1b2c3d4e5'],
    ['My API', 'copy the ID from the console or `aws apigatewayv2 get-apis`'],
  ])('and not by %s', (apiId, fix) => {
    expect(existing(apiId)).toMatchObject([{ path: 'existing.apiId', fix }]);
  });
});
