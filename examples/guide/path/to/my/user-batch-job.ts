/** The parts of a request to the HTTP API that this job uses, in payload format 1.0. */
interface RequestEvent {
  readonly headers: { readonly [name: string]: string | undefined };
}

/** The parts of Amazon Cognito's response that this job uses. */
interface User {
  readonly Username: string;
  readonly UserAttributes: readonly { readonly Name: string; readonly Value: string }[];
}

const {
  AWS_REGION,
  // The AWS SDKs' variable for another endpoint, such as an emulator.
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: ENDPOINT = `https://cognito-idp.${AWS_REGION}.amazonaws.com`,
} = process.env;

/** The user of an access token. The request needs no other credentials. */
async function userOf(accessToken: string): Promise<User> {
  const response = await fetch(`${ENDPOINT}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
    },
    body: JSON.stringify({ AccessToken: accessToken }),
  });
  if (!response.ok) throw new Error(`Amazon Cognito answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as User;
}

async function main(): Promise<void> {
  const event = JSON.parse(process.env.STP_TRIGGER_EVENT_DATA ?? '{}') as RequestEvent;
  const { authorization, Authorization = authorization } = event.headers;
  const user = await userOf((Authorization ?? '').replace(/^Bearer /i, ''));
  const email = user.UserAttributes.find(({ Name }) => Name === 'email')?.Value;
  console.log(`started by ${user.Username}, ${email ?? 'who has no email address'}`);
}

void main();

export {};
