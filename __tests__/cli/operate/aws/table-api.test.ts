import { TableApi } from '../../../../cli/operate/aws/table-api';
import { type Answers, answering } from '../../check/aws/loopback';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };

afterEach(() => {
  delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
});

const QUERY = {
  TableName: 't',
  KeyConditionExpression: 'Run = :run',
  ExpressionAttributeValues: { ':run': { S: 'a' } },
};

async function queried(answers: Answers) {
  let result: unknown;
  const asked = await answering(answers, async (endpoint) => {
    process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoint;
    result = await new TableApi('eu-west-1', KEYS).query(QUERY).catch((error: Error) => error.message);
  });
  return { result, asked };
}

it('sends a signed query, and returns the items', async () => {
  const { result, asked } = await queried([[200, '{"Items":[{"Run":{"S":"a"}}]}']]);
  expect(result).toEqual({ Items: [{ Run: { S: 'a' } }] });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.body).toBe(JSON.stringify(QUERY));
  expect(asked[0]?.headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'DynamoDB_20120810.Query',
    'x-amz-security-token': 'session',
    authorization: expect.stringMatching(/Credential=AKIDEXAMPLE\/\d+\/eu-west-1\/dynamodb\/aws4_request.*Signature=/),
  });
});

it('names the permission that is missing', async () => {
  const denied =
    '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"User: me is not authorized to perform: dynamodb:Query"}';
  expect((await queried([[400, denied]])).result).toBe(
    'Your credentials do not allow dynamodb:Query in eu-west-1. Print a policy that does: npm run info -- --policy read',
  );
});
