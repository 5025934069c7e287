import { sendSigned } from '../../../../cli/check/aws/signed-request';
import { AwsFault } from '../../../../cli/operate/aws/fault';
import { type Answers, answering } from './loopback';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };

async function sent(answers: Answers) {
  const result: { text?: string; error?: unknown } = {};
  const asked = await answering(answers, async (endpoint) => {
    const request = {
      service: 'pricing',
      region: 'us-east-1',
      endpoint,
      headers: { 'X-Amz-Target': 'A.B' },
      body: '{}',
      credentials,
      action: 'pricing:GetProducts',
    };
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

it.each([
  [400, '{"__type":"AccessDeniedException","Message":"no"}', /do not allow pricing:GetProducts.*info --policy read/],
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

it('says that nothing listens', async () => {
  const request = {
    service: 'ec2',
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:2',
    headers: {},
    body: '',
    credentials,
    action: 'ec2:DescribeSpotPriceHistory',
  };
  await expect(sendSigned(request)).rejects.toThrow(
    /^AWS cannot be reached for ec2:DescribeSpotPriceHistory in eu-west-1/,
  );
});
