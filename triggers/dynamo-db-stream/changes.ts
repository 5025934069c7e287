import { foundValue } from '../../modules/problems/found';
import type { FilteredRecords } from '../filter-criteria';
import type { PatternPath, Report } from '../patterns/pattern';

/** Keys of a change that have attributes of an item. */
const ITEMS = ['Keys', 'NewImage', 'OldImage'];

/** Types of attribute values: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
const TYPES = ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'];

/**
 * A change of a table as filters see it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
 */
export const CHANGES: FilteredRecords = {
  top: {
    eventName: 'list',
    dynamodb: 'object',
    userIdentity: 'object',
    eventID: 'list',
    eventVersion: 'list',
    eventSource: 'list',
    awsRegion: 'list',
    eventSourceARN: 'list',
  },
  example: "{ eventName: ['INSERT'] }",
  fixUnknown: (key) => (ITEMS.includes(key) ? 'put it into dynamodb' : undefined),
  check: (pattern, report) => checkTop(pattern, [], report),
};

type Pattern = { readonly [key: string]: unknown };

function checkTop(pattern: Pattern, path: PatternPath, report: Report): void {
  for (const [key, value] of Object.entries(pattern)) {
    if (key === '$or') eachBranch(value, [...path, key], (branch, at) => checkTop(branch, at, report));
    else if (key === 'dynamodb' && isObject(value)) checkChange(value, [...path, key], report);
  }
}

function checkChange(change: Pattern, path: PatternPath, report: Report): void {
  for (const [key, value] of Object.entries(change)) {
    if (key === '$or') eachBranch(value, [...path, key], (branch, at) => checkChange(branch, at, report));
    else if (ITEMS.includes(key) && isObject(value)) checkItem(value, [...path, key], report);
  }
}

/** Filters see attributes in the form of DynamoDB's API: those written otherwise would match no change. */
function checkItem(item: Pattern, path: PatternPath, report: Report): void {
  for (const [name, value] of Object.entries(item)) {
    const at = [...path, name];
    if (name === '$or') eachBranch(value, at, (branch, inner) => checkItem(branch, inner, report));
    else if (Array.isArray(value)) {
      const accepted = `an object with the type of the attribute: ${TYPES.join(', ')}`;
      const type = value.some((entry) => typeof entry === 'boolean') ? 'BOOL' : isNumbers(value) ? 'N' : 'S';
      const right = type === 'N' ? value.map(asText) : value;
      report({ found: foundValue(value), accepted, fix: `write ${JSON.stringify({ [type]: right })}` }, at);
    } else if (isObject(value)) checkAttribute(value, at, report);
  }
}

function checkAttribute(attribute: Pattern, path: PatternPath, report: Report): void {
  for (const [type, value] of Object.entries(attribute)) {
    const at = [...path, type];
    if (type === '$or') eachBranch(value, at, (branch, inner) => checkAttribute(branch, inner, report));
    else if (!TYPES.includes(type)) {
      const fix = 'put it under its type, such as M of a map: { M: { city: { S: [...] } } }';
      report({ found: `the unknown type "${type}"`, accepted: TYPES.join(', '), fix }, at);
    } else if (type === 'M' && isObject(value)) checkItem(value, at, report);
    else if ((type === 'N' || type === 'NS') && Array.isArray(value)) checkNumbers(value, at, report);
  }
}

/** DynamoDB sends numbers as strings. */
function checkNumbers(values: readonly unknown[], path: PatternPath, report: Report): void {
  for (const [index, value] of values.entries()) {
    const isNumeric = isObject(value) && Object.hasOwn(value, 'numeric');
    if (typeof value !== 'number' && !isNumeric) continue;
    const accepted = 'strings and filters of strings: DynamoDB sends numbers as strings';
    const fix = isNumeric ? 'list the numbers as strings, or let the job compare them' : `write "${value}"`;
    report({ found: foundValue(value), accepted, fix }, [...path, index]);
  }
}

function eachBranch(branches: unknown, path: PatternPath, check: (branch: Pattern, at: PatternPath) => void): void {
  for (const [index, branch] of (Array.isArray(branches) ? branches : []).entries()) {
    if (isObject(branch)) check(branch, [...path, index]);
  }
}

function isNumbers(values: readonly unknown[]): boolean {
  return values.length > 0 && values.every((value) => typeof value === 'number');
}

function asText(value: unknown): string {
  return String(value);
}

function isObject(value: unknown): value is Pattern {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
