import { z } from 'zod';
import { foundValue } from '../problems/found';
import { type CheckContext, refuse, strict, text } from './checked';

/** Outputs of the stack that the config asks for. */
export const outputs = z
  .array(
    strict({
      /** Name of the output. Letters, digits, underscores and hyphens, not starting with a digit or hyphen. The outputs that the stack has for its resources, such as `<job>StateMachineArn`, have other names. */
      name: text({
        pattern: /^[A-Za-z_][A-Za-z0-9_-]*$/,
        orDirective: true,
        accepted: 'letters, digits, underscores and hyphens, starting with a letter or underscore',
        acceptedAs: 'content',
        fix: (found) => nameFix(found),
      }),
      /** Value of the output: usually a directive such as `$ResourceParam('inbox', 'url')`. A secret is refused: Terraform's state would contain it. */
      value: z.string(),
      /** What the value is, for people who read the stack's Terraform JSON. @default none */
      description: z.string().optional(),
    }),
  )
  .superRefine((value, context) => checkNames(value, context), { when: () => true });

/** The name with its other characters replaced. */
function nameFix(found: string): string {
  const name = found.trim().replace(/[^A-Za-z0-9_-]+/g, '_');
  const isName = /[A-Za-z0-9]/.test(name);
  return isName ? `write ${/^[\d-]/.test(name) ? `_${name}` : name}` : 'use a name such as inboxUrl';
}

function checkNames(outputs: unknown, context: CheckContext): void {
  if (!Array.isArray(outputs)) return;
  const seen = new Set<unknown>();
  for (const [index, output] of outputs.entries()) {
    const name: unknown = output?.name;
    if (typeof name === 'string' && seen.has(name)) {
      const finding = { found: foundValue(name), accepted: 'each name once', acceptedAs: 'rule' as const };
      refuse(context, { ...finding, fix: 'remove or rename one of them' }, [index, 'name']);
    }
    seen.add(name);
  }
}
