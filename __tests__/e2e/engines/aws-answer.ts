import type { AwsRequest } from './aws-request';

/** An answer of AWS. */
export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who asks, in the messages. */
const PERSON = 'user/reader';

/** A JSON document. */
export function jsonAnswer(document: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): AwsAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(document) };
}

/** What AWS answers a request that no policy allows, in the form of the request's service. */
export function accessDenied(request: AwsRequest, account: string): AwsAnswer {
  const { action, resource } = request;
  const about = resource === '*' ? '' : ` on resource: ${request.protocol === 's3' ? `"${resource}"` : resource}`;
  const message =
    `User: arn:aws:iam::${account}:${PERSON} is not authorized to perform: ${action}${about}` +
    ` because no identity-based policy allows the ${action} action`;
  const code = request.protocol === 'query' || request.protocol === 's3' ? 'AccessDenied' : 'AccessDeniedException';
  // Services with JSON and an operation in a header answer 400, all others 403.
  return failure(request, request.protocol === 'json' && request.service !== 'sqs' ? 400 : 403, code, message);
}

/** What AWS answers when there are too many requests, in the form of the request's service. */
export function throttled(request: AwsRequest): AwsAnswer {
  switch (request.protocol) {
    case 's3':
      return failure(request, 503, 'SlowDown', 'Please reduce your request rate.');
    case 'query':
      return failure(request, 400, 'Throttling', 'Rate exceeded');
    case 'rest-json':
      return failure(request, 429, 'TooManyRequestsException', 'Too Many Requests');
    case 'json':
      return failure(request, 400, 'ThrottlingException', 'Rate exceeded');
  }
}

/** An error in the form of the request's service. */
export function failure({ protocol, service }: AwsRequest, status: number, code: string, message: string): AwsAnswer {
  const xml = { 'content-type': 'text/xml' };
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  switch (protocol) {
    case 's3':
      return { status, headers: xml, body: `<Error><Code>${code}</Code><Message>${text}</Message></Error>` };
    case 'query': {
      const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${text}</Message></Error>`;
      return { status, headers: xml, body: `<ErrorResponse>${error}<RequestId>6f0b</RequestId></ErrorResponse>` };
    }
    case 'rest-json': {
      const document = service === 'lambda' ? { Message: message, Type: 'User' } : { message };
      return jsonAnswer(document, status, { 'x-amzn-errortype': code });
    }
    case 'json':
      return jsonAnswer({ __type: code, message }, status, {
        'content-type': 'application/x-amz-json-1.0',
        // The older protocol's name of the error, which clients of SQS read.
        ...(service === 'sqs' && { 'x-amzn-query-error': `${code.replace(/Exception$/, '')};Sender` }),
      });
  }
}
