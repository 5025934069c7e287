import type { SchemaNode } from './schema';

/** The type and range of a property as shown on the pages, in the terms of JSON Schema: `integer, 1 to 448`. */
export function typeName(node: SchemaNode & { readonly enum?: readonly unknown[] }): string {
  if (node.const !== undefined) return code(node.const);
  if (node.enum !== undefined) return oneOf(node.enum.map(code));
  const branches = node.oneOf ?? node.anyOf;
  if (branches?.some(({ properties }) => properties?.type?.const !== undefined)) return 'object';
  if (branches !== undefined) return oneOf([...new Set(branches.map((branch) => typeName(branch)))]);
  if (node.$ref !== undefined || node.type === undefined) return 'any JSON value';
  return oneOf([node.type].flat().map((type) => simpleTypeName(type, node)));
}

function simpleTypeName(type: string, node: SchemaNode & Range): string {
  switch (type) {
    case 'array':
      return node.items === undefined ? 'list' : `list of ${plural(node.items)}`;
    case 'object':
      return typeof node.additionalProperties === 'object'
        ? `object of ${plural(node.additionalProperties)}`
        : 'object';
    case 'integer':
    case 'number':
      return `${type}${range(node)}`;
    default:
      return type;
  }
}

/** The type of the items of a list or the values of a map. */
function plural(node: SchemaNode): string {
  const name = typeName(node);
  if (name === 'any JSON value') return 'any JSON values';
  return /^(string|integer|number|boolean|object|list)\b/.exec(name)?.[0].concat('s') ?? name;
}

interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly unit?: string;
}

/** Units that only repeat the property's name. */
const NO_UNITS = ['factor', 'port', 'priority'];

function range({ minimum, maximum, unit = '' }: Range): string {
  if (minimum === undefined) return '';
  const [from, to] = [minimum, maximum].map((limit) => limit?.toLocaleString('en-US'));
  const words = to === undefined ? `${from} or more` : `${from} to ${to}`;
  return `, ${[words, ...(NO_UNITS.includes(unit) ? [] : [unit.replace(/ of .*/, '')])].join(' ').trim()}`;
}

function oneOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

function code(value: unknown): string {
  return `\`${String(value)}\``;
}
