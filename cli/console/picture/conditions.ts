/** IAM's condition operators, in words. */
const OPERATORS: { readonly [operator: string]: string } = {
  StringEquals: 'is',
  StringNotEquals: 'is not',
  StringEqualsIgnoreCase: 'is, in any case,',
  StringNotEqualsIgnoreCase: 'is not, in any case,',
  StringLike: 'matches',
  StringNotLike: 'does not match',
  ArnEquals: 'matches',
  ArnLike: 'matches',
  ArnNotEquals: 'does not match',
  ArnNotLike: 'does not match',
  Bool: 'is',
  BinaryEquals: 'is',
  NumericEquals: 'is',
  NumericNotEquals: 'is not',
  NumericLessThan: 'is less than',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is greater than',
  NumericGreaterThanEquals: 'is at least',
  DateEquals: 'is',
  DateNotEquals: 'is not',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is at or before',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is at or after',
  IpAddress: 'is in',
  NotIpAddress: 'is not in',
};

const QUANTIFIERS: { readonly [quantifier: string]: string } = {
  ForAllValues: 'every value of ',
  ForAnyValue: 'a value of ',
};

/**
 * The conditions of a statement: `if aws:SecureTransport is false`. Empty without conditions.
 *
 * @param shown makes a value readable
 */
export function conditionText(conditions: unknown, shown: (value: string) => string): string {
  if (typeof conditions !== 'object' || conditions === null) return '';
  const parts = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries((keys ?? {}) as object).map(([key, given]) => {
      const values = (Array.isArray(given) ? given : [given]).map((value) => shown(String(value)));
      return condition(operator, shown(key), values);
    }),
  );
  return parts.length === 0 ? '' : `if ${parts.join(' and ')}`;
}

function condition(operator: string, key: string, values: readonly string[]): string {
  const [, quantifier, name = operator] = /^(?:(ForAllValues|ForAnyValue):)?(.+)$/.exec(operator) ?? [];
  const subject = `${quantifier === undefined ? '' : QUANTIFIERS[quantifier]}${key}`;
  if (name === 'Null') return `${subject} ${values.includes('true') ? 'is missing' : 'is present'}`;
  const ifExists = name.endsWith('IfExists');
  const base = ifExists ? name.slice(0, -'IfExists'.length) : name;
  const verb = Object.hasOwn(OPERATORS, base) ? OPERATORS[base] : base;
  const negated = /Not/.test(base);
  const text = `${subject} ${verb} ${values.join(negated ? ' and not ' : ' or ')}`;
  return ifExists ? `${text} or is missing` : text;
}
