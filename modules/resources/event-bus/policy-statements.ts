import { z } from 'zod';
import { across, exactlyOne, isDirective, isToken, refuse, strict, text } from '../../config/checked';
import { conditions } from '../../config/iam-condition';
import { refuseDuplicateSids, servicePrincipal, sid } from '../../config/iam-statement';
import { asObject } from '../../config/value-at';
import { foundValue } from '../../problems/found';
import type { Finding } from '../../problems/problem';

const ANYBODY = '*';

const account = text({
  pattern:
    /^(\*|\d{12}|arn:[\w-]+:(iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]+)|sts::\d{12}:(assumed-role|federated-user)\/[\w+=,.@/-]+))$/,
  orDirective: true,
  accepted: 'the 12 digits of an account, the ARN of a role or user, or *',
  fix: (found) => {
    const digits = found.replace(/[\s-]/g, '');
    return /^\d{12}$/.test(digits)
      ? `write "${digits}"`
      : 'write "123456789012" or arn:aws:iam::123456789012:role/sender';
  },
});

const PRINCIPAL = "an object such as { AWS: ['123456789012'] }, or { AWS: ['*'] } for anybody who meets Condition";

const principal = across(
  strict(
    {
      /** Accounts (12 digits), ARNs of roles or users, or only `*`: anybody who meets `Condition`. Set either this or `Service`. @default none */
      AWS: z.array(account).min(1).optional(),
      /** AWS services, such as `s3.amazonaws.com`. Set either this or `AWS`. @default none */
      Service: z.array(servicePrincipal).min(1).optional(),
    },
    () => PRINCIPAL,
  ),
  (value, context) => {
    exactlyOne(value, ['AWS', 'Service'], context);
    const { AWS: accounts } = value;
    if (!Array.isArray(accounts) || accounts.length < 2 || !accounts.includes(ANYBODY)) return;
    const fix = 'remove the others, or remove *: it includes them';
    const at = ['AWS', accounts.indexOf(ANYBODY)];
    refuse(context, { code: 'conflict', found: '"*" and others', accepted: '* alone', fix }, at);
  },
);

const statement = across(
  strict({
    /** Name of the statement: letters and digits, unique in the list. */
    Sid: sid,
    /** Who can put events on the bus. */
    Principal: principal,
    /** Conditions by operator, such as `StringEquals`, and then by key. All of them must be met. Required for `*` and for services: it must say whose senders are meant, by account or organization. @default none */
    Condition: conditions.optional(),
  }),
  ({ Principal, Condition }, context) => {
    const { AWS: accounts, Service: services } = asObject(Principal);
    const isOpen = Array.isArray(accounts) && accounts.includes(ANYBODY);
    if (isOpen && !namesSenders(Condition, 'Principal')) refuse(context, openTo('Principal', Condition), ['Condition']);
    if (services !== undefined && !namesSenders(Condition, 'Source')) {
      refuse(context, openTo('Source', Condition), ['Condition']);
    }
  },
);

/** Who a condition is about: who sends, or on whose behalf a service does. */
type Senders = 'Principal' | 'Source';

const ORGANIZATION = 'o-[a-z0-9]{10,32}';

/** The keys that name an account or organization, in lowercase because IAM ignores case, and the values that name just one. */
const NAMING: { readonly [key: string]: RegExp } = {
  account: /^\d{12}$/,
  orgid: new RegExp(`^${ORGANIZATION}$`),
  orgpaths: new RegExp(`^${ORGANIZATION}/`),
};

/** Operators that hold only if the key is there and has the value. */
const NAMING_OPERATOR = /^(ForAnyValue:)?String(Equals|EqualsIgnoreCase|Like)$/;

function namesSenders(condition: unknown, senders: Senders): boolean {
  const prefix = `aws:${senders}`.toLowerCase();
  return Object.entries(asObject(condition))
    .filter(([operator]) => NAMING_OPERATOR.test(operator))
    .flatMap(([, keys]) => Object.entries(asObject(keys)))
    .some(([key, value]) => {
      const name = key.toLowerCase();
      const form = name.startsWith(prefix) ? NAMING[name.slice(prefix.length)] : undefined;
      const values: unknown[] = Array.isArray(value) ? value : [value];
      return form !== undefined && values.length > 0 && values.every((each) => isNamed(each, form));
    });
}

function isNamed(value: unknown, form: RegExp): boolean {
  const written = String(value);
  return isToken(written) || isDirective(written) || form.test(written);
}

function openTo(senders: Senders, condition: unknown): Finding {
  const keys = ['OrgID', 'OrgPaths', 'Account'].map((key) => `aws:${senders}${key}`);
  const isService = senders === 'Source';
  const who = isService ? 'the service for any account' : 'anybody with an AWS account';
  const accepted = `StringEquals or StringLike of ${keys.join(', ')} with full IDs: without it, ${who} can start jobs`;
  const key = isService ? 'aws:SourceAccount' : 'aws:PrincipalOrgID';
  const id = isService ? '123456789012' : 'o-1234567890';
  const or = isService ? '' : ', or list the accounts in Principal.AWS';
  const found = foundValue(condition);
  return { found, accepted, fix: `add { StringEquals: { '${key}': '${id}' } }${or}` };
}

/** Who can put events on a bus. */
export const policyStatements = z.array(statement).superRefine(
  (value: unknown, context) => {
    if (Array.isArray(value)) refuseDuplicateSids(value, context, 'rename one of them');
  },
  { when: () => true },
);

/** A statement as EventBridge reads it. */
export function busStatement(
  { Sid, Principal: { AWS: accounts, Service }, Condition }: z.output<typeof statement>,
  arn: string,
) {
  return {
    Sid,
    Effect: 'Allow',
    Principal: accounts?.includes(ANYBODY) ? ANYBODY : { AWS: accounts, Service },
    Action: 'events:PutEvents',
    Resource: arn,
    Condition,
  };
}
