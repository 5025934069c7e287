import { call, invokeItself } from '../../../../modules/container/builder/function/aws';
import type { WaitingRequest } from '../../../../modules/container/builder/function/cloudformation';
import { sendJson } from '../../../../modules/orchestration/trigger/json-request';

jest.mock('../../../../modules/orchestration/trigger/json-request');
const send = jest.mocked(sendJson);

const VARIABLES = { AWS_REGION: 'eu-west-1', AWS_PARTITION: 'aws', AWS_LAMBDA_FUNCTION_NAME: 'shop-images' };
const ADDRESSED = { region: 'eu-west-1', partition: 'aws', withinMs: 30_000 };
const before = process.env;

beforeEach(() => {
  process.env = { ...before, ...VARIABLES };
  send.mockReset().mockResolvedValue('{"a":1}');
});
afterAll(() => {
  process.env = before;
});

it.each([
  ['codebuild', 'AWS_ENDPOINT_URL_CODEBUILD', 'codebuild', 'CodeBuild_20161006.Act'],
  ['ecr', 'AWS_ENDPOINT_URL_ECR', 'api.ecr', 'AmazonEC2ContainerRegistry_V20150921.Act'],
  ['logs', 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', 'logs', 'Logs_20140328.Act'],
] as const)('calls %s', async (service, endpointVariable, host, target) => {
  expect(await call(service, 'Act', { b: 2 })).toEqual({ a: 1 });
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
  expect(send).toHaveBeenCalledWith(
    { ...ADDRESSED, service, endpointVariable, host, headers, content: { b: 2 } },
    process.env,
  );
});

it.each(['[]', 'null', '"text"'])('has no properties in the answer %s', async (body) => {
  send.mockResolvedValue(body);
  expect(await call('ecr', 'Act', {})).toEqual({});
});

it('invokes the function again, without waiting for it', async () => {
  const event = { RequestId: 'r' } as WaitingRequest;
  await invokeItself(event);
  const path = '/2015-03-31/functions/shop-images/invocations';
  const headers = { 'x-amz-invocation-type': 'Event' };
  expect(send).toHaveBeenCalledWith(
    { ...ADDRESSED, service: 'lambda', endpointVariable: 'AWS_ENDPOINT_URL_LAMBDA', path, headers, content: event },
    process.env,
  );
});

it.each(['AWS_REGION', 'AWS_PARTITION'])('says that %s is missing', async (name) => {
  delete process.env[name];
  await expect(call('ecr', 'Act', {})).rejects.toThrow(`The environment variable ${name} is not set.`);
});
