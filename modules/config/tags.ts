import { z } from 'zod';
import { mapOf, text } from './checked';
import { checkNames, nameValue } from './name-values';

// IAM has the strictest rules: every service accepts these tags.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html

const key = text({
  pattern: /^(?![aA][wW][sS]:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
  accepted: 'a tag key of 1 to 128 letters, digits, spaces and _ . : / = + - @ that does not start with aws:',
  fix: (found) => (/^aws:/i.test(found) ? 'rename it: AWS reserves aws:' : 'shorten or rename the key'),
});

const value = text({
  pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
  orDirective: true,
  accepted: 'a tag value of up to 256 letters, digits, spaces and _ . : / = + - @',
  fix: 'shorten the value, or remove other characters',
});

const tag = nameValue({
  /** Key of the tag. */
  name: key,
  /** Value of the tag. */
  value,
});

/** Tags: a map, or a list of names and values as in Stacktape. */
export const tags = z
  .union([z.array(tag), mapOf(key, value)])
  .superRefine((given, context) => checkNames(given, context, () => []), { when: () => true })
  .transform((given): { [key: string]: string } =>
    Array.isArray(given) ? Object.fromEntries(given.map((each) => [each.name, each.value])) : given,
  );
