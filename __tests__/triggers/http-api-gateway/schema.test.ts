import { parse } from '../../../modules/config/parse';
import { httpApiGateway, httpRouteSettings } from '../../../triggers/http-api-gateway/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

const ROUTE = { httpApiGatewayName: 'api', method: 'POST', path: '/jobs' };

function problems(properties: object) {
  return problemsWith(httpApiGateway, { type: 'http-api-gateway', properties: { ...ROUTE, ...properties } });
}

function authorizerProblems(type: 'cognito' | 'lambda', properties: object) {
  const named = type === 'cognito' ? { userPoolName: 'pool' } : { functionName: 'decider' };
  return problems({ authorizer: { type, properties: { ...named, ...properties } } }).map(({ path, ...finding }) => ({
    path: path.replace('properties.authorizer.properties.', ''),
    ...finding,
  }));
}

it('fills in the defaults', () => {
  expect(parse(httpRouteSettings, { method: 'GET', path: '/' }, 'test')).toEqual({ method: 'GET', path: '/' });
  const authorizers = [
    { type: 'cognito', properties: { userPoolName: 'pool' } },
    { type: 'lambda', properties: { functionName: 'decider' } },
  ].map((authorizer) => {
    const event = { type: 'http-api-gateway', properties: { ...ROUTE, authorizer } };
    return parse(httpApiGateway, event, 'test').properties.authorizer?.properties;
  });
  expect(authorizers).toEqual([
    { userPoolName: 'pool', identitySources: ['$request.header.Authorization'] },
    { functionName: 'decider', iamResponse: false, identitySources: [], cacheResultSeconds: 0 },
  ]);
});

it('takes what API Gateway takes', () => {
  expect(problems({ payloadFormat: '2.0', method: '*', path: '*' })).toEqual([]);
  expect(problems({ method: '*', path: '/{proxy+}' })).toEqual([]);
  expect(authorizerProblems('cognito', { identitySources: ['$request.querystring.token'] })).toEqual([]);
  const identitySources = ['$request.header.Authorization', '$context.routeKey', '$stageVariables.key'];
  expect(authorizerProblems('lambda', { identitySources, cacheResultSeconds: 3600, iamResponse: true })).toEqual([]);
});

it.each([
  [{ method: 'post' }, 'properties.method', 'did you mean "POST"?'],
  [{ path: 'jobs' }, 'properties.path', 'write /jobs'],
  [{ path: 7 }, 'properties.path', 'write a path'],
  [{ payloadFormat: '3.0' }, 'properties.payloadFormat', /1\.0|2\.0|use one of these/],
  [{ httpApiGatewayName: '' }, 'properties.httpApiGatewayName', "write the gateway's name"],
])('%j is refused', (given, path, fix) => {
  const found = problems(given);
  expect(found).toHaveLength(1);
  expect(found[0]?.path).toBe(path);
  expect(found[0]?.fix).toMatch(fix);
});

it('a path that only Terraform knows is refused: it shapes ids', () => {
  expect(problems({ path: tokens().TEXT })).toMatchObject([
    { path: 'properties.path', found: 'a value that only Terraform knows' },
  ]);
});

it.each(['*', '$default'])('the catch-all %s is for all methods', (path) => {
  expect(problems({ path })).toEqual([
    {
      path: 'properties.method',
      found: '"POST"',
      accepted: `"*" with the path ${path}`,
      fix: 'write "*", or the path /{proxy+} for POST requests only',
    },
  ]);
});

describe('a token is in one place', () => {
  it.each([[[]], [['$request.header.A', '$request.header.B']]])('%j', (identitySources) => {
    expect(authorizerProblems('cognito', { identitySources })).toMatchObject([
      { path: 'identitySources', accepted: 'one expression: a token is in one place' },
    ]);
  });

  it('that is a header or a parameter', () => {
    expect(authorizerProblems('cognito', { identitySources: ['$context.routeKey'] })).toMatchObject([
      { path: 'identitySources[0]' },
    ]);
  });
});

it('a header by its bare name gets the expression', () => {
  expect(authorizerProblems('lambda', { identitySources: ['X-Api-Key'] })).toMatchObject([
    { path: 'identitySources[0]', fix: 'write $request.header.X-Api-Key' },
  ]);
  expect(authorizerProblems('lambda', { identitySources: ['request.header.X'] })).toMatchObject([
    { fix: 'write an expression such as $request.header.Authorization' },
  ]);
});

it('answers are cached by identity sources', () => {
  const expected = [{ path: 'cacheResultSeconds', fix: 'add identitySources: ["$request.header.Authorization"]' }];
  expect(authorizerProblems('lambda', { cacheResultSeconds: 60 })).toMatchObject(expected);
  expect(authorizerProblems('lambda', { cacheResultSeconds: 60, identitySources: [] })).toMatchObject(expected);
  expect(authorizerProblems('lambda', { cacheResultSeconds: 0 })).toEqual([]);
});

it('answers are kept for an hour at most', () => {
  const given = { cacheResultSeconds: 3601, identitySources: ['$request.header.A'] };
  expect(authorizerProblems('lambda', given)).toMatchObject([{ path: 'cacheResultSeconds', fix: 'use 3600' }]);
});

describe('an authorizer for tokens of any issuer', () => {
  const of = (settings: object) => {
    const properties = { issuer: 'https://example.eu.auth0.com/', audience: ['reports'], ...settings };
    return problems({ authorizer: { type: 'jwt', properties } }).map(({ path, fix }) => [
      path.replace('properties.authorizer.properties.', ''),
      String(fix),
    ]);
  };

  it.each([
    {},
    { issuer: 'https://login.example.com/realms/shop' },
    { issuer: "$ResourceParam('pool', 'providerUrl')" },
    { audience: ['a', 'b'], authorizationScopes: ['reports/start'], identitySources: ['$request.querystring.token'] },
  ])('takes %j', (settings) => {
    expect(of(settings)).toEqual([]);
  });

  it.each<[object, string, string]>([
    [{ issuer: undefined }, 'issuer', 'add it: it is required'],
    [{ issuer: 'example.com' }, 'issuer', 'write https://example.com, as the claim iss of a token says'],
    [{ issuer: 'http://example.com/' }, 'issuer', 'write https://example.com/, as the claim iss of a token says'],
    [
      { issuer: 'https://example.com/a/.well-known/openid-configuration' },
      'issuer',
      'write https://example.com/a/, as the claim iss of a token says',
    ],
    [
      { issuer: 'https://example.com?x=1' },
      'issuer',
      'write the claim iss of a token: https:// and a name, without ? and #',
    ],
    [{ audience: undefined }, 'audience', 'add it: it is required'],
    [{ audience: [] }, 'audience', 'add an entry'],
    [{ audience: [''] }, 'audience[0]', 'write an audience'],
    [{ audience: 'reports' }, 'audience', 'write ["reports"]'],
    [{ authorizationScopes: [] }, 'authorizationScopes', 'add an entry'],
    [{ authorizationScopes: ['a b'] }, 'authorizationScopes[0]', 'write each scope as an entry of the list'],
    [{ identitySources: [] }, 'identitySources', 'add $request.header.Authorization'],
    [{ userPoolName: 'pool' }, 'userPoolName', 'remove it: it belongs to authorizer of type cognito'],
  ])('refuses %j', (settings, path, fix) => {
    expect(of(settings)).toEqual([[path, fix]]);
  });
});
