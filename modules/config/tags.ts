import { mapOf, text } from './checked';

/**
 * Tags that every service accepts. IAM has the strictest rules.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html
 */
export const tags = mapOf(
  text({
    pattern: /^(?![aA][wW][sS]:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
    accepted: 'a tag key of 1 to 128 letters, digits, spaces and _ . : / = + - @ that does not start with aws:',
    fix: (found) => (/^aws:/i.test(found) ? 'rename it: AWS reserves aws:' : 'shorten or rename the key'),
  }),
  text({
    pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
    orDirective: true,
    accepted: 'a tag value of up to 256 letters, digits, spaces and _ . : / = + - @',
    fix: 'shorten the value, or remove other characters',
  }),
);
