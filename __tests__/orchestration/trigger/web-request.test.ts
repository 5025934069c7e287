import { webRequest } from '../../../modules/orchestration/trigger/web-request';

const ALB = {
  requestContext: { elb: { targetGroupArn: 'arn:group' } },
  httpMethod: 'PUT',
  path: '/a',
  headers: { 'X-Amzn-Trace-Id': 'Root=1' },
};
const V1 = { requestContext: { requestId: 'id', apiId: 'api' }, httpMethod: 'GET', path: '/a' };
const V2 = { requestContext: { requestId: 'id', apiId: 'api', http: { method: 'POST' } }, rawPath: '/stage/a' };

/** What is read, without the function. */
function read(event: unknown) {
  const request = webRequest(event);
  if (request === undefined) return undefined;
  const { header, ...others } = request;
  return others;
}

describe('a request', () => {
  it('of a load balancer has its trace as ID', () => {
    expect(read(ALB)).toEqual({
      kind: 'alb',
      gateway: 'arn:group',
      method: 'PUT',
      path: '/a',
      requestId: 'Root=1',
      caller: '',
      multiValueHeaders: false,
    });
    expect(read({ requestContext: { elb: {} }, httpMethod: 'PUT' })).toEqual({
      kind: 'alb',
      gateway: '',
      method: 'PUT',
      path: '/',
      requestId: undefined,
      caller: '',
      multiValueHeaders: false,
    });
  });

  it.each([
    [V1, 'GET', '/a'],
    [V2, 'POST', '/stage/a'],
  ])('of an HTTP API: %j', (event, method, path) => {
    expect(read(event)).toEqual({
      kind: 'http-api',
      gateway: 'api',
      method,
      path,
      requestId: 'id',
      caller: '',
      multiValueHeaders: false,
    });
  });

  it('of an HTTP API can lack what is not needed', () => {
    expect(read({ requestContext: { requestId: 'id' }, httpMethod: 'GET' })).toMatchObject({ gateway: '', path: '/' });
  });
});

it.each([
  [undefined],
  ['text'],
  [{}],
  [{ requestContext: {} }],
  [{ httpMethod: 'GET', requestContext: 'none' }],
  [{ httpMethod: '', requestContext: { requestId: 'id' } }],
  [{ httpMethod: 'GET', requestContext: {} }],
  [{ httpMethod: 'GET', requestContext: { requestId: '' } }],
  [{ requestContext: { elb: {} } }],
])('%j is no request', (event) => {
  expect(webRequest(event)).toBeUndefined();
});

it.each([
  [{ headers: {} }, false],
  [{ headers: {}, multiValueHeaders: {} }, false],
  [{ headers: undefined, multiValueHeaders: {} }, true],
  [{ headers: null, multiValueHeaders: {} }, true],
  [{ headers: undefined }, false],
])('a target group with %j answers with lists of headers: %s', (headers, expected) => {
  expect(webRequest({ ...ALB, ...headers })?.multiValueHeaders).toBe(expected);
});

describe('a header', () => {
  const header = (headers: object, name = 'x-kind') => webRequest({ ...V1, ...headers })?.header(name);

  it.each([
    [{ headers: { 'X-Kind': 'a' } }, 'a'],
    [{ multiValueHeaders: { 'x-kind': ['a', 'b'] } }, 'a,b'],
    [{ headers: { 'x-kind': 'b' }, multiValueHeaders: { 'x-kind': ['a', 'b'] } }, 'a,b'],
    [{ headers: { 'x-kind': 7, 'X-KIND': 'a' } }, 'a'],
    [{ headers: { other: 'a' } }, undefined],
    [{ headers: null }, undefined],
    [{}, undefined],
  ])('of %j is %j', (headers, expected) => {
    expect(header(headers)).toBe(expected);
  });
});

describe('the caller', () => {
  const caller = (authorizer: unknown) =>
    webRequest({ ...V2, requestContext: { ...V2.requestContext, authorizer } })?.caller;

  it.each([
    [undefined, ''],
    [{}, ''],
    [{ jwt: { claims: { iss: 'https://i', sub: 'me' } } }, 'https://i me'],
    [{ jwt: { claims: { sub: 'me' } } }, ' me'],
    [{ claims: { iss: 'https://i', sub: 'me' } }, 'https://i me'],
    [{ jwt: { claims: { sub: 'me' } }, claims: { sub: 'other' } }, ' me'],
    [{ jwt: { claims: { iss: 'https://i' } }, principalId: 'you' }, 'you'],
    [{ principalId: 'you', iam: { userArn: 'arn:user' } }, 'you'],
    [{ iam: { userArn: 'arn:user' } }, 'arn:user'],
    [{ iam: { userArn: 7 } }, ''],
  ])('of %j is %j', (authorizer, expected) => {
    expect(caller(authorizer)).toBe(expected);
  });
});
