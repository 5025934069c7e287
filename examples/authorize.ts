import { timingSafeEqual } from 'node:crypto';

/** The part of a request that API Gateway shows to an authorizer: payload format 2.0. */
interface AuthorizerEvent {
  readonly headers?: { readonly [name: string]: string | undefined };
}

/** Lets requests through that carry the key of the variable CALLER_KEY in the header `x-api-key`. */
export async function handler({ headers = {} }: AuthorizerEvent): Promise<{ isAuthorized: boolean }> {
  const expected = Buffer.from(process.env.CALLER_KEY ?? '');
  const given = Buffer.from(headers['x-api-key'] ?? '');
  const isAuthorized = expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
  return { isAuthorized };
}
