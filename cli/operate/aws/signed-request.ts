import { setTimeout as delay } from 'node:timers/promises';
import { sign } from 'aws4';
import { dnsSuffix, partitionOf } from '../../../modules/rules/partitions';
import type { Credentials } from '../../command/aws-credentials';
import { awsFault, isPassing } from './fault';

/** Services that are asked without a client of the SDK: the name in their host and in their signature, and their endpoint's variable. */
const SERVICES = {
  dynamodb: { host: 'dynamodb', signedAs: 'dynamodb', variable: 'AWS_ENDPOINT_URL_DYNAMODB' },
  dynamodbStreams: {
    host: 'streams.dynamodb',
    signedAs: 'dynamodb',
    variable: 'AWS_ENDPOINT_URL_DYNAMODB_STREAMS',
  },
  ec2: { host: 'ec2', signedAs: 'ec2', variable: 'AWS_ENDPOINT_URL_EC2' },
  kinesis: { host: 'kinesis', signedAs: 'kinesis', variable: 'AWS_ENDPOINT_URL_KINESIS' },
  pricing: { host: 'api.pricing', signedAs: 'pricing', variable: 'AWS_ENDPOINT_URL_PRICING' },
} as const;

/** A POST request to a service of AWS. */
export interface SignedRequest {
  readonly service: keyof typeof SERVICES;
  /** The region that is asked, which is also in the signature. */
  readonly region: string;
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
 * Signs and sends a request, and repeats it while AWS throttles it. Each client of the SDK is a further dependency: that of EC2 alone would add
 * 30 MB to each installation.
 *
 * @throws AwsFault if AWS rejects it or can't be reached
 */
export async function sendSigned(request: SignedRequest): Promise<string> {
  for (let tried = 1; ; tried++) {
    try {
      return await send(request);
    } catch (error) {
      const fault = awsFault(error, request.action, request.region);
      if (tried >= TRIES.most || !isPassing(fault)) throw fault;
      await delay(Math.random() * TRIES.firstPause * 2 ** (tried - 1));
    }
  }
}

/** The URL of a service: that of its variable, that of an emulator of all services, or AWS's. */
function endpointOf(service: SignedRequest['service'], region: string): URL {
  const { host, variable } = SERVICES[service];
  const aws = `https://${host}.${region}.${dnsSuffix(partitionOf(region))}`;
  return new URL('/', process.env[variable] || process.env.AWS_ENDPOINT_URL || aws);
}

async function send({ service, region, headers, body, credentials }: SignedRequest): Promise<string> {
  const keys = typeof credentials === 'function' ? await credentials() : credentials;
  const endpoint = endpointOf(service, region);
  const { host, pathname: path } = endpoint;
  const { signedAs } = SERVICES[service];
  const signed = sign({ service: signedAs, region, method: 'POST', host, path, headers: { ...headers }, body }, keys);
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

/** EC2 reports errors in XML, and the others in JSON. */
function faultIn(text: string, status: number): { readonly code: string; readonly message: string } {
  const code = /<Code>([^<]+)<\/Code>/.exec(text)?.[1] ?? /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(text)?.[1];
  const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? /"[Mm]essage"\s*:\s*"([^"]*)"/.exec(text)?.[1];
  return { code: code ?? `HTTP ${status}`, message: message ?? (text.slice(0, 200) || 'no reason') };
}
