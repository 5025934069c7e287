import { createHash } from 'node:crypto';

/** The state of a tag in a registry. */
export type TagState =
  | { readonly is: 'there'; readonly digest: string; readonly platforms: readonly string[] }
  | { readonly is: 'missing' }
  | { readonly is: 'unknown'; readonly why: string }
  | { readonly is: 'unreached'; readonly why: string };

const INDEX_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Maximum number of requests to a busy registry. */
const ATTEMPTS = 4;

const TIMEOUT_MILLISECONDS = 30_000;

/**
 * Requests the index of a tag from its registry, without credentials. A registry that requires a token names the address that issues it.
 *
 * @param image registry, path and tag, such as `public.ecr.aws/docker/library/python:3.12.15-alpine3.24`
 * @see https://distribution.github.io/distribution/spec/api/#pulling-an-image-manifest
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
export async function tagState(image: string, wait = pause): Promise<TagState> {
  const [, host = '', path = '', tag = ''] = /^([^/]+)\/(.+):([^:]+)$/.exec(image) ?? [];
  // Docker Hub's registry has a different host than its images. As in Docker, a registry on this machine uses HTTP.
  const registry = host === 'docker.io' ? 'registry-1.docker.io' : host;
  const scheme = /^(localhost|127\.0\.0\.1)(:|$)/.test(host) ? 'http' : 'https';
  const url = `${scheme}://${registry}/v2/${path}/manifests/${tag}`;
  try {
    const first = await request(url, undefined, wait);
    const response = first.status === 401 ? await request(url, await token(first, path, wait), wait) : first;
    if (response.status === 404) return { is: 'missing' };
    if (!response.ok) return { is: 'unknown', why: `${registry} responded with status ${response.status}` };
    return await readIndex(response);
  } catch (error) {
    const { message, cause, name } = error as Error & { readonly cause?: { readonly code?: string } };
    const unreached = cause?.code !== undefined || name === 'TimeoutError';
    return { is: unreached ? 'unreached' : 'unknown', why: `${registry}: ${cause?.code ?? message}` };
  }
}

async function request(url: string, authorization: string | undefined, wait: typeof pause): Promise<Response> {
  const headers = { accept: INDEX_TYPES.join(', '), ...(authorization !== undefined && { authorization }) };
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    if (attempt === ATTEMPTS || (response.status !== 429 && response.status < 500)) return response;
    await response.body?.cancel();
    await wait(1000 * Math.min(Number(response.headers.get('retry-after')) || 2 ** attempt, 60));
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The authorization header for the registry's challenge. */
async function token(response: Response, path: string, wait: typeof pause): Promise<string> {
  await response.body?.cancel();
  const challenge = response.headers.get('www-authenticate') ?? '';
  const part = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1];
  const realm = part('realm');
  if (!/^bearer /i.test(challenge) || realm === undefined) throw new Error('the registry requires credentials');
  const url = new URL(realm);
  url.searchParams.set('service', part('service') ?? url.host);
  url.searchParams.set('scope', part('scope') ?? `repository:${path}:pull`);
  const answer = await request(url.href, undefined, wait);
  if (!answer.ok) throw new Error(`the registry issued no token: status ${answer.status}`);
  const { token: given, access_token: access } = (await answer.json()) as { token?: string; access_token?: string };
  return `Bearer ${given ?? access}`;
}

async function readIndex(response: Response): Promise<TagState> {
  const body = Buffer.from(await response.arrayBuffer());
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const said = response.headers.get('docker-content-digest');
  if (said !== null && said !== digest) return { is: 'unknown', why: `the content's digest is ${digest}, not ${said}` };
  const { manifests = [] } = JSON.parse(body.toString('utf8')) as {
    readonly manifests?: readonly { readonly platform?: { readonly os: string; readonly architecture: string } }[];
  };
  const platforms = manifests.map(({ platform }) => `${platform?.os}/${platform?.architecture}`);
  return { is: 'there', digest, platforms };
}
