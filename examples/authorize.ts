import { timingSafeEqual } from 'node:crypto';

/** The part of a request in payload format 2.0 that this function uses. */
interface AuthorizerEvent {
  readonly headers?: { readonly [name: string]: string | undefined };
}

/** Authorizes requests whose `x-api-key` header contains the value of the variable CALLER_KEY. */
export async function handler({ headers = {} }: AuthorizerEvent): Promise<{ isAuthorized: boolean }> {
  const expected = Buffer.from(process.env.CALLER_KEY ?? '');
  const given = Buffer.from(headers['x-api-key'] ?? '');
  const isAuthorized = expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
  return { isAuthorized };
}
