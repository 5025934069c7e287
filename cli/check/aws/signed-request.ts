import { setTimeout as delay } from 'node:timers/promises';
import { sign } from 'aws4';
import type { Credentials } from '../../command/aws-credentials';
import { type AwsFault, awsFault, isPassing } from '../../operate/aws/fault';

/** A POST request to a service of AWS. */
export interface SignedRequest {
  /** The service in the signature: `pricing`, `ec2`. */
  readonly service: string;
  /** The region in the signature. */
  readonly region: string;
  /** Without a path. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly credentials: Credentials;
  /** The IAM action, for errors: `pricing:GetProducts`. */
  readonly action: string;
}

/** Tries of a request that AWS throttles or has a fault with, and the longest pause before the second one, in milliseconds. */
const TRIES = { most: 5, firstPause: 200 } as const;

/** Milliseconds from sending to the last byte of the answer. */
const TIMEOUT = 30_000;

/**
 * Signs and sends a request, and repeats it while AWS throttles it. The SDK's client of EC2 alone would add 30 MB to each installation.
 *
 * @throws AwsFault if AWS rejects it or can't be reached
 */
export async function sendSigned(request: SignedRequest): Promise<string> {
  for (let tried = 1; ; tried++) {
    try {
      return await send(request);
    } catch (error) {
      const fault = awsFault(error, request.action, request.region);
      if (tried >= TRIES.most || !isPassing(fault)) throw fault satisfies AwsFault;
      await delay(Math.random() * TRIES.firstPause * 2 ** (tried - 1));
    }
  }
}

/** The endpoint of a service: that of a variable, or AWS's. */
export function endpointOf(variable: 'AWS_ENDPOINT_URL_PRICING' | 'AWS_ENDPOINT_URL_EC2', aws: string): string {
  return process.env[variable] || process.env.AWS_ENDPOINT_URL || aws;
}

async function send({ service, region, endpoint, headers, body, credentials }: SignedRequest): Promise<string> {
  const keys = typeof credentials === 'function' ? await credentials() : credentials;
  const { host } = new URL(endpoint);
  const signed = sign({ service, region, method: 'POST', host, path: '/', headers: { ...headers }, body }, keys);
  // fetch sets both itself.
  const { Host: _host, 'Content-Length': _length, ...rest } = signed.headers as Record<string, string>;
  let response: Response;
  let text: string;
  try {
    response = await fetch(endpoint, { method: 'POST', headers: rest, body, signal: AbortSignal.timeout(TIMEOUT) });
    text = await response.text();
  } catch (error) {
    throw reachable(error);
  }
  if (response.ok) return text;
  const { code, message } = faultIn(text, response.status);
  throw Object.assign(new Error(message), { name: code, $metadata: { httpStatusCode: response.status } });
}

/** The error of the network, which fetch hides in its cause. */
function reachable(error: unknown): unknown {
  const { cause, name } = error as { readonly cause?: { readonly code?: string }; readonly name?: string };
  if (cause?.code !== undefined) return cause;
  return name === 'TimeoutError' ? Object.assign(new Error('no answer in time'), { name, code: name }) : error;
}

/** EC2 reports errors in XML, and the Price List API in JSON. */
function faultIn(text: string, status: number): { readonly code: string; readonly message: string } {
  const code = /<Code>([^<]+)<\/Code>/.exec(text)?.[1] ?? /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(text)?.[1];
  const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? /"[Mm]essage"\s*:\s*"([^"]*)"/.exec(text)?.[1];
  return { code: code ?? `HTTP ${status}`, message: message ?? text.slice(0, 200) };
}
