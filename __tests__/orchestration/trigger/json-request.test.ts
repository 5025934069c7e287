import { sendAwsRequest } from '../../../modules/orchestration/trigger/aws-request';
import { type JsonRequest, sendJson } from '../../../modules/orchestration/trigger/json-request';
import { StartError } from '../../../modules/orchestration/trigger/start-error';

jest.mock('../../../modules/orchestration/trigger/aws-request');
const send = jest.mocked(sendAwsRequest);

const REQUEST: JsonRequest = {
  service: 'ecr',
  endpointVariable: 'AWS_ENDPOINT_URL_ECR',
  region: 'cn-north-1',
  partition: 'aws-cn',
  headers: { 'x-amz-target': 'Registry.Describe' },
  content: { tag: 'a' },
  withinMs: 5_000,
};
const KEYS = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key', AWS_SESSION_TOKEN: 'token' };
const answer = (body: string) => ({ body, date: undefined, etag: undefined });
const sent = () => send.mock.calls.map(([request]) => request);

beforeEach(() => send.mockReset().mockResolvedValue(answer('{}')));

it("posts JSON to the service of the region, signed by the environment's credentials", async () => {
  send.mockResolvedValue(answer('{"images":[]}'));
  expect(await sendJson(REQUEST, KEYS)).toBe('{"images":[]}');
  expect(sent()).toEqual([
    {
      service: 'ecr',
      region: 'cn-north-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'key', sessionToken: 'token' },
      method: 'POST',
      url: 'https://ecr.cn-north-1.amazonaws.com.cn/',
      headers: { 'x-amz-target': 'Registry.Describe' },
      body: '{"tag":"a"}',
    },
  ]);
});

it('has a host name and a path of the service', async () => {
  await sendJson({ ...REQUEST, host: 'api.ecr', path: '/images' }, KEYS);
  expect(sent()[0]).toMatchObject({ service: 'ecr', url: 'https://api.ecr.cn-north-1.amazonaws.com.cn/images' });
});

it.each([
  ["the service's", { AWS_ENDPOINT_URL_ECR: 'http://a:1/', AWS_ENDPOINT_URL: 'http://b' }, 'http://a:1/'],
  ['the one of all services', { AWS_ENDPOINT_URL: 'http://b' }, 'http://b/'],
  ['no empty one', { AWS_ENDPOINT_URL_ECR: '', AWS_ENDPOINT_URL: '' }, 'https://ecr.cn-north-1.amazonaws.com.cn/'],
])('uses an endpoint of the environment: %s', async (_, variables, url) => {
  await sendJson(REQUEST, { ...KEYS, ...variables });
  expect(sent()[0]?.url).toBe(url);
});

it('repeats what can succeed, until its time is up', async () => {
  send.mockRejectedValueOnce(new StartError('ThrottlingException', 'wait', true));
  expect(await sendJson(REQUEST, KEYS)).toBe('{}');
  expect(sent()[1]).toEqual(sent()[0]);
  send.mockRejectedValue(new StartError('ThrottlingException', 'wait', true));
  await expect(sendJson({ ...REQUEST, withinMs: 550 }, KEYS)).rejects.toThrow('Out of time after 1 attempt: wait');
});

it('says at once what cannot', async () => {
  const denied = new StartError('AccessDeniedException', 'no', false);
  send.mockRejectedValue(denied);
  await expect(sendJson(REQUEST, KEYS)).rejects.toBe(denied);
  expect(sent()).toHaveLength(1);
});
