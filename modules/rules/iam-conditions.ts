/** Types of values that condition operators compare. */
export type ConditionKind = 'string' | 'number' | 'date' | 'boolean' | 'binary' | 'address' | 'arn';

/**
 * IAM's condition operators, and the type that each compares.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const CONDITION_OPERATORS: { readonly [operator: string]: ConditionKind } = {
  StringEquals: 'string',
  StringNotEquals: 'string',
  StringEqualsIgnoreCase: 'string',
  StringNotEqualsIgnoreCase: 'string',
  StringLike: 'string',
  StringNotLike: 'string',
  NumericEquals: 'number',
  NumericNotEquals: 'number',
  NumericLessThan: 'number',
  NumericLessThanEquals: 'number',
  NumericGreaterThan: 'number',
  NumericGreaterThanEquals: 'number',
  DateEquals: 'date',
  DateNotEquals: 'date',
  DateLessThan: 'date',
  DateLessThanEquals: 'date',
  DateGreaterThan: 'date',
  DateGreaterThanEquals: 'date',
  Bool: 'boolean',
  BinaryEquals: 'binary',
  IpAddress: 'address',
  NotIpAddress: 'address',
  ArnEquals: 'arn',
  ArnLike: 'arn',
  ArnNotEquals: 'arn',
  ArnNotLike: 'arn',
  Null: 'boolean',
};

/** For keys with several values: how many of them must match. */
export const SET_QUALIFIERS = ['ForAnyValue:', 'ForAllValues:'] as const;

/** Suffix with which a condition also holds if its key is missing. `Null` doesn't accept it, because it checks exactly that. */
export const IF_EXISTS = 'IfExists';

/** Characters that a policy can contain: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const POLICY_CHARACTERS = /^[\t\n\r\u0020-\u00ff]*$/;
