import { asFields, asText, type Fields, isFields, type Json } from '../state-machine/json-value';

/** An item of a table, with DynamoDB's types: `{ Name: { S: 'x' } }`. */
export type Item = Fields;

/** Names and values that the expressions of a request refer to. */
export interface Placeholders {
  readonly names: Fields;
  readonly values: Fields;
}

/** Whether an item meets a condition: comparisons and functions, joined by `AND` or by `OR`, without parentheses. */
export function meets(condition: string, item: Item, given: Placeholders): boolean {
  const parts = condition.split(' OR ');
  if (parts.length > 1) return parts.some((part) => meets(part, item, given));
  return condition.split(' AND ').every((term) => holds(term.trim(), item, given));
}

function holds(term: string, item: Item, given: Placeholders): boolean {
  const [, test, path] = /^(attribute_exists|attribute_not_exists)\((.+)\)$/.exec(term) ?? [];
  if (path !== undefined) return (valueAt(item, path, given) !== undefined) === (test === 'attribute_exists');
  const [left = '', operator = '', right = ''] = term.split(' ');
  const [one, other] = [plain(left, item, given), plain(right, item, given)];
  if (one === undefined || other === undefined) return false;
  if (operator === '=') return one === other;
  if (operator === '<') return one < other;
  if (operator === '<=') return one <= other;
  throw new Error(`This table does not know the condition ${term}.`);
}

/** A size, a string or a number. */
function plain(term: string, item: Item, given: Placeholders): string | number | undefined {
  const [, sized] = /^size\((.+)\)$/.exec(term) ?? [];
  if (sized !== undefined) {
    const value = valueAt(item, sized, given);
    return value === undefined ? undefined : Object.keys(members(value)).length;
  }
  const value = valueAt(item, term, given);
  if (value === undefined) return undefined;
  return value.N === undefined ? asText(value.S, term) : Number(value.N);
}

/** Updates an item in place, which can hold a thousand runs: `SET` of values, sums, differences and defaults, `REMOVE`, or both in turn. */
export function update(expression: string, item: Item, given: Placeholders): void {
  const [, set, removed] = /^(?:SET (.+?))?(?: ?REMOVE (.+))?$/.exec(expression) ?? [];
  if (set === undefined && removed === undefined) throw new Error(`This table does not know the update ${expression}.`);
  // Each value is computed from the item as it was.
  const assignments = (set?.split(/, (?=#?\w+(?:\.[#\w]+)? = )/) ?? []).map((assignment) => {
    const [path = '', source = ''] = assignment.split(' = ');
    return [keys(path, given), computed(source, item, given)] as const;
  });
  for (const [path, value] of assignments) setValue(item, path, value);
  for (const path of removed?.split(', ') ?? []) setValue(item, keys(path, given), undefined);
}

function computed(source: string, item: Item, given: Placeholders): Fields {
  const [left = '', sign, right = ''] = source.split(/ ([+-]) /);
  const value = operand(left, item, given);
  if (sign === undefined) return value;
  const [one, other] = [value, operand(right, item, given)].map(({ N }) => Number(N)) as [number, number];
  return { N: String(sign === '+' ? one + other : one - other) };
}

function operand(source: string, item: Item, given: Placeholders): Fields {
  const [, path = '', fallback = ''] = /^if_not_exists\(([#\w]+), (:\w+)\)$/.exec(source) ?? [];
  return path === '' ? known(source, item, given) : (valueAt(item, path, given) ?? known(fallback, item, given));
}

function known(term: string, item: Item, given: Placeholders): Fields {
  const value = valueAt(item, term, given);
  if (value === undefined) throw new Error(`${term} has no value.`);
  return value;
}

function valueAt(item: Item, path: string, given: Placeholders): Fields | undefined {
  if (path.startsWith(':')) return asValue(given.values[path]);
  let value: Fields | undefined = { M: item };
  for (const key of keys(path, given)) value = value && asValue(members(value)[key]);
  return value;
}

function setValue(item: Item, path: readonly string[], value: Fields | undefined): void {
  let owner = item as Record<string, Json>;
  for (const key of path.slice(0, -1)) owner = members(asFields(owner[key], key)) as Record<string, Json>;
  const key = path.at(-1) ?? '';
  if (value === undefined) delete owner[key];
  else owner[key] = value;
}

function keys(path: string, { names }: Placeholders): string[] {
  return path.split('.').map((key) => (key.startsWith('#') ? asText(names[key], key) : key));
}

function members({ M }: Fields): Fields {
  return isFields(M) ? M : {};
}

function asValue(value: Json | undefined): Fields | undefined {
  return isFields(value) ? value : undefined;
}
