import { isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';

/** The place of a new member in an object. */
export type Position = 'first' | 'last' | 'sorted';

type Member = Pair<Scalar<string>, { range: readonly [number, number, number] }>;

/**
 * Adds a member to the text of a JSON object. Everything else keeps its format: order, indents, line ends, and objects on one line.
 *
 * @param path keys of the nested object to add the member to. Missing objects are added at the end
 */
export function withMember(
  text: string,
  path: readonly string[],
  key: string,
  value: unknown,
  position: Position = 'last',
): string {
  const [parent, ...deeper] = path;
  const root = objectIn(text, []);
  if (parent !== undefined && objectIn(text, [parent]) === undefined) {
    const nested = [...deeper, key].reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
    return root === undefined ? text : inserted(text, root, parent, nested, 'last', 1);
  }
  const object = objectIn(text, path);
  return object === undefined ? text : inserted(text, object, key, value, position, path.length + 1);
}

/** Changes the value of an existing member in the text of a JSON object. */
export function withValue(text: string, path: readonly string[], key: string, value: unknown): string {
  const object = objectIn(text, path);
  const member =
    object &&
    membersOf(object)
      .filter((each) => each.key.value === key)
      .at(-1);
  if (member?.value == null) return text;
  const [start, end] = member.value.range;
  return text.slice(0, start) + JSON.stringify(value) + text.slice(end);
}

function objectIn(text: string, path: readonly string[]): YAMLMap | undefined {
  let node: unknown = parseDocument(text, { uniqueKeys: false }).contents;
  // If two members have the same name, JSON parsers use the last.
  for (const key of path) {
    node = isMap(node)
      ? membersOf(node)
          .filter((member) => member.key.value === key)
          .at(-1)?.value
      : undefined;
  }
  return isMap(node) ? node : undefined;
}

function membersOf(object: YAMLMap): Member[] {
  return object.items.filter((pair): pair is Member => isScalar(pair.key) && pair.value !== null);
}

function inserted(
  text: string,
  object: YAMLMap,
  key: string,
  value: unknown,
  position: Position,
  depth: number,
): string {
  const [start = 0, end = 0] = object.range ?? [];
  const members = membersOf(object);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = indentOf(text);
  const [first] = members;
  // The white space between members of this object: the same as before its first member.
  const gap = first === undefined ? `${lineEnd}${unit.repeat(depth)}` : text.slice(start + 1, keyStart(first));
  const isOnOneLine = first !== undefined && !gap.includes('\n');
  const written = JSON.stringify(value, undefined, isOnOneLine ? undefined : unit).replaceAll(
    '\n',
    `${lineEnd}${unit.repeat(depth)}`,
  );
  const member = `${JSON.stringify(key)}: ${written}`;
  if (first === undefined) {
    return `${text.slice(0, start)}{${gap}${member}${lineEnd}${unit.repeat(depth - 1)}}${text.slice(end)}`;
  }
  const next = successor(members, key, position);
  const space = isOnOneLine ? ' ' : gap;
  if (next !== undefined) return `${text.slice(0, keyStart(next))}${member},${space}${text.slice(keyStart(next))}`;
  const after = members.at(-1)?.value?.range[1] ?? end;
  return `${text.slice(0, after)},${space}${member}${text.slice(after)}`;
}

/** The member before which to insert a new one. Undefined to append it. */
function successor(members: readonly Member[], key: string, position: Position): Member | undefined {
  if (position === 'first') return members[0];
  return position === 'sorted' ? members.find((member) => member.key.value > key) : undefined;
}

function keyStart({ key }: Member): number {
  return key.range?.[0] ?? 0;
}

/** The indent of a JSON text. Two spaces if it has only one line. */
function indentOf(text: string): string {
  return /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
}
