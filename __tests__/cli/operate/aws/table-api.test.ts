import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsFault } from '../../../../cli/operate/aws/fault';
import { TableApi } from '../../../../cli/operate/aws/table-api';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };

let server: Server;
let asked: { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }[] = [];
let answer = { status: 200, body: '{}' };

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push({ headers: request.headers, body });
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  asked = [];
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  delete process.env.AWS_ENDPOINT_URL;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function fault(credentials: ConstructorParameters<typeof TableApi>[1] = KEYS): Promise<AwsFault> {
  const error = await new TableApi('eu-west-1', credentials).query({}).catch((reason: unknown) => reason);
  if (!(error instanceof AwsFault)) throw error;
  return error;
}

it('sends a signed query, also with credentials that are renewed, and returns the items', async () => {
  answer = { status: 200, body: '{"Items":[{"Run":{"S":"a"}}]}' };
  const page = await new TableApi('eu-west-1', async () => KEYS).query({ TableName: 't' });
  expect(page).toEqual({ Items: [{ Run: { S: 'a' } }] });
  const [{ headers, body } = { headers: {}, body: '' }] = asked;
  expect(body).toBe('{"TableName":"t"}');
  expect(headers).toMatchObject({
    'x-amz-target': 'DynamoDB_20120810.Query',
    'x-amz-security-token': 'session',
    authorization: expect.stringMatching(/Credential=AKIDEXAMPLE\/\d+\/eu-west-1\/dynamodb\/aws4_request.*Signature=/),
  });
});

it.each([
  [
    400,
    '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"User: me is not authorized to perform: dynamodb:Query"}',
    'Your credentials do not allow dynamodb:Query in eu-west-1. Print a policy that does: batch-jobs info --policy read',
  ],
  [
    400,
    '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}',
    'dynamodb:Query failed in eu-west-1: Requested resource not found (ResourceNotFoundException).',
  ],
  [500, '', 'dynamodb:Query failed in eu-west-1: status 500 (Error).'],
  [502, '<html>', 'dynamodb:Query failed in eu-west-1: <html> (Error).'],
])('tells in one line what DynamoDB rejects: status %s', async (status, body, message) => {
  answer = { status, body };
  expect((await fault()).message).toBe(message);
});

it('tells that DynamoDB cannot be reached', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:9';
  const { code, message } = await fault();
  // Port 9 is one that fetch refuses to ask.
  expect([code, message]).toEqual([expect.any(String), expect.stringContaining('dynamodb:Query')]);
});
