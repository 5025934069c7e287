import { AwsFault } from '../../../../cli/operate/aws/fault';
import { type SignedRequest, sendSigned } from '../../../../cli/operate/aws/signed-request';
import { type Answers, answering } from '../../check/aws/loopback';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };

const VARIABLES = [
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ENDPOINT_URL_DYNAMODB_STREAMS',
  'AWS_ENDPOINT_URL_EC2',
  'AWS_ENDPOINT_URL_KINESIS',
  'AWS_ENDPOINT_URL_PRICING',
];

beforeEach(() => {
  // The pauses between tries are a random part of a length: none.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(() => {
  for (const variable of VARIABLES) delete process.env[variable];
});

const REQUEST: SignedRequest = {
  service: 'pricing',
  region: 'us-east-1',
  headers: { 'X-Amz-Target': 'A.B' },
  body: '{}',
  credentials,
  action: 'pricing:GetProducts',
};

async function sent(answers: Answers, { variable = 'AWS_ENDPOINT_URL_PRICING', path = '', request = REQUEST } = {}) {
  const result: { text?: string; error?: unknown } = {};
  const asked = await answering(answers, async (endpoint) => {
    process.env[variable] = `${endpoint}${path}`;
    await sendSigned(request).then(
      (text) => Object.assign(result, { text }),
      (error: unknown) => Object.assign(result, { error }),
    );
  });
  return { ...result, asked };
}

it('signs with the service, the region and the session', async () => {
  const { text, asked } = await sent([[200, 'yes']]);
  expect(text).toBe('yes');
  expect(asked[0]?.headers).toMatchObject({
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/pricing\/aws4_request, /,
    ),
    'x-amz-security-token': 'session',
    'x-amz-target': 'A.B',
  });
  expect(asked[0]?.body).toBe('{}');
});

it('repeats what AWS throttles, and what is a fault of AWS', async () => {
  const throttled = '{"__type":"com.amazonaws.pricing#ThrottlingException","message":"Rate exceeded"}';
  const { text, asked } = await sent([
    [400, throttled],
    [503, 'busy'],
    [200, 'yes'],
  ]);
  expect([text, asked.length]).toEqual(['yes', 3]);
  const never = await sent([[400, throttled]]);
  expect(never.asked).toHaveLength(5);
  expect(String((never.error as Error).message)).toMatch(/^AWS throttles pricing:GetProducts in us-east-1/);
});

it.each(['ProvisionedThroughputExceededException', 'LimitExceededException', 'RequestLimitExceeded'])(
  'repeats after %s',
  async (code) => {
    const { text, asked } = await sent([
      [400, `{"__type":"com.amazonaws.kinesis#${code}"}`],
      [200, 'yes'],
    ]);
    expect([text, asked.length]).toEqual(['yes', 2]);
  },
);

it('repeats no quota that is used up', async () => {
  const { error, asked } = await sent([[400, '{"__type":"StateMachineLimitExceededException","message":"full"}']]);
  expect((error as Error).message).toMatch(/failed in us-east-1: full/);
  expect(asked).toHaveLength(1);
});

it.each([
  [400, '{"__type":"AccessDeniedException","Message":"no"}', /do not allow pricing:GetProducts.*info -- --policy read/],
  [
    403,
    '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>',
    /do not allow/,
  ],
  [
    401,
    '<Response><Errors><Error><Code>AuthFailure</Code><Message>AWS was not able to validate</Message></Error></Errors></Response>',
    /rejects your credentials/,
  ],
  [
    400,
    '{"__type":"InvalidParameterException","Message":"bad filter"}',
    /failed in us-east-1: bad filter \(InvalidParameterException\)/,
  ],
  [404, 'nothing', /failed in us-east-1: nothing \(HTTP 404\)/],
])('says what %d %s means, and does not repeat it', async (status, body, message) => {
  const { error, asked } = await sent([[status, body]]);
  expect(error).toBeInstanceOf(AwsFault);
  expect((error as Error).message).toMatch(message);
  expect(asked).toHaveLength(1);
});

it.each([
  ['dynamodb', 'dynamodb', 'AWS_ENDPOINT_URL_DYNAMODB'],
  ['dynamodbStreams', 'dynamodb', 'AWS_ENDPOINT_URL_DYNAMODB_STREAMS'],
  ['ec2', 'ec2', 'AWS_ENDPOINT_URL_EC2'],
  ['kinesis', 'kinesis', 'AWS_ENDPOINT_URL_KINESIS'],
  ['pricing', 'pricing', 'AWS_ENDPOINT_URL_PRICING'],
] as const)('asks %s, signed as %s, where %s or AWS_ENDPOINT_URL says', async (service, signedAs, variable) => {
  const request = { ...REQUEST, service, region: 'eu-west-1', credentials: async () => credentials };
  const answers = [[200, service]] as const;
  const all = await sent(answers, { variable: 'AWS_ENDPOINT_URL', path: '/', request });
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:2';
  const one = await sent(answers, { variable, request });
  for (const { text, asked } of [all, one]) {
    expect(text).toBe(service);
    expect(asked[0]?.headers.authorization).toContain(`/eu-west-1/${signedAs}/aws4_request`);
  }
});

it.each([
  ['pricing', 'us-east-1', 'api.pricing.us-east-1.amazonaws.com'],
  ['dynamodbStreams', 'cn-north-1', 'streams.dynamodb.cn-north-1.amazonaws.com.cn'],
  ['ec2', 'us-gov-west-1', 'ec2.us-gov-west-1.amazonaws.com'],
] as const)('asks AWS itself without a variable: %s in %s', async (service, region, host) => {
  const fetched = jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('yes'));
  expect(await sendSigned({ ...REQUEST, service, region })).toBe('yes');
  expect(String(fetched.mock.calls[0]?.[0])).toBe(`https://${host}/`);
  fetched.mockRestore();
});

it('gives up what takes too long, after as many tries', async () => {
  const late = Object.assign(new Error('aborted'), { name: 'TimeoutError' });
  const fetched = jest.spyOn(globalThis, 'fetch').mockRejectedValue(late);
  await expect(sendSigned(REQUEST)).rejects.toThrow(
    /^AWS cannot be reached for pricing:GetProducts in us-east-1 \(no answer in time\)/,
  );
  expect(fetched).toHaveBeenCalledTimes(5);
  expect(fetched.mock.calls[0]?.[1]?.signal).toBeInstanceOf(AbortSignal);
  fetched.mockRestore();
});

it('says that nothing listens', async () => {
  process.env.AWS_ENDPOINT_URL_EC2 = 'http://127.0.0.1:2';
  const request: SignedRequest = {
    ...REQUEST,
    service: 'ec2',
    region: 'eu-west-1',
    action: 'ec2:DescribeSpotPriceHistory',
  };
  await expect(sendSigned(request)).rejects.toThrow(
    /^AWS cannot be reached for ec2:DescribeSpotPriceHistory in eu-west-1/,
  );
});
