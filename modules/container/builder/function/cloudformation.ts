import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** CloudFormation's request to a custom resource: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html */
export interface ResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** Presigned URL for the response. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: { readonly [property: string]: string };
}

/** A request. An earlier invocation might have waited for a free machine already. */
export interface WaitingRequest extends ResourceRequest {
  /** Start of the wait, in milliseconds since 1970. */
  readonly waitingSince?: number;
}

/** The parts of a request that its response needs. */
export type Waiting = Pick<ResourceRequest, 'ResponseURL' | 'StackId' | 'RequestId' | 'LogicalResourceId'>;

/** The result of a request. */
export type Answer = { readonly status: 'SUCCESS' } | { readonly status: 'FAILED'; readonly reason: string };

/** Maximum length of a reason: a response has a maximum of 4,096 bytes. */
const REASON_LENGTH = 3000;

/** Timeout of the response, in milliseconds. */
const TIMEOUT_MS = 10_000;

/**
 * Responds to CloudFormation. The physical id is the logical id, which contains the image's digest. It never changes, so nothing is replaced.
 *
 * @throws Error if CloudFormation did not accept the response
 */
export async function answer(waiting: Waiting, given: Answer): Promise<void> {
  const { ResponseURL, StackId, RequestId, LogicalResourceId } = waiting;
  const body = JSON.stringify({
    StackId,
    RequestId,
    LogicalResourceId,
    PhysicalResourceId: LogicalResourceId,
    Status: given.status,
    ...(given.status === 'FAILED' && { Reason: shortened(given.reason) }),
  });
  const status = await put(ResponseURL, body);
  // The response is late or a duplicate, so CloudFormation no longer waits for it.
  if (status === 403) return;
  if (status < 200 || status > 299) throw new Error(`CloudFormation's address answered ${status}`);
}

/** Shortens a text to its end, because the cause of an error is last. Uses ASCII, where one character is one byte. */
function shortened(reason: string): string {
  const ascii = reason.replace(/[^\x20-\x7e\n]/g, '?');
  return ascii.length <= REASON_LENGTH ? ascii : `...${ascii.slice(3 - REASON_LENGTH)}`;
}

function put(address: string, body: string): Promise<number> {
  const url = new URL(address);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    // The presigned URL requires an empty content type.
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
    const outgoing = send(url, { method: 'PUT', headers, timeout: TIMEOUT_MS }, (incoming) => {
      incoming.resume();
      incoming.on('end', () => resolve(incoming.statusCode ?? 0));
      incoming.on('error', reject);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
