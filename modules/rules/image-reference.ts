const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
/** The part before the first slash is a registry only if it has a dot or a port, or is `localhost`. */
const REGISTRY = `(?:${LABEL}(?:\\.${LABEL})+(?::\\d+)?|${LABEL}:\\d+|localhost)`;
const DIGEST = 'sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}';

/**
 * Format of an image's name: `registry/path:tag@digest`. Each part except the path is optional. Maximum: 255 characters.
 *
 * @see https://github.com/distribution/reference
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
 */
export const IMAGE_REFERENCE = new RegExp(
  `^(?=.{1,255}$)(?:${REGISTRY}/)?${COMPONENT}(?:/${COMPONENT})*(?::[\\w][\\w.-]{0,127})?(?:@(?:${DIGEST}))?$`,
);

/** The image that an invalid name probably means, or undefined if that is unclear. */
export function imageMeant(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^(?:https?|docker|docker-image|oci):\/\//i, '')
    // URLs of Docker Hub's pages.
    .replace(/^hub\.docker\.com\/(?:_|r|repository\/docker)\//i, '')
    .replace(/^docker (?:pull|run) +/i, '')
    .replace(/\/+$/, '')
    .replace(/:$/, '');
  const [path = '', ...rest] = bare.split(/(?=:[^/]*$|@)/);
  const lowered = [path.replace(/\s+/g, '-').toLowerCase(), ...rest].join('');
  return IMAGE_REFERENCE.test(lowered) ? lowered : undefined;
}
