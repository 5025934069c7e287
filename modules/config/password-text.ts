import { foundValue, UNKNOWN_VALUE } from '../problems/found';
import { counted } from '../problems/phrases';
import type { Finding } from '../problems/problem';
import { type CheckContext, isToken, refuse } from './checked';
import { isSecretDirective, parseSecret } from './secret-directive';
import { hiddenText, SECRET_FORMS, STORE_SECRET } from './secret-text';

/** What a service accepts as a password. */
export interface PasswordRule {
  /** Minimum length in characters. */
  readonly min: number;
  /** Maximum length in characters. */
  readonly max: number;
  /** Matches the whole password. */
  readonly pattern: RegExp;
  /** The same in words. */
  readonly characters: string;
}

/** A directive where it is in a string. None is resolved there. */
const DIRECTIVE = /\$[A-Za-z]\w*\(/;

/** A password: `$Secret(...)`, which Terraform reads, or the password itself. No report shows it. */
export function passwordText(rule: PasswordRule) {
  const accepted = `${SECRET_FORMS}, or a password of ${lengths(rule)}`;
  return hiddenText('a password', accepted).check((context) => checkPassword(rule, context));
}

function checkPassword(rule: PasswordRule, context: CheckContext & { readonly value: string }): void {
  const { value } = context;
  if (isToken(value)) {
    refuse(context, { code: 'plain-secret', found: UNKNOWN_VALUE, accepted: SECRET_FORMS, fix: STORE_SECRET });
    return;
  }
  const secret = parseSecret(value);
  // Terraform reads the key after a dot.
  if (secret?.key !== undefined && !/^[a-zA-Z_]\w*$/.test(secret.key)) {
    const fix = 'rename the key: use letters, digits and _, starting with a letter';
    refuse(context, { code: 'plain-secret', found: foundValue(value), accepted: SECRET_FORMS, fix });
  }
  // The check of directives reports a wrong one.
  if (isSecretDirective(value)) return;
  const problem = passwordProblem(value, rule);
  if (problem !== undefined) refuse(context, problem);
}

/** The problem with a password in plain text, or undefined. */
export function passwordProblem(password: string, rule: PasswordRule): Finding | undefined {
  const { min, max, pattern, characters } = rule;
  if (DIRECTIVE.test(password)) {
    const found = 'a password with a directive in it';
    return { code: 'invalid-directive', found, accepted: SECRET_FORMS, fix: STORE_SECRET };
  }
  const { length } = password;
  if (length < min || length > max) {
    const found = `a password of ${counted(length, 'character')}`;
    const fix = length < min ? `write ${min} or more characters` : `write up to ${max} characters`;
    return { code: 'out-of-range', found, accepted: lengths(rule), acceptedAs: 'content', fix };
  }
  if (pattern.test(password)) return undefined;
  const found = 'a password with other characters';
  return { code: 'invalid-format', found, accepted: characters, acceptedAs: 'content', fix: 'choose another password' };
}

function lengths({ min, max }: PasswordRule): string {
  return `${min} to ${max} characters`;
}
