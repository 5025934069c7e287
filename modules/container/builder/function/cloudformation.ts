import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** What CloudFormation asks of a custom resource: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html */
export interface ResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** Where the answer goes; the address itself is the permission to answer. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: { readonly [property: string]: string };
}

/** Who waits for an answer, and where. */
export type Waiting = Pick<ResourceRequest, 'ResponseURL' | 'StackId' | 'RequestId' | 'LogicalResourceId'>;

/** How it went. */
export type Answer = { readonly status: 'SUCCESS' } | { readonly status: 'FAILED'; readonly reason: string };

/** Most characters of a reason: an answer may have 4,096 bytes in all. */
const REASON_LENGTH = 3000;

/** Milliseconds that the answer may take. */
const TIMEOUT_MS = 10_000;

/**
 * Answers CloudFormation. The physical id is the logical one, which names the image's digest: it never changes, so nothing is ever replaced.
 *
 * @throws Error if the answer could not be handed over
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
  // An answer that came too late, or for the second time: nobody waits for it any more.
  if (status === 403) return;
  if (status < 200 || status > 299) throw new Error(`CloudFormation's address answered ${status}`);
}

/** The end of a text that is too long: what broke stands last. As ASCII, where a character is one byte. */
function shortened(reason: string): string {
  const ascii = reason.replace(/[^\x20-\x7e\n]/g, '?');
  return ascii.length <= REASON_LENGTH ? ascii : `...${ascii.slice(3 - REASON_LENGTH)}`;
}

function put(address: string, body: string): Promise<number> {
  const url = new URL(address);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    // The signature of the address covers an empty content type.
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
