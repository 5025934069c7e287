import { isIP } from 'node:net';
import { z } from 'zod';
import { writeAccepted } from '../problems/fix';
import { foundName, foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { CONDITION_OPERATORS, type ConditionKind, IF_EXISTS, SET_QUALIFIERS } from '../rules/iam-conditions';
import { isDirective, isToken, refuse } from './checked';
import { isIpRange } from './ip-range';

type Located = readonly [finding: Finding, path: (string | number)[]];

/**
 * The conditions of an IAM statement: an object of operators, each with an object of keys, each with a value or a list of values.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export const conditions = z.record(z.string(), z.json()).check((context) => {
  for (const [operator, keys] of Object.entries(context.value)) {
    for (const [finding, path] of operatorFindings(operator, keys)) refuse(context, finding, path);
  }
});

function operatorFindings(written: string, keys: unknown): Located[] {
  const problem = operatorProblem(written);
  if (problem !== undefined) return [[problem, [written]]];
  const entries = typeof keys === 'object' && keys !== null && !Array.isArray(keys) ? Object.entries(keys) : [];
  if (entries.length > 0) return entries.flatMap(([key, value]) => keyFindings(written, key, value));
  const accepted = 'an object of condition keys such as { "aws:SourceVpc": "vpc-1" }';
  return [[{ found: foundValue(keys), accepted, fix: writeAccepted(accepted) }, [written]]];
}

/** The operator without its prefix and suffix. */
function bare(written: string): string {
  const qualifier = SET_QUALIFIERS.find((item) => written.startsWith(item)) ?? '';
  return written.slice(qualifier.length).replace(new RegExp(`${IF_EXISTS}$`), '');
}

/** Whether an operator starts as a qualifier does, in capitals or not, with or without the colon. */
function startsAs(qualifier: string, written: string): boolean {
  return written.toLowerCase().startsWith(qualifier.slice(0, -1).toLowerCase());
}

function operatorProblem(written: string): Finding | undefined {
  const found = foundName(written);
  const operator = bare(written);
  const accepted = `an operator of IAM: ${Object.keys(CONDITION_OPERATORS).join(', ')}, with ${SET_QUALIFIERS.join(' or ')} before it or ${IF_EXISTS} after it`;
  if (!Object.hasOwn(CONDITION_OPERATORS, operator)) {
    const meant = suggestion(operator, Object.keys(CONDITION_OPERATORS));
    const whole = meant === undefined ? undefined : written.replace(operator, () => meant);
    const miswritten = SET_QUALIFIERS.find((item) => !written.startsWith(item) && startsAs(item, written));
    const fix = miswritten
      ? `write ${miswritten} with a colon`
      : whole
        ? `did you mean "${whole}"?`
        : 'use one of these';
    return { found, accepted, fix };
  }
  if (operator === 'Null' && written.endsWith(IF_EXISTS)) {
    return { found, accepted, fix: 'write Null alone: it asks whether the key is there' };
  }
  return undefined;
}

/** Condition keys of IAM are `service:name`, some with `/` and another name. */
const KEY = /^[\w.-]+(?:\/[\w./-]+)?:.+$/s;

function keyFindings(written: string, key: string, value: unknown): Located[] {
  const path = [written, key];
  if (!KEY.test(key) && !isToken(key)) {
    const accepted = 'a condition key such as aws:SourceAccount or s3:prefix';
    const fix = 'write the service, a colon and the name of the key';
    return [[{ found: foundName(key), accepted, fix }, path]];
  }
  const values = Array.isArray(value) ? value : [value];
  const kind = CONDITION_OPERATORS[bare(written)] as ConditionKind;
  const accepted = `${KINDS[kind]}, or a list of them`;
  if (values.length === 0)
    return [[{ found: foundValue([]), accepted, fix: 'add a value, or remove the condition' }, path]];
  return values.flatMap((item, index): Located[] => {
    if (isValueOf(kind, item)) return [];
    const at = Array.isArray(value) ? [...path, index] : path;
    return [[{ found: foundValue(item), accepted, fix: `write ${KINDS[kind]}` }, at]];
  });
}

const KINDS: { readonly [Kind in ConditionKind]: string } = {
  string: 'a string',
  number: 'a number',
  date: 'a date such as 2026-01-31T00:00:00Z, or seconds since 1970',
  boolean: 'true or false',
  binary: 'a string in Base64',
  address: 'a range such as 203.0.113.0/24',
  arn: 'an ARN, with * and ? for what may differ',
};

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function isValueOf(kind: ConditionKind, value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false;
  const text = String(value);
  // The value of a policy variable, directive or token is unknown here.
  if ((typeof value !== 'boolean' && isToken(value)) || isDirective(text) || text.includes('${')) return true;
  switch (kind) {
    case 'string':
      return true;
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text));
    case 'date':
      return DATE.test(text) || /^\d+$/.test(text);
    case 'boolean':
      return /^(true|false)$/i.test(text);
    case 'binary':
      return /^[a-zA-Z0-9+/]*={0,2}$/.test(text);
    case 'address':
      return isIpRange(text) || isIP(text) !== 0;
    case 'arn':
      return /^(\*|arn:.*)$/s.test(text);
  }
}
