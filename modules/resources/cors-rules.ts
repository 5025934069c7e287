import { type CheckContext, refuse, text } from '../config/checked';

/** The origin that somebody meant who wrote a host, with or without a path. */
export function originMeant(written: string): string {
  const [host = ''] = written.replace(/^[a-z]+:\/\//i, '').split('/');
  return `${/^http:\/\//i.test(written) ? 'http' : 'https'}://${host.replaceAll('*', '') || 'example.com'}`;
}

/** An origin whose pages can call, or `*` for all. */
export const corsOrigin = text({
  pattern: /^(\*|[a-z][a-z0-9+.-]*:\/\/[^/\s]+)$/i,
  orDirective: true,
  accepted: '*, or an origin such as https://example.com, without a path',
  fix: (found) => `write ${originMeant(found)}`,
});

/**
 * Refuses credentials for the pages of any origin.
 *
 * @param rejectedBy who rejects them with `*`
 */
export function namedOrigins(
  {
    allowCredentials,
    allowedOrigins = ['*'],
  }: { readonly allowCredentials?: unknown; readonly allowedOrigins?: unknown },
  context: CheckContext,
  rejectedBy: string,
): void {
  if (allowCredentials !== true || !Array.isArray(allowedOrigins) || !allowedOrigins.includes('*')) return;
  const found = 'allowCredentials with any origin';
  const accepted = `allowCredentials only with named origins: ${rejectedBy} with *`;
  refuse(context, { found, accepted, fix: 'list the origins in allowedOrigins' }, ['allowCredentials']);
}
