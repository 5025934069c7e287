import { z } from 'zod';
import { foundValue } from '../problems/found';
import { capitalized } from '../problems/phrases';
import { POLICY_CHARACTERS } from '../rules/iam-conditions';
import { type CheckContext, isToken, refuse, strict, text } from './checked';
import { conditions } from './iam-condition';
import { asObject } from './value-at';

/** Name of a statement of a policy. */
export const sid = text({
  pattern: /^[a-zA-Z0-9]+$/,
  accepted: 'letters and digits',
  acceptedAs: 'content',
  fix: (found) => {
    const words = found.match(/[a-zA-Z0-9]+/g) ?? ['ReadReports'];
    return `write ${words.map(capitalized).join('')}`;
  },
});

/** An AWS service that a policy names. */
export const servicePrincipal = text({
  pattern: /^[a-z][a-z0-9.-]*\.amazonaws\.com(\.cn)?$/,
  accepted: "a service's principal such as s3.amazonaws.com",
  fix: (found) => `write ${/^[a-z0-9-]+$/.test(found) ? found : 's3'}.amazonaws.com`,
});

/** One statement of `iamRoleStatements`. */
const iamRoleStatement = strict({
  /** Name of the statement: letters and digits, unique in the list. @default none */
  Sid: sid.optional(),
  /** Whether the statement allows or denies the actions. @default Allow */
  Effect: z.enum(['Allow', 'Deny']).default('Allow'),
  /** Actions, such as `sns:Publish`. */
  Action: z
    .array(
      text({
        pattern: /^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/,
        accepted: 'an action such as s3:GetObject or s3:Get*',
        fix: (found) =>
          /^[\w-]+$/.test(found) ? `write ${found}:* or a single action of it` : 'write <service>:<action>',
      }),
      {
        error: (issue) =>
          issue.code === 'invalid_type' && issue.input === undefined
            ? 'a list of actions such as ["sns:Publish"]'
            : undefined,
      },
    )
    .min(1),
  /** Conditions by operator, such as `StringEquals`, and then by key. All of them must be met. @default none */
  Condition: conditions.optional(),
  /** ARNs of the resources, or `*` for actions that AWS can't limit to resources. */
  Resource: z
    .array(
      text({
        pattern: /^(\*|arn:.+)$/,
        orDirective: true,
        accepted: 'an ARN or *',
        fix: 'write an ARN such as arn:aws:s3:::reports/*',
      }),
    )
    .min(1),
});

/** Statements of one policy. */
export const iamRoleStatements = z.array(iamRoleStatement).superRefine(
  (value: unknown, context) => {
    if (!Array.isArray(value)) return;
    refuseDuplicateSids(value, context, 'rename one of them, or remove Sid');
    for (const [index, statement] of value.entries()) refuseCharacters(statement, index, context);
  },
  { when: () => true },
);

/** AWS refuses a policy with two statements of the same name. */
export function refuseDuplicateSids(statements: readonly unknown[], context: CheckContext, fix: string): void {
  const seen = new Map<string, number>();
  for (const [index, statement] of statements.entries()) {
    const { Sid: name } = asObject(statement);
    if (typeof name !== 'string' || isToken(name)) continue;
    const duplicate = seen.get(name);
    if (duplicate === undefined) {
      seen.set(name, index);
      continue;
    }
    const found = foundValue(name, `, which is also the Sid of statement ${duplicate}`);
    refuse(context, { found, accepted: 'each Sid once', acceptedAs: 'rule', fix }, [index, 'Sid']);
  }
}

function refuseCharacters(statement: unknown, index: number, context: CheckContext): void {
  for (const part of ['Action', 'Condition', 'Resource']) {
    const value = asObject(statement)[part];
    const strange = value === undefined ? undefined : [...(JSON.stringify(value) ?? '')].find(isStrange);
    if (strange === undefined) continue;
    const accepted = 'characters up to U+00FF, the only ones that IAM accepts in a policy';
    const fix = `write ? instead of ${strange}: it matches any character`;
    refuse(context, { found: foundValue(strange), accepted, fix }, [index, part]);
  }
}

function isStrange(character: string): boolean {
  return !POLICY_CHARACTERS.test(character);
}
